"""Counts of rows by status, updated row by row for texts with thousands of rows."""

from collections import Counter
from collections.abc import Iterable

from chatdesk.features.translation.domain.document import RowStatus, TranslationRow


class RowStatistics:
    """Counts of the given rows; `update` must get each changed row."""

    def __init__(self, rows: Iterable[TranslationRow] = ()) -> None:
        self._known: dict[int, tuple[RowStatus, bool, bool, int, int]] = {}
        self._statuses: Counter[RowStatus] = Counter()
        self._waiting = 0
        self._results = 0
        self.words = 0
        """Number of words to translate, separated by spaces."""
        self.characters = 0
        """The same in characters, without spaces."""
        self.update(rows)

    def update(self, rows: Iterable[TranslationRow]) -> None:
        """Add new rows and update known ones."""
        for row in rows:
            if before := self._known.get(row.number):
                self._count(*before, by=-1)
            now = self._known[row.number] = (row.status, row.waits, bool(row.result), *_length(row))
            self._count(*now, by=1)

    @property
    def done(self) -> int:
        """Number of translated rows."""
        return self._statuses[RowStatus.DONE]

    @property
    def translatable(self) -> int:
        """Number of translatable rows."""
        return len(self._known) - self._statuses[RowStatus.VERBATIM]

    @property
    def has_work(self) -> bool:
        """Whether any row is waiting for translation."""
        return self._waiting > 0

    @property
    def has_results(self) -> bool:
        """Whether any row has a result."""
        return self._results > 0

    def _count(self, status: RowStatus, waits: bool, has_result: bool, words: int, characters: int, *, by: int) -> None:
        self._statuses[status] += by
        self._waiting += by * waits
        self._results += by * has_result
        self.words += by * words
        self.characters += by * characters


def _length(row: TranslationRow) -> tuple[int, int]:
    """Return the length of a row's text in words and in characters."""
    words = row.segment.text.split() if row.segment.translatable else []
    return len(words), sum(map(len, words))
