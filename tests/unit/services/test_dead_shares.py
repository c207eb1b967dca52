"""A file on a share that never answers: told, and neither the loop nor the end of the program waits for it."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from chatdesk.domain.attachment_errors import AttachmentUnreadable
from chatdesk.domain.model import ModelRef
from chatdesk.domain.presets.variable import Upload
from chatdesk.services import text_files
from chatdesk.services.file_sending import send_file
from chatdesk.services.text_files import read_chosen_file, read_text

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has no such files")

Read = Callable[[Path], Awaitable[object]]


async def send(path: Path) -> object:
    return await send_file(None, ModelRef("s", "m"), path, Upload(100))


ways = pytest.mark.parametrize("read", [read_chosen_file, read_text, send], ids=["any", "a text", "of a form"])


@pytest.fixture
def dead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A pipe nobody writes into, taken for a file: opening it never comes back, as on a dead share."""
    path = tmp_path / "report.txt"
    os.mkfifo(path)
    monkeypatch.setattr(text_files, "read_file", Path.read_bytes)
    yield path
    os.close(os.open(path, os.O_RDWR | os.O_NONBLOCK))  # lets go of who still waits
    with path.open("r+b", buffering=0) as pipe:
        pipe.write(b"x")


@ways
async def test_it_is_told_after_a_while(dead: Path, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_files, "PATIENCE", 0.05)
    with pytest.raises(AttachmentUnreadable) as raised:
        await read(dead)
    assert raised.value.name == "report.txt"


@ways
async def test_the_end_of_the_program_does_not_wait_for_it(dead: Path, read: Read) -> None:
    reading = asyncio.ensure_future(read(dead))
    await asyncio.sleep(0.02)
    reading.cancel()
    await asyncio.wait([reading], timeout=1)
    assert reading.cancelled()
    async with asyncio.timeout(1):
        await asyncio.get_running_loop().shutdown_default_executor()
