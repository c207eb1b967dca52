"""Plain words on as many lines as they need, each as high as the token says.

Qt's own labels take the font's height, which differs from script to script.
"""

from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption


class WrappedText:
    """`line` is the height of a line in px; `width` what a line may take. A word that is longer than a line is broken."""

    def __init__(self, words: str, font: QFont, line: int, width: float, alignment: Qt.AlignmentFlag) -> None:
        option = QTextOption(alignment & Qt.AlignmentFlag.AlignHorizontal_Mask)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout = QTextLayout(words.replace("\n", "\N{LINE SEPARATOR}"), font)
        self._layout.setTextOption(option)
        self._alignment = alignment
        metrics = QFontMetricsF(font)
        baseline = round((line - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent())
        self.height = 0
        """Of all lines, in px."""
        self._layout.beginLayout()
        while (row := self._layout.createLine()).isValid():
            row.setLineWidth(max(1, ceil(width)))
            row.setPosition(QPointF(0, self.height + baseline - row.ascent()))
            self.height += line
        self._layout.endLayout()

    def draw(self, painter: QPainter, rect: QRectF, color: QColor) -> None:
        """Draw it into `rect`, at its top, middle or bottom."""
        room = rect.height() - self.height
        top = rect.top()
        if self._alignment & Qt.AlignmentFlag.AlignVCenter:
            top += room // 2
        elif self._alignment & Qt.AlignmentFlag.AlignBottom:
            top += room
        painter.setPen(color)
        self._layout.draw(painter, QPointF(rect.left(), top))
