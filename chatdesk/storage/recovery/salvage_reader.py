"""Reads a table of a damaged database as far as it can be read. What is made of its rows: `salvage.py`.

SQLite stops at the first broken page. So a table is read from its beginning to there, from its end back to there, and what lies between
row by row, for the indexes know the numbers of rows. They also hold some columns: those are what is left of a row whose page is gone.
"""

import sqlite3
from collections.abc import Generator, Iterator, Sequence

Row = dict[str, object]

_HIGHEST = 2**63 - 1


class TableReader:
    """One table. Once `rows` has come to its end, `has_losses` tells whether it was whole, and `remnants` what is left of lost rows."""

    def __init__(self, connection: sqlite3.Connection, name: str, columns: Sequence[str]) -> None:
        """`name` and `columns` are ours, never the file's: they become part of statements. A column the file lacks is None."""
        self._connection = connection
        self._name = name
        self._wanted = tuple(columns)
        self.has_losses = False
        self.remnants: dict[int, Row] = {}

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Read every row that can be read, each once, with its number; in no certain order."""
        columns = self._ours(f"SELECT name FROM pragma_table_info('{self._name}')")  # noqa: S608 - our names
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
                yield last, dict.fromkeys(self._wanted) | dict(zip(columns, values, strict=True))
        except sqlite3.DatabaseError:
            return last
        return None

    def _known_to_indexes(self, lowest: int, highest: int) -> dict[int, Row]:
        """Return the columns of rows between two numbers as far as any index tells."""
        known: dict[int, Row] = {}
        for index in self._strings(f"SELECT name FROM pragma_index_list('{self._name}') WHERE NOT partial"):  # noqa: S608 - our names
            columns = self._ours("SELECT name FROM pragma_index_info(?)", index)
            if not columns:
                continue
            quoted = index.replace('"', '""')
            fetch = f'SELECT rowid, {", ".join(columns)} FROM {self._name} INDEXED BY "{quoted}"'  # noqa: S608 - our names, or quoted
            for direction in ("ASC", "DESC"):
                order = ", ".join(f"{column} {direction}" for column in columns)
                for number, row in self._scan(f"{fetch} ORDER BY {order}", columns, 0):
                    if lowest < number < highest:
                        known.setdefault(number, {}).update({column: row[column] for column in columns})
        return known

    def _ours(self, statement: str, *values: str) -> list[str]:
        return [name for name in self._strings(statement, *values) if name in self._wanted]

    def _strings(self, statement: str, *values: str) -> list[str]:
        try:
            return [str(value) for (value,) in self._connection.execute(statement, values)]
        except sqlite3.DatabaseError:
            return []
