"""The scrolling of the page: lays out the visible part and adjusts the scroll bar so that nothing jumps.

Heights change while blocks are laid out. The content at the top of the view stays in place, or the end stays visible
while it is followed.
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

_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


def scroll_painted(area: QWidget, viewport: QWidget, area_rect: QRect, distance: int) -> None:
    """Scroll the `area_rect` area of the viewport by a distance, around floating widgets, which are children of `area`.

    Qt would repaint everything if a floating widget overlapped the scrolled area, so the areas around it are scrolled
    separately.
    """
    floating = [
        part for part in area.findChildren(QWidget, options=_DIRECT) if part is not viewport and part.isVisible()
    ]
    offset = viewport.geometry().topLeft()
    covered_rects = [
        rect for part in floating if not (rect := part.geometry().translated(-offset) & area_rect).isEmpty()
    ]
    if not covered_rects:
        viewport.scroll(0, distance, area_rect)
        return
    # Transposed, because Qt splits regions into rectangles as wide as possible, and here they should be as high as
    # possible.
    free = QRegion(_transposed(area_rect))
    for rect in covered_rects:
        viewport.update(rect)
        free -= QRegion(_transposed(rect))
    for rect in free:  # type: ignore[attr-defined] # its types forget that it can be iterated
        viewport.scroll(0, distance, _transposed(rect))


def _transposed(rect: QRect) -> QRect:
    return QRect(rect.y(), rect.x(), rect.height(), rect.width())


@dataclass(slots=True)
class Following:
    """Whether the page follows its end while it grows; any action of the reader stops that.

    It knows heights, but no widget.

    A new question is placed near the top and the answer fills the space below. `question_y` is the y of that question or
    None; `active` is whether the end is followed.
    """

    active: bool = True
    question_y: int | None = None

    def max_scroll(self, page_height: int, view_height: int, margin: int) -> int:
        """Return the maximum scroll value: the end of the page, or the question `margin` px below the view's top."""
        end = page_height - view_height
        if self.question_y is not None:
            end = max(end, self.question_y - margin)
        return max(0, end)

    def reader_scrolled(self, value: int, longest: int) -> None:
        """Follow the end again if the reader has scrolled there, and stop otherwise."""
        self.active = value >= longest

    def stop(self) -> None:
        """Stop following: the reader is looking at something."""
        self.active = False


_NO_POSITION = ColumnPosition(-1, 0)
_MAX_ROUNDS = 8
"""Layout may bring other blocks into view; it settles after two or three rounds."""


