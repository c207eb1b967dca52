"""Writing XML as text: elements with the prefixes and in the order in which the standard wants them.

An element tree would take several times as long and would need every prefix declared; `element` escapes what is passed as attributes,
and `escaped` what becomes text, so that nothing of a message can become markup.
"""

import re
from collections.abc import Iterable, Mapping
from html import escape

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 does not allow, not even as references."""
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def allowed(text: str) -> str:
    """Return a text without the characters that XML forbids."""
    return _FORBIDDEN.sub("", text)


def escaped(text: str) -> str:
    """Return a text as the content of an element."""
    return escape(allowed(text), quote=False)


def element(tag: str, *content: str, **attributes: str) -> str:
    """Return an element around content that is XML already. Content that is empty makes no difference."""
    return _element(tag, content, "".join([f' {name}="{_value(value)}"' for name, value in attributes.items()]))


def prefixed(prefix: str, tag: str, content: Iterable[str], attributes: Mapping[str, str]) -> str:
    """Return an element whose name and attributes all have a prefix, as most of Word's have."""
    given = "".join([f' {prefix}:{name}="{_value(value)}"' for name, value in attributes.items()])
    return _element(f"{prefix}:{tag}", content, given)


def _element(tag: str, content: Iterable[str], attributes: str) -> str:
    inside = "".join(content)
    return f"<{tag}{attributes}>{inside}</{tag}>" if inside else f"<{tag}{attributes}/>"


def _value(value: str) -> str:
    return value if value.isalnum() else escape(allowed(value))
