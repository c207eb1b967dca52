"""Files that are made to do harm to whoever reads them. They are small, and expand."""

import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from types import MappingProxyType

from chatdesk.kernel.errors.attachment_errors import (
    DocumentDamaged,
    DocumentError,
    DocumentReaderEnded,
    DocumentUnsafe,
)
from tests.fakes.document_files import docx, paragraph, pptx, xlsx, zipped

_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
_LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'


def aborting_pdf() -> bytes:
    """Return a PDF of 230 KB whose page takes more than a gigabyte. PDFium ends its process when it gets no more memory."""
    compressor = zlib.compressobj()
    pieces = [compressor.compress(b"q " * 500_000) for _ in range(240)]
    return _pdf(b"".join((*pieces, compressor.flush())))


def repeating_pdf(pages: int) -> bytes:
    """Return a PDF that has its only page many times."""
    return _pdf(zlib.compress(b"BT ET"), pages)


def sparse_workbook() -> bytes:
    """Return a workbook with two cells. The rectangle between them has 17 billion."""
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return _changed(xlsx({"A": [[1.0]]}), "xl/worksheets/sheet1.xml", _SHEET.format(cells))


HOSTILE: Mapping[str, tuple[Callable[[], bytes], type[DocumentError]]] = MappingProxyType(
    {
        "aborts.pdf": (aborting_pdf, DocumentReaderEnded),
        "nothing.pdf": (lambda: b"%PDF-1.7 nothing", DocumentDamaged),
        "sparse.xlsx": (sparse_workbook, DocumentReaderEnded),
        "expands.docx": (lambda: docx("<w:p/>" * 2_000_000), DocumentUnsafe),
        "many members.docx": (lambda: zipped({f"{number}": "" for number in range(10_001)}), DocumentUnsafe),
        "cut.docx": (lambda: docx(paragraph("words"))[:-60], DocumentDamaged),
        "laughs.pptx": (lambda: _changed(pptx([("a", "b", "c")]), "ppt/presentation.xml", _LAUGHS), DocumentUnsafe),
        "deep.html": (lambda: b"<div>" * 200_000, DocumentUnsafe),
        "deep.ipynb": (lambda: b"[" * 200_000, DocumentDamaged),
    }
)
"""The files by name, and the error that each ends with."""


def _pdf(compressed: bytes, pages: int = 1) -> bytes:
    return b"\n".join(
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
            b"2 0 obj<</Type/Pages/Count %d/Kids[%b]>>endobj" % (pages, b"3 0 R " * pages),
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<>>>>endobj",
            b"4 0 obj<</Length %d/Filter/FlateDecode>>stream" % len(compressed),
            compressed,
            b"endstream endobj\ntrailer<</Root 1 0 R>>",
        )
    )


def _changed(archive: bytes, name: str, content: str) -> bytes:
    with zipfile.ZipFile(BytesIO(archive)) as opened:
        return zipped({each: content if each == name else opened.read(each) for each in opened.namelist()})
