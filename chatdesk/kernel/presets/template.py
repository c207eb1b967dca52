"""`{{name}}` in a preset's text. Substitution is literal: nothing is evaluated, and what was filled in is never looked at again.

- `{{name}}` or `{{ name }}` stands for a variable. A name is letters of any script, digits, `_` and `-`, and begins with no digit.
- `{{{{` is a written `{{`. Any other brace is itself, so that code, JSON and LaTeX need no care: `{{ item.price }}` is no variable.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from chatdesk.kernel.fast_dataclass import dataclass

LONGEST_NAME = 60

NAME = re.compile(rf"[^\W\d][\w-]{{0,{LONGEST_NAME - 1}}}")
_MARK = re.compile(rf"\{{\{{(?:(?P<escape>\{{\{{)|[ \t]*+(?P<name>{NAME.pattern})[ \t]*+\}}\}})")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Where a variable stands: `text[start:end]`, the braces among it."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a filled-in text; `name` is the variable it came from, empty for the template's own words."""

    text: str
    name: str = ""


def placeholders_in(text: str) -> Iterator[Placeholder]:
    """Yield every variable's places, in order."""
    for match in _MARK.finditer(text):
        if name := match["name"]:
            yield Placeholder(match.start(), match.end(), name)


def escapes_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield where four braces stand for two written ones, in order: `text[start:end]`."""
    return ((match.start(), match.end()) for match in _MARK.finditer(text) if not match["name"])


def names_in(text: str) -> tuple[str, ...]:
    """Return the names used, each once, in the order of their first use."""
    return tuple(dict.fromkeys(place.name for place in placeholders_in(text)))


def pieces(text: str, values: Mapping[str, str]) -> tuple[Piece, ...]:
    """Return the text filled in, in parts that tell where each came from. A variable without a value stays as it is written."""
    found: list[Piece] = []
    end = 0
    for match in _MARK.finditer(text):
        name = match["name"]
        if name and name not in values:
            continue
        if match.start() > end:
            found.append(Piece(text[end : match.start()]))
        found.append(Piece(values[name], name) if name else Piece("{{"))
        end = match.end()
    if end < len(text):
        found.append(Piece(text[end:]))
    return tuple(found)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text with the values in their places. A variable without a value stays as it is written."""
    return "".join(piece.text for piece in pieces(text, values))


def escape(text: str) -> str:
    """Return a template that says `text` word for word.

    Only braces that would mean something are doubled, so that `escape` leaves ordinary code as it is.
    """
    return _MARK.sub(lambda match: "{{" + match[0] if match["name"] else match[0] * 2, text)


def rename(text: str, old: str, new: str) -> str:
    """Return the template with another name for one of its variables."""
    return _replace(text, lambda name: new if name == old else name)


def _replace(text: str, renamed: Callable[[str], str]) -> str:
    return _MARK.sub(lambda match: f"{{{{{renamed(match['name'])}}}}}" if match["name"] else match[0], text)
