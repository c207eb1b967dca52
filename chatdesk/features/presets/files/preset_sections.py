"""The four texts below the header of a preset file: prompt, opening message, greeting and sample.

The prompt comes first; each of the others starts with a marker line: `+++ question`, `+++ greeting`, `+++ sample`. Other lines that look
like a marker are escaped with a backslash. Blank lines around a text are not part of it.
"""

import re
from collections.abc import Mapping

SECTIONS = ("question", "greeting", "sample")

_BEGIN = re.compile(rf"^\+\+\+ ({'|'.join(SECTIONS)})[ \t]*$", re.MULTILINE)
_MARKER_LIKE = re.compile(r"^(?=\\*\+\+\+(?: |$))", re.MULTILINE)
_ESCAPED = re.compile(r"^\\(?=\\*\+\+\+(?: |$))", re.MULTILINE)


def split_sections(body: str) -> dict[str, str]:
    """Return the texts by name, including `prompt`."""
    prompt, *rest = _BEGIN.split(body)
    parts: dict[str, list[str]] = {"prompt": [prompt]}
    for name, text in zip(rest[::2], rest[1::2], strict=True):
        parts.setdefault(name, []).append(text.removeprefix("\n"))
    return {name: trimmed(_ESCAPED.sub("", "".join(texts))) for name, texts in parts.items()}


def join_sections(texts: Mapping[str, str]) -> str:
    """Return the body from which `split_sections` returns these texts."""
    parts = [_escaped(texts.get("prompt", ""))]
    parts += (f"+++ {name}\n{_escaped(text)}" for name in SECTIONS if (text := trimmed(texts.get(name, ""))))
    return "\n\n".join(filter(None, parts)) + "\n"


def trimmed(text: str) -> str:
    """Return `text` as after writing and reading it: LF line endings, without blank lines around it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if begin > end:
        return ""
    after = text.find("\n", end)
    return text[text.rfind("\n", 0, begin) + 1 : after if after >= 0 else len(text)]


def _escaped(text: str) -> str:
    return _MARKER_LIKE.sub(r"\\", trimmed(text))
