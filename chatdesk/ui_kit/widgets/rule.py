"""A thin line between two parts of a popup."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_line


class Rule(QWidget):
    """As wide as what it parts. `color` is a token."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None, *, color: str = "borderSubtle") -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._color = color
        self.setFixedHeight(1)
        appearance.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        draw_line(QPainter(self), QPointF(0, 0), self.width(), self._appearance.theme.color(self._color))
