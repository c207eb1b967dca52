"""Reading of a table in a damaged database as far as possible. `salvage.py` uses its rows.

SQLite stops at the first broken page. Therefore, a table is read from the start to a broken page, from the end back to a broken page, and
in between row by row, with row numbers from the indexes. Indexes also contain some columns, which are all that is left of a row whose page
is lost.
"""

import sqlite3
from collections.abc import Generator, Iterator, Sequence

Row = dict[str, object]

_MAX_ROWID = 2**63 - 1


class TableReader:
    """Reads one table. After `rows` is exhausted, `has_losses` says whether rows were lost, and `remnants` has what is left of them."""

    def __init__(self, connection: sqlite3.Connection, name: str, columns: Sequence[str]) -> None:
        """`name` and `columns` must be constants, never from the file, because they become part of statements.

        Columns missing in the file are None.
        """
        self._connection = connection
        self._name = name
        self._wanted = tuple(columns)
        self.has_losses = False
        self.remnants: dict[int, Row] = {}

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Yield every readable row once, with its number, in no particular order."""
        columns = self._known_names(f"SELECT name FROM pragma_table_info('{self._name}')")  # noqa: S608 - fixed names
        if not columns:
            self.has_losses = True
            return
        fetch = f"SELECT rowid, {', '.join(columns)} FROM {self._name} NOT INDEXED WHERE rowid"  # noqa: S608 - fixed names
        lowest = yield from self._scan(f"{fetch} > 0 ORDER BY rowid", columns, 0)
        if lowest is None:
            return
        self.has_losses = True
        highest = yield from self._scan(f"{fetch} > {lowest} ORDER BY rowid DESC", columns, _MAX_ROWID)
        if highest is None:
            return
        for number, remnant in self._known_to_indexes(lowest, highest).items():
            failed_at = yield from self._scan(f"{fetch} = {number}", columns, 0)
            if failed_at is not None:
                self.remnants[number] = remnant

    def _scan(self, statement: str, columns: list[str], start: int) -> Generator[tuple[int, Row], None, int | None]:
        """Read up to the first broken page. Return the number of the last row before it (initially `start`), or None if there is none."""
        last = start
        try:
            for number, *values in self._connection.execute(statement):
                last = int(number)
                yield last, dict.fromkeys(self._wanted) | dict(zip(columns, values, strict=True))
        except sqlite3.DatabaseError:
            return last
        return None

    def _known_to_indexes(self, lowest: int, highest: int) -> dict[int, Row]:
        """Return the columns of rows between two numbers, as far as they are in an index."""
        known: dict[int, Row] = {}
        for index in self._strings(f"SELECT name FROM pragma_index_list('{self._name}') WHERE NOT partial"):  # noqa: S608 - fixed names
            columns = self._known_names("SELECT name FROM pragma_index_info(?)", index)
            if not columns:
                continue
            quoted = index.replace('"', '""')
            fetch = f'SELECT rowid, {", ".join(columns)} FROM {self._name} INDEXED BY "{quoted}"'  # noqa: S608 - fixed names, or quoted
            for direction in ("ASC", "DESC"):
                order = ", ".join(f"{column} {direction}" for column in columns)
                for number, row in self._scan(f"{fetch} ORDER BY {order}", columns, 0):
                    if lowest < number < highest:
                        known.setdefault(number, {}).update({column: row[column] for column in columns})
        return known

    def _known_names(self, statement: str, *values: str) -> list[str]:
        return [name for name in self._strings(statement, *values) if name in self._wanted]

    def _strings(self, statement: str, *values: str) -> list[str]:
        try:
            return [str(value) for (value,) in self._connection.execute(statement, values)]
        except sqlite3.DatabaseError:
            return []
