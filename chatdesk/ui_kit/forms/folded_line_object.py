"""How a folded line (`folded_lines.py`) looks in the text: a pill that says how much it stands for."""

from PySide6.QtCore import QLocale, QObject, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPyTextObject, QTextDocument, QTextFormat

from chatdesk.ui_kit.forms.folded_lines import folded_length
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_painter import draw_words
from chatdesk.ui_kit.style.painting import draw_box


class FoldedLineObject(QPyTextObject):
    """Qt's text layout asks it for its size and to be drawn."""

    def __init__(self, appearance: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def intrinsicSize(self, _document: QTextDocument, _position: int, text_format: QTextFormat) -> QSizeF:  # noqa: N802 - Qt's name
        """Return the room for the words; the height is the line's."""
        theme = self._appearance.theme
        words = QFontMetricsF(theme.font("ui")).horizontalAdvance(self._words(text_format))
        return QSizeF(words + 2 * theme.length("m"), theme.line("reading"))

    def drawObject(  # noqa: N802 - Qt's name
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        _document: QTextDocument,
        _position: int,
        text_format: QTextFormat,
    ) -> None:
        """Draw the pill."""
        theme = self._appearance.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        over = theme.length("hair")
        pill = QRectF(rect).adjusted(1, -over, -1, over)
        draw_box(painter, pill, pill.height() / 2, theme.color("bubble"), theme.color("borderControl"))
        painter.setFont(theme.font("ui"))
        draw_words(painter, pill, self._words(text_format), theme.color("textSecondary"), Qt.AlignmentFlag.AlignCenter)
        painter.restore()

    def _words(self, text_format: QTextFormat) -> str:
        count = QLocale().toString(folded_length(text_format))
        return self.tr("Pasted text, {count} characters").format(count=count)
