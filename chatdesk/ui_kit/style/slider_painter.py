"""Draws sliders."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionSlider

from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.style.theme import Theme


def draw_slider(painter: QPainter, theme: Theme, option: QStyleOptionSlider, handle: QRect) -> None:
    """Draw a slider whose handle is at `handle`: what is chosen is filled, from the start to the handle."""
    state = ControlState.of_option(option)
    thickness = theme.length("xs")
    track, knob = QRectF(option.rect), QRectF(handle)
    filled = QRectF(track)
    if option.orientation == Qt.Orientation.Horizontal:
        track.setTop(track.center().y() - thickness / 2)
        track.setHeight(thickness)
        filled = QRectF(track)
        if option.upsideDown:
            filled.setLeft(knob.center().x())
        else:
            filled.setRight(knob.center().x())
    else:
        track.setLeft(track.center().x() - thickness / 2)
        track.setWidth(thickness)
        filled = QRectF(track)
        if option.upsideDown:
            filled.setTop(knob.center().y())
        else:
            filled.setBottom(knob.center().y())
    accent = theme.color("accent" if state.enabled else "textDisabled")
    draw_box(painter, track, thickness / 2, fill=theme.color("borderDefault"))
    draw_box(painter, filled, thickness / 2, fill=accent)
    side = min(knob.width(), knob.height())
    circle = QRectF(0, 0, side, side)
    circle.moveCenter(knob.center())
    draw_box(painter, circle, side / 2, theme.color("raised"), accent, theme.stroke("focus"))
