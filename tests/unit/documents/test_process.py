"""The process that reads documents, as the program uses it."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chatdesk.documents.process import DocumentProcess
from chatdesk.kernel.documents.document_text import DocumentText, Section
from chatdesk.kernel.documents.kinds import DocumentKind, type_by_name
from chatdesk.kernel.errors.attachment_errors import (
    DocumentDamaged,
    DocumentEmpty,
    DocumentNotCopied,
    DocumentReaderEnded,
    DocumentReaderNotStarted,
    DocumentTooLong,
)
from tests.fakes.document_files import eml, pdf
from tests.fakes.hostile_files import HOSTILE

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
async def process() -> AsyncIterator[DocumentProcess]:
    process = DocumentProcess(lambda _id: 0)
    yield process
    await process.close()


async def read(process: DocumentProcess, path: Path) -> DocumentText:
    return await process.read(path, path.name, DocumentKind.TEXT)


async def test_a_text_is_read(process: DocumentProcess, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Grüße\r\n中文\n", "utf-8", newline="")
    assert await read(process, path) == DocumentText((Section("Grüße\n中文\n"),))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "big5", "cp932", "koi8_r", "cp1252"])
async def test_common_encodings_are_recognised(process: DocumentProcess, tmp_path: Path, encoding: str) -> None:
    texts = {
        "big5": "這是一份關於包裝承諾的報告，內容很長，需要仔細閱讀。" * 4,
        "cp932": "これは包装に関する報告書です。とても長いので、注意深く読んでください。" * 4,
        "koi8_r": "Это отчёт об упаковке, он довольно длинный, читайте внимательно. " * 4,
        "cp1252": "Der Bericht über die Verpackung ist länger, als man möchte – bitte prüfen. " * 4,
    }
    text = texts.get(encoding, "这是一份关于包装承诺的报告，内容很长，需要仔细阅读。" * 4)
    path = tmp_path / "notes.txt"
    path.write_bytes(text.encode(encoding))
    found = await read(process, path)
    assert found.sections[0].text == text
    assert found.encoding == ("" if encoding.startswith("utf") else encoding)


async def test_a_text_is_read_in_the_chosen_encoding(process: DocumentProcess, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes("Žluťoučký kůň".encode("cp1250"))
    found = await process.read(path, path.name, DocumentKind.TEXT, options={"encoding": "cp1250"})
    assert (found.sections[0].text, found.encoding) == ("Žluťoučký kůň", "cp1250")


async def test_several_documents_are_read_by_one_process(process: DocumentProcess, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(5)]
    for path in paths:
        path.write_text(path.name, "utf-8")
    found = await asyncio.gather(*(read(process, path) for path in paths))
    assert [text.sections[0].text for text in found] == [path.name for path in paths]
    assert process.is_running


@pytest.mark.parametrize(
    ("data", "error"),
    [(b" \n", DocumentEmpty), (b"\x00\xff\xfe\x00rest", DocumentDamaged), (b"x" * 4_000_001, DocumentTooLong)],
)
async def test_what_cannot_be_read_is_said_and_the_next_file_is_read(
    process: DocumentProcess, tmp_path: Path, data: bytes, error: type[Exception]
) -> None:
    (tmp_path / "bad.txt").write_bytes(data)
    (tmp_path / "good.txt").write_text("words", "utf-8")
    with pytest.raises(error):
        await read(process, tmp_path / "bad.txt")
    assert (await read(process, tmp_path / "good.txt")).length == 5


async def test_a_large_attachment_of_an_email_arrives_whole(process: DocumentProcess, tmp_path: Path) -> None:
    data = bytes(range(256)) * 30_000
    path = tmp_path / "mail.eml"
    path.write_bytes(eml("Words", {"data.bin": data}))
    text = await process.read(path, path.name, DocumentKind.EMAIL)
    assert [(each.name, each.size) for each in text.enclosed] == [("data.bin", len(data))]
    assert await process.enclosed(path, path.name, 0) == data


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit the memory at once")
@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_file_ends_with_one_error_and_the_next_file_is_read(
    process: DocumentProcess, tmp_path: Path, name: str
) -> None:
    make, error = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(make())
    (tmp_path / "good.txt").write_text("words", "utf-8")
    found = type_by_name(name)
    assert found
    with pytest.raises(error) as caught:
        await process.read(path, name, found.kind)
    assert caught.value.name == name
    assert (await read(process, tmp_path / "good.txt")).length == 5


async def test_a_process_that_ends_is_replaced(process: DocumentProcess, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("words", "utf-8")
    await read(process, path)
    child = process._process
    assert child
    child.kill()
    await child.wait()
    assert (await read(process, path)).length == 5


async def test_a_file_that_takes_too_long_ends_the_process(tmp_path: Path) -> None:
    process = DocumentProcess(lambda _id: 0, [sys.executable, "-c", "import time; time.sleep(60)"], max_seconds=0.5)
    path = tmp_path / "notes.txt"
    path.write_text("words", "utf-8")
    with pytest.raises(DocumentReaderEnded):
        await read(process, path)
    assert not process.is_running


async def test_too_much_memory_ends_the_process(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    process = DocumentProcess(lambda _id: 2**40, [sys.executable, "-c", "import time; time.sleep(60)"])
    path.write_text("words", "utf-8")
    with pytest.raises(DocumentReaderEnded):
        await read(process, path)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
async def test_a_crash_is_reported_for_that_file(tmp_path: Path) -> None:
    crash = f"import os, sys; sys.stdin.readline(); os.kill(os.getpid(), {int(signal.SIGABRT)})"
    process = DocumentProcess(lambda _id: 0, [sys.executable, "-c", crash])
    path = tmp_path / "notes.txt"
    path.write_text("words", "utf-8")
    with pytest.raises(DocumentReaderEnded):
        await read(process, path)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
async def test_a_process_that_the_system_kills_before_its_answer_is_started_once_more(tmp_path: Path) -> None:
    path, note = tmp_path / "notes.txt", tmp_path / "note"
    path.write_text("words", "utf-8")
    killed = (
        f"import os, pathlib, sys; note = pathlib.Path({str(note)!r}); sys.stdin.readline(); "
        "note.exists() or (note.touch(), os.kill(os.getpid(), 9)); "
        """print('{"unit": "", "count": 0}'); print('{"section": {"text": "words"}}'); print('{"end": true}', flush=True); """
        "sys.stdin.read()"
    )
    process = DocumentProcess(lambda _id: 0, [sys.executable, "-c", killed])
    assert (await read(process, path)).length == 5
    await process.close()


async def test_a_process_that_cannot_be_started_says_nothing_about_the_file(tmp_path: Path) -> None:
    process = DocumentProcess(lambda _id: 0, ["/nowhere/at/all"])
    path = tmp_path / "notes.txt"
    path.write_text("words", "utf-8")
    with pytest.raises(DocumentReaderNotStarted) as raised:
        await read(process, path)
    assert raised.value.name == "notes.txt"


async def test_a_temporary_copy_that_cannot_be_written_is_no_damage_of_the_document(
    process: DocumentProcess, tmp_path: Path
) -> None:
    path, program = tmp_path / "a.doc", tmp_path / "soffice"
    path.write_bytes(b"words")
    with pytest.raises(DocumentNotCopied) as raised:
        await process.convert(path, "a.doc", DocumentKind.WORD, str(program), tmp_path / "gone")
    assert raised.value.name == "a.doc"
    path.write_bytes(pdf(["Words"]))
    with pytest.raises(DocumentNotCopied):
        await process.unlock(path, "a.pdf", "", tmp_path / "gone" / "copy.pdf")
    await process.unlock(path, "a.pdf", "", tmp_path / "copy.pdf")
    assert (await process.read(tmp_path / "copy.pdf", "a.pdf", DocumentKind.PDF)).length > 0


async def test_cancelling_ends_the_process(tmp_path: Path) -> None:
    process = DocumentProcess(lambda _id: 0, [sys.executable, "-c", "import time; time.sleep(60)"])
    path = tmp_path / "notes.txt"
    path.write_text("words", "utf-8")
    reading = asyncio.ensure_future(read(process, path))
    while not process.is_running:
        await asyncio.sleep(0.01)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert not process.is_running
