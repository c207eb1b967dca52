"""Document of the translation page: rows with a segment and its result, and the changes to them. `services` stores it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from enum import Enum, auto

from chatdesk.features.translation.domain.segments import Segment, SegmentKind, cut, join
from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.fast_dataclass import dataclass

MAX_TEXT_LENGTH = 1_000_000
"""Maximum number of characters of a document."""
MAX_ROWS = 5_000
"""Maximum number of rows; a document may hold one more, which shows that there are too many."""


class RowStatus(Enum):
    """Translation status of a row."""

    VERBATIM = auto()
    """The row contains nothing to translate."""
    OPEN = auto()
    """Not translated yet."""
    DONE = auto()
    STALE = auto()
    """The source has changed since the translation."""
    UNFINISHED = auto()
    """The translation was stopped or cut off."""
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class TranslationRow:
    """Row of a document. `number` identifies it permanently, wherever it is. `translated` is the source of the current result."""

    number: int
    segment: Segment
    result: str = ""
    translated: str = ""
    own: bool = False
    """Whether the user wrote or edited the result."""
    unfinished: bool = False
    failure: Failure | None = None

    @property
    def status(self) -> RowStatus:
        """The translation status, derived from the other fields."""
        if not self.segment.translatable:
            return RowStatus.VERBATIM
        if self.failure is not None:
            return RowStatus.FAILED
        if not self.result:
            return RowStatus.OPEN
        if self.unfinished:
            return RowStatus.UNFINISHED
        return RowStatus.DONE if self.translated == self.segment.text else RowStatus.STALE

    @property
    def waits(self) -> bool:
        """Whether the row is included when the document is translated. The user's own results are not."""
        return self.status not in {RowStatus.VERBATIM, RowStatus.DONE} and not self.own

    def with_source(self, text: str) -> "TranslationRow":
        """Return the row with another source text."""
        return replace(self, segment=replace(self.segment, text=text))

    def with_result(self, text: str) -> "TranslationRow":
        """Return the row with the user's own result; an empty result is not the user's own."""
        return replace(
            self, result=text, translated=self.segment.text, own=bool(text.strip()), unfinished=False, failure=None
        )


@dataclass(frozen=True, slots=True)
class Document:
    """Text with its translation. `source` and `target` are language codes; an empty source is to be detected."""

    rows: tuple[TranslationRow, ...] = ()
    source: str = ""
    target: str = ""
    name: str = ""
    """Name of the original file; empty for none."""

    @classmethod
    def of(cls, text: str, source: str = "", target: str = "", name: str = "") -> "Document":
        """Return a document for a text to be translated."""
        rows = tuple(
            TranslationRow(number, segment) for number, segment in enumerate(cut(text[:MAX_TEXT_LENGTH], MAX_ROWS + 1))
        )
        return cls(rows, source, target, name)

    @property
    def source_text(self) -> str:
        """The complete source text."""
        return join((row.segment for row in self.rows), (None for _ in self.rows))

    @property
    def result_text(self) -> str:
        """The complete translation; rows without a result keep their source text."""
        return join((row.segment for row in self.rows), (row.result or None for row in self.rows))

    @property
    def progress(self) -> tuple[int, int]:
        """The numbers of translated and of translatable rows."""
        counts = Counter(row.status for row in self.rows)
        return counts[RowStatus.DONE], len(self.rows) - counts[RowStatus.VERBATIM]

    def with_rows(self, rows: Iterable[TranslationRow]) -> "Document":
        """Return the document with the rows of the same numbers replaced."""
        changed: Mapping[int, TranslationRow] = {row.number: row for row in rows}
        return replace(self, rows=tuple(changed.get(row.number, row) for row in self.rows))

    def stale(self) -> "Document":
        """Return the document with all results marked as stale, except the user's own."""
        return replace(self, rows=tuple(row if row.own else replace(row, translated="") for row in self.rows))

    def edited(self, number: int, text: str) -> "Document":
        """Return the document with another source in a row. The text is segmented again; an emptied row is removed."""
        position = next((position for position, row in enumerate(self.rows) if row.number == number), None)
        if position is None:
            return self
        row = self.rows[position]
        if not text.strip() and len(self.rows) > 1:
            return replace(self, rows=(*self.rows[:position], *self.rows[position + 1 :]))
        parts = cut(text, MAX_ROWS + 1)
        if row.segment.kind not in _RESEGMENTED_KINDS or not parts:
            return self.with_rows([row.with_source(text)])
        first = replace(parts[0], before=row.segment.before + parts[0].before)
        if len(parts) == 1:
            return self.with_rows([replace(row, segment=_with_ending(first, row.segment))])
        following = max(row.number for row in self.rows) + 1
        others = (*parts[1:-1], _with_ending(parts[-1], row.segment))
        rest = [TranslationRow(following + index, part) for index, part in enumerate(others)]
        return replace(
            self, rows=(*self.rows[:position], replace(row, segment=first), *rest, *self.rows[position + 1 :])
        )

    def swapped(self, detected: str = "") -> "Document":
        """Return the document with the languages swapped: results become sources. Rows without a result stay unchanged."""
        return replace(
            self,
            rows=tuple(_swapped(row) for row in self.rows),
            source=self.target,
            target=self.source or detected,
        )


@dataclass(frozen=True, slots=True)
class History:
    """Undo history: earlier documents, the latest one last. Rows are shared, so that a document takes little memory."""

    past: tuple[Document, ...] = ()
    future: tuple[Document, ...] = field(default=())

    def remember(self, document: Document) -> "History":
        """Return the history with one more undo step."""
        return History((*self.past, document)[-MAX_UNDO_STEPS:])

    def undo(self, now: Document) -> "tuple[Document, History]":
        """Return the previous document, and the history from there on."""
        if not self.past:
            return now, self
        return self.past[-1], History(self.past[:-1], (*self.future, now))

    def redo(self, now: Document) -> "tuple[Document, History]":
        """Return the document from before the last `undo`, and the history from there on."""
        if not self.future:
            return now, self
        return self.future[-1], History((*self.past, now), self.future[:-1])


MAX_UNDO_STEPS = 100


_RESEGMENTED_KINDS = frozenset({SegmentKind.PARAGRAPH, SegmentKind.VERBATIM})
"""Kinds of rows that edits may turn into something else: a heading, code, several paragraphs."""


def _with_ending(segment: Segment, old: Segment) -> Segment:
    return replace(segment, after=segment.after + old.after)


def _swapped(row: TranslationRow) -> TranslationRow:
    if not row.segment.translatable or not row.result:
        return replace(row, failure=None)
    turned = replace(row.segment, text=row.result)
    return TranslationRow(row.number, turned, row.segment.text, row.result, row.own)
