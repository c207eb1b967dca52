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

_LONGEST_WORDS = 200
_BETWEEN_LOOKS = 0.1
"""Seconds between two updates of the hits found so far."""
_SPARE = 24
"""Pixels between a hit and the bottom of the view below which the page is scrolled."""


@dataclass(frozen=True, slots=True)
class _Before:
    """The state before the search began."""

    position: ReadingPosition | None
    focus: QWidget | None
    place: Hit


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
        self._settled = settled
        self._view = parent
        self._finder = Finder(document, self)
        self._before: _Before | None = None
        self._current: Hit | None = None
        self._painted: tuple[int, Hit | None] = (0, None)
        """The revision of the hits and the current hit at the last repaint."""
        self._sought: Hit | None = None
        """The position from which the first hit of a new query is still being searched."""
        self._clock = clock
        self._next_look = 0.0
        """The time of the next update while the search is running."""
        self._unsaid = False
        """Whether the count has not been announced yet."""
        self._revealed = ""
        """The id of the message with an unfolded part, for its hit."""
        self._moved_to: int | None = None
        """The scroll value set by the search, if any."""
        self._finder.progressed.connect(self._take_progress)
        bar.query_changed.connect(self._look_for)
        bar.next_requested.connect(self.go_to_next)
        bar.previous_requested.connect(self.go_to_previous)
        bar.left.connect(self.leave)
        bar.closed.connect(self.close)
        bar.hide()

    @property
    def is_open(self) -> bool:
        """Whether the bar is open."""
        return self._before is not None

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
            self._before = _Before(self._scroller.position(), QApplication.focusWidget(), self._place_read())
            self._moved_to = None
            self._bar.show()
            self._bar.raise_()
        selection = self._surface.selection()
        words = selected_text(self._document, selection).strip() if selection and _is_short(selection) else ""
        before = self._bar.query
        self._bar.begin(words if len(words) <= _LONGEST_WORDS and "\n" not in words else "")
        if self._bar.query == before:
            self._look_for(before)

    def leave(self) -> None:
        """Close the bar and return to the position before the search, unless the user has scrolled since."""
        before, moved_to = self._before, self._moved_to
        stays = moved_to is not None and moved_to != self._scroller.value
        self._end()
        if before and before.position and moved_to is not None and not stays:
            self._scroller.restore(before.position)
        self._settled()

    def close(self) -> None:
        """Close the bar and stay, with the current hit selected."""
        current = self._current
        if current:
            start = TextPosition(current.message, current.part, current.block, current.start)
            self._surface.select(
                Selection(start, TextPosition(current.message, current.part, current.block, current.end))
            )
            self._revealed = ""
        self._end()
        self._settled()

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
            self._revealed = ""
            self._end()
        elif self.is_open:
            self._current = None
            self._sought = None
            self._finder.look_through(self._place_read().message)

    def marks_of(self, index: int) -> Mapping[int, Mapping[int, Marks]]:
        """Return the marks of a message, by part and block."""
        current = self._current if self._current and self._current.message == index else None
        return {
            part: hits.marks(current if current and current.part == part else None)
            for part, hits in self._finder.parts(index).items()
        }

    def _look_for(self, query: Query) -> None:
        self._current = None
        self._sought = self._before.place if self._before else None
        self._unsaid = True
        self._next_look = 0.0
        self._finder.look_for(query, self._sought.message if self._sought else 0)

    def _take_progress(self) -> None:
        if not self.is_open:
            return
        finder = self._finder
        # More updates would not be visible, and painting takes longer than searching. The first hit is shown at once.
        nothing_new = self._current is not None or finder.revision == self._painted[0]
        if nothing_new and finder.searching and self._clock() < self._next_look:
            return
        self._next_look = self._clock() + _BETWEEN_LOOKS
        if self._current and not finder.number(self._current):
            self._current = finder.after(self._current) or finder.before(self._current)
        if self._current is None and self._sought:
            found = finder.after(self._sought)
            if found is None and not finder.searching:
                found = finder.after(_FIRST)
            if found:
                self._sought = None
                self._show(found)
        elif self._current is None:
            self._current = finder.after(self._place_read()) or finder.after(_FIRST)
        if not finder.searching and self._unsaid:
            self._unsaid = False
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
        self._sought = None
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
        place = ColumnPosition(hit.block, hit.start)
        below = self._height_in_view(hit)
        message_id = self._document.message(hit.message).id
        if self._revealed != message_id:
            self._fold_back()
        if self._document[hit.message].reveal((hit.part, place)):
            self._document.update_height(hit.message)
        self._revealed = message_id
        self._scroller.show(hit.message, TextPosition(hit.message, hit.part, hit.block, hit.start), below)
        if column := self._document[hit.message].column(hit.part):
            column.bring_sideways(hit.block, hit.start, hit.end)
        self._moved_to = self._scroller.value
        self._settled()

    def _height_in_view(self, hit: Hit) -> int | None:
        """Return the y of a hit's line in the view if it is visible, otherwise None."""
        item = self._document.known(hit.message)
        placed = next((placed for placed in item.columns() if placed.part == hit.part), None) if item else None
        if placed is None:
            return None
        line = placed.column.line_rect(ColumnPosition(hit.block, hit.start)).translated(placed.origin)
        if line.bottom() > placed.shown.bottom() or line.top() < placed.shown.top():
            return None
        y = self._document.top(hit.message) + line.top() - self._scroller.value
        return y if self._bar.bottom < y and y + line.height() < self._geometry.view_height - _SPARE else None

    def _fold_back(self) -> None:
        index = self._document.index(self._revealed) if self._revealed else None
        item = self._document.known(index) if index is not None else None
        if index is not None and item and item.reveal(None):
            self._document.update_height(index)
        self._revealed = ""

    def _end(self) -> None:
        """Close the bar and restore the focus."""
        before, self._before = self._before, None
        if before is None:
            return
        anchor = self._scroller.anchor()
        self._fold_back()
        self._scroller.relayout(anchor)
        self._current = self._sought = None
        self._finder.forget()
        # Before the bar is hidden: Qt would move the focus to the next widget, as Tab does.
        if self._bar.isAncestorOf(QApplication.focusWidget() or self._view):
            back = before.focus if before.focus and before.focus.isVisible() else self._view
            back.setFocus()
        self._bar.hide()

    def _place_read(self) -> Hit:
        """Return the position at the top of the view as a hit."""
        anchor = self._document.anchor_at(self._scroller.value)
        if anchor is None:
            return _FIRST
        part, place = anchor.line or (0, ColumnPosition(0, 0))
        return Hit(anchor.message, part, place.block, place.offset, -1)


def _is_short(selection: Selection) -> bool:
    """Return whether a selection is within one block, so that its text is cheap to get."""
    start, end = selection.start, selection.end
    return (start.message, start.part, start.block) == (end.message, end.part, end.block)


_FIRST = Hit(0, 0, 0, -1, -1)
_LAST = Hit(1 << 30, 0, 0, 0, 0)
