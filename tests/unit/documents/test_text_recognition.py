"""Scanned pages whose text an installed program recognises."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from chatdesk.documents.process import DocumentProcess
from chatdesk.kernel.chat.attachments import ReadingProgress
from chatdesk.kernel.chat.message import DocumentUnit
from chatdesk.kernel.documents.text_recognition import Tesseract
from chatdesk.kernel.errors.attachment_errors import DocumentReaderEnded, TextNotRecognised
from tests.fakes.document_files import drawn_pdf, scanned_pdf
from tests.fakes.scripted_tesseract import write_tesseract

pytestmark = [pytest.mark.timeout(60), pytest.mark.skipif(sys.platform == "win32", reason="a script as a program")]

NAME = "contract.pdf"


@pytest.fixture
async def process() -> AsyncIterator[DocumentProcess]:
    process = DocumentProcess(lambda _id: 0)
    yield process
    await process.close()


@pytest.fixture
def tesseract(tmp_path: Path) -> Tesseract:
    return Tesseract(str(write_tesseract(tmp_path)), ("eng", "chi_sim"))


def written(folder: Path, data: bytes) -> Path:
    path = folder / NAME
    path.write_bytes(data)
    return path


async def test_scanned_pages_are_recognised_one_by_one(
    process: DocumentProcess, tesseract: Tesseract, tmp_path: Path
) -> None:
    heard: list[ReadingProgress] = []
    text = await process.recognise(written(tmp_path, scanned_pdf(2)), NAME, tesseract, heard.append)
    assert [section.text for section in text.sections] == [
        f"Recognised P5, 2600 pixels, shade {shade}. 中文字符" for shade in (85, 170)
    ]
    assert heard[-1] == ReadingProgress(DocumentUnit.PAGE, 2, 2, tokens=28)
    assert (tmp_path / "arguments").read_text() == "stdin stdout -l eng+chi_sim --psm 1"


async def test_pages_with_text_are_not_recognised(
    process: DocumentProcess, tesseract: Tesseract, tmp_path: Path
) -> None:
    words = "A page with words of its own in it"
    written_page = f"BT /F1 11 Tf 72 700 Td ({words}) Tj ET"
    path = written(
        tmp_path, drawn_pdf([written_page, "q 612 0 0 792 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID 80> EI Q"])
    )
    first, second = (await process.recognise(path, NAME, tesseract)).sections
    assert first.text == words
    assert second.text.startswith("Recognised")


async def test_a_program_that_fails_is_one_error(
    process: DocumentProcess, tesseract: Tesseract, tmp_path: Path
) -> None:
    (tmp_path / "fail").touch()
    with pytest.raises(TextNotRecognised) as found:
        await process.recognise(written(tmp_path, scanned_pdf(2)), NAME, tesseract)
    assert (found.value.name, found.value.detail) == (NAME, "Error opening data file")


async def test_cancelling_ends_the_program_too(process: DocumentProcess, tesseract: Tesseract, tmp_path: Path) -> None:
    (tmp_path / "wait").touch()
    recognising = asyncio.ensure_future(process.recognise(written(tmp_path, scanned_pdf(1)), NAME, tesseract))
    while not (tmp_path / "started").exists():
        await asyncio.sleep(0.02)
    (program,) = running(tesseract)
    recognising.cancel()
    with pytest.raises(asyncio.CancelledError):
        await recognising
    program.wait(10)
    assert not process.is_running


async def test_a_page_that_takes_too_long_ends_the_program(tesseract: Tesseract, tmp_path: Path) -> None:
    (tmp_path / "wait").touch()
    process = DocumentProcess(lambda _id: 0, max_seconds=3)
    with pytest.raises(DocumentReaderEnded):
        await process.recognise(written(tmp_path, scanned_pdf(1)), NAME, tesseract)
    _, left = psutil.wait_procs(running(tesseract), 10)  # a killed process ends when it is its turn to run
    assert not left


def running(tesseract: Tesseract) -> list[psutil.Process]:
    """The processes of the program that are no zombies."""
    return [
        each
        for each in psutil.process_iter(["cmdline", "status"])
        if tesseract.program in (each.info["cmdline"] or ()) and each.info["status"] != psutil.STATUS_ZOMBIE
    ]
