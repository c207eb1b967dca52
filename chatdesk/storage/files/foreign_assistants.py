"""Reads the assistants out of Cherry Studio's database, as rows. A database from elsewhere is never opened as one of ours.

It may be made to do harm: it lies in a folder of its own while it is read, cannot be changed, nothing in it is trusted, and only what
is stored is asked for: no view, no virtual table, no column that is worked out.
"""

import sqlite3
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from chatdesk.kernel.presets.preset_import import MOST_PRESETS, ImportProblem, ImportRefused

_COLUMNS = ("name", "prompt", "emoji", "description", "tags", "settings")
_TABLES = ("assistant", "agent")
_LONGEST_VALUE = 8_000_000


def read_foreign_assistants(data: bytes) -> Sequence[Mapping[str, object]]:
    """Return the rows that a database has of assistants. Raises `ImportRefused`."""
    with tempfile.TemporaryDirectory(prefix="chatdesk-import-") as folder:
        path = Path(folder) / "foreign.sqlite"
        path.write_bytes(_without_log(data))
        try:
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
                return _rows(connection)
        except (sqlite3.Error, UnicodeDecodeError, OverflowError) as error:
            raise ImportRefused(ImportProblem.DAMAGED, detail=str(error)[:200]) from error


def _without_log(data: bytes) -> bytes:
    """Return the database as one that has no write-ahead log: a copy comes without it, and SQLite would want to make one."""
    return data[:18] + b"\x01\x01" + data[20:] if data[18:20] == b"\x02\x02" else data


def _rows(connection: sqlite3.Connection) -> list[Mapping[str, object]]:
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    rows: list[Mapping[str, object]] = []
    for table in _TABLES:
        if _is_plain_table(connection, table):
            rows += _rows_of(connection, table)
    return rows


def _is_plain_table(connection: sqlite3.Connection, name: str) -> bool:
    row = connection.execute(
        "SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = ? AND rootpage > 0", (name,)
    ).fetchone()
    return row is not None


def _rows_of(connection: sqlite3.Connection, table: str) -> list[Mapping[str, object]]:
    there = {
        row[1] for row in connection.execute(f"PRAGMA table_info({table})")
    }  # tells of no column that is worked out
    columns = [column for column in _COLUMNS if column in there]
    if not {"name", "prompt"} <= there:
        return []
    kept = "WHERE deleted_at IS NULL" if "deleted_at" in there else ""
    question = f"SELECT {', '.join(columns)} FROM {table} {kept} LIMIT {MOST_PRESETS + 1}"  # noqa: S608 - our own words
    return [dict(zip(columns, row, strict=True)) for row in connection.execute(question)]
