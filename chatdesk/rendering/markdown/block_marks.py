"""Recognition of block markers in a single line: headings, fences, list items, alerts, footnotes and others.

All functions are pure. `line_parser.py` decides whether a block may begin at a position.
"""

import re

from markdown_it.common.utils import unescapeAll

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import AlertKind

_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_FENCE = re.compile(r"(`{3,})([^`]*)|(~{3,})(.*)")
_UNDERLINE = re.compile(r"(=+|-+)[ \t]*")
_LIST_MARK = re.compile(r"([-+*])(?=[ \t]|$)|(\d{1,9})([.)])(?=[ \t]|$)", re.ASCII)
_TASK_BOX = re.compile(r"\[([ xX])\](?=[ \t])")
_ALERT = re.compile(rf"\[!({'|'.join(AlertKind)})\][ \t]*", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\[\^([^\]\[\s]{1,999})\]:")
_DESCRIPTION = re.compile(r":[ \t]+(?=[^ \t])")
_RULE_LENGTH = 3


@dataclass(frozen=True, slots=True)
class ListMark:
    """The marker of a list item."""

    kind: str
    """The bullet, or the delimiter after the number: items of one list share it."""
    number: int | None
    length: int
    empty: bool
    """Whether nothing follows on the line."""


def heading(text: str) -> tuple[int, str] | None:
    """Parse `## text ##` and return level and content."""
    match = _HEADING.match(text)
    if not match:
        return None
    content = text[match.end() :].rstrip(" \t")
    without_marks = content.rstrip("#")
    if without_marks[-1:] in ("", " ", "\t"):
        content = without_marks
    return len(match[1]), content.strip(" \t")


def fence(text: str) -> tuple[str, str] | None:
    """Parse a line that opens fenced code and return the fence and the text after it."""
    match = _FENCE.fullmatch(text)
    if not match:
        return None
    return match[1] or match[3], unescapeAll((match[2] or match[4] or "").strip(" \t"))


def is_rule(text: str) -> bool:
    """Return whether the line consists of three or more of one of `*`, `-` and `_`."""
    marks = text.replace(" ", "").replace("\t", "")
    return len(marks) >= _RULE_LENGTH and not marks.strip(marks[0]) and marks[0] in "*-_"


def underline(text: str) -> int | None:
    """Parse a line of `=` or `-` and return the level of the heading above it."""
    match = _UNDERLINE.fullmatch(text)
    return (1 if match[1][0] == "=" else 2) if match else None


def list_mark(text: str) -> ListMark | None:
    """Parse the marker of a list item."""
    match = _LIST_MARK.match(text)
    if not match:
        return None
    number = int(match[2]) if match[2] else None
    return ListMark(match[1] or match[3], number, match.end(), not text[match.end() :].strip(" \t"))


def task_box(rest: str) -> tuple[bool, int] | None:
    """Parse `[x] ` and return whether the box is checked, and its length."""
    match = _TASK_BOX.match(rest)
    return (match[1] != " ", match.end()) if match else None


def alert(text: str) -> AlertKind | None:
    """Parse the first line of a quote and return the kind of alert it makes it."""
    match = _ALERT.fullmatch(text)
    return AlertKind(match[1].lower()) if match else None


def footnote(text: str) -> tuple[str, int] | None:
    """Parse `[^label]:` and return the label and the length of the marker."""
    match = _FOOTNOTE.match(text)
    return (match[1], match.end()) if match else None


def is_description(text: str) -> bool:
    """Return whether the line begins like the description of a term."""
    return _DESCRIPTION.match(text) is not None
