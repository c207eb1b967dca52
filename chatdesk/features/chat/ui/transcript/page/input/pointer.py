"""The mouse handling of the transcript: controls, links, text selection and horizontal dragging.

The view reports events and performs the actions; see `PointerSurface`.
"""

from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal

from chatdesk.features.chat.ui.transcript.blocks.block_text import Reach
from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import Link
from chatdesk.features.chat.ui.transcript.controls import Control
from chatdesk.features.chat.ui.transcript.text_position import Selection, TextPosition
from chatdesk.kernel.fast_dataclass import dataclass

_CLICK_DISTANCE = 4
_DRAG_DISTANCE = 10
_AUTOSCROLL_INTERVAL = 30
_EDGE = 12
"""Pixels from the edge at which the view starts scrolling: the window may end at the screen edge."""


@dataclass(frozen=True, slots=True)
class ControlAt:
    """A control and the index of its message."""

    message: int
    control: Control


class PointerSurface(Protocol):
    """The interface of the view for the pointer. Points are in viewport coordinates."""

    def control_at(self, point: QPoint) -> ControlAt | None:
        """Return the control at a point."""

    def link_under(self, point: QPoint) -> Link | None:
        """Return the link at a point."""

    def is_text(self, point: QPoint) -> bool:
        """Return whether there is text at a point."""

    def place_at(self, point: QPoint) -> TextPosition | None:
        """Return the text position nearest to a point."""

    def reach_of(self, place: TextPosition, reach: Reach) -> Selection:
        """Return the word or block around a position."""

    def selection(self) -> Selection | None:
        """Return the current selection."""

    def select(self, selection: Selection | None) -> None:
        """Change the selection."""

    def begin_drag(self) -> None:
        """Start dragging the selection to another program."""

    def selection_drawn(self) -> None:
        """Finish a selection."""

    def press(self, found: ControlAt) -> None:
        """Activate a control."""

    def follow_link(self, link: Link, point: QPoint) -> None:
        """Open a link at a point."""

    def drag_ratio(self, point: QPoint) -> float | None:
        """Return the ratio of horizontal scrolling to dragging for a drag at a point; None if nothing can be dragged."""

    def drag_sideways(self, point: QPoint, distance: int) -> None:
        """Scroll the block at a point horizontally."""

    def scroll_by(self, distance: int) -> None:
        """Scroll the page."""

    def view_height(self) -> int:
        """Return the height of the view."""

    def refresh_control(self, message: int) -> None:
        """Repaint the controls of a message."""


