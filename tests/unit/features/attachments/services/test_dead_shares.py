"""A file on a share that never answers: reported, and neither the loop nor the end of the program waits for it."""

import asyncio
import hashlib
import os
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from chatdesk.features.attachments.services import text_files
from chatdesk.features.attachments.services.text_files import read_chosen_file, read_text
from chatdesk.features.servers.services.file_sending import send_file
from chatdesk.kernel.errors.attachment_errors import AttachmentUnreadable
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.presets.variable import Upload
from chatdesk.storage.files.large_files import chunks_of, read_checksum
from tests.own_time import OwnTime

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has no such files")

Read = Callable[[Path], Awaitable[object]]


async def send(path: Path) -> object:
    return await send_file(None, ModelRef("s", "m"), path, Upload(100))


async def sum_up(path: Path) -> object:
    return await read_checksum(path, lambda _share: None)


async def read_pieces(path: Path) -> object:
    return [piece async for piece in chunks_of(path, 10)]


each_reading = pytest.mark.parametrize("read", [read_chosen_file, read_text, send], ids=["any", "a text", "of a form"])


@pytest.fixture
def dead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A pipe nobody writes into, taken for a file: opening it never comes back, as on a dead share."""
    path = tmp_path / "report.txt"
    os.mkfifo(path)
    monkeypatch.setattr(text_files, "read_file", lambda path, _max_bytes: path.read_bytes())
    yield path
    for thread in threading.enumerate():
        while thread.name in {"read a file", "checksum"} and thread.is_alive():  # it may yet begin to wait
            os.close(os.open(path, os.O_RDWR | os.O_NONBLOCK))
            thread.join(0.01)


@each_reading
async def test_it_is_reported_after_a_while(dead: Path, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_files, "TIMEOUT", 0.05)
    with pytest.raises(AttachmentUnreadable) as raised:
        await read(dead)
    assert raised.value.name == "report.txt"


@each_reading
async def test_the_end_of_the_program_does_not_wait_for_it(dead: Path, read: Read) -> None:
    reading = asyncio.ensure_future(read(dead))
    await asyncio.sleep(0.02)
    reading.cancel()
    with OwnTime() as waited:
        await asyncio.wait([reading])
        await asyncio.get_running_loop().shutdown_default_executor()
    assert reading.cancelled()
    assert waited.seconds < 1


@pytest.mark.parametrize("read", [sum_up, read_pieces], ids=["summed up", "in pieces"])
async def test_nor_for_one_that_is_too_large_for_memory(dead: Path, read: Read) -> None:
    await test_the_end_of_the_program_does_not_wait_for_it(dead, read)


async def test_a_large_file_is_summed_up_and_read_in_pieces(tmp_path: Path) -> None:
    path, shares = tmp_path / "model.gguf", []
    path.write_bytes(b"GGUF" + bytes(9 * 1024**2))
    checksum = await read_checksum(path, shares.append)
    assert checksum.digest == f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    assert (checksum.head[:4], shares[-1]) == (b"GGUF", 1.0)
    pieces = [piece async for piece in chunks_of(path, checksum.size)]
    assert len(pieces) == 3
    assert b"".join(pieces) == path.read_bytes()
    with pytest.raises(EOFError):
        [piece async for piece in chunks_of(path, checksum.size + 1)]
