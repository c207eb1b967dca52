import asyncio
import hashlib
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from chatdesk.kernel.errors.storage_errors import (
    DatabaseDamaged,
    DatabaseMissing,
    DatabaseNewer,
    FolderInPlaceOfFile,
    FolderUnavailable,
    StorageError,
)
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.migrations import MIGRATIONS
from tests.unit.storage.damaged import leaves, overwrite, write_chats
from tests.unit.storage.samples import a_conversation, a_message

_DIE_WITH_A_LOG = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode = WAL")
for statement in sys.argv[2:]:
    connection.execute(statement)
os._exit(1)
"""


def _write(path: Path, messages: int = 0) -> None:
    async def write() -> None:
        database = Database(path)
        await database.open(expected=False)
        await database.run(lambda connection: ConversationRepository(connection).add(a_conversation()))
        for number in range(messages):
            message = a_message(str(number), f"message {number} " * 200)
            await database.run(lambda connection, message=message: MessageRepository(connection).add(message))
        await database.close()

    asyncio.run(write())


def _opening(path: Path, *, expected: bool = True, check: bool = False) -> StorageError | None:
    """Return the error that opening (and checking) the file ends in."""

    async def opening() -> StorageError | None:
        database = Database(path)
        try:
            await database.open(expected=expected)
            if check:
                await database.check()
        except StorageError as error:
            return error
        finally:
            await database.close()
        return None

    return asyncio.run(opening())


def _die_with_a_log(path: Path, *statements: str) -> None:
    subprocess.run([sys.executable, "-c", _DIE_WITH_A_LOG, path, *statements], check=False)
    assert _log(path).stat().st_size > 0


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_missing_file_that_is_expected_is_not_made(path: Path) -> None:
    error = _opening(path)
    assert isinstance(error, DatabaseMissing)
    assert not path.parent.exists()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", True),
        (b"This is a text and no database. " * 500, True),
        (b"This is a text and no database. " * 500, False),
        (b"SQLite format 3\0 short", True),
    ],
)
def test_what_is_no_database_is_refused_and_left_alone(path: Path, content: bytes, expected: bool) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    error = _opening(path, expected=expected)
    assert isinstance(error, DatabaseDamaged)
    assert error.path == str(path)
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


def test_an_empty_file_is_filled_where_nothing_is_expected(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    assert _opening(path, expected=False) is None


def test_a_database_without_our_tables_is_not_filled_where_ours_is_expected(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("VACUUM")
    assert path.stat().st_size > 0
    before = _hash(path)
    assert isinstance(_opening(path), DatabaseDamaged)
    assert _hash(path) == before
    assert _opening(path, expected=False) is None


@pytest.mark.parametrize("expected", [True, False])
def test_another_programs_database_is_left_alone(path: Path, expected: bool) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    before = _hash(path)
    error = _opening(path, expected=expected)
    assert isinstance(error, DatabaseDamaged)
    assert error.reason == "not a Chatdesk database"
    assert _hash(path) == before


def test_a_newer_file_is_refused_byte_for_byte_untouched(path: Path) -> None:
    _write(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version = 4711")
    before = _hash(path)
    error = _opening(path)
    assert isinstance(error, DatabaseNewer)
    assert (error.found, error.known) == (4711, len(MIGRATIONS))
    assert _hash(path) == before
    assert list(path.parent.iterdir()) == [path]


def test_a_newer_file_that_was_not_closed_is_untouched_with_its_log(path: Path) -> None:
    _write(path)
    _die_with_a_log(path, "CREATE TABLE from_the_future (x)", "PRAGMA user_version = 4711")
    before = _hash(path), _hash(_log(path))
    error = _opening(path)
    assert isinstance(error, DatabaseNewer)
    assert error.found == 4711
    assert (_hash(path), _hash(_log(path))) == before


def test_a_broken_page_is_found_by_the_check(path: Path) -> None:
    _write(path, messages=20)
    _overwrite_a_page(path)
    assert _opening(path) is None
    assert isinstance(_opening(path, check=True), DatabaseDamaged)


async def test_a_suspect_file_is_checked_before_it_is_opened(path: Path) -> None:
    write_chats(path, 2, 10)
    await _open_suspect(path)
    overwrite(path, leaves(path, "parts")[1])
    before = _hash(path)
    with pytest.raises(DatabaseDamaged):
        await _open_suspect(path)
    assert _hash(path) == before


async def _open_suspect(path: Path) -> None:
    database = Database(path)
    await database.open(expected=True, suspect=True)
    await database.close()


def test_a_broken_page_after_a_crash_is_found_at_once_and_nothing_is_touched(path: Path) -> None:
    _write(path, messages=20)
    _die_with_a_log(path, "UPDATE conversations SET title = 'after'")
    _overwrite_a_page(path)
    before = _hash(path), _hash(_log(path))
    assert isinstance(_opening(path), DatabaseDamaged)
    assert (_hash(path), _hash(_log(path))) == before


def test_the_log_a_crash_left_behind_is_merged(path: Path) -> None:
    _write(path)
    _die_with_a_log(path, "UPDATE conversations SET title = 'after'")
    assert _opening(path) is None
    assert _title(path) == "after"


@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 0.9])
def test_a_log_cut_short_gives_a_prefix_of_what_was_committed(path: Path, share: float) -> None:
    _write(path)
    titles = [str(number) for number in range(30)]
    _die_with_a_log(path, *(f"UPDATE conversations SET title = '{title}'" for title in titles))
    os.truncate(_log(path), int(_log(path).stat().st_size * share))
    assert _opening(path) is None
    assert _title(path) in {"", *titles}


def test_garbage_in_the_shared_memory_file_does_no_harm(path: Path) -> None:
    _write(path)
    _die_with_a_log(path, "UPDATE conversations SET title = 'after'")
    path.with_name(f"{path.name}-shm").write_bytes(b"\xff" * 32768)
    assert _opening(path) is None
    assert _title(path) == "after"


def test_the_log_of_another_database_does_no_silent_harm(path: Path, tmp_path: Path) -> None:
    _write(path, messages=20)
    other = tmp_path / "other.sqlite3"
    _die_with_a_log(other, "CREATE TABLE theirs (x)", *["INSERT INTO theirs VALUES (randomblob(3000))"] * 20)
    _log(other).replace(_log(path))
    before = _hash(path)
    assert isinstance(_opening(path), DatabaseDamaged)
    assert _hash(path) == before


@pytest.mark.parametrize("expected", [True, False])
def test_a_place_that_can_hold_no_file_is_reported(tmp_path: Path, expected: bool) -> None:
    a_file = tmp_path / "a-file"
    a_file.write_text("in the way")
    a_folder = tmp_path / "a-folder"
    a_folder.mkdir()
    beyond = _opening(a_file / "chatdesk.sqlite3", expected=expected)
    if expected:
        assert isinstance(beyond, DatabaseMissing)
    else:
        assert isinstance(beyond, FolderUnavailable)
        assert beyond.path == str(a_file)
    assert isinstance(_opening(a_folder, expected=expected), FolderInPlaceOfFile)


@pytest.mark.skipif(os.name != "posix", reason="Windows asks for a right to make links")
@pytest.mark.parametrize("expected", [True, False])
def test_a_circle_of_links_is_reported(tmp_path: Path, expected: bool) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.symlink_to(two)
    two.symlink_to(one)
    error = _opening(one / "chatdesk.sqlite3", expected=expected)
    assert isinstance(error, DatabaseMissing if expected else FolderUnavailable)


def _overwrite_a_page(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size - 3 * 4096)
        file.write(b"\xff" * 4096)


def _title(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        (title,) = connection.execute("SELECT title FROM conversations").fetchone()
    return str(title)