class PageScroller:
    """Controls the range and value of the vertical scroll bar.

    `question_id` is the id of the question placed near the top, if any.

    `on_relayout` is called after each layout.
    """

    def __init__(
        self,
        document: Document,
        area: QAbstractScrollArea,
        appearance: Appearance,
        on_relayout: Callable[[], None],
    ) -> None:
        self.following = Following()
        self.question_id: str | None = None
        self.moves = 0
        """The number of scroll movements so far."""
        self.is_relayouting = False
        """Whether the scroll bar is being moved by this class and not by the reader."""
        self._painted_at = 0
        """The scroll value for which the screen content is valid."""
        self._released_at = 0
        self._limits = (-1, -1, -1)
        """The maximum, page step and single step set on the scroll bar."""
        self._on_relayout = on_relayout
        self._document = document
        self._area = area
        self._appearance = appearance
        self._bar = area.verticalScrollBar()

    @property
    def value(self) -> int:
        """The y of the page at the top of the view."""
        return self._bar.value()

    @property
    def view_height(self) -> int:
        """The height of the visible part of the page."""
        return self._area.viewport().height()

    @property
    def at_end(self) -> bool:
        """Whether the end is visible."""
        return self._bar.value() >= self._bar.maximum()

    def anchor(self) -> Anchor | None:
        """Return the anchor to keep in place during a change; None while the end is followed."""
        return None if self.following.active else self._document.anchor_at(self.value)

    def relayout(self, anchor: Anchor | None = None, offset: int = 0) -> int:
        """Lay out the visible part, with `anchor` `-offset` px below the view's top, or with the end visible if it is followed.

        Return the y of the page from which heights changed; `NOWHERE` for no change.
        """
        changed = NOWHERE
        height = self._area.viewport().height()
        self.is_relayouting = True
        try:
            for _ in range(_MAX_ROUNDS):
                y = self._move(anchor, offset)
                found = self._document.lay_out(y, y + height)
                changed = min(changed, found)
                # A line at an estimated position may have moved within its message although the height is the same.
                if found == NOWHERE and (anchor is None or y == self._move(anchor, offset)):
                    break
        finally:
            self.is_relayouting = False
        if self.value != self._painted_at:
            # In one step: an area scrolled twice before painting is repainted completely.
            self._scroll_painted(self._painted_at, self._painted_at - self.value)
            self._painted_at = self.value
        if abs(self.value - self._released_at) > height // 4:
            self._released_at = self.value
            self._document.release(self.value - 2 * height, self.value + 3 * height)
        self._on_relayout()
        return changed

    def scroll_to(self, y: int) -> None:
        """Scroll to this y; stop following the end unless this is the end."""
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
        """Return the current reading position; None if the page is empty."""
        anchor = self._document.anchor_at(self.value)
        if anchor is None:
            return None
        part, position = anchor.line or (0, _NO_POSITION)
        last = min(anchor.message, len(self._document) - 1)
        distance = anchor.distance + self._document.top(anchor.message) - self._document.top(last)
        message_id = self._document.message(last).id
        return ReadingPosition(message_id, part, position.block, position.offset, distance, self.following.active)

    def restore(self, position: ReadingPosition) -> None:
        """Scroll to a reading position, or as close as possible."""
        self.moves += 1
        index = self._document.index(position.message_id)
        self.following.active = position.at_end
        if index is None or position.at_end:
            self.relayout()
            return
        line = (position.part, ColumnPosition(position.block, position.offset)) if position.block >= 0 else None
        self.relayout(Anchor(index, line, position.distance))

    def show(self, index: int, position: TextPosition | None, top_distance: int | None = None) -> None:
        """Scroll to a message, or with `position` to its line.

        The line is `top_distance` px below the top of the view, by default a third of the view.
        """
        self.moves += 1
        self.following.active = False
        if position is None:
            self.relayout(Anchor(index, None, -self._appearance.theme.length("xxl")))
        else:
            line = (position.part, ColumnPosition(position.block, position.offset))
            self.relayout(
                Anchor(index, line, -(self._area.viewport().height() // 3 if top_distance is None else top_distance))
            )

    def _scroll_painted(self, before: int, distance: int) -> None:
        """Move the screen content, except for a code header that sticks to the top of the view."""
        viewport, theme = self._area.viewport(), self._appearance.theme
        header = theme.length("codeHeader") + 1
        left, width = painted_band(self._area.width(), theme)
        sticky = self._sticky_header(before)
        if sticky and sticky == self._sticky_header(self.value):
            scroll_painted(self._area, viewport, QRect(left, header, width, viewport.height() - header), distance)
            return
        scroll_painted(self._area, viewport, QRect(left, 0, width, viewport.height()), distance)
        if self._document.is_in_code(before) or self._document.is_in_code(self.value):
            # A header stays or stayed in place but was moved with the rest.
            viewport.update(left, 0, width, 2 * header + max(0, distance))

    def _sticky_header(self, y: int) -> tuple[int, int, int] | None:
        """Return message, part and index of the code block whose header sticks to the top of a view at this y."""
        index = self._document.at(y)
        item = self._document.loaded_item(index)
        found = item.sticky_header(y - self._document.top(index)) if item else None
        return (index, *found) if found else None

    def _move(self, anchor: Anchor | None, offset: int) -> int:
        """Update the scroll bar and return its value."""
        theme = self._appearance.theme
        height = self._area.viewport().height()
        index = self._document.index(self.question_id) if self.question_id else None
        self.following.question_y = self._document.top(index) if index is not None else None
        longest = self.following.max_scroll(self._document.height, height, theme.length("xxl"))
        limits = (longest, height, theme.length("xl"))
        if limits != self._limits:
            self._limits = limits
            # Signals are blocked because the scroll area would query the style for the sizes of both bars to show or
            # hide them; this bar is always visible.
            with QSignalBlocker(self._bar):
                self._bar.setRange(0, longest)
            self._bar.setPageStep(height)
            self._bar.setSingleStep(limits[2])
        if self.following.active:
            self._bar.setValue(longest)
        elif anchor:
            self._bar.setValue(self._document.y_of(anchor) + offset)
        return self._bar.value()
