"""The header of a page: as high as the title row of a chat, with a line below it. The page adds the content."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_line


class PageHeader(QWidget):
    """A page header, 48 px high. Content that does not fit is clipped."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def minimumSizeHint(self) -> QSize:
        """Return no width, so that the window can be narrow."""
        return QSize(0, self._appearance.theme.length("titleRow"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        line = QPointF(0, self.height() - 1)
        draw_line(QPainter(self), line, self.width(), self._appearance.theme.color("borderSubtle"))
