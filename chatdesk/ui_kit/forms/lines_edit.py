"""Where a few lines are written: headers, names of models, JSON, long variables of a preset."""

from math import ceil

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_field


class LinesEdit(QWidget):
    """A field as many `lines` high, in this `font` of the theme. Tab leaves it: what is written here hardly ever holds one."""

    def __init__(
        self,
        appearance: Appearance,
        parent: QWidget | None = None,
        *,
        lines: int = 3,
        font: str = "code",
        edit: QPlainTextEdit | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._lines = lines
        self._font = font
        self._invalid = False
        self.edit = edit or QPlainTextEdit()
        """What is written in."""
        self.edit.setParent(self)
        self.edit.setFrameShape(QFrame.Shape.NoFrame)
        self.edit.setTabChangesFocus(True)
        self.edit.viewport().setAutoFillBackground(False)
        self.edit.installEventFilter(self)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.edit)
        self.setFocusProxy(self.edit)
        appearance.bind(self._restyle)

    def text(self) -> str:
        return self.edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Put `text` in it, unless it stands there: the cursor stays then."""
        if self.edit.toPlainText() != text:
            self.edit.setPlainText(text)

    def set_lines(self, lines: int) -> None:
        """Be so many lines high."""
        if lines != self._lines:
            self._lines = lines
            self._restyle()

    def set_invalid(self, *, invalid: bool) -> None:
        """Show that something in it is wrong; the form says what."""
        self._invalid = invalid
        self.update()

    def go_to_line(self, line: int) -> None:
        """Put the keyboard there; lines count from 1, and 0 leaves the cursor where it is."""
        block = self.edit.document().findBlockByNumber(line - 1)
        if line and block.isValid():
            self.edit.setTextCursor(QTextCursor(block))
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.edit.setFont(theme.font(self._font))
        self.edit.document().setDocumentMargin(0)
        side, pad = theme.length("m"), theme.length("radius.small")
        self._layout.setContentsMargins(side, pad, theme.length("xs"), pad)
        spacing = QFontMetricsF(self.edit.font()).lineSpacing()
        self.setFixedHeight(ceil(self._lines * spacing) + 2 * pad + theme.length("hair"))
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        state = ControlState(enabled=self.isEnabled(), focused=self.edit.hasFocus())
        draw_field(QPainter(self), self._appearance.theme, QRectF(self.rect()), state, invalid=self._invalid)
