"""The program is killed while it keeps unsaved text beside the database: what was kept comes back, and the file is never unreadable."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from chatdesk.features.chat.services.store.unsaved import restore_unsaved
from chatdesk.kernel.chat.conversation import Folder
from chatdesk.kernel.settings.store import StartNotice
from chatdesk.storage.database.conversation_repository import FolderRepository
from chatdesk.storage.database.unsaved_file import UnsavedFile
from tests.kills.lines import chosen_lines
from tests.own_time import PROCESS_TIMEOUT
from tests.paths import ROOT
from tests.unit.features.chat.services.store.killed_unsaved import WORDS
from tests.unit.features.conftest import Harness

_KILLS = int(os.environ.get("CHATDESK_KILLS", "12"))
_KEEPS_A_DRAFT = """
import asyncio, os, sys
from datetime import UTC, datetime
from pathlib import Path
from chatdesk.features.chat.services.store.unsaved import Unsaved
from chatdesk.kernel.chat.conversation import Conversation

def wait_for_the_disk(_):
    os.kill(os.getpid(), 9)

for name in ("fsync", "fdatasync"):
    setattr(os, name, wait_for_the_disk)
chat = Conversation("chat", "Chat", datetime.now(UTC), datetime.now(UTC), draft="typed")
asyncio.run(Unsaved(Path(sys.argv[1])).save_draft(chat))
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it is killed with a signal")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "unsaved.sqlite3"


async def draft_after_start(harness: Harness, file: Path) -> str:
    """Return the draft that the next start finds, and see that it finds no damage, and that nothing is left of the file."""
    notice = await restore_unsaved(file, harness.database)
    await harness.conversations.load()
    (draft,) = [chat.draft for chat in harness.conversations.all()] or [""]
    assert notice is (StartNotice.UNSAVED_RETURNED if draft else None)
    assert list(file.parent.glob("unsaved*")) == []
    return draft


async def test_text_is_there_before_the_disk_has_confirmed_anything(harness: Harness, file: Path) -> None:
    """A busy disk takes seconds to confirm what is written; a process that is killed meanwhile had shown its text for longer than one."""
    assert keep_until_it_waits_for_the_disk(file) == -signal.SIGKILL
    assert await draft_after_start(harness, file) == "typed"


def keep_until_it_waits_for_the_disk(file: Path) -> int:
    """Return the exit code of the process."""
    command = [sys.executable, "-c", _KEEPS_A_DRAFT, str(file)]
    return subprocess.run(command, cwd=ROOT, check=False, timeout=PROCESS_TIMEOUT).returncode


@pytest.mark.thorough
async def test_killed_at_any_line_what_was_kept_comes_back(harness: Harness, file: Path) -> None:
    """`CHATDESK_KILLS=300` kills it at so many lines."""
    complete, killed = keep(file, 0)
    *shown, lines = complete
    assert tuple(shown) == WORDS
    assert not killed
    assert await draft_after_start(harness, file) == WORDS[-1]
    for line in chosen_lines(int(lines), _KILLS, 5):
        await harness.database.run(lambda connection: connection.execute("DELETE FROM conversations"))
        shown, killed = keep(file, line)
        assert killed, line
        found = await draft_after_start(harness, file)
        assert found in {"", *WORDS}
        assert found.startswith(shown[-1] if shown else ""), line


def keep(file: Path, line: int) -> tuple[list[str], bool]:
    """Let a process keep text until it is killed at this line. Return what it had kept, and whether it was killed."""
    command = [sys.executable, "-m", "tests.unit.features.chat.services.store.killed_unsaved", str(file), str(line)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PROCESS_TIMEOUT)
    assert ended.returncode in {0, -signal.SIGKILL}, ended.stderr
    return ended.stdout.splitlines(), ended.returncode == -signal.SIGKILL


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
async def test_a_new_content_that_was_written_in_part_leaves_the_one_before(
    harness: Harness, file: Path, tmp_path: Path, share: float
) -> None:
    subprocess_file = tmp_path / "elsewhere" / file.name
    subprocess_file.parent.mkdir()
    keep(subprocess_file, 0)
    content = subprocess_file.read_bytes()
    write_parts(file, content, content[: int(share * len(content))])
    assert await draft_after_start(harness, file) == WORDS[-1]


def write_parts(file: Path, content: bytes, part: bytes) -> None:
    file.write_bytes(content)
    file.with_name(f"{file.name}.new").write_bytes(part)


async def test_a_log_that_was_left_by_another_file_is_not_applied(harness: Harness, file: Path) -> None:
    # What is written first is in the log.
    await harness.database.run(lambda connection: FolderRepository(connection).save(Folder("folder", "Garden", 0.0)))
    leave_log(harness.database.path, file)
    keep(file, 0)
    assert await draft_after_start(harness, file) == WORDS[-1]


def leave_log(database: Path, file: Path) -> None:
    """Put the log of a database beside the file, as a program that was killed may leave one."""
    log = database.with_name(f"{database.name}-wal")
    assert log.stat().st_size
    shutil.copy(log, file.with_name(f"{file.name}-wal"))


def test_a_change_with_an_error_does_not_lose_the_others(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    written: list[str] = []
    unsaved = UnsavedFile(file)
    unsaved.write([lambda connection: connection.execute("no SQL"), lambda _: written.append("other")])
    unsaved.close()
    assert written == ["other"]
    assert "internal error" in caplog.text
