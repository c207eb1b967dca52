"""PDF: the text of each page, by PDFium."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

from chatdesk.documents.readers.pdf_positions import CHARACTERS, Box, PagePositions
from chatdesk.documents.readers.reading import DocumentReading, ReadingProblem, UnreadableDocument
from chatdesk.kernel.chat.message import DocumentUnit
from chatdesk.kernel.documents.document_text import Section

_HYPHEN = re.compile("(?<=\\w)[\x02\ufffe\u00ad]\\n?(?=\\w)")
"""PDFium writes U+0002 or U+FFFE for a hyphen at the end of a line, often without the end of the line."""
_MENDED = CHARACTERS | {0x2: "-", 0xFFFE: "-"}
"""Hyphens that are not at the end of a line, and characters that are written as radicals."""
_NUMBER = re.compile(r"(?<![\d.,])\d{1,5}(?![\d.,])")
_SAMPLED_PAGES = 6
"""Places in the document at which two adjacent pages show which lines repeat: left and right pages can differ."""
_MIN_PAGES = 4
"""Pages from which lines that repeat are looked for."""
_REPEATED_SHARE = 0.6
_MARGIN_LINES = 2
"""Lines at the beginning and the end of a page that can be a header or a footer."""
_MIN_LETTERS = 20
"""A page with fewer letters has hardly any text."""
_DRAWN = (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_PATH)
_MIN_PATHS = 50
"""Lines and shapes beyond which they may be letters."""
_MAX_OBJECTS = 1_000
_SHADOW_SHARE = 0.6
"""Text is the shadow of an equal text if it is shifted by at most this share of its height."""
_REPEATED = re.compile(r"(?P<part>..+?)(?:\s*(?P=part))+")
_MAX_SHADOWED = 200
"""Characters of the longest line that is examined for copies. They are headings and names."""


def read_pdf(path: Path) -> DocumentReading:
    """Read a PDF page by page. Headers and footers that most pages share are left out."""
    document = open_pdf(path)
    return DocumentReading(_pages(document, len(document)), DocumentUnit.PAGE, len(document))


def open_pdf(path: Path, password: str = "") -> pdfium.PdfDocument:
    """Open a PDF. Raises `UnreadableDocument`."""
    try:
        document = pdfium.PdfDocument(path, password or None)
    except pdfium.PdfiumError as error:
        problem = ReadingProblem.ENCRYPTED if "password" in str(error).lower() else ReadingProblem.DAMAGED
        raise UnreadableDocument(problem, str(error)) from error
    if not len(document):
        document.close()
        raise UnreadableDocument(ReadingProblem.EMPTY)
    return document


def _pages(document: pdfium.PdfDocument, count: int) -> Iterator[Section]:
    """Yield the pages. A few of them, spread over the document, are read first to know which lines repeat."""
    with closing(document):
        sampled = {number: _lines(document, number) for number in _sampled_numbers(count)}
        repeated = _repeated(sampled)
        for number in range(count):
            lines = sampled.pop(number, None)
            text = _without(_lines(document, number) if lines is None else lines, number, repeated)
            yield Section(text, is_picture=_is_picture(document, number, text))


def _sampled_numbers(count: int) -> set[int]:
    if count < _MIN_PAGES:
        return set()
    samples = {index * (count - 2) // (_SAMPLED_PAGES - 1) for index in range(_SAMPLED_PAGES)}
    return samples | {index + 1 for index in samples}


def _lines(document: pdfium.PdfDocument, number: int) -> list[str]:
    with closing(document[number]) as page, closing(page.get_textpage()) as text_page:
        lines = str(text_page.get_text_bounded()).replace("\r\n", "\n").split("\n")
        filled = [line for line in lines if line.strip()]
        if len(set(filled)) < len(filled) or any(map(_copies, filled)):
            lines = _without_shadows(lines, PagePositions(page, text_page))
    text = _HYPHEN.sub("", "\n".join(lines)).translate(_MENDED)
    return [line.rstrip() for line in text.split("\n")]


def _is_picture(document: pdfium.PdfDocument, number: int, text: str) -> bool:
    """Return whether a page has a picture, or letters drawn as lines, and hardly any text."""
    letters = sum(1 for _ in islice(filter(str.isalnum, text), _MIN_LETTERS))
    if letters == _MIN_LETTERS:
        return False
    with closing(document[number]) as page:
        paths = 0 if letters else _MIN_PATHS  # what is drawn on a page without any letter is all that it shows
        for drawn in islice(page.get_objects(_DRAWN), _MAX_OBJECTS):
            paths += drawn.type == pdfium_c.FPDF_PAGEOBJ_PATH
            if paths > _MIN_PATHS or drawn.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
                return True
    return False


def _without_shadows(lines: Sequence[str], positions: PagePositions) -> list[str]:
    """Return the lines without what is drawn over equal text, as a shadow of it or to make it bolder."""
    kept: list[str] = []
    drawn: dict[str, list[Box]] = {}
    for line in lines:
        copies = _copies(line) or [line]
        shown = 0
        for copy in copies:
            box = next((positions.box(index) for index in positions.find(copy) if index is not None), None)
            boxes = drawn.setdefault(copy, [])
            if box is None or not any(_is_shadow(box, other) for other in boxes):
                shown += 1
            if box:
                boxes.append(box)
        if shown == len(copies):
            kept.append(line)
        elif shown:
            kept.append(" ".join(copies[:shown]))
    return kept


def _copies(line: str) -> list[str]:
    """Return the equal parts of which a line consists; an empty list if it does not."""
    label = line.strip()
    if len(label) > _MAX_SHADOWED or label.find(label[:2], 2) < 0 or not (found := _REPEATED.fullmatch(label)):
        return []
    part = found["part"]
    return [part] * label.count(part)


def _is_shadow(box: Box, other: Box) -> bool:
    shift = _SHADOW_SHARE * (box[3] - box[1])
    return abs(box[0] - other[0]) <= shift and abs(box[1] - other[1]) <= shift


def _repeated(pages: Mapping[int, list[str]]) -> frozenset[str]:
    """Return the lines at the margins that most pages share; page numbers may differ."""
    counts = Counter(
        line
        for number, page in pages.items()
        for line in {each for line in _margins(page) for each in _shapes(line, number)}
    )
    return frozenset(line for line, count in counts.items() if count > _REPEATED_SHARE * len(pages))


def _margins(lines: Sequence[str]) -> list[str]:
    filled = [line for line in lines if line.strip()]
    return [*filled[:_MARGIN_LINES], *filled[-_MARGIN_LINES:]]


def _without(lines: Sequence[str], number: int, repeated: frozenset[str]) -> str:
    margins = {line for line in _margins(lines) if not repeated.isdisjoint(_shapes(line, number))}
    kept = "\n".join(line for line in lines if line not in margins).strip("\n")
    return kept or "\n".join(lines).strip("\n")


def _shapes(line: str, number: int) -> Iterator[str]:
    """Yield a line, and the line for each number in it that may be the page number: with its distance from `number` instead."""
    label = line.strip()
    yield label
    for found in _NUMBER.finditer(label):
        yield f"{label[: found.start()]}#{int(found[0]) - number}{label[found.end() :]}"
