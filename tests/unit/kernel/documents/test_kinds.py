"""What kind of document a file is."""

import pytest

from chatdesk.kernel.documents.kinds import DocumentKind, kind_of, type_of

ZIP, OLE = b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"


@pytest.mark.parametrize(
    ("beginning", "name", "kind"),
    [
        (b"%PDF-1.7", "report.pdf", DocumentKind.PDF),
        (b"%PDF-1.7", "report.txt", DocumentKind.PDF),
        (b"\n\n%PDF-1.4", "report", DocumentKind.PDF),
        (ZIP, "letter.docx", DocumentKind.WORD),
        (ZIP, "COSTS.XLSX", DocumentKind.SHEETS),
        (ZIP, "talk.odp", DocumentKind.SLIDES),
        (ZIP, "novel.epub", DocumentKind.BOOK),
        (OLE, "old.xls", DocumentKind.SHEETS),
        (b"{\\rtf1", "letter.doc", DocumentKind.RICH_TEXT),
        (b"<p>", "page.html", DocumentKind.WEB_PAGE),
        (b"{}", "work.ipynb", DocumentKind.NOTEBOOK),
        (b"a,b", "table.csv", DocumentKind.TABLE),
        (b"x = 1", "code.py", DocumentKind.CODE),
        (b"FROM x", "Dockerfile", DocumentKind.CODE),
        (b"words", "notes", DocumentKind.TEXT),
        (b"\xff\xfew\0", "notes.txt", DocumentKind.TEXT),
    ],
)
def test_it_is_recognised_by_content_and_name(beginning: bytes, name: str, kind: DocumentKind) -> None:
    found = type_of(beginning, name)
    assert found
    assert (found.kind, kind_of(found.media_type)) == (kind, kind)


@pytest.mark.parametrize(
    ("beginning", "name"),
    [
        (ZIP, "files.zip"),
        (b"words", "report.pdf"),
        (b"\x7fELF\0", "program"),
        (b"MZ", "setup.exe"),
        (b"words", "cat.png"),
        (b"", "nothing"),
    ],
)
def test_what_is_no_document_is_none(beginning: bytes, name: str) -> None:
    assert type_of(beginning, name) is None


def test_an_old_format_needs_a_program_that_converts_it() -> None:
    found = type_of(OLE, "old.doc")
    assert found
    assert found.is_legacy
