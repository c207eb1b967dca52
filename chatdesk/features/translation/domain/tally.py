"""How many rows fare how: counted once, then kept in step row by row, for texts of thousands of rows."""

from collections import Counter
from collections.abc import Iterable

from chatdesk.features.translation.domain.document import RowStatus, TranslationRow


class Tally:
    """Counts the rows it is given; `update` takes those that changed."""

    def __init__(self, rows: Iterable[TranslationRow] = ()) -> None:
        self._known: dict[int, tuple[RowStatus, bool, bool]] = {}
        self._standings: Counter[RowStatus] = Counter()
        self._waiting = 0
        self._results = 0
        self.update(rows)

    def update(self, rows: Iterable[TranslationRow]) -> None:
        """Count rows as they are now, whether they were counted before or not."""
        for row in rows:
            if before := self._known.get(row.number):
                self._count(*before, by=-1)
            now = self._known[row.number] = (row.status, row.waits, bool(row.result))
            self._count(*now, by=1)

    @property
    def done(self) -> int:
        """How many are translated."""
        return self._standings[RowStatus.DONE]

    @property
    def translatable(self) -> int:
        """Of how many."""
        return len(self._known) - self._standings[RowStatus.KEPT]

    @property
    def has_work(self) -> bool:
        """Whether any is to be translated."""
        return self._waiting > 0

    @property
    def has_results(self) -> bool:
        """Whether any has a result."""
        return self._results > 0

    def _count(self, status: RowStatus, waits: bool, has_result: bool, *, by: int) -> None:
        self._standings[status] += by
        self._waiting += by * waits
        self._results += by * has_result
