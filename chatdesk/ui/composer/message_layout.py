"""Sets the lines of a plain text editor at the theme's line height; Qt's own takes it from the font, so that Chinese lines are taller."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextBlock, QTextDocument, QTextFormat, QTextInlineObject, QTextLine
from PySide6.QtWidgets import QPlainTextDocumentLayout

from chatdesk.ui.composer.folded_line_object import FoldedLineObject
from chatdesk.ui.composer.folded_lines import OBJECT_TYPE
from chatdesk.ui.theme.appearance import Appearance


class MessageLayout(QPlainTextDocumentLayout):
    """Lays out as its base class does, paragraph by paragraph when it is needed, then moves the lines to an even grid."""

    def __init__(self, document: QTextDocument, appearance: Appearance) -> None:
        super().__init__(document)
        self.registerHandler(OBJECT_TYPE, FoldedLineObject(appearance, self))
        self._line = 0.0
        self._baseline = 0.0
        self._ascent, self._descent = 0.0, 0.0

    def set_line(self, font: QFont, height: int) -> None:
        """Put the baselines where those of `font` are if it is centred in lines of `height` px."""
        metrics = QFontMetricsF(font)
        self._line = float(height)
        self._ascent, self._descent = metrics.ascent(), metrics.descent()
        self._baseline = (height - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()
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
            for number in range(count):
                line = layout.lineAt(number)
                x = max(0.0, line.width() - line.naturalTextWidth()) if from_right else 0.0
                line.setPosition(QPointF(x, number * self._line + self._baseline - line.ascent()))
        return QRectF(rect.x(), rect.y(), layout.lineAt(0).width(), count * self._line)

    def resizeInlineObject(self, item: QTextInlineObject, position: int, text_format: QTextFormat) -> None:  # noqa: N802 - Qt's name
        """Make what stands in a line as high as its letters, so that the line is as high as any other."""
        super().resizeInlineObject(item, position, text_format)
        item.setAscent(self._ascent)
        item.setDescent(self._descent)

    def _is_set(self, line: QTextLine, number: int) -> bool:
        """Say whether a line is on its baseline; positions are kept in 64ths of a px."""
        return abs(line.y() + line.ascent() - number * self._line - self._baseline) < 1 / 32
