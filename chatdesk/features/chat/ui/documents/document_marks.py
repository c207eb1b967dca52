"""What is marked in a document: a passage with the words that led to it, or what the find bar has found."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from chatdesk.features.chat.ui.documents.sent_parts import in_units
from chatdesk.features.chat.ui.documents.text_column import Mark
from chatdesk.features.chat.ui.transcript.find.find_bar import FindBar, FindTexts
from chatdesk.features.chat.ui.transcript.find.query import Query
from chatdesk.kernel.chat.message import PassageRange
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text import utf16
from chatdesk.ui_kit.text.sliced_work import SlicedWork

_CHUNK_LENGTH = 50_000
"""Characters searched at once: about 1 ms."""
_MAX_MARKS = 100_000


class _Finder(QObject):
    """Searches texts in slices of a few milliseconds.

    `progressed` follows each slice; `marks` has what was found so far, in the order of the document.
    """

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

    def _search(self, queries: Sequence[Query], texts: Sequence[str], numbers: Sequence[int]) -> Iterator[None]:
        for number in numbers:
            for offset, chunk in _chunks(texts[number]):
                spans = sorted({span for query in queries for span in query.matches(chunk)})
                self.marks += [Mark(number, offset + start, offset + end) for start, end in spans]
                if len(self.marks) >= _MAX_MARKS:
                    return
                yield


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """Yield chunks of a text that end with a line where there is one, each with its position in UTF-16 units."""
    at = units = 0
    while at < len(text) or at == 0:
        end = at + _CHUNK_LENGTH
        if end < len(text):
            end = (text.rfind("\n", at, end) + 1) or end
        chunk = text[at:end]
        yield units, chunk
        at, units = max(end, at + 1), units + utf16.units(chunk)


_MAX_PASSAGE = 4_000
"""Characters of a passage that is marked as a whole; of a longer one, such as a page, only the words are."""
_MAX_WORDS = 50
_MAX_QUERY = 200


class _Texts(FindTexts):
    """The texts of the find bar."""

    def retranslate(self) -> None:
        super().retranslate()
        self.find = self.tr("Find in this document")
        self.close = self.tr("Close")


class DocumentMarks(QObject):
    """The marks of one document. `changed` says that they differ, `mark_reached` that one is to be scrolled to."""

    changed = Signal()
    mark_reached = Signal(Mark)
    find_left = Signal()
    """The find bar was closed."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self.bar = FindBar(appearance, parent, _Texts(self))
        self.bar.hide()
        self.passage: Mark | None = None
        self.current: Mark | None = None
        self._texts: Sequence[str] = ()
        self._finder = _Finder(self)
        self._begin = 0
        """The section in which the first mark is looked for."""
        self._seeks = False
        """Whether the first mark is still to be scrolled to."""
        self._focus_before: QWidget | None = None
        self._words: tuple[Query, ...] = ()
        self._passage: PassageRange | None = None
        self._finder.progressed.connect(self._on_progress)
        self.bar.query_changed.connect(self._find)
        self.bar.next_requested.connect(lambda: self.step(1))
        self.bar.previous_requested.connect(lambda: self.step(-1))
        self.bar.left.connect(self.close_find)
        self.bar.closed.connect(self.close_find)

    @property
    def marks(self) -> Sequence[Mark]:
        """What was found, in the order of the document."""
        return self._finder.marks

    def in_section(self, section: int) -> Sequence[Mark]:
        """Return what was found in a section."""
        marks, key = self._finder.marks, _section
        return marks[bisect_left(marks, section, key=key) : bisect_right(marks, section, key=key)]

    @property
    def is_finding(self) -> bool:
        """Whether the find bar is open."""
        return not self.bar.isHidden()

    def set_texts(self, texts: Sequence[str]) -> None:
        """Search these texts of sections from now on."""
        self._texts = texts
        if self.is_finding:
            self._find(self.bar.query)
        else:
            self._mark_words()

    def set_passage(self, passage: PassageRange | None, words: Sequence[str]) -> None:
        """Mark a passage, and words in its section; without a passage, words in the whole document."""
        self._passage = passage
        self._words = tuple(Query(word, whole_words=True) for word in words[:_MAX_WORDS] if word.strip())
        self._mark_words()

    def open_find(self, selected: str, section: int) -> None:
        """Open the find bar with a selected text, and find from a section on."""
        if not self.is_finding:
            self._focus_before = QApplication.focusWidget()
            self.bar.show()
            self.bar.raise_()
        self._begin = section
        before = self.bar.query
        self.bar.begin(selected.strip() if len(selected) <= _MAX_QUERY and "\n" not in selected.strip() else "")
        if self.bar.query == before:
            self._find(before)

    def close_find(self) -> None:
        """Close the find bar, and mark the passage again."""
        if self.is_finding:
            had_focus = self.bar.isAncestorOf(QApplication.focusWidget() or self.bar)
            back, self._focus_before = self._focus_before, None
            if had_focus and back and back.isVisible():
                back.setFocus()
            self.bar.hide()
            self._mark_words()
            self.find_left.emit()

    def step(self, by: int) -> None:
        """Go to the next mark, or to the previous one."""
        marks = self._finder.marks
        if not marks:
            return
        at = bisect_left(marks, _key(self.current), key=_key) if self.current else 0 if by < 0 else -1
        self._go_to(marks[(at + by) % len(marks)])
        if self.is_finding:
            self.bar.announce()

    def _find(self, query: Query) -> None:
        self.current, self._seeks = None, True
        has_words = bool(query.text.strip())
        if has_words:
            self.passage = None  # there is one current match
        self._finder.search([query] if has_words else [], self._texts)

    def _mark_words(self) -> None:
        """Mark the passage and its words."""
        self.passage = self.current = None
        self._seeks = bool(self._words) and self._passage is None
        passage = self._passage
        if passage and 1 <= passage.section <= len(self._texts):
            text = self._texts[passage.section - 1]
            end = min(passage.end, len(text))
            is_whole = passage.start == 0 and end == len(text) and len(self._texts) > 1
            if passage.start < end <= passage.start + _MAX_PASSAGE and not (is_whole and self._words):
                self.passage = Mark(passage.section - 1, *in_units(text, passage.start, end))
        self._begin = passage.section - 1 if passage else 0
        self._finder.search(self._words, self._texts, passage.section - 1 if passage else None)

    def _on_progress(self) -> None:
        marks = self._finder.marks
        if self._seeks and marks:
            at = bisect_left(marks, self._begin, key=_section)
            if at < len(marks) or not self._finder.searching:
                self._seeks = False
                self._go_to(marks[at % len(marks)])
                return
        self._show_count()
        self.changed.emit()

    def _go_to(self, mark: Mark) -> None:
        self.current = mark
        self._show_count()
        self.changed.emit()
        self.mark_reached.emit(mark)

    def _show_count(self) -> None:
        if self.is_finding:
            marks = self._finder.marks
            number = bisect_left(marks, _key(self.current), key=_key) + 1 if self.current else 0
            self.bar.show_count(number, len(marks), searching=self._finder.searching)


def _section(mark: Mark) -> int:
    return mark.section


def _key(mark: Mark | None) -> tuple[int, int, int]:
    return (mark.section, mark.start, mark.end) if mark else (0, 0, 0)
