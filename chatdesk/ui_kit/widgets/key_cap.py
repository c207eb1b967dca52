"""The drawing of a key of the keyboard, for lines that say which keys do what."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box


class KeyCap(QWidget):
    """A key. `keys` is in Qt's portable format."""

    def __init__(self, appearance: Appearance, keys: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._text = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        width = QFontMetrics(theme.font("caption")).horizontalAdvance(self._text)
        return QSize(width + 2 * (theme.length("xs") + 1), theme.length("size.tag"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        fill, border = theme.color("raised"), theme.color("borderDefault")
        draw_box(painter, QRectF(self.rect()), theme.length("radius.tag"), fill, border)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("textSecondary"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
