"""Pages of a PDF as pictures, the places of words on them, and what is left out of their text."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chatdesk.documents.process import DocumentProcess
from chatdesk.documents.readers.pdf import read_pdf
from chatdesk.kernel.chat.message import TextQuality
from chatdesk.kernel.documents.document_text import Section
from chatdesk.kernel.documents.kinds import DocumentKind
from chatdesk.kernel.documents.text_quality import quality_of
from chatdesk.kernel.errors.attachment_errors import DocumentDamaged, DocumentEncrypted
from tests.fakes.document_files import drawn_pdf, pdf, scanned_pdf

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
async def process() -> AsyncIterator[DocumentProcess]:
    process = DocumentProcess(lambda _id: 0)
    yield process
    await process.close()


def written(folder: Path, data: bytes) -> Path:
    path = folder / "report.pdf"
    path.write_bytes(data)
    return path


def texts(path: Path) -> list[str]:
    return [section.text for section in read_pdf(path).sections]


async def test_a_page_is_a_picture_of_the_wanted_size(process: DocumentProcess, tmp_path: Path) -> None:
    from PySide6.QtGui import QImage  # noqa: PLC0415 - the other tests need no Qt

    path = written(tmp_path, pdf([["First"], ["Second"]]))
    image = QImage.fromData(await process.page_picture(path, "report.pdf", 2, 1_000))
    assert (image.width(), image.height()) == (773, 1_000)
    assert image.pixelColor(500, 900).lightness() > 250
    written_part = image.copy(80, 20, 100, 40)
    assert (
        min(
            written_part.pixelColor(x, y).lightness()
            for x in range(written_part.width())
            for y in range(written_part.height())
        )
        < 100
    )


async def test_a_page_that_does_not_exist_is_one_error(process: DocumentProcess, tmp_path: Path) -> None:
    path = written(tmp_path, pdf([["First"]]))
    for number in (0, 2):
        with pytest.raises(DocumentDamaged):
            await process.page_picture(path, "report.pdf", number, 500)
    path.write_bytes(b"%PDF-1.4 and then nothing")
    with pytest.raises(DocumentDamaged):
        await process.page_picture(path, "report.pdf", 1, 500)


async def test_a_picture_goes_before_waiting_documents(process: DocumentProcess, tmp_path: Path) -> None:
    path = written(tmp_path, pdf([["First"]]))
    ended: list[str] = []

    async def read(name: str) -> None:
        await process.read(path, name, DocumentKind.PDF)
        ended.append(name)

    async def show() -> None:
        await process.page_picture(path, "picture", 1, 200)
        ended.append("picture")

    await asyncio.gather(read("first"), read("second"), read("third"), show())
    assert ended == ["first", "picture", "second", "third"]


async def test_one_that_gives_up_its_place_stops_nobody(process: DocumentProcess, tmp_path: Path) -> None:
    path = written(tmp_path, pdf([["First"]]))
    first, second, third = (
        asyncio.ensure_future(process.read(path, str(number), DocumentKind.PDF)) for number in range(3)
    )
    await asyncio.sleep(0)
    second.cancel()
    assert [text.length for text in await asyncio.gather(first, third)] == [5, 5]
    assert second.cancelled()


async def test_an_encrypted_document_needs_its_password(process: DocumentProcess, tmp_path: Path) -> None:
    path = written(tmp_path, pdf([["Secret words"]], password="open sesame"))
    with pytest.raises(DocumentEncrypted):
        await process.read(path, "report.pdf", DocumentKind.PDF)
    with pytest.raises(DocumentEncrypted):
        await process.unlock(path, "report.pdf", "wrong", tmp_path / "copy.pdf")
    assert not (tmp_path / "copy.pdf").exists()


async def test_a_copy_of_an_encrypted_document_needs_no_password(process: DocumentProcess, tmp_path: Path) -> None:
    path = written(tmp_path, pdf([["Secret words"]], password="open sesame"))
    await process.unlock(path, "report.pdf", "open sesame", tmp_path / "copy.pdf")
    text = await process.read(tmp_path / "copy.pdf", "report.pdf", DocumentKind.PDF)
    assert text.sections[0].text == "Secret words"
    assert await process.page_picture(tmp_path / "copy.pdf", "report.pdf", 1, 200)


async def test_words_are_found_on_the_page(process: DocumentProcess, tmp_path: Path) -> None:
    path = written(tmp_path, pdf([["First line", "the promise of 2025"]]))
    (text,) = texts(path)
    start = text.index("promise")
    (area,) = await process.words_on_page(path, "report.pdf", 1, text, [(start, start + len("promise of"))])
    # The line begins 72 points from the left and its base line is 740 points from the bottom.
    assert 72 / 612 < area.left < area.right < 200 / 612
    assert area.top < (792 - 740) / 792 < area.bottom + 0.002
    assert area.bottom - area.top < 20 / 792


async def test_words_of_a_turned_page_are_where_they_are_seen(process: DocumentProcess, tmp_path: Path) -> None:
    path = written(tmp_path, drawn_pdf(["BT /F1 12 Tf 72 760 Td (Promise) Tj ET"], more="/Rotate 90"))
    (area,) = await process.words_on_page(path, "report.pdf", 1, "Promise", [(0, 7)])
    # Turned clockwise: what was at the upper left is at the upper right.
    assert area.left > 0.9
    assert 0.1 < area.top < area.bottom < 0.25


async def test_words_over_two_lines_and_a_header_are_found(process: DocumentProcess, tmp_path: Path) -> None:
    pages = [
        ["Annual report", f"words {chr(96 + number)} of it", f"end {number * number} here", f"Page {number}"]
        for number in range(1, 6)
    ]
    path = written(tmp_path, pdf(pages))
    text = texts(path)[1]
    assert text == "words b of it\nend 4 here"
    areas = await process.words_on_page(path, "report.pdf", 2, text, [(text.index("words"), text.index("here"))])
    assert len(areas) == 2
    assert areas[0].bottom < areas[1].top + 0.01
    assert await process.words_on_page(path, "report.pdf", 2, "text of another page", [(0, 4)]) == ()


def test_a_shadow_of_text_is_not_read_again(tmp_path: Path) -> None:
    heading = "BT /F1 20 Tf 72 700 Td (Shadow text) Tj ET q 1 0 0 1 3 -3 cm BT /F1 20 Tf 72 700 Td (Shad) Tj (ow text) Tj ET Q"
    path = written(tmp_path, drawn_pdf([heading + " BT /F1 12 Tf 72 600 Td (and more) Tj ET"]))
    assert texts(path) == ["Shadow text\nand more"]


def test_equal_words_beside_and_below_each_other_are_read(tmp_path: Path) -> None:
    row = "BT /F1 12 Tf 72 {y} Td (no data) Tj 100 0 Td (no data) Tj ET"
    path = written(tmp_path, drawn_pdf([row.format(y=700) + " " + row.format(y=685)]))
    assert texts(path) == ["no data no data\nno data no data"]


def test_the_first_page_comes_before_the_others_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, pdf([["Annual report", "words " + "x" * number] for number in range(400)]))
    reading = read_pdf(path)
    assert next(iter(reading.sections)).text == "words"
    assert reading.count == 400


def test_headers_that_differ_on_left_and_right_pages_are_found(tmp_path: Path) -> None:
    pages = [
        [("Annual report", "What we promised")[number % 2], "All rights reserved", f"words {'x' * number}"]
        for number in range(40)
    ]
    assert texts(written(tmp_path, pdf(pages)))[7].split("\n")[-1] == "words xxxxxxx"


def test_rows_of_numbers_are_no_footer_and_no_page_is_emptied(tmp_path: Path) -> None:
    pages = [[f"{2000 + number} {number * 7} 96", f"{2001 + number} {number * 5} 80"] for number in range(20)]
    assert texts(written(tmp_path, pdf(pages))) == ["\n".join(page) for page in pages]
    assert texts(written(tmp_path, pdf([["Draft"]] * 8))) == ["Draft"] * 8


def sections(path: Path) -> tuple[Section, ...]:
    return tuple(read_pdf(path).sections)


def test_pages_that_are_pictures_are_distinguished_from_short_and_empty_ones(tmp_path: Path) -> None:
    assert [page.is_picture for page in sections(written(tmp_path, scanned_pdf(2)))] == [True, True]
    assert [page.is_picture for page in sections(written(tmp_path, pdf([["Short"], []])))] == [False, False]
    outlines = " ".join(f"{x} 100 5 5 re f" for x in range(60))
    assert [page.is_picture for page in sections(written(tmp_path, drawn_pdf([outlines])))] == [True]


def test_a_document_is_scanned_if_most_of_its_pages_are_pictures() -> None:
    picture, text = Section("", is_picture=True), Section("words " * 20)
    assert quality_of([picture] * 8 + [text] * 2) is TextQuality.SCANNED
    assert quality_of([picture] * 7 + [text] * 3) is TextQuality.GOOD
    assert quality_of([]) is TextQuality.GOOD


def test_text_of_unknown_characters_is_poor() -> None:
    assert quality_of([Section("\ue001\ue002 \ufffd words")]) is TextQuality.POOR
    assert quality_of([Section("words with one \ue001 sign in many letters")]) is TextQuality.GOOD
    assert quality_of([Section("多年以前的文字")]) is TextQuality.GOOD


def test_characters_that_are_written_as_radicals_are_read_as_characters(tmp_path: Path) -> None:
    shown = "/Span << /ActualText <FEFF2F94> >> BDC BT /F1 12 Tf 72 700 Td (x) Tj ET EMC"
    (page,) = sections(written(tmp_path, drawn_pdf([shown])))
    assert page.text.strip() == "\u8a00"
