"""A bare loop that writes the rows which a program has written, in the same transactions, for comparing the two.

The loop has all rows in memory. It computes the terms of the search index, which the program has to do as well.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from chatdesk.kernel.finding.index_terms import index_terms
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.database import Database

CHATS = ("conversations", "messages")
"""The tables that every way of adding chats fills; `parts` and the search index belong to `messages`."""


class CountingDatabase(Database):
    """Notes the highest row numbers of tables after each transaction that adds some.

    `longest` is the longest processor time of a transaction in seconds, since it was set to 0.
    """

    def __init__(self, path: Path, tables: Sequence[str] = CHATS) -> None:
        super().__init__(path)
        self.longest = 0.0
        self.batches = [(0,) * len(tables)]
        columns = ", ".join(f"(SELECT coalesce(max(rowid), 0) FROM {table})" for table in tables)
        self._count = f"SELECT {columns}"

    def _transaction[Result](self, function: Callable[[sqlite3.Connection], Result]) -> Result:
        def count(connection: sqlite3.Connection) -> Result:
            result = function(connection)
            numbers = connection.execute(self._count).fetchone()
            if numbers != self.batches[-1]:
                self.batches.append(numbers)
            return result

        began = time.thread_time()
        try:
            return super()._transaction(count)
        finally:
            self.longest = max(self.longest, time.thread_time() - began)


@dataclass(frozen=True)
class Rows:
    """The rows of a database, in the order of their numbers. `texts` has what of each message is searched."""

    tables: Mapping[str, list[tuple]]
    """Chats are without their heads, which exist later."""
    heads: Mapping[str, str]
    """Chats by the messages that are their heads."""
    parts: list[list[tuple]]
    texts: list[str]


@dataclass(frozen=True)
class Took:
    """How long something took by the clock and on the processor, in seconds."""

    clock: float
    processor: float


def rows_of(path: Path, tables: Sequence[str] = CHATS) -> Rows:
    """Return the rows of tables. Their numbers must begin with 1, without gaps."""
    with closing(sqlite3.connect(path)) as connection:
        heads = connection.execute("SELECT head_id, id FROM conversations WHERE head_id IS NOT NULL").fetchall()
        connection.execute("UPDATE conversations SET head_id = NULL")
        found: dict[str, list[tuple]] = {}
        for table in tables:
            (last,) = connection.execute(f"SELECT coalesce(max(rowid), 0) FROM {table}").fetchone()
            found[table] = connection.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall()
            assert len(found[table]) == last, f"rows of {table} were removed"
        parts: list[list[tuple]] = [[] for _ in found["messages"]]
        texts = [""] * len(parts)
        for row in connection.execute("SELECT * FROM parts ORDER BY message_number, position, segment"):
            parts[row[0] - 1].append(row)
            if row[3] == "text":
                texts[row[0] - 1] += row[4]
    return Rows(found, dict(heads), parts, texts)


def bare_loop(
    folder: Path,
    rows: Rows,
    batches: Sequence[tuple[int, ...]],
    tables: Sequence[str] | None = None,
    *,
    computes_terms: bool = True,
) -> Took:
    """Write rows into a new database. `batches` has a column for each table of `rows`; only `tables` are written, by default all."""
    database = Database(folder / "chats.sqlite3")

    async def create() -> None:
        await database.open(expected=False)
        await database.close()

    asyncio.run(create())
    terms = None if computes_terms else [index_terms(text) for text in rows.texts]
    with closing(open_connection(database.path)) as connection:
        began, worked = time.perf_counter(), time.process_time()
        for first, end in pairwise(batches):
            connection.execute("BEGIN IMMEDIATE")
            for table, start, stop in zip(rows.tables, first, end, strict=True):
                if tables is None or table in tables:
                    _insert(connection, table, rows.tables[table][start:stop])
                if table == "messages":
                    _insert_contents(connection, rows, terms, start, stop)
            connection.execute("COMMIT")
        return Took(time.perf_counter() - began, time.process_time() - worked)


def _insert_contents(
    connection: sqlite3.Connection, rows: Rows, terms: list[str] | None, start: int, stop: int
) -> None:
    """Insert what belongs to these messages."""
    _insert(connection, "parts", [part for parts in rows.parts[start:stop] for part in parts])
    found = terms[start:stop] if terms else map(index_terms, rows.texts[start:stop])
    connection.executemany(
        "INSERT INTO message_search (rowid, terms) VALUES (?, ?)", list(enumerate(found, start=start + 1))
    )
    ids = [row[1] for row in rows.tables["messages"][start:stop]]
    ended = [(id_, rows.heads[id_]) for id_ in ids if id_ in rows.heads]
    connection.executemany("UPDATE conversations SET head_id = ? WHERE id = ?", ended)


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[tuple]) -> None:
    if rows:
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
