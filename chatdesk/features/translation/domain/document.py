"""The text on the translation desk: rows of a segment and its result each, and how they change. Where it is kept: `services`."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from enum import Enum, auto

from chatdesk.features.translation.domain.segments import Segment, SegmentKind, cut, join
from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.fast_dataclass import dataclass

LONGEST_TEXT = 1_000_000
"""Characters the desk takes."""
MOST_ROWS = 5_000
"""Rows it takes; a document may hold one more, which tells that there are too many."""


class RowStatus(Enum):
    """How a row fares."""

    KEPT = auto()
    """Nothing in it is to be translated."""
    OPEN = auto()
    """Not translated yet."""
    DONE = auto()
    STALE = auto()
    """Its source was changed after it was translated."""
    UNFINISHED = auto()
    """Stopped, or cut off, in the middle."""
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class TranslationRow:
    """`number` names it as long as the desk has it, wherever it stands. `translated` is the source that the result was made of."""

    number: int
    segment: Segment
    result: str = ""
    translated: str = ""
    own: bool = False
    """The user wrote the result, or a part of it."""
    unfinished: bool = False
    failure: Failure | None = None

    @property
    def status(self) -> RowStatus:
        """How it fares."""
        if not self.segment.translatable:
            return RowStatus.KEPT
        if self.failure is not None:
            return RowStatus.FAILED
        if not self.result:
            return RowStatus.OPEN
        if self.unfinished:
            return RowStatus.UNFINISHED
        return RowStatus.DONE if self.translated == self.segment.text else RowStatus.STALE

    @property
    def waits(self) -> bool:
        """Whether translating the text translates it: what the user wrote is theirs."""
        return self.status not in {RowStatus.KEPT, RowStatus.DONE} and not self.own

    def with_source(self, text: str) -> "TranslationRow":
        """Return it with another text to translate."""
        return replace(self, segment=replace(self.segment, text=text))

    def with_result(self, text: str) -> "TranslationRow":
        """Return it as the user wrote it; nothing written is nothing of theirs."""
        return replace(
            self, result=text, translated=self.segment.text, own=bool(text.strip()), unfinished=False, failure=None
        )


@dataclass(frozen=True, slots=True)
class Document:
    """`source` and `target` are codes of languages; an empty source is to be detected."""

    rows: tuple[TranslationRow, ...] = ()
    source: str = ""
    target: str = ""
    name: str = ""
    """Of the file it came from."""

    @classmethod
    def of(cls, text: str, source: str = "", target: str = "", name: str = "") -> "Document":
        """Return a text ready to be translated."""
        rows = tuple(
            TranslationRow(number, segment) for number, segment in enumerate(cut(text[:LONGEST_TEXT], MOST_ROWS + 1))
        )
        return cls(rows, source, target, name)

    @property
    def source_text(self) -> str:
        """Return the text to translate, whole."""
        return join((row.segment for row in self.rows), (None for _ in self.rows))

    @property
    def result_text(self) -> str:
        """Return the translation, whole; rows without a result as they are in the source."""
        return join((row.segment for row in self.rows), (row.result or None for row in self.rows))

    @property
    def progress(self) -> tuple[int, int]:
        """Return how many rows are translated, of how many."""
        counts = Counter(row.status for row in self.rows)
        return counts[RowStatus.DONE], len(self.rows) - counts[RowStatus.KEPT]

    def with_rows(self, rows: Iterable[TranslationRow]) -> "Document":
        """Return it with these rows in the places of those of the same number."""
        changed: Mapping[int, TranslationRow] = {row.number: row for row in rows}
        return replace(self, rows=tuple(changed.get(row.number, row) for row in self.rows))

    def stale(self) -> "Document":
        """Return it with every result to be made again, but those of the user."""
        return replace(self, rows=tuple(row if row.own else replace(row, translated="") for row in self.rows))

    def edited(self, number: int, text: str) -> "Document":
        """Return it with another source in a row. What is written there is cut as a text is; a row that is emptied goes."""
        place = next((place for place, row in enumerate(self.rows) if row.number == number), None)
        if place is None:
            return self
        row = self.rows[place]
        if not text.strip() and len(self.rows) > 1:
            return replace(self, rows=(*self.rows[:place], *self.rows[place + 1 :]))
        pieces = cut(text, MOST_ROWS + 1)
        if row.segment.kind not in _CUT_AGAIN or not pieces:
            return self.with_rows([row.with_source(text)])
        first = replace(pieces[0], before=row.segment.before + pieces[0].before)
        if len(pieces) == 1:
            return self.with_rows([replace(row, segment=_closed(first, row.segment))])
        following = max(row.number for row in self.rows) + 1
        others = (*pieces[1:-1], _closed(pieces[-1], row.segment))
        rest = [TranslationRow(following + index, piece) for index, piece in enumerate(others)]
        return replace(self, rows=(*self.rows[:place], replace(row, segment=first), *rest, *self.rows[place + 1 :]))

    def swapped(self, detected: str = "") -> "Document":
        """Return it the other way round: results are the sources now. What has no result stays as it is."""
        return replace(
            self,
            rows=tuple(_swapped(row) for row in self.rows),
            source=self.target,
            target=self.source or detected,
        )


@dataclass(frozen=True, slots=True)
class History:
    """What can be undone: documents as they were, the last one last. Rows are shared, so that one costs little."""

    past: tuple[Document, ...] = ()
    future: tuple[Document, ...] = field(default=())

    def remember(self, document: Document) -> "History":
        """Return it with one more thing to undo."""
        return History((*self.past, document)[-MOST_UNDO:])

    def undo(self, now: Document) -> "tuple[Document, History]":
        """Return the document as it was, and what can be undone from there."""
        if not self.past:
            return now, self
        return self.past[-1], History(self.past[:-1], (*self.future, now))

    def redo(self, now: Document) -> "tuple[Document, History]":
        """Return the document as it was before `undo`."""
        if not self.future:
            return now, self
        return self.future[-1], History((*self.past, now), self.future[:-1])


MOST_UNDO = 100


_CUT_AGAIN = frozenset({SegmentKind.PARAGRAPH, SegmentKind.KEPT})
"""Kinds of rows that may turn into something else when they are written in: a heading, code, several paragraphs."""


def _closed(segment: Segment, old: Segment) -> Segment:
    return replace(segment, after=segment.after + old.after)


def _swapped(row: TranslationRow) -> TranslationRow:
    if not row.segment.translatable or not row.result:
        return replace(row, failure=None)
    turned = replace(row.segment, text=row.result)
    return TranslationRow(row.number, turned, row.segment.text, row.result, row.own)
