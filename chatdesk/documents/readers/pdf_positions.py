"""Where the text of a PDF page is on the page."""

import ctypes
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

from chatdesk.kernel.documents.document_text import PageArea

Box = tuple[float, float, float, float]
"""The left, bottom, right and top of a character, in the units of the page."""
_NOT_SEEN = frozenset("\x02\ufffe\u00ad-")
"""Hyphens: those at the end of a line are not in the text."""
CHARACTERS = {radical: unicodedata.normalize("NFKC", chr(radical)) for radical in range(0x2F00, 0x2FD6)}
"""Characters by their Kangxi radicals, which look the same. Many programs write these into PDFs, where no search would find them."""
_MAX_GAP = 4
"""A hyphen and the end of a line are three characters."""
_MAX_SPACE = 0.02
"""Maximum space between words of a line, as a share of the width of the page: less than between columns."""
_DEVICE = 1_000_000
"""Side of the square that the page is mapped to, for fractions of it."""


class PagePositions:
    """The visible characters of a page in the order of its text."""

    def __init__(self, page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> None:
        self._page = page
        self._text_page = text_page
        seen = [
            (index, CHARACTERS.get(code, chr(code)))
            for index in range(text_page.count_chars())
            if (code := pdfium_c.FPDFText_GetUnicode(text_page, index)) <= 0x10FFFF and _is_seen(chr(code))
        ]
        self._indexes = [index for index, _ in seen]
        self._text = "".join(sign for _, sign in seen)
        self._next = 0

    def find(self, line: str) -> Sequence[int | None]:
        """Return the index of each character of a line; None where it is not visible, or if the line is not on the page.

        Lines are found in the order of the page: each one after the one before.
        """
        wanted = "".join(filter(_is_seen, line))
        offset = self._text.find(wanted, self._next) if wanted else -1
        if offset < 0:
            return [None] * len(line)
        self._next = offset + len(wanted)
        indexes = iter(self._indexes[offset : self._next])
        return [next(indexes) if _is_seen(sign) else None for sign in line]

    def box(self, index: int) -> Box:
        """Return the box of a character."""
        left, bottom, right, top = self._text_page.get_charbox(index)
        return float(left), float(bottom), float(right), float(top)

    def areas(self, indexes: Sequence[int]) -> Iterator[PageArea]:
        """Yield the areas of characters, one for each line or segment of a line."""
        for first, last in _runs(indexes):
            for number in range(self._text_page.count_rects(first, last - first + 1)):
                left, bottom, right, top = self._text_page.get_rect(number)
                corners = self._shown(left, top), self._shown(right, bottom)
                across, down = zip(*corners, strict=True)
                yield PageArea(min(across), min(down), max(across), max(down))

    def _shown(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the page as it is shown: turned and cut."""
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium_c.FPDF_PageToDevice(self._page, 0, 0, _DEVICE, _DEVICE, 0, x, y, across, down)
        return across.value / _DEVICE, down.value / _DEVICE


def text_areas(
    page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, text: str, ranges: Sequence[tuple[int, int]]
) -> list[PageArea]:
    """Return the areas of the characters of `ranges`. `text` is what the reader made of the page."""
    positions = PagePositions(page, text_page)
    indexes: list[int | None] = []
    for line in text.split("\n"):
        indexes += [*positions.find(line), None]
    return [
        area
        for start, end in ranges
        for area in _joined(positions.areas([index for index in indexes[start:end] if index is not None]))
    ]


def _joined(areas: Iterable[PageArea]) -> list[PageArea]:
    """Return one area for the segments that follow each other in a line."""
    joined: list[PageArea] = []
    for area in areas:
        before = joined[-1] if joined else None
        if before and _follows(before, area):
            joined[-1] = PageArea(
                min(before.left, area.left),
                min(before.top, area.top),
                max(before.right, area.right),
                max(before.bottom, area.bottom),
            )
        else:
            joined.append(area)
    return joined


def _follows(before: PageArea, area: PageArea) -> bool:
    middle = (area.top + area.bottom) / 2
    return before.top < middle < before.bottom and -_MAX_SPACE < area.left - before.right < _MAX_SPACE


def _runs(indexes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last index of each part without a gap. Invisible characters are no gap."""
    if not indexes:
        return
    first = indexes[0]
    for before, after in pairwise(indexes):
        if not before < after <= before + _MAX_GAP:
            yield first, before
            first = after
    yield first, indexes[-1]


def _is_seen(sign: str) -> bool:
    return not (sign.isspace() or sign in _NOT_SEEN or sign == "\0")
