"""Wrapped plain text with the line height of the design tokens.

The line height of Qt's own labels depends on the font, and so on the script.
"""

from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption


class WrappedText:
    """A laid-out text. `line` is the line height in px, `width` the maximum line width. A word longer than a line is broken."""

    def __init__(self, text: str, font: QFont, line: int, width: float, alignment: Qt.AlignmentFlag) -> None:
        option = QTextOption(alignment & Qt.AlignmentFlag.AlignHorizontal_Mask)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout = QTextLayout(text.replace("\n", "\N{LINE SEPARATOR}"), font)
        self._layout.setTextOption(option)
        self._alignment = alignment
        metrics = QFontMetricsF(font)
        baseline = round((line - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent())
        self.height = 0
        """Height of all lines in px."""
        self._layout.beginLayout()
        while (row := self._layout.createLine()).isValid():
            row.setLineWidth(max(1, ceil(width)))
            row.setPosition(QPointF(0, self.height + baseline - row.ascent()))
            self.height += line
        self._layout.endLayout()

    def draw(self, painter: QPainter, rect: QRectF, color: QColor) -> None:
        """Draw the text at the top, centre or bottom of `rect`."""
        space = rect.height() - self.height
        top = rect.top()
        if self._alignment & Qt.AlignmentFlag.AlignVCenter:
            top += space // 2
        elif self._alignment & Qt.AlignmentFlag.AlignBottom:
            top += space
        painter.setPen(color)
        self._layout.draw(painter, QPointF(rect.left(), top))
