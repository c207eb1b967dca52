"""Configuration of database connections. `database.py` opens the main one and runs statements on it."""

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from chatdesk.kernel.errors.storage_errors import DatabaseUnavailable

Connection = sqlite3.Connection
"""For the repositories of features: only `storage` may import the library."""

_LOCK_SECONDS = 5.0
"""How long to wait for another program's lock."""

_MAX_IDLE_WAL_BYTES = 16 * 1024 * 1024


def open_connection(path: Path, damaged_text: Callable[[], object] = lambda: None) -> sqlite3.Connection:
    """Return a connection in autocommit mode. Raise `sqlite3.Error` or `DatabaseUnavailable`.

    Damaged text is read as described in `_read_tolerantly`. `synchronous=FULL` because in WAL mode, NORMAL may lose the last commits in a
    power failure, and commits are rare. `cell_size_check` detects a broken page when it is read; without `mmap`, a failing disk causes an
    error instead of a crash.
    """
    connection = sqlite3.connect(path.absolute(), timeout=_LOCK_SECONDS, isolation_level=None)
    try:
        _read_tolerantly(connection, damaged_text)
        _set_up(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def text_of(data: bytes) -> str:
    """Return the text in a file's bytes, with U+FFFD in place of invalid UTF-8."""
    return data.decode("utf-8", "replace")


def _read_tolerantly(connection: sqlite3.Connection, damaged_text: Callable[[], object]) -> None:
    """Read invalid UTF-8 (a single flipped bit is enough) as U+FFFD, and call `damaged_text`.

    This includes BLOBs, because no column contains any. SQLite's own integrity check detects neither.
    """

    def read(data: bytes) -> str:
        try:
            return data.decode()
        except UnicodeDecodeError:
            damaged_text()
            return text_of(data)

    def row_of(_cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> tuple[Any, ...]:
        if bytes not in map(type, values):
            return values
        damaged_text()
        return tuple(text_of(value) if isinstance(value, bytes) else value for value in values)

    connection.text_factory, connection.row_factory = read, row_of


def _set_up(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA mmap_size = 0")
    (journal,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if journal != "wal":  # on a network or read-only file system
        raise DatabaseUnavailable(path=str(path), reason=f"journal mode is {journal}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA journal_size_limit = {_MAX_IDLE_WAL_BYTES}")
    if sys.platform == "darwin":  # fsync on macOS does not write to the physical disk
        connection.execute("PRAGMA fullfsync = ON")
        connection.execute("PRAGMA checkpoint_fullfsync = ON")
