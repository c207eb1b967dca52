"""The find function of a chat: connects bar, search and page, and scrolls to the current hit."""

import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from chatdesk.features.chat.ui.transcript.blocks.find_marks import Marks
from chatdesk.features.chat.ui.transcript.find.find_bar import FindBar
from chatdesk.features.chat.ui.transcript.find.finder import Finder
from chatdesk.features.chat.ui.transcript.find.message_hits import Hit
from chatdesk.features.chat.ui.transcript.find.query import Query
from chatdesk.features.chat.ui.transcript.page.layout.anchor import ReadingPosition
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.layout.page_scroller import PageScroller
from chatdesk.features.chat.ui.transcript.page.page_geometry import PageGeometry
from chatdesk.features.chat.ui.transcript.page.page_surface import PageSurface
from chatdesk.features.chat.ui.transcript.page.selection.selected_text import selected_text
from chatdesk.features.chat.ui.transcript.text_position import ColumnPosition, Selection, TextPosition
from chatdesk.kernel.fast_dataclass import dataclass

_MAX_QUERY_LENGTH = 200
_UPDATE_SECONDS = 0.1
"""Seconds between two updates of the hits found so far."""
_BOTTOM_MARGIN = 24
"""Pixels between a hit and the bottom of the view below which the page is scrolled."""


@dataclass(frozen=True, slots=True)
class _SearchStart:
    """The state before the search began."""

    position: ReadingPosition | None
    focus: QWidget | None
    first_hit: Hit


