"""Sets the lines of a plain text editor at the theme's line height; Qt's own takes it from the font, so that Chinese lines are taller."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextBlock, QTextDocument, QTextLine
from PySide6.QtWidgets import QPlainTextDocumentLayout


class EvenLayout(QPlainTextDocumentLayout):
    """Lays out as its base class does, paragraph by paragraph when it is needed, then moves the lines to an even grid."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._line = 0.0
        self._baseline = 0.0
        self.ascent, self.descent = 0.0, 0.0
        """Of the font that the lines are set for."""

    def set_line(self, font: QFont, height: int) -> None:
        """Put the baselines where those of `font` are if it is centred in lines of `height` px."""
        metrics = QFontMetricsF(font)
        self._line = float(height)
        self.ascent, self.descent = metrics.ascent(), metrics.descent()
        self._baseline = (height - self.ascent - self.descent) / 2 + self.ascent
        self.requestUpdate()

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:  # noqa: N802 - Qt's name
        """Lay a paragraph out if it is not yet, and return its place."""
        rect = super().blockBoundingRect(block)
        layout = block.layout()
        count = layout.lineCount() if block.isValid() else 0
        if not count or not self._line:
            return rect
        if not self._is_set(layout.lineAt(count - 1), count - 1):
            from_right = block.textDirection() is Qt.LayoutDirection.RightToLeft
            margin = self.document().documentMargin()
            for number in range(count):
                line = layout.lineAt(number)
                x = max(0.0, line.width() - line.naturalTextWidth()) if from_right else 0.0
                line.setPosition(QPointF(margin + x, number * self._line + self._baseline - line.ascent()))
        return QRectF(rect.x(), rect.y(), layout.lineAt(0).width(), count * self._line)

    def _is_set(self, line: QTextLine, number: int) -> bool:
        """Say whether a line is on its baseline; positions are kept in 64ths of a px."""
        return abs(line.y() + line.ascent() - number * self._line - self._baseline) < 1 / 32
