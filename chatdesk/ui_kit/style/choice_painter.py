"""Draws the indicators of check boxes and radio buttons."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from chatdesk.ui_kit.style.button_kind import overlay_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.style.theme import Theme

_TICK = ((4.0, 8.4), (6.9, 11.2), (12.0, 5.2))
_DASH = ((4.5, 8.0), (11.5, 8.0))
"""Corners in a square of 16. The icons of this size would be too faint on the accent."""


def draw_check_box(painter: QPainter, theme: Theme, rect: QRectF, state: ControlState, *, partly: bool) -> None:
    """Draw the square and its tick, or a dash if it is checked in part."""
    radius = theme.length("radius.tag")
    on = state.checked or partly
    _draw_ground(painter, theme, rect, state, radius, on=on)
    if on:
        _draw_tick(painter, rect, theme.color("onAccent" if state.enabled else "page"), _DASH if partly else _TICK)


def draw_radio_button(painter: QPainter, theme: Theme, rect: QRectF, state: ControlState) -> None:
    """Draw the circle and its dot."""
    _draw_ground(painter, theme, rect, state, rect.height() / 2, on=state.checked)
    if state.checked:
        inset = rect.height() * 5 / 16
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("onAccent" if state.enabled else "page"))
        painter.drawEllipse(rect.adjusted(inset, inset, -inset, -inset))
        painter.restore()


def _draw_tick(painter: QPainter, rect: QRectF, color: QColor, corners: tuple[tuple[float, float], ...]) -> None:
    unit = rect.height() / 16
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 1.75 * unit, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPolyline([QPointF(rect.left() + x * unit, rect.top() + y * unit) for x, y in corners])
    painter.restore()


def _draw_ground(
    painter: QPainter, theme: Theme, rect: QRectF, state: ControlState, radius: float, *, on: bool
) -> None:
    if on:
        color = "borderDefault" if not state.enabled else "accentHover" if state.hovered else "accent"
        draw_box(painter, rect, radius, fill=theme.color(color))
        return
    border = theme.color("borderControl" if state.enabled else "borderDefault")
    overlay = overlay_color(theme, state)
    draw_box(painter, rect, radius, fill=overlay, border=border, width=theme.stroke("control"))
