"""Reading of SQLite databases of other programs. A foreign database is never opened like an own one.

It may be malicious: a copy of it is read in a temporary folder, with nothing in it trusted, and only stored data is queried: no views,
virtual tables or generated columns. Nothing is written to the copy but indexes on columns that rows are looked up by.
"""

import io
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Protocol

from chatdesk.kernel.presets.preset_import import MAX_PRESETS, ImportProblem, ImportRefused
from chatdesk.kernel.temporary_folder import temporary_folder

_MAX_ROW_LENGTH = 128 * 1024 * 1024
"""Maximum bytes of a row."""
_MAX_COLUMNS = 500
_BLOCK = 1024 * 1024
_PRIMARY_CODE = 0xFF
_OF_DISK = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY})
"""Primary codes of errors of SQLite that are no damage of the database."""


class Readable(Protocol):
    """A file that is read once from its beginning."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next `size` bytes, fewer only at the end."""


class ForeignDatabase:
    """The plain tables of a foreign database. Names of tables and columns are those of the caller, never of the database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._columns: dict[str, frozenset[str]] = {}
        self._indexed = set[tuple[str, str]]()

    def columns(self, table: str) -> frozenset[str]:
        """Return the names of the stored columns of a table; none if there is no such table."""
        if table not in self._columns:
            self._columns[table] = self._stored_columns(table)
        return self._columns[table]

    def _stored_columns(self, table: str) -> frozenset[str]:
        found = self._connection.execute(
            "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ? AND rootpage > 0", (table,)
        ).fetchone()
        if found is None:
            return frozenset()
        rows = self._connection.execute(f"PRAGMA table_info({_quoted(table)})")  # excludes generated columns
        return frozenset(str(row[1]) for row in islice(rows, _MAX_COLUMNS))

    def rows(
        self,
        table: str,
        columns: Sequence[str],
        *,
        equal: tuple[str, object] | None = None,
        without: str = "",
        order: Sequence[str] = (),
    ) -> Iterator[Mapping[str, object]]:
        """Yield the rows of a table with those of the columns that exist.

        `equal` is a column and its value, which are found by an index; without that column there are no rows. Rows with a value in the
        column `without` are left out.
        """
        existing = self.columns(table)
        names = [name for name in columns if name in existing]
        if not names or (equal and equal[0] not in existing):
            return
        conditions = [f"{_quoted(equal[0])} = ?"] if equal else []
        conditions += [f"{_quoted(without)} IS NULL"] if without in existing else []
        question = f"SELECT {', '.join(map(_quoted, names))} FROM {_quoted(table)}"  # noqa: S608 - names of the caller
        if conditions:
            question += f" WHERE {' AND '.join(conditions)}"
        if sorting := [_quoted(name) for name in order if name in existing]:
            question += f" ORDER BY {', '.join(sorting)}"
        if equal:
            self._ensure_index(table, equal[0], question)
        for row in self._connection.execute(question, (equal[1],) if equal else ()):
            yield dict(zip(names, row, strict=True))

    def _ensure_index(self, table: str, column: str, question: str) -> None:
        """Create an index on a column unless the database has one that `question` uses: readers ask once for each chat or message.

        Without an index each time reads the whole table.
        """
        if (table, column) in self._indexed:
            return
        self._indexed.add((table, column))
        plan = self._connection.execute(f"EXPLAIN QUERY PLAN {question}", (None,)).fetchall()
        if any(str(step[-1]).startswith("SEARCH") for step in plan):
            return
        index = _quoted(f"chatdesk: {table}, {column}")
        self._connection.execute("PRAGMA query_only = OFF")
        self._connection.execute(f"CREATE INDEX {index} ON {_quoted(table)} ({_quoted(column)})")
        self._connection.execute("PRAGMA query_only = ON")


@contextmanager
def open_foreign_database(
    file: Readable, log: Readable | None = None, max_row_length: int = _MAX_ROW_LENGTH
) -> Iterator[ForeignDatabase]:
    """Open a copy of a database, with its write-ahead log if there is one. Raise `ImportRefused`, also while it is read.

    A row longer than `max_row_length` bytes is refused.
    """
    with ExitStack() as stack:
        with _copying():
            folder = stack.enter_context(temporary_folder())
        path = folder / "foreign.sqlite"
        _copy(file, path, with_log=log is not None)
        if log is not None:
            _copy(log, path.with_name(f"{path.name}-wal"))
        try:
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)) as connection:
                _restrict(connection, max_row_length)
                yield ForeignDatabase(connection)
        except (sqlite3.Error, OverflowError, UnicodeDecodeError) as error:
            # The last: of a message that quotes the database.
            is_of_disk = getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE in _OF_DISK
            raise ImportRefused(
                ImportProblem.NO_COPY if is_of_disk else ImportProblem.DAMAGED, detail=str(error)[:200]
            ) from error


@contextmanager
def _copying() -> Iterator[None]:
    """Raise `ImportRefused` if the copy cannot be written. An error of the database itself has another reason."""
    try:
        yield
    except OSError as error:
        raise ImportRefused(ImportProblem.NO_COPY, detail=error.strerror or str(error)) from error


def _copy(file: Readable, path: Path, *, with_log: bool = True) -> None:
    """Copy a file. A database without its write-ahead log loses its flag for one, which SQLite would otherwise expect."""
    header = file.read(20)
    if not with_log and header[18:] == b"\x02\x02":
        header = header[:18] + b"\x01\x01"
    with _copying():
        copy = path.open("wb", buffering=0)  # nothing is left to write when it is closed
    with closing(copy):
        block = header
        while block:
            with _copying():
                rest = memoryview(block)
                while rest:
                    rest = rest[copy.write(rest) :]
            block = file.read(_BLOCK)
        with _copying():
            copy.close()  # some network drives report a full disk only then


def _restrict(connection: sqlite3.Connection, max_row_length: int) -> None:
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max_row_length)
    connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE)
    connection.setconfig(sqlite3.SQLITE_DBCONFIG_TRUSTED_SCHEMA, False)
    connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, False)
    connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW, False)
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # nobody else opens the copy
    connection.execute("PRAGMA synchronous = OFF")  # nor is it opened again
    connection.execute("PRAGMA query_only = ON")
    connection.text_factory = lambda data: data.decode("utf-8", "replace")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


# Assistants of Cherry Studio, for the import of presets:

_ASSISTANT_COLUMNS = ("name", "prompt", "emoji", "description", "tags", "settings")
_ASSISTANT_TABLES = ("assistant", "agent")
_MAX_ASSISTANT_LENGTH = 8_000_000
"""Maximum bytes of an assistant."""


def read_foreign_assistants(data: bytes) -> Sequence[Mapping[str, object]]:
    """Return the rows of assistants in a database. Raise `ImportRefused`."""
    with open_foreign_database(io.BytesIO(data), max_row_length=_MAX_ASSISTANT_LENGTH) as database:
        return [
            row
            for table in _ASSISTANT_TABLES
            if {"name", "prompt"} <= database.columns(table)
            for row in islice(database.rows(table, _ASSISTANT_COLUMNS, without="deleted_at"), MAX_PRESETS + 1)
        ]
