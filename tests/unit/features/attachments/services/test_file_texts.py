"""The text of a file that goes into a field: a text as it is, a document with the numbers of its pages."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chatdesk.features.attachments.services.file_texts import FileTexts
from chatdesk.kernel.chat.attachments import ReadingProgress
from chatdesk.kernel.errors.attachment_errors import (
    AttachmentError,
    AttachmentNotAText,
    AttachmentUnreadable,
    DocumentDamaged,
    DocumentEncrypted,
    DocumentLegacy,
    DocumentWithoutText,
)
from chatdesk.storage.files.attachment_files import AttachmentFiles
from tests.fakes.document_files import pdf, scanned_pdf, xlsx
from tests.fakes.no_documents import stored_documents


@pytest.fixture
async def texts(tmp_path: Path) -> AsyncIterator[FileTexts]:
    (tmp_path / "store").mkdir()
    store = AttachmentFiles(tmp_path / "store", tmp_path / "copies")
    documents = stored_documents(store, tmp_path / "store")
    yield FileTexts(documents.get())
    await documents.close()
    stored = [path for path in (tmp_path / "store").rglob("*") if path.is_file() and "index" not in path.name]
    assert stored == [], "nothing is stored"


async def test_a_document_is_its_text_with_the_numbers_of_its_pages(texts: FileTexts, tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(pdf([["The promise."], ["What it costs."]]))
    reported = list[ReadingProgress]()
    text = await texts.read(tmp_path / "report.pdf", reported.append)
    assert text == "[page 1]\nThe promise.\n\n[page 2]\nWhat it costs."
    assert (reported[-1].read, reported[-1].count) == (2, 2)


async def test_a_text_is_read_as_before(texts: FileTexts, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>One</p>\r\n", "utf-8", newline="")
    assert await texts.read(tmp_path / "page.html") == "<p>One</p>\n"


async def test_hidden_sheets_are_left_out(texts: FileTexts, tmp_path: Path) -> None:
    (tmp_path / "costs.xlsx").write_bytes(xlsx({"Costs": [["Travel", 3.0]], "Old": [["Secret", 1.0]]}, hidden=["Old"]))
    text = await texts.read(tmp_path / "costs.xlsx")
    assert text.startswith("[sheet 1: Costs]\n")
    assert "Secret" not in text


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("scan.pdf", scanned_pdf(2), DocumentWithoutText),
        ("broken.pdf", b"%PDF-1.7 x", DocumentDamaged),
        ("locked.pdf", pdf([["x"]], "secret"), DocumentEncrypted),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", DocumentLegacy),
        ("program.exe", b"MZ\0\0", AttachmentNotAText),
    ],
)
async def test_a_document_without_text_is_refused(
    texts: FileTexts, tmp_path: Path, name: str, data: bytes, error: type[AttachmentError]
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(error) as caught:
        await texts.read(tmp_path / name)
    assert caught.value.name == name


async def test_a_file_that_is_gone_is_reported(texts: FileTexts, tmp_path: Path) -> None:
    with pytest.raises(AttachmentUnreadable):
        await texts.read(tmp_path / "gone.pdf")
