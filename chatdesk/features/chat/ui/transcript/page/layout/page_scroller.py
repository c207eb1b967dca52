"""Keeps the page where it belongs in the view: lays out what is in sight and moves the scroll bar so that nothing jumps.

Heights turn out differently while blocks are laid out. What was at the top of the view stays there, or the end stays in sight while
it is followed.
"""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSignalBlocker, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from chatdesk.features.chat.ui.transcript.page.layout.anchor import Anchor, ReadingPosition
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.text_position import ColumnPosition, TextPosition
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.lists.height_index import NOWHERE
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.reading_column import painted_band

# Moving what is painted when the page scrolls, around what floats over the view.

_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


def move_painted(area: QWidget, viewport: QWidget, painted: QRect, distance: int) -> None:
    """Move what is `painted` down by a distance; what comes into view is painted. What floats over the view is a child of `area`.

    Qt would paint everything anew if anything floated over what is moved. So it is moved on all sides of that.
    """
    floating = [
        part for part in area.findChildren(QWidget, options=_DIRECT) if part is not viewport and part.isVisible()
    ]
    offset = viewport.geometry().topLeft()
    covered = [rect for part in floating if not (rect := part.geometry().translated(-offset) & painted).isEmpty()]
    if not covered:
        viewport.scroll(0, distance, painted)
        return
    # Lying on its side, since Qt cuts a region into rectangles as wide as can be, and here they should be as high.
    free = QRegion(_on_its_side(painted))
    for rect in covered:
        viewport.update(rect)
        free -= QRegion(_on_its_side(rect))
    for rect in free:  # type: ignore[attr-defined] # its types forget that it can be iterated
        viewport.scroll(0, distance, _on_its_side(rect))


def _on_its_side(rect: QRect) -> QRect:
    return QRect(rect.y(), rect.x(), rect.height(), rect.width())


# Where the page stands while it grows: following the end, or left alone as soon as the reader does anything
# else.
#
# Knows heights, no widget. A question that was just asked is placed near the top and the answer fills the
# room below it.


@dataclass(slots=True)
class Following:
    """`active` while the end is followed. `asked` is where the question begins that was placed near the top; None for none."""

    active: bool = True
    asked: int | None = None

    def longest_scroll(self, page_height: int, view_height: int, margin: int) -> int:
        """Return how far the page may be scrolled: to its end, or until the question is `margin` below the view's top."""
        end = page_height - view_height
        if self.asked is not None:
            end = max(end, self.asked - margin)
        return max(0, end)

    def reader_scrolled(self, value: int, longest: int) -> None:
        """Take note of where the reader went: at the end, following goes on."""
        self.active = value >= longest

    def let_go(self) -> None:
        """Stay where we are: the reader looks at something."""
        self.active = False


_NO_PLACE = ColumnPosition(-1, 0)
_ROUNDS = 8
"""Laying out may bring other blocks into sight; it comes to rest after two or three rounds."""


