"""PDF: the text of each page, by PDFium."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from chatdesk.documents.readers.reading import DocumentReading, ReadingProblem, UnreadableDocument
from chatdesk.kernel.chat.message import DocumentUnit
from chatdesk.kernel.documents.document_text import Section

_HYPHEN = re.compile("(?<=\\w)[\ufffe\u00ad]\\n(?=\\w)")
"""PDFium writes U+FFFE for a hyphen at the end of a line."""
_DIGITS = re.compile(r"\d+")
_SAMPLED_PAGES = 200
_MIN_PAGES = 4
"""Pages from which lines that repeat are looked for."""
_REPEATED_SHARE = 0.6
_MARGIN_LINES = 2
"""Lines at the beginning and the end of a page that can be a header or a footer."""


def read_pdf(path: Path) -> DocumentReading:
    """Read a PDF page by page. Headers and footers that most pages share are left out."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        problem = ReadingProblem.ENCRYPTED if "password" in str(error).lower() else ReadingProblem.DAMAGED
        raise UnreadableDocument(problem, str(error)) from error
    count = len(document)
    if not count:
        raise UnreadableDocument(ReadingProblem.EMPTY)
    return DocumentReading(_pages(document, count), DocumentUnit.PAGE, count)


def _pages(document: pdfium.PdfDocument, count: int) -> Iterator[Section]:
    """Yield the pages. The first ones are needed to know which lines repeat, so they come a little later."""
    waiting: list[list[str]] = []
    sampled = min(count, _SAMPLED_PAGES)
    repeated: frozenset[str] = frozenset()
    for number in range(count):
        lines = _lines(document, number)
        if number < sampled:
            waiting.append(lines)
            if number == sampled - 1:
                repeated = _repeated(waiting)
                yield from (Section(_without(page, repeated)) for page in waiting)
                waiting.clear()
        else:
            yield Section(_without(lines, repeated))
    document.close()


def _lines(document: pdfium.PdfDocument, number: int) -> list[str]:
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            text = str(text_page.get_text_bounded())
        finally:
            text_page.close()
    finally:
        page.close()
    text = _HYPHEN.sub("", text.replace("\r\n", "\n")).replace("\ufffe", "-")
    return [line.rstrip() for line in text.split("\n")]


def _repeated(pages: Sequence[list[str]]) -> frozenset[str]:
    """Return the lines at the margins that most pages share, numbers aside."""
    if len(pages) < _MIN_PAGES:
        return frozenset()
    counts = Counter(line for page in pages for line in {_shape(line) for line in _margins(page)})
    return frozenset(line for line, count in counts.items() if line and count > _REPEATED_SHARE * len(pages))


def _margins(lines: Sequence[str]) -> list[str]:
    filled = [line for line in lines if line.strip()]
    return [*filled[:_MARGIN_LINES], *filled[-_MARGIN_LINES:]]


def _without(lines: Sequence[str], repeated: frozenset[str]) -> str:
    margins = set(_margins(lines))
    kept = [line for line in lines if not (line in margins and _shape(line) in repeated)]
    return "\n".join(kept).strip("\n")


def _shape(line: str) -> str:
    return _DIGITS.sub("#", line.strip())
