"""Documents that are made to do harm. Nothing of them is read, or only the reading process suffers."""

import json
import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from chatdesk.documents.child import answer
from chatdesk.documents.readers.archive import MAX_UNPACKED_BYTES, open_archive, parse_xml
from chatdesk.documents.readers.html_text import read_html
from chatdesk.documents.readers.messages import read_email
from chatdesk.documents.readers.pdf import read_pdf
from chatdesk.documents.readers.reading import Read, ReadingProblem, UnreadableDocument
from chatdesk.documents.readers.sheets import read_sheets
from chatdesk.documents.readers.word import read_word
from tests.fakes.document_files import docx, paragraph, zipped
from tests.fakes.hostile_files import repeating_pdf

BOMB = "<w:p/>" * 2_000_000
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'


def refused(action: Callable[[], object]) -> ReadingProblem:
    with pytest.raises(UnreadableDocument) as caught:
        action()
    return caught.value.problem


def read(reader: Read, path: Path, data: bytes) -> list[str]:
    path.write_bytes(data)
    return [section.text for section in reader(path).sections]


def test_a_document_that_expands_is_not_opened(tmp_path: Path) -> None:
    assert refused(lambda: read(read_word, tmp_path / "bomb.docx", docx(BOMB))) is ReadingProblem.UNSAFE


def test_a_workbook_that_expands_is_not_opened(tmp_path: Path) -> None:
    data = zipped({"xl/workbook.xml": "x" * 30_000_000})
    assert refused(lambda: read(read_sheets, tmp_path / "bomb.xlsx", data)) is ReadingProblem.UNSAFE


def test_a_directory_that_lies_is_found_out(tmp_path: Path) -> None:
    content = bytes(range(256)) * 4
    data = bytearray(zipped({"a.xml": content * 1_000}))
    size = (len(content) * 1_000).to_bytes(4, "little")
    data = data.replace(size, (10).to_bytes(4, "little"))
    path = tmp_path / "lies.zip"
    path.write_bytes(data)
    with open_archive(path) as archive, pytest.raises((UnreadableDocument, zipfile.BadZipFile)):
        archive.read("a.xml")


def test_members_count_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatdesk.documents.readers.archive.MAX_UNPACKED_BYTES", 1_000)
    path = tmp_path / "many.zip"
    path.write_bytes(zipped(dict.fromkeys("ab", "x" * 400)))
    with open_archive(path) as archive:
        archive.read("a")
        archive.read("b")
        assert refused(lambda: archive.read("a")) is ReadingProblem.UNSAFE
    assert MAX_UNPACKED_BYTES > 1_000


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..\\..\\x"])
def test_a_path_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "out.zip"
    path.write_bytes(zipped({name: "x"}))

    def opened() -> None:
        with open_archive(path):
            pass

    assert refused(opened) is ReadingProblem.UNSAFE


@pytest.mark.parametrize("xml", [LAUGHS, OUTSIDE])
def test_no_entity_is_expanded(xml: bytes) -> None:
    assert refused(lambda: parse_xml(xml)) is ReadingProblem.UNSAFE


@pytest.mark.parametrize("xml", [LAUGHS, OUTSIDE])
def test_no_entity_of_a_word_document_is_expanded(tmp_path: Path, xml: bytes) -> None:
    data = zipped({"word/document.xml": xml})
    assert refused(lambda: read(read_word, tmp_path / "evil.docx", data)) is ReadingProblem.UNSAFE


def test_xml_that_is_nested_without_end_is_refused() -> None:
    assert refused(lambda: parse_xml(b"<a>" * 5_000 + b"</a>" * 5_000)) is ReadingProblem.UNSAFE


def test_html_that_is_nested_without_end_is_refused(tmp_path: Path) -> None:
    page = b"<div>" * 200_000
    assert refused(lambda: read(read_html, tmp_path / "deep.html", page)) is ReadingProblem.UNSAFE


def test_html_that_is_nested_like_some_pages_is_read(tmp_path: Path) -> None:
    page = b"<div>" * 3_000 + b"words" + b"</div>" * 3_000
    assert read(read_html, tmp_path / "page.html", page) == ["words"]


def test_tables_that_are_nested_without_end_are_read_at_once(tmp_path: Path) -> None:
    page = b"<table><tr><td>" * 3_000 + b"words"
    assert read(read_html, tmp_path / "tables.html", page) == ["words"]


@pytest.mark.parametrize("value", [b"=?utf-8?b?YQ==?= " * 100_000, b"a@b.c, " * 50_000, b"(" * 5_000])
def test_endless_headers_of_an_email_are_cut(tmp_path: Path, value: bytes) -> None:
    (text,) = read(read_email, tmp_path / "mail.eml", b"Subject: x\nTo: " + value + b"\n\nwords")
    assert text.endswith("words")
    assert len(text) < 11_000


def test_a_document_of_endless_pages_is_not_read_to_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatdesk.documents.child.MAX_SECTIONS", 20)
    path = tmp_path / "endless.pdf"
    path.write_bytes(repeating_pdf(1_000))
    answers = BytesIO()
    answer({"task": "read", "path": str(path), "kind": "pdf", "options": {}}, answers, lambda _pixels: b"")
    first, *sections, last = map(json.loads, answers.getvalue().splitlines())
    assert first["count"] == 1_000
    assert len(sections) == 20
    assert last["problem"] == ReadingProblem.TOO_LONG


def test_an_encrypted_archive_is_said_to_be(tmp_path: Path) -> None:
    buffer = BytesIO(docx(paragraph("secret")))
    data = bytearray(buffer.getvalue())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 4)
    assert refused(lambda: read(read_word, tmp_path / "locked.docx", bytes(data))) is ReadingProblem.ENCRYPTED


def test_a_pdf_page_tree_that_contains_itself_ends(tmp_path: Path) -> None:
    data = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[2 0 R]>>endobj\ntrailer<</Root 1 0 R>>"
    path = tmp_path / "loop.pdf"
    path.write_bytes(data)
    with suppress(UnreadableDocument, pdfium.PdfiumError):  # either is fine: the process reports both
        assert all(section.text == "" for section in read_pdf(path).sections)
