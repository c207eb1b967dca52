"""Card with the state of the engine: loaded model, memory and hardware. Only widgets and signals."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.models.ui.engine.engine_texts import size_text, tokens_text
from chatdesk.features.servers.services.built_in.server import EngineStatus
from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.tag import Tag, TagKind

_KINDS = {
    "stopped": TagKind.NEUTRAL,
    "starting": TagKind.WARNING,
    "running": TagKind.SUCCESS,
    "failed": TagKind.DANGER,
}


class EngineStateCard(Translated, Card):
    """State card. `unload_requested`: the button for unloading was clicked, which is enabled while no answer is in progress."""

    unload_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._status = EngineStatus()
        self._name = Label(appearance, "label", "text", elide=True)
        self._name.setObjectName("engineModel")
        self._tag = Tag(appearance)
        self._facts = Label(appearance, "ui", "textSecondary", wrap=True)
        self._facts.setObjectName("engineState")
        self._machine = Label(appearance, "caption", "textTertiary", wrap=True)
        self._machine.setObjectName("engineMachine")
        self._unload = Button(appearance, "", small=True)
        self._unload.setObjectName("unloadModel")
        self._unload.clicked.connect(self.unload_requested)
        self._notice = Notice(appearance, self)
        self._notice.setObjectName("engineNotice")
        self._head = QHBoxLayout()
        self._head.addWidget(self._name)
        self._head.addWidget(self._tag)
        self._head.addStretch(1)
        self._head.addWidget(self._unload)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        for part in (self._facts, self._notice, self._machine):
            self._column.addWidget(part)
        appearance.bind(self._restyle)
        self._show_text()
        self.show_machine("")

    def show_status(self, status: EngineStatus) -> None:
        """Show a state."""
        if status != self._status:
            self._status = status
            self._show_text()

    def show_machine(self, text: str) -> None:
        """Show the engine's hardware; an empty text hides it."""
        self._machine.set_text(text)
        self._machine.setVisible(bool(text))

    def _show_text(self) -> None:
        status = self._status
        states = {
            "stopped": self.tr("Not running"),
            "starting": self.tr("Loading"),
            "running": self.tr("Running"),
            "failed": self.tr("Stopped unexpectedly"),
        }
        self._name.set_text(plain_line(status.model) or self.tr("No model is loaded"))
        self._tag.set_text(states[status.state])
        self._tag.set_kind(_KINDS[status.state])
        self._facts.set_text(self._sentence())
        self._unload.setText(self.tr("Unload"))
        self._unload.setVisible(status.state == "running")
        self._unload.setEnabled(not status.answers)
        self._notice.setVisible(status.has_old_settings)
        if status.answers:
            text = self.tr("Your changes take effect after the current answer is complete.")
            self._notice.show_text(text)
        else:
            text = self.tr("Your changes take effect with the next question, when the model is reloaded.")
            self._notice.show_text(text)

    def _sentence(self) -> str:
        status = self._status
        match status.state:
            case "running":
                facts = [self.tr("context {count} tokens").format(count=tokens_text(status.context_tokens))]
                if status.memory_bytes:
                    facts.append(self.tr("{size} of memory in use").format(size=size_text(status.memory_bytes)))
                if status.answers:
                    facts.append(self.tr("%n answer(s) being written", "", status.answers))
                return " · ".join(facts)
            case "failed":
                return self.tr("See the log below for its last output. It restarts with the next question.")
            case "starting":
                return self.tr("You can see the progress, and stop it, in the chat that is waiting for it.")
            case _:
                return self.tr("It starts when a chat uses one of its models, and stops when you quit Chatdesk.")

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._column.setContentsMargins(*[theme.length("l")] * 4)
        self._column.setSpacing(theme.length("s"))
        self._head.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        self._show_text()
