"""Reading of assistants from a Cherry Studio database, as rows. A foreign database is never opened like an own one.

It may be malicious: it is read in a temporary folder, read-only, with nothing in it trusted, and only stored data is queried: no views,
virtual tables or generated columns.
"""

import sqlite3
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from chatdesk.kernel.presets.preset_import import MAX_PRESETS, ImportProblem, ImportRefused

_COLUMNS = ("name", "prompt", "emoji", "description", "tags", "settings")
_TABLES = ("assistant", "agent")
_MAX_VALUE_LENGTH = 8_000_000


def read_foreign_assistants(data: bytes) -> Sequence[Mapping[str, object]]:
    """Return the rows of assistants in a database. Raise `ImportRefused`."""
    with tempfile.TemporaryDirectory(prefix="chatdesk-import-") as folder:
        path = Path(folder) / "foreign.sqlite"
        path.write_bytes(_without_log(data))
        try:
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
                return _rows(connection)
        except (sqlite3.Error, UnicodeDecodeError, OverflowError) as error:
            raise ImportRefused(ImportProblem.DAMAGED, detail=str(error)[:200]) from error


def _without_log(data: bytes) -> bytes:
    """Return the database without the flag for a write-ahead log: it was copied without its log, which SQLite would then create."""
    return data[:18] + b"\x01\x01" + data[20:] if data[18:20] == b"\x02\x02" else data


def _rows(connection: sqlite3.Connection) -> list[Mapping[str, object]]:
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_VALUE_LENGTH)
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
    existing = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}  # excludes generated columns
    columns = [column for column in _COLUMNS if column in existing]
    if not {"name", "prompt"} <= existing:
        return []
    kept = "WHERE deleted_at IS NULL" if "deleted_at" in existing else ""
    question = f"SELECT {', '.join(columns)} FROM {table} {kept} LIMIT {MAX_PRESETS + 1}"  # noqa: S608 - fixed strings
    return [dict(zip(columns, row, strict=True)) for row in connection.execute(question)]
