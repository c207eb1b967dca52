"""A card of rows with a line between each two."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_line
from chatdesk.ui_kit.widgets.card import Card


class RowCard(Card):
    """Rows bring their own margins."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def add_row(self, row: QWidget) -> None:
        """Add a row at the end."""
        self._rows.append(row)
        self._column.addWidget(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines on the card."""
        super().paintEvent(event)
        painter = QPainter(self)
        color = self._appearance.theme.color("borderSubtle")
        for row in [row for row in self._rows if not row.isHidden()][1:]:
            draw_line(painter, QPointF(0, row.geometry().top()), self.width(), color)
