"""Read-only view of a filled-in prompt, with the filled-in values highlighted."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box

_MAX_SHOWN_LENGTH = 20_000
"""Maximum number of characters shown."""
_MAX_LINES = 24
Run = tuple[str, str]
"""A text and the theme token of its color."""


class FilledText(QWidget):
    """As high as its text up to a maximum, beyond which it scrolls."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._runs: Sequence[Run] = ()
        self._text = QTextEdit(self)
        self._text.setReadOnly(True)
        self._text.setUndoRedoEnabled(False)
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        self._text.setTabChangesFocus(True)
        self._text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._text.viewport().setAutoFillBackground(False)
        self._text.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._text)
        self.setFocusProxy(self._text)
        appearance.bind(self._restyle)

    def set_name(self, name: str) -> None:
        """Set the accessible name."""
        self._text.setAccessibleName(name)

    def text(self) -> str:
        return self._text.toPlainText()

    def show_runs(self, runs: Sequence[Run]) -> None:
        """Show a text in its colors."""
        if tuple(runs) != tuple(self._runs):
            self._runs = tuple(runs)
            self._show()

    def _show(self) -> None:
        scroll_position = self._text.verticalScrollBar().value()
        self._text.clear()
        cursor = QTextCursor(self._text.document())
        remaining = _MAX_SHOWN_LENGTH
        for text, token in self._runs:
            text_format = QTextCharFormat()
            text_format.setForeground(self._appearance.theme.color(token))
            cursor.insertText(text[:remaining], text_format)
            remaining = max(0, remaining - len(text))
        self._text.verticalScrollBar().setValue(scroll_position)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._text.setFont(theme.font("ui"))
        self._text.document().setDocumentMargin(0)
        palette = self._text.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self._text.setPalette(palette)
        side, pad = theme.length("m"), theme.length("s")
        self._layout.setContentsMargins(side, pad, side, pad)
        self._show()
        self._fit()
        self.update()

    def _fit(self) -> None:
        margins = self._layout.contentsMargins()
        line = self._text.fontMetrics().lineSpacing()
        lines = min(max(round(self._text.document().size().height()), line), _MAX_LINES * line)
        height = lines + margins.top() + margins.bottom() + 2
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def changeEvent(self, event: QEvent) -> None:
        """Adjust the height after a change of the font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        border = theme.color("borderSubtle") if theme.scheme.high_contrast else None
        radius = theme.length("radius.control")
        draw_box(QPainter(self), QRectF(self.rect()), radius, theme.color("bubble"), border)
