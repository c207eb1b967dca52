"""The mouse handling of the transcript: controls, links, text selection and horizontal dragging.

The view reports events and performs the actions; see `PointerSurface`.
"""

from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal

from chatdesk.features.chat.ui.transcript.blocks.block_text import SelectionUnit
from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import Link
from chatdesk.features.chat.ui.transcript.controls import Control
from chatdesk.features.chat.ui.transcript.text_position import Selection, TextPosition
from chatdesk.kernel.fast_dataclass import dataclass

_CLICK_DISTANCE = 4
_DRAG_DISTANCE = 10
_AUTOSCROLL_INTERVAL = 30
_EDGE_WIDTH = 12
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

    def position_at(self, point: QPoint) -> TextPosition | None:
        """Return the text position nearest to a point."""

    def selection_around(self, position: TextPosition, unit: SelectionUnit) -> Selection:
        """Return the word or block around a position."""

    def selection(self) -> Selection | None:
        """Return the current selection."""

    def select(self, selection: Selection | None) -> None:
        """Change the selection."""

    def begin_drag(self) -> None:
        """Start dragging the selection to another program."""

    def finish_selection(self) -> None:
        """Finish a selection."""

    def press(self, found: ControlAt) -> None:
        """Activate a control."""

    def follow_link(self, link: Link, point: QPoint) -> None:
        """Open a link at a point."""

    def drag_ratio(self, point: QPoint) -> float | None:
        """Return the ratio of horizontal scrolling to dragging for a drag at a point; None if nothing can be dragged."""

    def drag_horizontally(self, point: QPoint, distance: int) -> None:
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
        self._pressed_at = QPoint()
        self._selection_start: Selection | None = None
        """The start of a selection by dragging: a position, a word or a block."""
        self._unit = SelectionUnit.CHARACTER
        self._held_position: TextPosition | None = None
        """The position where the selection itself was pressed, to be dragged or, without movement, cleared."""
        self._horizontal_drag: tuple[QPoint, QPoint, float] | None = None
        self._last_point = QPoint()
        self._autoscroll = QTimer(self, interval=_AUTOSCROLL_INTERVAL)
        self._autoscroll.timeout.connect(self._autoscroll_step)

    @property
    def selecting(self) -> bool:
        """Whether a selection is being extended or dragged."""
        return self._selection_start is not None or self._held_position is not None

    def press(self, point: QPoint, unit: SelectionUnit, *, extend: bool) -> None:
        """Handle a press of the left button: single for characters, double for words, triple for blocks."""
        self._pressed_at = self._last_point = point
        self._link = None
        self.pressed = self._surface.control_at(point)
        if self.pressed:
            self._surface.refresh_control(self.pressed.message)
            return
        ratio = self._surface.drag_ratio(point)
        if ratio is not None:
            self._horizontal_drag = (point, point, ratio)
            return
        position = self._surface.position_at(point)
        if position is None:
            return
        if unit is SelectionUnit.CHARACTER:
            self._link = self._surface.link_under(point)
        selected = self._surface.selection()
        if unit is SelectionUnit.CHARACTER and not extend and selected and selected.start < position < selected.end:
            self._held_position = position
            return
        anchor = (
            Selection(selected.anchor, selected.anchor)
            if extend and selected
            else self._surface.selection_around(position, unit)
        )
        self._selection_start, self._unit = anchor, unit
        self._select_to(position)

    def move(self, point: QPoint) -> Qt.CursorShape:
        """Handle a mouse move and return the cursor shape."""
        self._last_point = point
        if self._horizontal_drag:
            begun, before, ratio = self._horizontal_drag
            self._surface.drag_horizontally(begun, round((point.x() - before.x()) * ratio))
            self._horizontal_drag = (begun, point, ratio)
            return Qt.CursorShape.ArrowCursor
        if self._held_position:
            if (point - self._pressed_at).manhattanLength() >= _DRAG_DISTANCE:
                self._held_position = self._link = None
                self._surface.begin_drag()
            return Qt.CursorShape.ArrowCursor
        if self._selection_start:
            self._extend_selection(point)
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
        begun, self._selection_start = self._selection_start, None
        held_position, self._held_position = self._held_position, None
        self._horizontal_drag = None
        if held_position:
            self._surface.select(Selection(held_position, held_position))
        elif begun:
            self._surface.finish_selection()
        if pressed:
            self._surface.refresh_control(pressed.message)
            if pressed == self._surface.control_at(point) and pressed.control.enabled:
                self._surface.press(pressed)
        elif self._link and (point - self._pressed_at).manhattanLength() < _CLICK_DISTANCE:
            self._surface.follow_link(self._link, point)

    def leave(self) -> None:
        """Handle the mouse leaving the view."""
        self._hover(None)

    def cancel(self) -> None:
        """Reset the state: the content under the mouse is gone."""
        self._autoscroll.stop()
        self.hovered = self.pressed = self._link = self._selection_start = self._held_position = (
            self._horizontal_drag
        ) = None
        self.hovered_changed.emit(None)

    def _hover(self, found: ControlAt | None) -> None:
        if found != self.hovered:
            before, self.hovered = self.hovered, found
            for each in (before, found):
                if each:
                    self._surface.refresh_control(each.message)
            self.hovered_changed.emit(found)

    def _extend_selection(self, point: QPoint) -> None:
        if (point - self._pressed_at).manhattanLength() >= _CLICK_DISTANCE:
            self._link = None
        at_edge = self._distance_beyond_edge() != 0
        if at_edge and not self._autoscroll.isActive():
            self._autoscroll.start()
        elif not at_edge:
            self._autoscroll.stop()
        if position := self._surface.position_at(point):
            self._select_to(position)

    def _select_to(self, position: TextPosition) -> None:
        if self._selection_start is None:
            return
        there = self._surface.selection_around(position, self._unit)
        if there.start < self._selection_start.start:
            self._surface.select(Selection(self._selection_start.end, there.start))
        else:
            self._surface.select(Selection(self._selection_start.start, max(there.end, self._selection_start.end)))

    def _distance_beyond_edge(self) -> int:
        """Return the signed distance of the mouse beyond the area without scrolling; negative upwards."""
        y, height = self._last_point.y(), self._surface.view_height()
        return min(0, y - _EDGE_WIDTH) or max(0, y - height + _EDGE_WIDTH)

    def _autoscroll_step(self) -> None:
        """Scroll while the mouse is held at or beyond an edge, even without movement; faster with more distance."""
        self._surface.scroll_by(self._distance_beyond_edge())
        if position := self._surface.position_at(self._last_point):
            self._select_to(position)