class FindInChat(QObject):
    """Finds text in the chat.

    Call `content_changed` for new and changed messages and `chat_changed` for other messages.

    `settled` is called when the page has been scrolled from here.
    """

    found_changed = Signal()

    def __init__(
        self,
        bar: FindBar,
        document: Document,
        scroller: PageScroller,
        geometry: PageGeometry,
        surface: PageSurface,
        settled: Callable[[], None],
        parent: QWidget,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        super().__init__(parent)
        self._bar = bar
        self._document = document
        self._scroller = scroller
        self._geometry = geometry
        self._surface = surface
        self._on_relayout = settled
        self._view = parent
        self._finder = Finder(document, self)
        self._search_start: _SearchStart | None = None
        self._current: Hit | None = None
        self._painted: tuple[int, Hit | None] = (0, None)
        """The revision of the hits and the current hit at the last repaint."""
        self._first_hit_from: Hit | None = None
        """The position from which the first hit of a new query is still being searched."""
        self._clock = clock
        self._next_update = 0.0
        """The time of the next update while the search is running."""
        self._is_count_unannounced = False
        """Whether the count has not been announced yet."""
        self._revealed_message_id = ""
        """The id of the message with an unfolded part, for its hit."""
        self._scrolled_to: int | None = None
        """The scroll value set by the search, if any."""
        self._finder.progressed.connect(self._on_progress)
        bar.query_changed.connect(self._start_query)
        bar.next_requested.connect(self.go_to_next)
        bar.previous_requested.connect(self.go_to_previous)
        bar.left.connect(self.leave)
        bar.closed.connect(self.close)
        bar.hide()

    @property
    def is_open(self) -> bool:
        """Whether the bar is open."""
        return self._search_start is not None

    @property
    def finder(self) -> Finder:
        """The search with its hits."""
        return self._finder

    @property
    def current(self) -> Hit | None:
        """The current hit."""
        return self._current

    def open(self) -> None:
        """Open the bar with the selected text and start the search. Does nothing in an empty chat."""
        if not len(self._document):
            return
        if not self.is_open:
            self._search_start = _SearchStart(
                self._scroller.position(), QApplication.focusWidget(), self._reading_position()
            )
            self._scrolled_to = None
            self._bar.show()
            self._bar.raise_()
        selection = self._surface.selection()
        text = selected_text(self._document, selection).strip() if selection and _is_in_one_block(selection) else ""
        before = self._bar.query
        self._bar.begin(text if len(text) <= _MAX_QUERY_LENGTH and "\n" not in text else "")
        if self._bar.query == before:
            self._start_query(before)

    def leave(self) -> None:
        """Close the bar and return to the position before the search, unless the user has scrolled since."""
        before, moved_to = self._search_start, self._scrolled_to
        stays = moved_to is not None and moved_to != self._scroller.value
        self._close()
        if before and before.position and moved_to is not None and not stays:
            self._scroller.restore(before.position)
        self._on_relayout()

    def close(self) -> None:
        """Close the bar and stay, with the current hit selected."""
        current = self._current
        if current:
            start = TextPosition(current.message, current.part, current.block, current.start)
            self._surface.select(
                Selection(start, TextPosition(current.message, current.part, current.block, current.end))
            )
            self._revealed_message_id = ""
        self._close()
        self._on_relayout()

    def go_to_next(self) -> None:
        """Go to the next hit, wrapping around; open the bar if it is closed."""
        if not self.is_open:
            self.open()
        elif self._current:
            self._go_to(self._finder.after(self._current) or self._finder.after(_FIRST))

    def go_to_previous(self) -> None:
        """Go to the previous hit, wrapping around; open the bar if it is closed."""
        if not self.is_open:
            self.open()
        elif self._current:
            self._go_to(self._finder.before(self._current) or self._finder.before(_LAST))

    def content_changed(self, index: int) -> None:
        """Update the hits of a new or changed message, without moving."""
        if self.is_open:
            self._finder.message_changed(index)

    def chat_changed(self, *, same_chat: bool) -> None:
        """Search the new messages of the same chat; end the search in another chat."""
        if not same_chat:
            self._revealed_message_id = ""
            self._close()
        elif self.is_open:
            self._current = None
            self._first_hit_from = None
            self._finder.search_all(self._reading_position().message)

    def marks_of(self, index: int) -> Mapping[int, Mapping[int, Marks]]:
        """Return the marks of a message, by part and block."""
        current = self._current if self._current and self._current.message == index else None
        return {
            part: hits.marks(current if current and current.part == part else None)
            for part, hits in self._finder.parts(index).items()
        }

    def _start_query(self, query: Query) -> None:
        self._current = None
        self._first_hit_from = self._search_start.first_hit if self._search_start else None
        self._is_count_unannounced = True
        self._next_update = 0.0
        self._finder.search(query, self._first_hit_from.message if self._first_hit_from else 0)

    def _on_progress(self) -> None:
        if not self.is_open:
            return
        finder = self._finder
        # More updates would not be visible, and painting takes longer than searching. The first hit is shown at once.
        is_unchanged = self._current is not None or finder.revision == self._painted[0]
        if is_unchanged and finder.searching and self._clock() < self._next_update:
            return
        self._next_update = self._clock() + _UPDATE_SECONDS
        if self._current and not finder.number(self._current):
            self._current = finder.after(self._current) or finder.before(self._current)
        if self._current is None and self._first_hit_from:
            found = finder.after(self._first_hit_from)
            if found is None and not finder.searching:
                found = finder.after(_FIRST)
            if found:
                self._first_hit_from = None
                self._show(found)
        elif self._current is None:
            self._current = finder.after(self._reading_position()) or finder.after(_FIRST)
        if not finder.searching and self._is_count_unannounced:
            self._is_count_unannounced = False
            self._show_count()
            self._bar.announce()
        else:
            self._show_count()
        painted = (finder.revision, self._current)
        if painted != self._painted:
            self._painted = painted
            self._geometry.refresh_all()
            self.found_changed.emit()

    def _go_to(self, hit: Hit | None) -> None:
        if hit is None:
            return
        self._first_hit_from = None
        self._show(hit)
        self._show_count()
        self._bar.announce()

    def _show_count(self) -> None:
        finder = self._finder
        number = finder.number(self._current) if self._current else 0
        self._bar.show_count(number, finder.total, searching=finder.searching)

    def _show(self, hit: Hit) -> None:
        """Make a hit the current one and scroll to it, unfolding what hides it and folding what was unfolded before."""
        self._current = hit
        position = ColumnPosition(hit.block, hit.start)
        below = self._y_in_view(hit)
        message_id = self._document.message(hit.message).id
        if self._revealed_message_id != message_id:
            self._fold_back()
        if self._document[hit.message].reveal((hit.part, position)):
            self._document.update_height(hit.message)
        self._revealed_message_id = message_id
        self._scroller.show(hit.message, TextPosition(hit.message, hit.part, hit.block, hit.start), below)
        if column := self._document[hit.message].column(hit.part):
            column.scroll_into_view(hit.block, hit.start, hit.end)
        self._scrolled_to = self._scroller.value
        self._on_relayout()

    def _y_in_view(self, hit: Hit) -> int | None:
        """Return the y of a hit's line in the view if it is visible, otherwise None."""
        item = self._document.loaded_item(hit.message)
        placed = next((placed for placed in item.columns() if placed.part == hit.part), None) if item else None
        if placed is None:
            return None
        line = placed.column.line_rect(ColumnPosition(hit.block, hit.start)).translated(placed.origin)
        if line.bottom() > placed.shown.bottom() or line.top() < placed.shown.top():
            return None
        y = self._document.top(hit.message) + line.top() - self._scroller.value
        return y if self._bar.bottom < y and y + line.height() < self._geometry.view_height - _BOTTOM_MARGIN else None

    def _fold_back(self) -> None:
        index = self._document.index(self._revealed_message_id) if self._revealed_message_id else None
        item = self._document.loaded_item(index) if index is not None else None
        if index is not None and item and item.reveal(None):
            self._document.update_height(index)
        self._revealed_message_id = ""

    def _close(self) -> None:
        """Close the bar and restore the focus."""
        before, self._search_start = self._search_start, None
        if before is None:
            return
        anchor = self._scroller.anchor()
        self._fold_back()
        self._scroller.relayout(anchor)
        self._current = self._first_hit_from = None
        self._finder.forget()
        # Before the bar is hidden: Qt would move the focus to the next widget, as Tab does.
        if self._bar.isAncestorOf(QApplication.focusWidget() or self._view):
            back = before.focus if before.focus and before.focus.isVisible() else self._view
            back.setFocus()
        self._bar.hide()

    def _reading_position(self) -> Hit:
        """Return the position at the top of the view as a hit."""
        anchor = self._document.anchor_at(self._scroller.value)
        if anchor is None:
            return _FIRST
        part, position = anchor.line or (0, ColumnPosition(0, 0))
        return Hit(anchor.message, part, position.block, position.offset, -1)


def _is_in_one_block(selection: Selection) -> bool:
    """Return whether a selection is within one block, so that its text is cheap to get."""
    start, end = selection.start, selection.end
    return (start.message, start.part, start.block) == (end.message, end.part, end.block)


_FIRST = Hit(0, 0, 0, -1, -1)
_LAST = Hit(1 << 30, 0, 0, 0, 0)
