"""Card with the state of the built-in engine: loaded model, memory and hardware. Only widgets and signals."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.models.ui.engine.engine_texts import size_text, tokens_text
from chatdesk.features.servers.services.built_in.server import EngineStatus
from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.icon_label import IconTile
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.tag import Tag, TagKind

_KINDS = {
    "stopped": TagKind.SUCCESS,
    "starting": TagKind.WARNING,
    "running": TagKind.SUCCESS,
    "failed": TagKind.DANGER,
}


class RunnerHead(QWidget):
    """The first row of a card of a program that runs models: icon, name with a tag, and a line below. Buttons follow in `row`."""

    def __init__(self, appearance: Appearance, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.name = Label(appearance, "label", "text", elide=True)
        self.tag = Tag(appearance)
        self.line = Label(appearance, "caption", "textSecondary", wrap=True)
        self._first = QHBoxLayout()
        self._first.addWidget(self.name)
        self._first.addWidget(self.tag)
        self._first.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(self._first)
        column.addWidget(self.line)
        self.row = QHBoxLayout(self)
        self.row.addWidget(IconTile(appearance, icon, self))
        self.row.addLayout(column, 1)
        appearance.bind(self._restyle)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        pad = theme.length("m")
        self.row.setContentsMargins(pad, pad, pad, pad)
        self.row.setSpacing(pad)
        self._first.setSpacing(theme.length("s"))


class EngineStateCard(Translated, Card):
    """State card. `unload_requested`: the button for unloading was clicked, which is enabled while no answer is in progress."""

    unload_requested = Signal()
    unfold_toggled = Signal(bool)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._status = EngineStatus()
        self._head = RunnerHead(appearance, "cpu", self)
        self._tag, self._line = self._head.tag, self._head.line
        self._line.setObjectName("engineModel")
        self._about = Label(appearance, "ui", "textSecondary", wrap=True)
        self._about.setObjectName("engineState")
        self._machine = Label(appearance, "caption", "textTertiary", wrap=True)
        self._machine.setObjectName("engineMachine")
        self._unload = Button(appearance, "", ButtonKind.PLAIN, small=True)
        self._unload.setObjectName("unloadModel")
        self._unload.clicked.connect(self.unload_requested)
        self._fold = IconButton(appearance, "chevron-down", size=IconButtonSize.ROW)
        self._fold.setObjectName("unfoldEngine")
        self._fold.setCheckable(True)
        self._fold.toggled.connect(self._on_toggled)
        self._head.row.addWidget(self._unload, 0, Qt.AlignmentFlag.AlignVCenter)
        self._head.row.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignVCenter)
        self._notice = Notice(appearance, self)
        self._notice.setObjectName("engineNotice")
        self.offers = QVBoxLayout()
        """Layout for offers below the state, as wide as the card."""
        self.offers.setSpacing(0)
        self._more = QVBoxLayout()
        for part in (self._about, self._notice, self._machine):
            self._more.addWidget(part)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._column.addWidget(self._head)
        self._column.addLayout(self._more)
        self._column.addLayout(self.offers)
        appearance.bind(self._restyle)
        self._retranslate()
        self.show_machine("")

    def set_unfolded(self, *, unfolded: bool) -> None:
        """Unfold or fold the card, as if its button was clicked."""
        self._fold.setChecked(unfolded)

    def focus(self) -> None:
        """Focus the button that unfolds the card."""
        self._fold.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_status(self, status: EngineStatus) -> None:
        """Show a state."""
        if status != self._status:
            self._status = status
            self._show_text()

    def show_machine(self, text: str) -> None:
        """Show the engine's hardware while the card is unfolded."""
        self._machine.set_text(text)
        self._show_parts()

    def _on_toggled(self, unfolded: bool) -> None:
        self._fold.set_icon("chevron-up" if unfolded else "chevron-down")
        self._retranslate()
        self.unfold_toggled.emit(unfolded)

    def _show_parts(self) -> None:
        unfolded = self._fold.isChecked()
        self._about.setVisible(unfolded or self._status.state != "stopped")
        self._machine.setVisible(unfolded and bool(self._machine.text()))
        self._notice.setVisible(self._status.has_old_settings)
        shown = (part.isVisibleTo(self) for part in (self._about, self._machine, self._notice))
        pad = self._appearance.theme.length("m")
        self._more.setContentsMargins(*((pad, 0, pad, pad) if any(shown) else (0, 0, 0, 0)))

    def _show_text(self) -> None:
        status = self._status
        states = {
            "stopped": self.tr("Ready"),
            "starting": self.tr("Loading"),
            "running": self.tr("Ready"),
            "failed": self.tr("Stopped unexpectedly"),
        }
        self._head.name.set_text(self.tr("Built-in engine"))
        self._tag.set_text(states[status.state])
        self._tag.set_kind(_KINDS[status.state])
        self._line.set_text(self._facts_text())
        self._about.set_text(self._sentence())
        self._unload.setText(self.tr("Unload"))
        self._unload.setVisible(status.state == "running")
        self._unload.setEnabled(not status.answers)
        if status.answers:
            text = self.tr("Your changes take effect after the current answer is complete.")
            self._notice.show_text(text)
        else:
            text = self.tr("Your changes take effect with the next question, when the model is reloaded.")
            self._notice.show_text(text)
        self._show_parts()

    def _facts_text(self) -> str:
        status = self._status
        if status.state != "running":
            return self.tr("No model is loaded")
        facts = [plain_line(status.model)]
        if status.offload == "full":
            facts.append(self.tr("on the graphics card"))
        elif status.offload == "half":
            facts.append(self.tr("half on the graphics card"))
        if status.memory_bytes:
            facts.append(self.tr("{size} of memory in use").format(size=size_text(status.memory_bytes)))
        return " · ".join(facts)

    def _sentence(self) -> str:
        status = self._status
        match status.state:
            case "running":
                facts = [self.tr("context {count} tokens").format(count=tokens_text(status.context_tokens))]
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
        self._more.setSpacing(self._appearance.theme.length("s"))
        self._show_parts()

    def _retranslate(self) -> None:
        self._fold.set_name(
            self.tr("Hide options, files and log") if self._fold.isChecked() else self.tr("Options, files and log")
        )
        self._show_text()
