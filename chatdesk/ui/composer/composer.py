"""Where a person writes: the text, the switches that go with it, Send or Stop, and what waits to be sent.

What the keys of the text do is in `message_edit.py`.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.domain.request import Thinking
from chatdesk.ui.composer.message_edit import MessageEdit
from chatdesk.ui.composer.queue_rows import QueueRows
from chatdesk.ui.composer.token_estimate import estimate_tokens
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.button import Button
from chatdesk.ui.theme.button_kind import ButtonKind
from chatdesk.ui.theme.icon_button import IconButton
from chatdesk.ui.theme.label import Label
from chatdesk.ui.theme.painting import draw_box
from chatdesk.ui.theme.toggle_chip import ToggleChip

_DRAFT_AFTER_MILLISECONDS = 400
_ESTIMATE_AFTER_MILLISECONDS = 120
_SHARE_OF_WINDOW = 3
"""It grows to this part of the window's height."""


class Composer(QWidget):
    """One per window: it moves between the start page and the foot of a chat."""

    send_requested = Signal(str)
    stop_requested = Signal()
    draft_changed = Signal(str)
    thinking_changed = Signal(str)
    """"on" or "off", when the person switches it."""
    edit_last_requested = Signal()
    queue_edit_requested = Signal(int)
    queue_remove_requested = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._streaming = False
        self._model = ""
        self._queue = QueueRows(appearance, self)
        self._queue.edit_requested.connect(self.queue_edit_requested)
        self._queue.remove_requested.connect(self.queue_remove_requested)
        self._frame = _Frame(appearance, self)
        self._edit = MessageEdit(appearance, self._frame)
        self._edit.setObjectName("message")
        self._think = ToggleChip(appearance, "", "lightbulb", self._frame)
        self._think.setObjectName("think")
        self._estimate = Label(appearance, "caption", "textTertiary", self._frame)
        self._hint = Label(appearance, "caption", "textTertiary", self._frame)
        self._stop = Button(appearance, "", ButtonKind.OUTLINED, self._frame, icon="square")
        self._stop.setObjectName("stopButton")
        self._send = IconButton(appearance, "arrow-up", self._frame, kind=ButtonKind.FILLED)
        self._send.setObjectName("sendButton")
        self._tools = QHBoxLayout()
        for part in (self._think, None, self._estimate, self._hint, self._stop, self._send):
            if part is None:
                self._tools.addStretch(1)
            else:
                self._tools.addWidget(part)
        self._inside = QVBoxLayout(self._frame)
        self._inside.addWidget(self._edit)
        self._inside.addLayout(self._tools)
        self._outside = QVBoxLayout(self)
        self._outside.setContentsMargins(0, 0, 0, 0)
        self._outside.addWidget(self._queue)
        self._outside.addWidget(self._frame)
        self._draft_timer = self._timer(_DRAFT_AFTER_MILLISECONDS, lambda: self.draft_changed.emit(self.text()))
        self._estimate_timer = self._timer(_ESTIMATE_AFTER_MILLISECONDS, self._show_estimate)
        self._connect()
        self._arrange()
        self._retranslate()
        self._show_state()

    def text(self) -> str:
        """Return what is written."""
        return self._edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Write `text` in place of what is there."""
        self._edit.set_text(text)
        self._draft_timer.stop()

    def insert_text(self, text: str) -> None:
        """Write over what is there, in a way that undo brings it back."""
        self._edit.replace_text(text)

    def has_focus(self) -> bool:
        """Whether the keyboard is in the text."""
        return self._edit.hasFocus()

    def focus(self) -> None:
        """Put the keyboard into the text."""
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def type_key(self, event: QKeyEvent) -> None:
        """Take a key that was pressed where nothing wanted it: typing anywhere writes here."""
        self.focus()
        self._edit.keyPressEvent(event)

    def set_streaming(self, streaming: bool) -> None:
        """Show Stop while an answer streams; Send then queues."""
        self._streaming = streaming
        self._show_state()

    def set_queue(self, texts: tuple[str, ...]) -> None:
        """Show what waits to be sent."""
        self._queue.show_texts(texts)

    def set_send_key(self, key: str) -> None:
        """Send with "enter" or "ctrl_enter"."""
        self._edit.set_send_key(key)

    def set_placeholder_model(self, name: str) -> None:
        """Name the model in the placeholder; empty in a new chat."""
        self._model = name
        self._show_state()

    def set_thinking_available(self, available: bool) -> None:
        """Offer the switch for thinking only where the model can think."""
        self._think.setVisible(available)

    def set_thinking(self, state: str) -> None:
        """Show a value of domain.request.Thinking; on models that can think, AUTO thinks."""
        self._think.setChecked(state != Thinking.OFF)

    def _connect(self) -> None:
        self._edit.sent.connect(self._send_text)
        self._edit.edit_last_requested.connect(self.edit_last_requested)
        self._edit.focus_changed.connect(self._show_focus)
        self._edit.height_changed.connect(self.updateGeometry)
        self._edit.textChanged.connect(self._text_changed)
        self._send.clicked.connect(self._send_text)
        self._stop.clicked.connect(self.stop_requested)
        self._think.clicked.connect(self._thinking_switched)
        self._frame.pressed.connect(self.focus)
        self._appearance.changed.connect(self._arrange)

    def _timer(self, milliseconds: int, act: Callable[[], object]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=milliseconds)
        timer.timeout.connect(act)
        return timer

    def _send_text(self) -> None:
        if self._edit.has_text:
            self._draft_timer.stop()
            self.send_requested.emit(self.text())

    def _thinking_switched(self) -> None:
        self.thinking_changed.emit(Thinking.ON.value if self._think.isChecked() else Thinking.OFF.value)

    def _text_changed(self) -> None:
        self._draft_timer.start()
        self._estimate_timer.start()
        self._show_state()

    def _show_estimate(self) -> None:
        text = self.text()
        self._estimate.setVisible(bool(text) and not self._streaming)
        if text:
            self._estimate.set_text(self.tr("about %n token(s)", "", estimate_tokens(text)))

    def _show_state(self) -> None:
        has_text = self._edit.has_text
        self._send.setEnabled(has_text)
        self._send.set_icon("list-plus" if self._streaming else "arrow-up")
        self._send.set_kind(ButtonKind.OUTLINED if self._streaming else ButtonKind.FILLED)
        self._stop.setVisible(self._streaming)
        self._hint.setVisible(self._streaming)
        if self._streaming or not has_text:
            self._estimate.hide()
        if self._streaming:
            self._edit.set_placeholder(self.tr("Write the next message"))
            self._send.set_name(self.tr("Queue"))
        else:
            words = self.tr("Message {model}").format(model=self._model) if self._model else self.tr("Write a message")
            self._edit.set_placeholder(words)
            self._send.set_name(self.tr("Send"))

    def _show_focus(self) -> None:
        self._frame.focused = self._edit.hasFocus()
        self._frame.update()

    def _arrange(self) -> None:
        theme = self._appearance.theme
        side, small = theme.length("l"), theme.length("s")
        self._inside.setContentsMargins(side, theme.length("m"), small + theme.length("xs"), small)
        self._inside.setSpacing(theme.length("xs"))
        self._tools.setSpacing(small)
        self._tools.setContentsMargins(0, 0, 0, 0)
        self._outside.setSpacing(small)
        self._limit_height()

    def _limit_height(self) -> None:
        self._edit.set_most_height(
            max(self.window().height() // _SHARE_OF_WINDOW, self._appearance.theme.line("reading"))
        )

    def _retranslate(self) -> None:
        self._edit.setAccessibleName(self.tr("Message"))
        self._think.setText(self.tr("Think"))
        self._think.setToolTip(self.tr("Let the model think before it answers"))
        self._stop.setText(self.tr("Stop"))
        self._hint.set_text(self.tr("Esc"))
        self._show_state()
        self._show_estimate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Stop on Esc."""
        if event.key() == Qt.Key.Key_Escape and self._streaming:
            self.stop_requested.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the share of the window."""
        super().resizeEvent(event)
        self._limit_height()


class _Frame(QWidget):
    """The raised box; focused it has a 2 px line inside, so that nothing moves."""

    pressed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.focused = False
        self.setCursor(Qt.CursorShape.IBeamCursor)
        appearance.changed.connect(self.update)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        color, width = ("accent", "focus") if self.focused else ("borderDefault", "border")
        draw_box(
            QPainter(self),
            QRectF(self.rect()),
            theme.length("radius.card"),
            fill=theme.color("raised"),
            border=theme.color(color),
            width=theme.stroke(width),
        )
