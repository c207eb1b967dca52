"""A prompt as it will be sent: what was filled in stands out. Read only, plain text."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from chatdesk.kernel.presets.template import Piece
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.bounded_text import in_short_lines

_MOST_LINES = 8
_LONGEST = 20_000
"""Characters that are shown; the rest is sent all the same."""


class PromptPreview(QPlainTextEdit):
    """As high as its text, up to eight lines."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._pieces: tuple[Piece, ...] = ()
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setObjectName("promptPreview")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show the parts of a prompt. Where nothing changed the reading position stays."""
        if tuple(pieces) == self._pieces:
            return
        self._pieces = tuple(pieces)
        place = self.verticalScrollBar().value()
        theme = self._appearance.theme
        own, filled = QTextCharFormat(), QTextCharFormat()
        own.setForeground(theme.color("textSecondary"))
        filled.setForeground(theme.color("accentText"))
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        room = _LONGEST
        for piece in self._pieces:
            cursor.insertText(in_short_lines(piece.text[:room]), filled if piece.name else own)
            room -= len(piece.text)
            if room <= 0:
                cursor.insertText("…", own)
                break
        cursor.endEditBlock()
        self._fit()
        self.verticalScrollBar().setValue(place)

    def _fit(self) -> None:
        lines = 0
        block = self.document().firstBlock()
        while block.isValid() and lines < _MOST_LINES:
            layout = block.layout()
            lines += max(1, layout.lineCount())
            block = block.next()
        theme = self._appearance.theme
        height = min(max(lines, 1), _MOST_LINES) * self.fontMetrics().lineSpacing() + 2 * theme.length("s")
        if height != self.height():
            self.setFixedHeight(height)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setFont(theme.font("ui"))
        self.document().setDocumentMargin(theme.length("s"))
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, theme.color("sunken"))
        palette.setColor(palette.ColorRole.Text, theme.color("textSecondary"))
        self.setPalette(palette)
        pieces, self._pieces = self._pieces, ()
        self.show_pieces(pieces)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("The prompt as it will be sent"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
