"""Reads a table of a damaged database as far as it can be read. What is made of its rows: `salvage.py`.

SQLite stops at the first broken page. So a table is read from its beginning to there, from its end back to there, and what lies between
row by row, for the indexes know the numbers of rows. They also hold some columns: those are what is left of a row whose page is gone.
"""

import sqlite3
from collections.abc import Generator, Iterator

Row = dict[str, object]

_HIGHEST = 2**63 - 1


class TableReader:
    """One table. Once `rows` has come to its end, `has_losses` tells whether it was whole, and `remnants` what is left of lost rows."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        """`name` is one of ours: it becomes part of statements."""
        self._connection = connection
        self._name = name
        self.has_losses = False
        self.remnants: dict[int, Row] = {}

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Read every row that can be read, each once, with its number; in no certain order."""
        columns = self._strings(f"SELECT name FROM pragma_table_info('{self._name}')")  # noqa: S608 - our names
        if not columns:
            self.has_losses = True
            return
        fetch = f"SELECT rowid, {', '.join(columns)} FROM {self._name} NOT INDEXED WHERE rowid"  # noqa: S608 - our names
        lowest = yield from self._scan(f"{fetch} > 0 ORDER BY rowid", columns, 0)
        if lowest is None:
            return
        self.has_losses = True
        highest = yield from self._scan(f"{fetch} > {lowest} ORDER BY rowid DESC", columns, _HIGHEST)
        if highest is None:
            return
        for number, remnant in self._known_to_indexes(lowest, highest).items():
            failed_at = yield from self._scan(f"{fetch} = {number}", columns, 0)
            if failed_at is not None:
                self.remnants[number] = remnant

    def _scan(self, statement: str, columns: list[str], start: int) -> Generator[tuple[int, Row], None, int | None]:
        """Read up to the first broken page; return the number before it (at first `start`), or None where there is none."""
        last = start
        try:
            for number, *values in self._connection.execute(statement):
                last = int(number)
                yield last, dict(zip(columns, values, strict=True))
        except sqlite3.DatabaseError:
            return last
        return None

    def _known_to_indexes(self, lowest: int, highest: int) -> dict[int, Row]:
        """Return the columns of rows between two numbers as far as any index tells."""
        known: dict[int, Row] = {}
        for index in self._strings(f"SELECT name FROM pragma_index_list('{self._name}') WHERE NOT partial"):  # noqa: S608 - our names
            columns = self._strings(f"SELECT name FROM pragma_index_info('{index}')")  # noqa: S608 - our names
            fetch = f"SELECT rowid, {', '.join(columns)} FROM {self._name} INDEXED BY {index}"  # noqa: S608 - our names
            for direction in ("ASC", "DESC"):
                order = ", ".join(f"{column} {direction}" for column in columns)
                for number, row in self._scan(f"{fetch} ORDER BY {order}", columns, 0):
                    if lowest < number < highest:
                        known.setdefault(number, {}).update(row)
        return known

    def _strings(self, statement: str) -> list[str]:
        try:
            return [str(value) for (value,) in self._connection.execute(statement)]
        except sqlite3.DatabaseError:
            return []
