import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from chatdesk.kernel.errors.storage_errors import DatabaseDamaged, StorageError
from chatdesk.storage.database import database
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.migrator import NEWEST, migrate
from chatdesk.storage.files.file_writing import create_private_file
from chatdesk.storage.migrations import MIGRATIONS
from chatdesk.storage.recovery import replacement
from chatdesk.storage.recovery.backup import finished_copies
from chatdesk.storage.recovery.replacement import create_tables
from tests.paths import ROOT
from tests.unit.storage.samples import a_conversation, a_message, connect_in_memory

_PRAGMAS = ("user_version", "journal_mode", "page_size", "auto_vacuum", "application_id", "encoding")


@pytest.fixture
def today(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A database with a message in it, as this version writes it."""
    with closing(open_connection(tmp_path / "chatdesk.sqlite3")) as connection:
        migrate(connection, MIGRATIONS, tmp_path / "backups")
        ConversationRepository(connection).add(a_conversation(title="kept"))
        MessageRepository(connection).add(a_message("message", "kept, too"))
        yield connection


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _columns(connection: sqlite3.Connection) -> set[str]:
    return {row[1] for row in connection.execute("PRAGMA table_info(conversations)")}


def _add_a_column(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE conversations ADD COLUMN colour TEXT")


def test_the_newest_version_is_known_without_loading_the_steps() -> None:
    assert len(MIGRATIONS) == NEWEST


def test_a_new_file_gets_every_step_and_no_backup(today: sqlite3.Connection, tmp_path: Path) -> None:
    assert _version(today) == len(MIGRATIONS)
    assert finished_copies(tmp_path / "backups") == ()


async def test_what_tests_begin_with_is_what_the_steps_make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied, made = tmp_path / "copied.sqlite3", tmp_path / "made.sqlite3"
    for path in (copied, made):
        opened = Database(path)
        await opened.open(expected=False)
        await opened.close()
        monkeypatch.setattr(database, "create_private_file", create_private_file)  # as it is in the program
    with closing(sqlite3.connect(copied)) as first, closing(sqlite3.connect(made)) as second:
        assert _contents(first) == _contents(second)
        for pragma in _PRAGMAS:
            assert first.execute(f"PRAGMA {pragma}").fetchone() == second.execute(f"PRAGMA {pragma}").fetchone()
        with closing(connect_in_memory()) as in_memory:
            assert _contents(in_memory) == _contents(second)
    assert copied.stat().st_mode == made.stat().st_mode


def test_what_replaces_a_damaged_file_in_tests_is_what_the_steps_make(tmp_path: Path) -> None:
    copied, made = tmp_path / "copied.sqlite3", tmp_path / "made.sqlite3"
    replacement.make_tables(copied)
    with closing(sqlite3.connect(copied)) as first, closing(sqlite3.connect(made, isolation_level=None)) as second:
        create_tables(second)  # imported before it was replaced for the tests
        assert replacement.create_tables is not create_tables
        assert _contents(first) == _contents(second)
        for pragma in _PRAGMAS:
            assert first.execute(f"PRAGMA {pragma}").fetchone() == second.execute(f"PRAGMA {pragma}").fetchone()


def _contents(connection: sqlite3.Connection) -> dict[str, tuple[str, list[tuple]]]:
    """Return the rows of all tables by name; those of a virtual table are in the tables behind it."""

    def rows(name: str) -> list[tuple]:
        return connection.execute(f"SELECT * FROM {name}").fetchall()

    tables = connection.execute("SELECT name, type, sql FROM sqlite_schema ORDER BY name").fetchall()
    return {
        name: (sql, rows(name) if kind == "table" and not sql.startswith("CREATE VIRTUAL") else [])
        for name, kind, sql in tables
    }


def test_a_step_runs_once_and_a_verified_copy_of_before_is_kept(today: sqlite3.Connection, tmp_path: Path) -> None:
    for _ in range(2):
        migrate(today, (*MIGRATIONS, _add_a_column), tmp_path / "backups")
    assert "colour" in _columns(today)
    (copy,) = finished_copies(tmp_path / "backups")
    with closing(sqlite3.connect(copy)) as before:
        assert _version(before) == len(MIGRATIONS)
        assert "colour" not in _columns(before)
        assert MessageRepository(before).get("message").text == "kept, too"


def test_a_file_that_missed_many_steps_gets_them_in_order(today: sqlite3.Connection, tmp_path: Path) -> None:
    ran: list[int] = []
    steps = tuple(lambda _, number=number: ran.append(number) for number in range(1, 6))
    migrate(today, (*MIGRATIONS, *steps), tmp_path / "backups")
    assert ran == [1, 2, 3, 4, 5]
    assert _version(today) == len(MIGRATIONS) + 5


def test_a_step_that_fails_takes_back_all_steps(today: sqlite3.Connection, tmp_path: Path) -> None:
    def fails(_: sqlite3.Connection) -> None:
        raise RuntimeError("by design")

    with pytest.raises(RuntimeError, match="by design"):
        migrate(today, (*MIGRATIONS, _add_a_column, fails), tmp_path / "backups")
    assert _version(today) == len(MIGRATIONS)
    assert "colour" not in _columns(today)
    assert today.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_step_that_would_lose_a_row_is_taken_back(today: sqlite3.Connection, tmp_path: Path) -> None:
    with pytest.raises(DatabaseDamaged) as caught:
        migrate(today, (*MIGRATIONS, lambda c: c.execute("DELETE FROM messages")), tmp_path / "backups")
    assert "messages" in caught.value.reason
    assert MessageRepository(today).get("message").text == "kept, too"


def test_a_step_that_would_leave_a_row_pointing_nowhere_is_taken_back(
    today: sqlite3.Connection, tmp_path: Path
) -> None:
    with pytest.raises(DatabaseDamaged):
        migrate(today, (*MIGRATIONS, lambda c: c.execute("UPDATE parts SET message_number = 9")), tmp_path / "backups")
    assert MessageRepository(today).get("message").text == "kept, too"


def test_nothing_is_changed_where_no_copy_can_be_made(today: sqlite3.Connection, tmp_path: Path) -> None:
    in_the_way = tmp_path / "backups"
    in_the_way.write_text("a file")
    with pytest.raises(StorageError):
        migrate(today, (*MIGRATIONS, _add_a_column), in_the_way)
    assert "colour" not in _columns(today)


@pytest.mark.skipif(sys.platform == "win32", reason="the test forks")
def test_a_kill_at_any_statement_leaves_the_old_version_or_the_new_one(
    today: sqlite3.Connection, tmp_path: Path
) -> None:
    today.close()
    original = tmp_path / "chatdesk.sqlite3"
    killed = tmp_path / "killed"
    ended = subprocess.run(
        [sys.executable, "-m", "tests.unit.storage.killed_migration", original, killed],
        check=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    deaths = int(ended.stdout)
    assert deaths > 20
    versions = []
    for run in range(deaths):
        with closing(open_connection(killed / f"{run}.sqlite3")) as connection:
            assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            versions.append(_version(connection))
            assert ("colour" in _columns(connection)) == (versions[-1] > len(MIGRATIONS))
            assert ConversationRepository(connection).get("chat").title == "kept"
            assert MessageRepository(connection).get("message").text == "kept, too"
    assert versions == sorted(versions)
    assert {versions[0], versions[-1]} == {len(MIGRATIONS), len(MIGRATIONS) + 2}
    assert finished_copies(tmp_path / "killed" / "backups")