class PageScroller:
    """Owns the vertical scroll bar's range and value. `asked` is the id of the question placed near the top, if any.

    `came_to_rest` is called whenever the page has been settled.
    """

    def __init__(
        self,
        document: Document,
        area: QAbstractScrollArea,
        appearance: Appearance,
        came_to_rest: Callable[[], None],
    ) -> None:
        self.following = Following()
        self.asked: str | None = None
        self.moves = 0
        """How often somebody went somewhere."""
        self.settling = False
        """Whether the scroll bar is being moved from here, not by the reader."""
        self._painted_at = 0
        """The scroll for which what is on the screen is at its place."""
        self._released_at = 0
        self._limits = (-1, -1, -1)
        """How the scroll bar is set: its maximum, its page step and its single step."""
        self._came_to_rest = came_to_rest
        self._document = document
        self._area = area
        self._appearance = appearance
        self._bar = area.verticalScrollBar()

    @property
    def value(self) -> int:
        """The page's y at the top of the view."""
        return self._bar.value()

    @property
    def view_height(self) -> int:
        """How much of the page is shown."""
        return self._area.viewport().height()

    @property
    def at_end(self) -> bool:
        """Whether the end is in sight."""
        return self._bar.value() >= self._bar.maximum()

    def anchor(self) -> Anchor | None:
        """Return what should stay at its height on the screen while the page changes; None while the end is followed."""
        return None if self.following.active else self._document.anchor_at(self.value)

    def relayout(self, anchor: Anchor | None = None, offset: int = 0) -> int:
        """Lay out what is in sight, with `anchor` `-offset` pixels below the top of the view, or the end in sight if that is followed.

        Return the page's y from which heights turned out differently; `NOWHERE` for none.
        """
        changed = NOWHERE
        height = self._area.viewport().height()
        self.settling = True
        try:
            for _ in range(_ROUNDS):
                y = self._move(anchor, offset)
                found = self._document.lay_out(y, y + height)
                changed = min(changed, found)
                # A line that was only estimated to be somewhere may be elsewhere in its message, which is as high as before.
                if found == NOWHERE and (anchor is None or y == self._move(anchor, offset)):
                    break
        finally:
            self.settling = False
        if self.value != self._painted_at:
            # In one step: what is scrolled twice before it is painted is painted as a whole.
            self._move_painted(self._painted_at, self._painted_at - self.value)
            self._painted_at = self.value
        if abs(self.value - self._released_at) > height // 4:
            self._released_at = self.value
            self._document.release(self.value - 2 * height, self.value + 3 * height)
        self._came_to_rest()
        return changed

    def scroll_to(self, y: int) -> None:
        """Go to a height of the page; only from there on the end is not followed, unless that is where we are."""
        self.moves += 1
        self.following.active = False
        self._bar.setValue(y)
        self.following.reader_scrolled(self.value, self._bar.maximum())

    def go_to_end(self) -> None:
        """Show the end and follow it."""
        self.moves += 1
        self.following.active = True
        self.relayout()

    def position(self) -> ReadingPosition | None:
        """Return what is being read; None if the page is empty."""
        anchor = self._document.anchor_at(self.value)
        if anchor is None:
            return None
        part, place = anchor.line or (0, _NO_PLACE)
        last = min(anchor.message, len(self._document) - 1)
        distance = anchor.distance + self._document.top(anchor.message) - self._document.top(last)
        message_id = self._document.message(last).id
        return ReadingPosition(message_id, part, place.block, place.offset, distance, self.following.active)

    def restore(self, position: ReadingPosition) -> None:
        """Go to what was being read, as near as it is still there."""
        self.moves += 1
        index = self._document.index(position.message_id)
        self.following.active = position.at_end
        if index is None or position.at_end:
            self.relayout()
            return
        line = (position.part, ColumnPosition(position.block, position.offset)) if position.block >= 0 else None
        self.relayout(Anchor(index, line, position.distance))

    def show(self, index: int, place: TextPosition | None, below: int | None = None) -> None:
        """Go to a message: its line at `place`, `below` the top of the view or a third of the view, or the message's top."""
        self.moves += 1
        self.following.active = False
        if place is None:
            self.relayout(Anchor(index, None, -self._appearance.theme.length("xxl")))
        else:
            line = (place.part, ColumnPosition(place.block, place.offset))
            self.relayout(Anchor(index, line, -(self._area.viewport().height() // 3 if below is None else below)))

    def _move_painted(self, before: int, distance: int) -> None:
        """Move what is on the screen, but for the header of code that stays at the top of the view."""
        viewport, theme = self._area.viewport(), self._appearance.theme
        header = theme.length("codeHeader") + 1
        left, width = painted_band(self._area.width(), theme)
        stuck = self._stuck_header(before)
        if stuck and stuck == self._stuck_header(self.value):
            move_painted(self._area, viewport, QRect(left, header, width, viewport.height() - header), distance)
            return
        move_painted(self._area, viewport, QRect(left, 0, width, viewport.height()), distance)
        if self._document.is_in_code(before) or self._document.is_in_code(self.value):
            # The header stays there, or stayed: it was moved with the rest.
            viewport.update(left, 0, width, 2 * header + max(0, distance))

    def _stuck_header(self, y: int) -> tuple[int, int, int] | None:
        """Return the code whose header stays at the top of a view that begins at a height: its message, part and order there."""
        index = self._document.at(y)
        item = self._document.known(index)
        found = item.stuck_header(y - self._document.top(index)) if item else None
        return (index, *found) if found else None

    def _move(self, anchor: Anchor | None, offset: int) -> int:
        """Update the scroll bar and return its value."""
        theme = self._appearance.theme
        height = self._area.viewport().height()
        index = self._document.index(self.asked) if self.asked else None
        self.following.asked = self._document.top(index) if index is not None else None
        longest = self.following.longest_scroll(self._document.height, height, theme.length("xxl"))
        limits = (longest, height, theme.length("xl"))
        if limits != self._limits:
            self._limits = limits
            # The area would ask its style for the sizes of both bars, to show or hide them; ours is always there.
            with QSignalBlocker(self._bar):
                self._bar.setRange(0, longest)
            self._bar.setPageStep(height)
            self._bar.setSingleStep(limits[2])
        if self.following.active:
            self._bar.setValue(longest)
        elif anchor:
            self._bar.setValue(self._document.height_of(anchor) + offset)
        return self._bar.value()
