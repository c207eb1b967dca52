"""Copies of files of others, made while they are read, are not left behind: not after a cancelled reading, and not after a kill."""

import asyncio
import signal
import subprocess
import sys
from contextlib import aclosing
from pathlib import Path

import pytest

from chatdesk.documents.process import DocumentProcess
from chatdesk.features.attachments.services.documents import Documents
from chatdesk.features.presets.importing.process import ReadingProcess
from chatdesk.kernel.errors.attachment_errors import DocumentDamaged, DocumentNotCopied
from chatdesk.storage.files.attachment_files import AttachmentFiles
from chatdesk.storage.passages.passage_index import PassageIndex
from tests.kills.homes import folders_of, start_again
from tests.own_time import PROCESS_TIMEOUT
from tests.paths import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it is killed with a signal")

COPIES = """
import sys, tempfile
sys.stdin.readline()
open(tempfile.mkdtemp(prefix="chatdesk-import-") + "/foreign.sqlite", "w").close()
print("copied", flush=True)
sys.stdin.read()
"""
READS = f"""
import asyncio, sys
from pathlib import Path
from chatdesk.features.presets.importing.process import ReadingProcess

async def read():
    reading = ReadingProcess([sys.executable, "-c", {COPIES!r}], lambda _: 0, 1, 600.0, Path(sys.argv[1]))
    await reading.ask([], 1000, bytes, lambda _line: print("copied", flush=True))

asyncio.run(read())
"""


def entries(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def copies(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_a_reading_that_is_given_up_leaves_no_copy(tmp_path: Path) -> None:
    reading = ReadingProcess([sys.executable, "-c", COPIES], lambda _: 0, 1, PROCESS_TIMEOUT, tmp_path)
    async with aclosing(reading.stream([], 1000, bytes)) as answers:
        assert await anext(answers) == b"copied\n"
        assert [path.name for path in copies(tmp_path)] == ["foreign.sqlite"]
    assert entries(tmp_path) == []


async def test_a_cancelled_reading_leaves_no_copy(tmp_path: Path) -> None:
    reading = ReadingProcess([sys.executable, "-c", COPIES], lambda _: 0, 1, PROCESS_TIMEOUT, tmp_path)
    copied = asyncio.Event()
    task = asyncio.create_task(reading.ask([], 1000, bytes, lambda _line: copied.set()))
    await copied.wait()
    assert copies(tmp_path)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert entries(tmp_path) == []


def test_the_copy_of_a_killed_program_is_removed_by_the_next_start(tmp_path: Path) -> None:
    scratch = folders_of(tmp_path).cache / "backups"
    command = [sys.executable, "-c", READS, str(scratch)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "copied\n"
        process.send_signal(signal.SIGKILL)
        process.wait(PROCESS_TIMEOUT)
    assert [path.name for path in copies(scratch)] == ["foreign.sqlite"]
    start_again(tmp_path)
    assert not scratch.exists() or list(scratch.iterdir()) == []


class UnlockingProcess(DocumentProcess):
    """Notes where the copy without a password is to be written, and writes it."""

    copy = Path()

    async def unlock(self, path: Path, name: str, password: str, copy: Path) -> None:
        await asyncio.to_thread(copy.write_bytes, b"%PDF-1.7")
        self.copy = copy
        raise DocumentDamaged(name)


async def test_the_unlocked_copy_of_a_document_is_where_the_next_start_would_remove_it(tmp_path: Path) -> None:
    made: list[UnlockingProcess] = []

    def new_process() -> UnlockingProcess:
        made.append(UnlockingProcess(lambda _: 0))
        return made[-1]

    files, index = AttachmentFiles(tmp_path / "files", tmp_path / "copies"), PassageIndex(tmp_path / "index")
    documents = Documents(
        files, new_process, index, tmp_path / "notes", lambda: None, temporary=tmp_path / "cache" / "backups"
    )
    with pytest.raises(DocumentDamaged):
        await documents.add(b"%PDF-1.7 locked", "a.pdf", password="secret")
    (copy,) = [process.copy for process in made if process.copy.name]
    assert copy.parent.parent == tmp_path / "cache" / "backups"
    assert entries(copy.parent.parent) == []
    await documents.close()


async def test_a_temporary_folder_that_cannot_be_made_is_no_damage_of_the_document(tmp_path: Path) -> None:
    files, index = AttachmentFiles(tmp_path / "files", tmp_path / "copies"), PassageIndex(tmp_path / "index")
    (tmp_path / "cache").write_bytes(b"")
    documents = Documents(
        files,
        lambda: DocumentProcess(lambda _: 0),
        index,
        tmp_path / "notes",
        lambda: None,
        temporary=tmp_path / "cache" / "backups",
    )
    with pytest.raises(DocumentNotCopied):
        await documents.add(b"%PDF-1.7 locked", "a.pdf", password="secret")
    await documents.close()