class Pointer(QObject):
    """The state of the mouse between events."""

    hovered_changed = Signal(object)
    """Carries the hovered control (`ControlAt`) or None."""

    def __init__(self, surface: PointerSurface, parent: QObject) -> None:
        super().__init__(parent)
        self._surface = surface
        self.hovered: ControlAt | None = None
        self.pressed: ControlAt | None = None
        self._link: Link | None = None
        self._begun_at = QPoint()
        self._begun: Selection | None = None
        """The start of a selection by dragging: a position, a word or a block."""
        self._reach = Reach.CHARACTER
        self._held: TextPosition | None = None
        """The position where the selection itself was pressed, to be dragged or, without movement, cleared."""
        self._sideways: tuple[QPoint, QPoint, float] | None = None
        self._last = QPoint()
        self._autoscroll = QTimer(self, interval=_AUTOSCROLL_INTERVAL)
        self._autoscroll.timeout.connect(self._scroll_on)

    @property
    def selecting(self) -> bool:
        """Whether a selection is being extended or dragged."""
        return self._begun is not None or self._held is not None

    def press(self, point: QPoint, reach: Reach, *, extend: bool) -> None:
        """Handle a press of the left button: single for characters, double for words, triple for blocks."""
        self._begun_at = self._last = point
        self._link = None
        self.pressed = self._surface.control_at(point)
        if self.pressed:
            self._surface.refresh_control(self.pressed.message)
            return
        ratio = self._surface.drag_ratio(point)
        if ratio is not None:
            self._sideways = (point, point, ratio)
            return
        place = self._surface.place_at(point)
        if place is None:
            return
        if reach is Reach.CHARACTER:
            self._link = self._surface.link_under(point)
        selected = self._surface.selection()
        if reach is Reach.CHARACTER and not extend and selected and selected.start < place < selected.end:
            self._held = place
            return
        anchor = (
            Selection(selected.anchor, selected.anchor) if extend and selected else self._surface.reach_of(place, reach)
        )
        self._begun, self._reach = anchor, reach
        self._select_to(place)

    def move(self, point: QPoint) -> Qt.CursorShape:
        """Handle a mouse move and return the cursor shape."""
        self._last = point
        if self._sideways:
            begun, before, ratio = self._sideways
            self._surface.drag_sideways(begun, round((point.x() - before.x()) * ratio))
            self._sideways = (begun, point, ratio)
            return Qt.CursorShape.ArrowCursor
        if self._held:
            if (point - self._begun_at).manhattanLength() >= _DRAG_DISTANCE:
                self._held = self._link = None
                self._surface.begin_drag()
            return Qt.CursorShape.ArrowCursor
        if self._begun:
            self._draw_selection(point)
            return Qt.CursorShape.IBeamCursor
        self._hover(self._surface.control_at(point))
        if self.hovered:
            return Qt.CursorShape.PointingHandCursor if self.hovered.control.enabled else Qt.CursorShape.ArrowCursor
        if self._surface.link_under(point):
            return Qt.CursorShape.PointingHandCursor
        return Qt.CursorShape.IBeamCursor if self._surface.is_text(point) else Qt.CursorShape.ArrowCursor

    def release(self, point: QPoint, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        """Handle a button release."""
        if button is Qt.MouseButton.MiddleButton and (link := self._surface.link_under(point)):
            self._surface.follow_link(link, point)
        if button is not Qt.MouseButton.LeftButton:
            return
        self._autoscroll.stop()
        pressed, self.pressed = self.pressed, None
        begun, self._begun = self._begun, None
        held, self._held = self._held, None
        self._sideways = None
        if held:
            self._surface.select(Selection(held, held))
        elif begun:
            self._surface.selection_drawn()
        if pressed:
            self._surface.refresh_control(pressed.message)
            if pressed == self._surface.control_at(point) and pressed.control.enabled:
                self._surface.press(pressed)
        elif self._link and (point - self._begun_at).manhattanLength() < _CLICK_DISTANCE:
            self._surface.follow_link(self._link, point)

    def leave(self) -> None:
        """Handle the mouse leaving the view."""
        self._hover(None)

    def cancel(self) -> None:
        """Reset the state: the content under the mouse is gone."""
        self._autoscroll.stop()
        self.hovered = self.pressed = self._link = self._begun = self._held = self._sideways = None
        self.hovered_changed.emit(None)

    def _hover(self, found: ControlAt | None) -> None:
        if found != self.hovered:
            before, self.hovered = self.hovered, found
            for each in (before, found):
                if each:
                    self._surface.refresh_control(each.message)
            self.hovered_changed.emit(found)

    def _draw_selection(self, point: QPoint) -> None:
        if (point - self._begun_at).manhattanLength() >= _CLICK_DISTANCE:
            self._link = None
        at_edge = self._beyond_edge() != 0
        if at_edge and not self._autoscroll.isActive():
            self._autoscroll.start()
        elif not at_edge:
            self._autoscroll.stop()
        if place := self._surface.place_at(point):
            self._select_to(place)

    def _select_to(self, place: TextPosition) -> None:
        if self._begun is None:
            return
        there = self._surface.reach_of(place, self._reach)
        if there.start < self._begun.start:
            self._surface.select(Selection(self._begun.end, there.start))
        else:
            self._surface.select(Selection(self._begun.start, max(there.end, self._begun.end)))

    def _beyond_edge(self) -> int:
        """Return the signed distance of the mouse beyond the area without scrolling; negative upwards."""
        y, height = self._last.y(), self._surface.view_height()
        return min(0, y - _EDGE) or max(0, y - height + _EDGE)

    def _scroll_on(self) -> None:
        """Scroll while the mouse is held at or beyond an edge, even without movement; faster with more distance."""
        self._surface.scroll_by(self._beyond_edge())
        if place := self._surface.place_at(self._last):
            self._select_to(place)
