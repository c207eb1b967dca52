"""Headings and code fences in Markdown text; lines inside fences are never headings. `section_kinds.py` classifies headings."""

import re
from collections.abc import Iterator

from chatdesk.kernel.fast_dataclass import dataclass

_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})(?P<gap>[ \t]*)(?P<words>[^\n]*)")
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """A possible heading. `tight`: there is no space after the marks, which Markdown reads as a word such as `#tag`."""

    level: int
    heading_text: str
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its line ending and its offset. `in_code`: it is part of a fenced block, including the fences."""

    start: int
    text: str
    in_code: bool
    closed: bool = True
    """False for the lines of an unclosed fenced block."""


def heading_in(line: str) -> Heading | None:
    """Return a line as a heading; None if it is none. The caller checks whether it is inside code."""
    match = _HEADING.fullmatch(line.rstrip())
    if match is None:
        return None
    heading_text = match["words"].strip()
    opened = heading_text.rstrip("#")
    if not opened or opened[-1] in " \t":  # trailing marks close the heading
        heading_text = opened.rstrip()
    return Heading(len(match["marks"]), heading_text, tight=bool(heading_text) and not match["gap"])


def fence_after(line: str, fence: str) -> str:
    """Return the fence that is open after a line, given the one that was open before it; empty for none."""
    match = _FENCE.fullmatch(line.rstrip())
    if match is None:
        return fence
    if not fence:
        return match["fence"]
    closes = match["fence"].startswith(fence) and not match["info"].strip()
    return "" if closes else fence


def lines_of(text: str) -> tuple[Line, ...]:
    """Return the lines of a text; joined, they are the text."""
    found: list[Line] = []
    fence = ""
    for match in _LINE.finditer(text):
        after = fence_after(match[0], fence)
        found.append(Line(match.start(), match[0], in_code=bool(fence or after)))
        fence = after
    if fence:
        _mark_unclosed(found)
    return tuple(found)


def outside_code(text: str) -> Iterator[Line]:
    """Yield the lines outside code."""
    return (line for line in lines_of(text) if not line.in_code)


def _mark_unclosed(lines: list[Line]) -> None:
    fence, first = "", 0
    for number, line in enumerate(lines):
        after = fence_after(line.text, fence)
        if after and not fence:
            first = number
        fence = after
    lines[first:] = [Line(line.start, line.text, in_code=True, closed=False) for line in lines[first:]]
