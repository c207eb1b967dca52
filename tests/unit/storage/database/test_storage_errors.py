import errno
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from chatdesk.kernel.errors.storage_errors import (
    DatabaseDamaged,
    DatabaseUnavailable,
    DiskFull,
    FolderUnavailable,
    StorageError,
)
from chatdesk.storage.database.storage_errors import damage_behind_errors, storage_errors

PATH = Path("chatdesk.sqlite3")


def _raise(code: int, name: str) -> None:
    error = sqlite3.OperationalError("what SQLite says")
    error.sqlite_errorcode, error.sqlite_errorname = code, name
    raise error


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SQLITE_FULL", DiskFull),
        ("SQLITE_CORRUPT", DatabaseDamaged),
        ("SQLITE_NOTADB", DatabaseDamaged),
        ("SQLITE_CORRUPT_VTAB", DatabaseDamaged),
        ("SQLITE_BUSY", DatabaseUnavailable),
        ("SQLITE_BUSY_SNAPSHOT", DatabaseUnavailable),
        ("SQLITE_READONLY", DatabaseUnavailable),
        ("SQLITE_IOERR_WRITE", DatabaseUnavailable),
        ("SQLITE_IOERR_FSYNC", DatabaseUnavailable),
        ("SQLITE_CANTOPEN", DatabaseUnavailable),
    ],
)
def test_what_sqlite_raises_becomes_ours(name: str, expected: type[StorageError]) -> None:
    with pytest.raises(expected) as caught, storage_errors(PATH):
        _raise(getattr(sqlite3, name), name)
    assert caught.value.path == str(PATH)
    assert isinstance(caught.value.__cause__, sqlite3.Error)


def test_the_word_for_a_failed_fsync_is_kept() -> None:
    with pytest.raises(DatabaseUnavailable) as caught, storage_errors(PATH):
        _raise(sqlite3.SQLITE_IOERR_FSYNC, "SQLITE_IOERR_FSYNC")
    assert "SQLITE_IOERR_FSYNC" in caught.value.reason


@pytest.mark.parametrize(
    "error",
    [sqlite3.IntegrityError("taken"), sqlite3.ProgrammingError("closed"), ValueError("a bug"), KeyError("gone")],
)
def test_a_bug_stays_a_bug(error: Exception) -> None:
    with pytest.raises(type(error)) as caught, storage_errors(PATH):
        raise error
    assert caught.value is error


@pytest.mark.parametrize(
    ("code", "expected"),
    [(errno.ENOSPC, DiskFull), (errno.EACCES, DatabaseUnavailable), (errno.EIO, DatabaseUnavailable)],
)
def test_what_the_system_raises_becomes_ours(code: int, expected: type[StorageError]) -> None:
    with pytest.raises(expected), storage_errors(PATH):
        raise OSError(code, "what the system says")


def test_a_folder_nothing_can_be_written_in_is_reported_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)  # root may write everywhere
    for raising in (
        lambda: _raise(sqlite3.SQLITE_READONLY, "SQLITE_READONLY"),
        lambda: (tmp_path / "missing" / "file").write_text(""),
    ):
        with pytest.raises(FolderUnavailable) as caught, storage_errors(tmp_path / "chatdesk.sqlite3"):
            raising()
        assert caught.value.path == str(tmp_path)


@pytest.mark.parametrize(
    "statement",
    ["SELECT * FROM nowhere", "SELECT colour FROM chats", "INSERT INTO chats (colour) VALUES (1)"],
)
def test_a_file_that_lacks_what_we_made_is_damaged(statement: str) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE chats (title TEXT)")
        with pytest.raises(DatabaseDamaged), storage_errors(PATH):
            connection.execute(statement)


def test_what_python_cannot_read_in_a_file_is_damage() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        with pytest.raises(DatabaseDamaged), storage_errors(PATH):
            connection.execute("SELECT CAST(x'ff' AS TEXT)").fetchone()
        with pytest.raises(sqlite3.OperationalError), storage_errors(PATH):
            connection.execute("SELEKT 1")


def test_whatever_a_start_cannot_read_is_damage(caplog: pytest.LogCaptureFixture) -> None:
    for error in (sqlite3.IntegrityError("FOREIGN KEY constraint failed"), TypeError("str + int"), KeyError("gone")):
        with pytest.raises(DatabaseDamaged) as caught, damage_behind_errors(PATH):
            raise error
        assert type(error).__name__ in caught.value.reason
    with pytest.raises(DiskFull), damage_behind_errors(PATH):
        raise DiskFull(path="x")
    assert len(caplog.records) == 3


@pytest.mark.parametrize("name", ["SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_CORRUPT_VTAB"])
def test_a_disk_that_is_gone_is_not_reported_as_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The search index takes a page that cannot be read for a damaged one."""
    path = tmp_path / "chats.sqlite3"
    path.write_bytes(b"pages")

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with pytest.raises(DatabaseDamaged), storage_errors(path):
        _raise(getattr(sqlite3, name), name)
    monkeypatch.setattr("chatdesk.kernel.text.regular_file.open_regular", fail)
    with pytest.raises(DatabaseUnavailable), storage_errors(path):
        _raise(getattr(sqlite3, name), name)
