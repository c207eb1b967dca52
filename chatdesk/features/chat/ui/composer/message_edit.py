"""The text field of a message: the keys that send and break lines, and its height.

`composer.py` has the frame and everything around it.
"""

from PySide6.QtCore import QEvent, QMimeData, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QWidget

from chatdesk.features.chat.ui.composer.offered_files import OfferedFiles, offered_files, offers_files
from chatdesk.ui_kit.forms.folded_lines import length
from chatdesk.ui_kit.forms.folding_edit import FoldingEdit
from chatdesk.ui_kit.forms.text_layouts import MessageLayout
from chatdesk.ui_kit.style.appearance import Appearance

_EXTRA_HEIGHT = 1
"""Pixels that Qt requires below a line to treat it as visible."""

_LONG_CHARACTERS, _LONG_LINES = 2_000, 40
"""A pasted text with more is a long one."""
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_NO_MODIFIERS = Qt.KeyboardModifier.NoModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


class MessageEdit(FoldingEdit):
    """A text field as high as its lines, up to `set_max_height`."""

    sent = Signal()
    edit_last_requested = Signal()
    command_typed = Signal(str)
    """A character of `command_characters` was typed into the empty text; it is not inserted."""
    focus_changed = Signal()
    height_changed = Signal()
    files_offered = Signal(OfferedFiles)
    """Carries pasted or dropped pictures, if `accepts_files` is set."""
    long_text_pasted = Signal(QTextCursor)
    """Carries a cursor that selects the pasted text."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._send_key = "enter"
        self._composing = False
        self._placeholder = ""
        self._echo = ""
        self._pointing_out = False
        self._max_height = 0
        self._side_margin = 0
        self.accepts_files = False
        self.command_characters = ""
        self._document_layout = MessageLayout(self.document(), appearance)
        self.document().setDocumentMargin(0)
        self.document().setDocumentLayout(self._document_layout)
        self.setDocument(self.document())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.viewport().setAutoFillBackground(False)
        self._document_layout.documentSizeChanged.connect(self._fit)
        self.document().contentsChanged.connect(self._fit)
        self.pasted.connect(self._on_pasted)
        appearance.bind(self._restyle)

    @property
    def is_composing(self) -> bool:
        """Whether an input method is composing a word."""
        return self._composing

    def set_send_key(self, key: str) -> None:
        """Send with "enter" or "ctrl_enter" (a value of the setting `chat.send_key`)."""
        self._send_key = key

    def set_placeholder(self, text: str) -> None:
        """Set the text shown while the field is empty."""
        self._placeholder = text
        self.viewport().update()

    def point_out_placeholder(self) -> None:
        """Show the placeholder in the accent colour, and announce it, until a key is pressed: the user tried to send without a text."""
        self._pointing_out = True
        self.viewport().update()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._placeholder))

    def show_echo(self, text: str) -> None:
        """Show a text that is typed elsewhere while the field is empty; an empty text ends it."""
        self._echo = text
        self.viewport().update()

    def set_side_margin(self, margin: int) -> None:
        """Keep the text `margin` px away from both sides; the scroll bar is drawn inside that."""
        self._side_margin = margin
        self._place_margins()

    def set_max_height(self, height: int) -> None:
        """Grow up to `height` px; longer text scrolls."""
        self._max_height = height
        self._fit()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        font = theme.font("reading")
        self.setFont(font)
        self.document().setDefaultFont(font)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Text, theme.color("text"))
        palette.setColor(QPalette.ColorRole.Highlight, theme.color("selection"))
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.color("text"))
        self.setPalette(palette)
        self._document_layout.set_line(font, theme.line("reading"))
        self.setCursorWidth(theme.length("hair"))
        self._fit()
        self.viewport().update()

    def _fit(self) -> None:
        """Adjust the height to the text; paragraphs beyond the maximum height are not laid out."""
        min_height = self._appearance.theme.line("reading")
        max_height = max(self._max_height, min_height)
        height = 0.0
        block = self.document().firstBlock()
        while block.isValid() and height < max_height:
            height += self._document_layout.blockBoundingRect(block).height()
            block = block.next()
        fits = height <= max_height
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if fits else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        if self.verticalScrollBarPolicy() is not policy:
            self.setVerticalScrollBarPolicy(policy)
            self._place_margins()
        new_height = (max(min_height, round(height)) if fits else max_height // min_height * min_height) + _EXTRA_HEIGHT
        if new_height != self.height() or new_height != self.minimumHeight():
            self.setFixedHeight(new_height)
            self.height_changed.emit()
            self.ensureCursorVisible()

    def _place_margins(self) -> None:
        """Keep the text width the same with and without a scroll bar, so that lines do not break differently."""
        shown = self.verticalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        bar = self.verticalScrollBar().sizeHint().width() if shown else 0
        self.setViewportMargins(self._side_margin, 0, max(0, self._side_margin - bar), 0)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Accept pictures and files if they can be attached."""
        return (self.accepts_files and offers_files(source)) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pass on pictures; insert text."""
        offered = offered_files(source) if self.accepts_files else None
        if offered:
            self.files_offered.emit(offered)
        else:
            super().insertFromMimeData(source)

    def _on_pasted(self, pasted: QTextCursor) -> None:
        start, end = pasted.selectionStart(), pasted.selectionEnd()
        lines = self.document().findBlock(end).blockNumber() - self.document().findBlock(start).blockNumber() + 1
        if lines > _LONG_LINES or length(self.document(), start, end) > _LONG_CHARACTERS:
            self.long_text_pasted.emit(pasted)

    def _sends(self, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~_KEYPAD
        plain_sends = self._send_key == "enter"
        return event.key() in _ENTER and (modifiers == _CONTROL or (plain_sends and modifiers == _NO_MODIFIERS))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Track whether an input method is composing a word: Enter belongs to it then."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z and Ctrl+Backspace to the window while the text is empty: a toast may use the first, the second deletes the chat.

        But Ctrl+Backspace must not delete the chat of someone who is deleting the text word by word.
        """
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            deletes = event.key() == Qt.Key.Key_Backspace and event.modifiers() == _CONTROL
            if deletes or (event.matches(QKeySequence.StandardKey.Undo) and self.document().isEmpty()):
                is_untouched = self.document().isEmpty() and not self.document().isUndoAvailable()
                event.setAccepted(deletes and not is_untouched)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send, break the line, or request editing the last message."""
        key = event.key()
        if self._pointing_out:
            self._pointing_out = False
            self.viewport().update()
        if self._composing:
            super().keyPressEvent(event)
        elif self._sends(event):
            self.sent.emit()
        elif key in _ENTER and event.modifiers() & ~_KEYPAD in {_SHIFT, _NO_MODIFIERS}:
            self.textCursor().insertText("\n")
            self.ensureCursorVisible()
        elif event.text() and event.text() in self.command_characters and self.document().isEmpty():
            self.command_typed.emit(event.text())
        elif key == Qt.Key.Key_Up and event.modifiers() & ~_KEYPAD == _NO_MODIFIERS and self.document().isEmpty():
            self.edit_last_requested.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Adjust the height when the font changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Adjust the height: another width breaks lines differently."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self._echo or self._placeholder
        if shown and not self._composing and self.document().isEmpty():
            theme, painter = self._appearance.theme, QPainter(self.viewport())
            painter.setFont(self.font())
            color = "text" if self._echo else "accentText" if self._pointing_out else "textTertiary"
            painter.setPen(theme.color(color))
            cursor_width = self.cursorWidth()
            line = QRect(cursor_width, 0, self.viewport().width(), theme.line("reading"))
            shown = painter.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, shown)
            if self._echo:
                left = min(line.left() + painter.fontMetrics().horizontalAdvance(shown), line.right())
                painter.fillRect(left, 0, cursor_width, line.height(), theme.color("text"))
            painter.end()
        super().paintEvent(event)
