"""The row under the text: what goes along with a message, how long it is, and the buttons that send it or stop the answer."""

from PySide6.QtCore import QEvent, QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.features.chat.ui.composer.stop_button import StopButton
from chatdesk.features.chat.ui.composer.think_chip import ThinkChip
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.models.thinking import ThinkingChoices
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label


class ToolRow(QWidget):
    """44 px high. `attachments` and `presets` say whether there is anything behind these buttons."""

    send_clicked = Signal()
    stop_clicked = Signal()
    attach_clicked = Signal()
    presets_clicked = Signal()
    thinking_chosen = Signal(str)
    """A value of `Thinking`."""

    def __init__(
        self, appearance: Appearance, parent: QWidget | None = None, *, attachments: bool, presets: bool
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._streaming = False
        self._tokens = 0
        self._attach = IconButton(appearance, "paperclip", self)
        self._attach.setObjectName("attachButton")
        self._attach.setVisible(attachments)
        self._attach.clicked.connect(self.attach_clicked)
        self._presets = IconButton(appearance, "square-slash", self)
        self._presets.setObjectName("presetsButton")
        self._presets.setVisible(presets)
        self._presets.clicked.connect(self.presets_clicked)
        self._think = ThinkChip(appearance, self)
        self._think.setObjectName("think")
        self._think.chosen.connect(self.thinking_chosen)
        self._estimate = Label(appearance, "caption", "textTertiary", self)
        self._estimate.setObjectName("tokenEstimate")
        self._escape = Label(appearance, "caption", "textTertiary", self)
        self._stop = StopButton(appearance, self)
        self._stop.setObjectName("stopButton")
        self._stop.clicked.connect(self.stop_clicked)
        self._send = IconButton(appearance, "arrow-up", self, kind=ButtonKind.FILLED)
        self._send.setObjectName("sendButton")
        self._send.clicked.connect(self.send_clicked)
        self._has_buttons = attachments or presets
        self._left, self._right, self._row = QHBoxLayout(), QHBoxLayout(), QHBoxLayout(self)
        for at_left in (self._attach, self._presets, self._think):
            self._left.addWidget(at_left)
        for at_right in (self._estimate, self._escape, self._stop, self._send):
            self._right.addWidget(at_right)
        self._row.addLayout(self._left)
        self._row.addStretch(1)
        self._row.addLayout(self._right)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()
        self.set_state(streaming=False, sendable=False)
        self.set_tokens(0)

    def set_state(self, *, streaming: bool, sendable: bool) -> None:
        """Show what can be done: while an answer streams a message is queued, else sent."""
        self._streaming = streaming
        self._escape.setVisible(streaming)
        self._stop.setVisible(streaming)
        self._send.setEnabled(sendable)
        self._send.set_icon("list-plus" if streaming else "arrow-up")
        self._name_send()

    def set_tokens(self, tokens: int) -> None:
        """Show about how many tokens the text is; nothing for 0."""
        self._tokens = tokens
        self._estimate.set_text(self._token_words())
        self._estimate.setVisible(tokens > 0)

    def show_thinking(self, choices: ThinkingChoices, thinking: Thinking) -> None:
        """Show what the model can be told about thinking, and what it is told."""
        self._think.show_choices(choices, thinking)

    def change_thinking(self) -> None:
        """Do what a click on the pill for thinking does."""
        self._think.activate()

    def _token_words(self) -> str:
        """Return a number no more exact than the estimate is."""
        if self._tokens == 1:
            return self.tr("about 1 token")
        step = 1 if self._tokens < 1_000 else 100 if self._tokens < 100_000 else 1_000
        count = QLocale().toString(round(self._tokens / step) * step)
        return self.tr("about {count} tokens").format(count=count)

    def _name_send(self) -> None:
        self._send.set_name(self.tr("Queue") if self._streaming else self.tr("Send"))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        edge = theme.length("s") + 1
        height = theme.length("button") + theme.length("m")
        self.setFixedHeight(height)
        # A button's icon stands under the first letter of the text, and so does a chip's edge.
        left = edge if self._has_buttons else theme.length("l")
        self._row.setContentsMargins(left, height - edge - theme.length("button"), edge, edge)
        self._left.setSpacing(theme.length("xs"))
        self._right.setSpacing(theme.length("s"))
        for words in (self._estimate, self._escape):
            words.setContentsMargins(0, 0, theme.length("xs"), 0)

    def _retranslate(self) -> None:
        self._attach.set_name(self.tr("Attach files"))
        self._presets.set_name(self.tr("Use a preset"), shortcut="/")
        self._stop.setText(self.tr("Stop"))
        self._escape.set_text(self.tr("Esc"))
        self._estimate.set_text(self._token_words())
        self._name_send()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
