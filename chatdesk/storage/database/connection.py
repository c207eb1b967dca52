"""How a connection to the database is set up. When it is opened and what runs on it: `database.py`."""

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from chatdesk.kernel.errors.storage_errors import DatabaseUnavailable

Connection = sqlite3.Connection
"""For the repositories of features: only `storage` names the library."""

_LOCK_SECONDS = 5.0
"""How long another program's lock is waited for."""

_LARGEST_IDLE_WAL = 16 * 1024 * 1024


def open_connection(path: Path, damaged_text: Callable[[], object] = lambda: None) -> sqlite3.Connection:
    """Return a connection that begins and ends no transaction by itself. Raises `sqlite3.Error` and `DatabaseUnavailable`.

    What it reads it reads as `_read_tolerantly` says.

    `synchronous=FULL`, because in WAL mode NORMAL may lose the last commits when the power fails, and we commit seldom.
    `cell_size_check` finds a broken page when it is read; without `mmap` a failing disk is an error and not a crash.
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
    """Return the text that bytes of a file are, with U+FFFD in place of those that are no UTF-8."""
    return data.decode("utf-8", "replace")


def _read_tolerantly(connection: sqlite3.Connection, damaged_text: Callable[[], object]) -> None:
    """Read U+FFFD in place of bytes that are no UTF-8 (one flipped bit is enough), and call `damaged_text` then.

    A BLOB is read so too: no column of ours holds one. SQLite's own check of a database finds neither.
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
    if journal != "wal":  # a network or read-only file system
        raise DatabaseUnavailable(path=str(path), reason=f"journal mode is {journal}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA journal_size_limit = {_LARGEST_IDLE_WAL}")
    if sys.platform == "darwin":  # macOS's fsync does not reach the platter
        connection.execute("PRAGMA fullfsync = ON")
        connection.execute("PRAGMA checkpoint_fullfsync = ON")
