"""Draws buttons: ground, border, icon and words. The colours are button_kind.py's."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from chatdesk.ui_kit.style.button_kind import ButtonKind, border_color, ground_color, overlay_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.style.theme import Theme


def draw_button_ground(
    painter: QPainter, theme: Theme, rect: QRectF, kind: ButtonKind, state: ControlState, radius: float
) -> None:
    """Draw everything of a button but its content."""
    ground, border = ground_color(theme, kind, state), border_color(theme, kind, state)
    if ground is not None:
        draw_box(painter, rect, radius, fill=ground)
    overlay = None if kind is ButtonKind.FILLED else overlay_color(theme, state)
    if overlay is not None:
        draw_box(painter, rect, radius, fill=overlay)
    if border is not None:
        draw_box(painter, rect, radius, border=border, width=theme.stroke("border"))


def draw_words(
    painter: QPainter,
    rect: QRectF,
    words: str,
    color: QColor,
    alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignCenter,
    *,
    mnemonic: bool = False,
) -> None:
    """Draw one line of plain text with the painter's font, its letters in the middle of the height."""
    flags = alignment | Qt.TextFlag.TextSingleLine
    if mnemonic:
        flags |= Qt.TextFlag.TextHideMnemonic
    painter.setPen(color)
    painter.drawText(rect, int(flags), words)
