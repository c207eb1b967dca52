"""A field for a few lines of text: headers, model names, JSON, long variables of a preset."""

from math import ceil

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_field


class LinesEdit(QWidget):
    """A text field that shows `lines` lines in a `font` of the theme, and grows with its text up to `max_lines`.

    Tab moves the focus, because such texts rarely contain tabs.
    """

    def __init__(
        self,
        appearance: Appearance,
        parent: QWidget | None = None,
        *,
        lines: int = 3,
        max_lines: int = 0,
        font: str = "code",
        edit: QPlainTextEdit | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._lines = lines
        self._max_lines = max(max_lines, lines)
        self._font = font
        self._invalid = False
        self.edit = edit or QPlainTextEdit()
        """The text editor in the field."""
        self.edit.setParent(self)
        self.edit.setFrameShape(QFrame.Shape.NoFrame)
        self.edit.setTabChangesFocus(True)
        self.edit.viewport().setAutoFillBackground(False)
        # Lines are wrapped, but Qt counts the spaces at their ends and would scroll by their width.
        self.edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side = self.edit.horizontalScrollBar()
        side.valueChanged.connect(lambda _value: side.setValue(0))
        self.edit.installEventFilter(self)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.edit)
        self.setFocusProxy(self.edit)
        if max_lines:
            self.edit.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit_height())
        appearance.bind(self._restyle)

    def text(self) -> str:
        return self.edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Set the text; if it is unchanged, keep the cursor."""
        if self.edit.toPlainText() != text:
            self.edit.setPlainText(text)

    def set_lines(self, lines: int) -> None:
        """Set the height in lines."""
        if lines != self._lines:
            self._lines, self._max_lines = lines, max(lines, self._max_lines)
            self._restyle()

    def set_invalid(self, *, invalid: bool) -> None:
        """Set whether the field is shown as invalid. The form shows the error message."""
        self._invalid = invalid
        self.update()

    def go_to_line(self, line: int) -> None:
        """Focus the editor and put the cursor on a line, counted from 1; 0 keeps the cursor."""
        block = self.edit.document().findBlockByNumber(line - 1)
        if line and block.isValid():
            self.edit.setTextCursor(QTextCursor(block))
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.edit.setFont(theme.font(self._font))
        self.edit.document().setDocumentMargin(0)
        pad, edge = theme.length("m"), theme.length("xs")
        self._layout.setContentsMargins(pad, pad, edge, pad)
        self.edit.setViewportMargins(0, 0, pad - edge, 0)  # a scroll bar is closer to the border than the text
        self._fit_height()
        self.update()

    def _fit_height(self) -> None:
        theme = self._appearance.theme
        needed = ceil(self.edit.document().size().height())  # a plain text document measures its height in lines
        lines = min(max(self._lines, needed), self._max_lines)
        spacing = QFontMetricsF(self.edit.font()).lineSpacing()
        height = ceil(lines * spacing) + 2 * theme.length("m") + theme.length("hair")
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        state = ControlState(enabled=self.isEnabled(), focused=self.edit.hasFocus())
        draw_field(QPainter(self), self._appearance.theme, QRectF(self.rect()), state, invalid=self._invalid)
