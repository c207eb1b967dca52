"""Pictures of the pages of a PDF, the places of its text in them, and a copy without a password."""

from collections.abc import Callable, Sequence
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

from chatdesk.documents.readers.pdf import open_pdf
from chatdesk.documents.readers.pdf_positions import text_areas
from chatdesk.documents.readers.reading import Pixels, ReadingProblem, UnreadableDocument
from chatdesk.kernel.documents.document_text import PageArea

_MAX_SCALE = 6.0
"""Small pages are not enlarged beyond this, compared with 72 pixels per inch."""


def page_picture(path: Path, number: int, longest_side: int, encode: Callable[[Pixels], bytes]) -> bytes:
    """Return a page as a JPEG. `longest_side` is in pixels. Raises `UnreadableDocument`."""
    with closing(open_pdf(path)) as document, closing(_page(document, number)) as page:
        width, height = page.get_size()
        scale = min(_MAX_SCALE, longest_side / max(width, height, 1.0))
        with closing(page.render(scale=scale, rev_byteorder=False, prefer_bgrx=True)) as bitmap:
            return encode(Pixels(bitmap.width, bitmap.height, bitmap.stride, memoryview(bitmap.buffer)))


def words_on_page(path: Path, number: int, text: str, ranges: Sequence[tuple[int, int]]) -> list[PageArea]:
    """Return the areas of the characters of `ranges` in a page whose text is `text`. Raises `UnreadableDocument`."""
    with (
        closing(open_pdf(path)) as document,
        closing(_page(document, number)) as page,
        closing(page.get_textpage()) as text_page,
    ):
        return text_areas(page, text_page, text, ranges)


def unlock(path: Path, password: str, copy: Path) -> None:
    """Write a copy that needs no password. Raises `UnreadableDocument`."""
    unlocked = BytesIO()  # errors of a file would get lost in the library
    with closing(open_pdf(path, password)) as document:
        document.save(unlocked, flags=pdfium_c.FPDF_REMOVE_SECURITY)
    try:
        copy.write_bytes(unlocked.getbuffer())
    except OSError as error:
        raise UnreadableDocument(ReadingProblem.NO_COPY, error.strerror or str(error)) from error


def _page(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    if not 1 <= number <= len(document):
        raise UnreadableDocument(ReadingProblem.DAMAGED, f"no page {number}")
    return document[number - 1]
