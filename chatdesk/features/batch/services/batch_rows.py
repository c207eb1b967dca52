"""The rows of a run, counted as they change: how many are in which state, which one is next, how long one takes.

With 20,000 rows nothing may look at all of them whenever one changes.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from chatdesk.features.batch.domain.batch import BatchRow, RowState


class BatchRows:
    """Rows are changed by their numbers; none comes or goes."""

    def __init__(self, rows: Iterable[BatchRow] = ()) -> None:
        self._rows = list(rows)
        self._counts = Counter(row.state for row in self._rows)
        self._first = 0
        """No row before this one waits."""
        self._timed = sum(row.seconds is not None for row in self._rows)
        self._seconds = sum(row.seconds or 0.0 for row in self._rows)

    def __getitem__(self, number: int) -> BatchRow:
        """Return a row."""
        return self._rows[number]

    def __setitem__(self, number: int, row: BatchRow) -> None:
        """Change a row."""
        before = self._rows[number]
        self._rows[number] = row
        self._counts[before.state] -= 1
        self._counts[row.state] += 1
        self._timed += (row.seconds is not None) - (before.seconds is not None)
        self._seconds += (row.seconds or 0.0) - (before.seconds or 0.0)
        if row.state is RowState.WAITING:
            self._first = min(self._first, number)

    @property
    def all(self) -> Sequence[BatchRow]:
        """Every row, in order."""
        return self._rows

    @property
    def seconds_each(self) -> float | None:
        """How long a row took on average; None before one is finished."""
        return self._seconds / self._timed if self._timed else None

    def count(self, state: RowState) -> int:
        """Return how many rows are so far."""
        return self._counts[state]

    def next_waiting(self) -> int | None:
        """Return the number of the first row that waits; None if none does."""
        while self._first < len(self._rows) and self._rows[self._first].state is not RowState.WAITING:
            self._first += 1
        return self._first if self._first < len(self._rows) else None
