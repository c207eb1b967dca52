"""Templates with `{{name}}` placeholders, as used in the text of presets.

Substitution is literal: nothing is evaluated, and values are never expanded again.

* `{{name}}` or `{{ name }}` is a placeholder for a variable. A name consists of letters of any script, digits, `_` and `-`, and does not
  start with a digit.
* `{{{{` is a literal `{{`. All other braces are literal, so code, JSON and LaTeX need no escaping: `{{ item.price }}` is not a variable.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from chatdesk.kernel.fast_dataclass import dataclass

MAX_VARIABLE_NAME_LENGTH = 60

NAME = re.compile(rf"[^\W\d][\w-]{{0,{MAX_VARIABLE_NAME_LENGTH - 1}}}")
_MARK = re.compile(rf"\{{\{{(?:(?P<escape>\{{\{{)|[ \t]*+(?P<name>{NAME.pattern})[ \t]*+\}}\}})")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """The position of a variable in a text: `text[start:end]`, including the braces."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class PromptPart:
    """A part of a filled-in text. `name` is the variable it came from; empty for text of the template itself."""

    text: str
    name: str = ""


def placeholders_in(text: str) -> Iterator[Placeholder]:
    """Yield the placeholders of a text in order."""
    for match in _MARK.finditer(text):
        if name := match["name"]:
            yield Placeholder(match.start(), match.end(), name)


def escapes_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield the positions of escaped braces in order: `text[start:end]`."""
    return ((match.start(), match.end()) for match in _MARK.finditer(text) if not match["name"])


def names_in(text: str) -> tuple[str, ...]:
    """Return the variable names in the order of their first use, without duplicates."""
    return tuple(dict.fromkeys(placeholder.name for placeholder in placeholders_in(text)))


def prompt_parts(text: str, values: Mapping[str, str]) -> tuple[PromptPart, ...]:
    """Return the filled-in text in parts with their origin. Variables without a value stay as written."""
    found: list[PromptPart] = []
    end = 0
    for match in _MARK.finditer(text):
        name = match["name"]
        if name and name not in values:
            continue
        if match.start() > end:
            found.append(PromptPart(text[end : match.start()]))
        found.append(PromptPart(values[name], name) if name else PromptPart("{{"))
        end = match.end()
    if end < len(text):
        found.append(PromptPart(text[end:]))
    return tuple(found)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text with all values filled in. Variables without a value stay as written."""
    return "".join(part.text for part in prompt_parts(text, values))


def escape(text: str) -> str:
    """Return a template whose result is `text`.

    Only braces with a meaning are doubled, so that ordinary code stays unchanged.
    """
    return _MARK.sub(lambda match: "{{" + match[0] if match["name"] else match[0] * 2, text)


def rename(text: str, old: str, new: str) -> str:
    """Return the template with one of its variables renamed."""
    return _replace(text, lambda name: new if name == old else name)


def _replace(text: str, renamed: Callable[[str], str]) -> str:
    return _MARK.sub(lambda match: f"{{{{{renamed(match['name'])}}}}}" if match["name"] else match[0], text)
