"""Editing a question where it stands: the text in a frame in the place of its bubble, with Cancel and Send under it."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.ui.composer.message_edit import MessageEdit
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.button import Button, ButtonKind
from chatdesk.ui.theme.painting import draw_box

_MOST_LINES = 12


class QuestionEditor(QWidget):
    """Lives while one question is edited. Its height follows the text; who shows it gives it place and width."""

    sent = Signal(str)
    cancelled = Signal()
    height_changed = Signal()

    def __init__(self, appearance: Appearance, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._edit = MessageEdit(appearance, self)
        self._cancel = Button(appearance, "", parent=self, small=True)
        self._send = Button(appearance, "", ButtonKind.FILLED, self, small=True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._send)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._edit)
        self._layout.addLayout(buttons)
        self._edit.setTabChangesFocus(True)
        self._edit.sent.connect(self._send_text)
        self._edit.height_changed.connect(self._fit)
        self._edit.focus_changed.connect(self.update)
        self._edit.document().contentsChanged.connect(self._show_state)
        self._cancel.clicked.connect(self.cancelled)
        self._send.clicked.connect(self._send_text)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()
        self._edit.set_text(text)
        self._show_state()

    def set_send_key(self, key: str) -> None:
        """Send with "enter" or "ctrl_enter": a value of the setting `chat.send_key`."""
        self._edit.set_send_key(key)

    def focus(self) -> None:
        """Put the cursor into the text."""
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _send_text(self) -> None:
        if self._edit.has_text:
            self.sent.emit(self._edit.text())

    def _show_state(self) -> None:
        self._send.setEnabled(self._edit.has_text)

    def _fit(self) -> None:
        self._layout.activate()
        self.height_changed.emit()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        margin = theme.length("m")
        self._layout.setContentsMargins(theme.length("l"), margin, margin, margin)
        self._layout.setSpacing(theme.length("s"))
        self._edit.set_most_height(_MOST_LINES * theme.line("reading"))
        self._fit()

    def _retranslate(self) -> None:
        self._edit.setAccessibleName(self.tr("Edit the question"))
        self._cancel.setText(self.tr("Cancel"))
        self._send.setText(self.tr("Send"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc steps out."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame, in the accent while the keyboard is in it."""
        theme = self._appearance.theme
        focused = self._edit.hasFocus()
        border = theme.color("accent" if focused else "borderDefault")
        width = theme.stroke("focus") if focused else theme.stroke("border")
        draw_box(QPainter(self), QRectF(self.rect()), theme.length("radius.card"), theme.color("raised"), border, width)
