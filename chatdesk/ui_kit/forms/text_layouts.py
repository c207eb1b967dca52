"""Document layouts with the line height of the theme, and the drawing of folded lines."""

from PySide6.QtCore import QLocale, QObject, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextBlock,
    QTextDocument,
    QTextFormat,
    QTextInlineObject,
    QTextLine,
)
from PySide6.QtWidgets import QPlainTextDocumentLayout

from chatdesk.ui_kit.forms.folded_lines import OBJECT_TYPE, folded_length
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_box

# Text layout with the theme's line height. Qt's line height depends on the font, so that Chinese lines would be taller.


class EvenLayout(QPlainTextDocumentLayout):
    """Lays out paragraphs on demand like its base class, then moves the lines to an even grid."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._line = 0.0
        self._baseline = 0.0
        self.ascent, self.descent = 0.0, 0.0
        """Ascent and descent of the font."""

    def set_line(self, font: QFont, height: int) -> None:
        """Place the baselines as if `font` was centred in lines of `height` px."""
        metrics = QFontMetricsF(font)
        self._line = float(height)
        self.ascent, self.descent = metrics.ascent(), metrics.descent()
        self._baseline = (height - self.ascent - self.descent) / 2 + self.ascent
        self.requestUpdate()

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:  # noqa: N802 - Qt's name
        """Lay out a paragraph if needed, and return its rectangle."""
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
        """Return whether a line is on its baseline. Positions are stored in 64ths of a px."""
        return abs(line.y() + line.ascent() - number * self._line - self._baseline) < 1 / 32


# Drawing of a folded line (`folded_lines.py`) as a pill with its number of characters.


class FoldedLineObject(QPyTextObject):
    """Returns the size of a folded line and draws it for Qt's text layout."""

    def __init__(self, appearance: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def intrinsicSize(self, _document: QTextDocument, _position: int, text_format: QTextFormat) -> QSizeF:  # noqa: N802 - Qt's name
        """Return the width of the text; the height is that of the line."""
        theme = self._appearance.theme
        text_width = QFontMetricsF(theme.font("ui")).horizontalAdvance(self._text(text_format))
        return QSizeF(text_width + 2 * theme.length("m"), theme.line("reading"))

    def drawObject(  # noqa: N802 - Qt's name
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        _document: QTextDocument,
        _position: int,
        text_format: QTextFormat,
    ) -> None:
        theme = self._appearance.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        over = theme.length("hair")
        pill = QRectF(rect).adjusted(1, -over, -1, over)
        draw_box(painter, pill, pill.height() / 2, theme.color("bubble"), theme.color("borderControl"))
        painter.setFont(theme.font("ui"))
        draw_text(painter, pill, self._text(text_format), theme.color("textSecondary"), Qt.AlignmentFlag.AlignCenter)
        painter.restore()

    def _text(self, text_format: QTextFormat) -> str:
        count = QLocale().toString(folded_length(text_format))
        return self.tr("Pasted text, {count} characters").format(count=count)


# Layout of a message being written: an even grid in which folded lines are like words.


class MessageLayout(EvenLayout):
    """A layout that also draws folded lines."""

    def __init__(self, document: QTextDocument, appearance: Appearance) -> None:
        super().__init__(document)
        self.registerHandler(OBJECT_TYPE, FoldedLineObject(appearance, self))

    def resizeInlineObject(self, item: QTextInlineObject, position: int, text_format: QTextFormat) -> None:  # noqa: N802 - Qt's name
        """Set the height of an inline object to that of the letters, so that the line height does not change."""
        super().resizeInlineObject(item, position, text_format)
        item.setAscent(self.ascent)
        item.setDescent(self.descent)
