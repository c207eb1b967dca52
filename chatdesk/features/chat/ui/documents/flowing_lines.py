"""The lines of a page as paragraphs: the ends of lines that are only where the page was full are replaced, and no character moves."""

import re
import unicodedata
from collections.abc import Sequence
from statistics import median

_JOINT = "\N{ZERO WIDTH SPACE}"
"""Joins lines of scripts without spaces. A space joins the others."""
_WIDE = frozenset("WF")
_MIN_WIDTH = 30
"""The least width of a full line. Wide characters count as two."""
_SIMILAR, _FULL_LINES = 0.88, 0.15
"""A full line is the longest one for which this share of the lines, and at least two, are similarly long."""
_FULL, _FULL_AT_END_OF_SENTENCE = 0.88, 1.0
"""A line continues below if not even the first word of the next line had space: as a share of a full line."""
_FULL_BEFORE_SMALL = 0.5
"""The same share before a line that begins with a small letter."""
_ENDS_SENTENCE = re.compile(r"[.!?:;。！？：；…][\"'”’»)）」』]*\Z")
_BEGINS_ITEM = re.compile(r"\s*(?:[-–—•▪◦‣·*]\s|\(?(?:\d{1,3}|[a-zA-Z])[.)、]\s?|[|#>])")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"[-+(]?[\d.,:%€$£¥/]+\)?\Z")
_MAX_LINE = 1_000
"""Characters of a line that is measured; a longer one was never the line of a page."""


def flowing(pages: Sequence[str]) -> list[str]:
    """Return texts as long as the given ones, in which only paragraphs end with a line break.

    A page with too few lines to know how long a full one is goes by the others.
    """
    measured = [_Page(page) for page in pages]
    known = [page.full for page in measured if page.full]
    usual = round(median(known)) if known else 0
    return [page.flowing(page.full or usual) for page in measured]


def without_joints(text: str) -> str:
    """Return a part of a flowing text as one would write it."""
    return text.replace(_JOINT, "")


class _Page:
    """The lines of a page. `full` is the width of a full line; 0 if that is unknown."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._widths = [_width(line) for line in self._lines]
        self._rows = [_is_row(line) for line in self._lines]
        self.full = self._full_width()

    def flowing(self, full: int) -> str:
        """Return the text with lines joined, given the width of a full line."""
        parts = self._lines[:1]
        for number in range(1, len(self._lines)):
            before, line = self._lines[number - 1], self._lines[number]
            parts += (_joint(before, line) if self._continues(number, full) else "\n"), line
        return "".join(parts)

    def _full_width(self) -> int:
        lines = zip(self._widths, self._rows, strict=True)
        longest = sorted((width for width, is_row in lines if width and not is_row), reverse=True)
        others = max(1, round(_FULL_LINES * len(longest)) - 1)
        pairs = zip(longest, longest[others:], strict=False)
        return next((width for width, other in pairs if width >= _MIN_WIDTH and other >= _SIMILAR * width), 0)

    def _continues(self, number: int, full: int) -> bool:
        before, line = self._lines[number - 1], self._lines[number]
        if not full or self._rows[number - 1] or self._rows[number]:
            return False
        if not before.strip() or not line.strip() or _BEGINS_ITEM.match(line):
            return False
        word = 2 if _is_wide(line[0]) else 1 + len(line.split(maxsplit=1)[0])
        share = _FULL_BEFORE_SMALL if line[0].islower() else _FULL
        if _ENDS_SENTENCE.search(before):
            share = _FULL_AT_END_OF_SENTENCE
        return self._widths[number - 1] + word > share * full


def _joint(before: str, line: str) -> str:
    return _JOINT if _is_wide(before[-1]) and _is_wide(line[0]) else " "


def _is_row(line: str) -> bool:
    """Return whether a line is the row of a table."""
    text = line.split() if len(line) <= _MAX_LINE and _DIGIT.search(line) else ()
    return sum(1 for word in text if _NUMBER.match(word)) * 2 >= max(len(text), 3)


def _width(line: str) -> int:
    if line.isascii() or len(line) > _MAX_LINE:
        return len(line)
    return len(line) + sum(map(_is_wide, line))


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in _WIDE
