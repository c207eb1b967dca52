"""The search through the text of a document, in slices of a few milliseconds."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject, Signal

from chatdesk.features.chat.ui.documents.text_column import Mark
from chatdesk.features.chat.ui.transcript.find.query import Query
from chatdesk.ui_kit.text import utf16
from chatdesk.ui_kit.text.sliced_work import SlicedWork

_PIECE = 50_000
"""Characters searched at once: about 1 ms."""
_MAX_MARKS = 100_000


class DocumentFinder(QObject):
    """Finds texts. `progressed` follows each slice; `marks` has what was found so far, in the order of the document."""

    progressed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.marks: list[Mark] = []
        self._work = SlicedWork(self)
        self._work.progressed.connect(self.progressed)

    @property
    def searching(self) -> bool:
        """Whether the search has not ended."""
        return self._work.active

    def search(self, queries: Sequence[Query], texts: Sequence[str], section: int | None = None) -> None:
        """Search the texts of sections, or that of one section only. Without queries, nothing is found."""
        self.marks = []
        numbers = range(len(texts)) if section is None else [section] if section < len(texts) else []
        self._work.start(self._search(queries, texts, numbers))

    def stop(self) -> None:
        """Stop, and forget what was found."""
        self._work.stop()
        self.marks = []

    def _search(self, queries: Sequence[Query], texts: Sequence[str], numbers: Sequence[int]) -> Iterator[None]:
        for number in numbers:
            for offset, piece in _pieces(texts[number]):
                spans = sorted({span for query in queries for span in query.matches(piece)})
                self.marks += [Mark(number, offset + start, offset + end) for start, end in spans]
                if len(self.marks) >= _MAX_MARKS:
                    return
                yield


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield pieces of a text that end with a line where there is one, each with its position in UTF-16 units."""
    at = units = 0
    while at < len(text) or at == 0:
        end = at + _PIECE
        if end < len(text):
            end = (text.rfind("\n", at, end) + 1) or end
        piece = text[at:end]
        yield units, piece
        at, units = max(end, at + 1), units + utf16.units(piece)
