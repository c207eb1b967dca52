"""Recommendations on the models page: the suitable sizes of DeepSeek, and buttons for downloading and chatting."""

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.models.services.model_guide import GUIDE_CONTEXTS, GuideChanged, GuideRow, GuideState, ModelGuide
from chatdesk.features.models.ui.guide.guide_texts import context_text
from chatdesk.features.models.ui.guide.variant_row import VariantRow
from chatdesk.features.servers.services.models import Models
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.forms.rows import RowCard
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.segments import Segments


class Recommendations(Translated, QWidget):
    """Recommendations. Downloads continue while they are not shown (`features/models/ui/downloads/pull_presenter.py`)."""

    chat_requested = Signal(ModelRef)
    servers_requested = Signal()
    doctor_requested = Signal(str)
    """The ID of the Ollama server that does not answer."""

    def __init__(
        self,
        appearance: Appearance,
        guide: ModelGuide,
        models: Models,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._guide = guide
        self._models = models
        self._tasks = tasks
        self._ollama_notice = _OllamaNotice(appearance, self)
        self._ollama_notice.settings.clicked.connect(self.servers_requested)
        self._ollama_notice.why.clicked.connect(self._request_doctor)
        self._context_name = Label(appearance, "ui", "text", self)
        self._contexts = Segments(appearance, "", self)
        self._contexts.setObjectName("guideContext")
        self._contexts.chosen.connect(lambda key: guide.set_context(int(key)))
        self._context_hint = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._card = RowCard(appearance, self)
        self._rows: list[VariantRow] = []
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._add_row_and_show)
        self._advice = Label(appearance, "caption", "textSecondary", self, wrap=True)
        self._advice.setObjectName("advice")
        self._error = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._lay_out()
        self._end_listening = guide.changes.subscribe(self._on_change)
        appearance.bind(self._restyle)
        self._retranslate()

    def open(self) -> None:
        """Refresh the machine and the servers."""
        self._refresh_all()

    def focus(self) -> None:
        """Focus the choice of context lengths."""
        self._contexts.focus()

    def refresh(self) -> None:
        """Inspect the machine again, if visible; the page refreshes the servers."""
        if self.isVisible():
            self._tasks.start(self._guide.refresh(), "look at the machine")

    def end(self) -> None:
        """Stop listening for changes."""
        self._end_listening()

    def _refresh_all(self) -> None:
        self._tasks.start(self._guide.refresh(), "look at the machine")
        for state in self._models.states():
            self._tasks.start(self._models.refresh_server(state.server), "refresh server")

    def _on_change(self, _change: GuideChanged) -> None:
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        state = self._guide.state()
        self._contexts.choose(str(state.context))
        self._ollama_notice.setVisible(state.is_ready and not state.server_answers)
        self._ollama_notice.why.setVisible(state.server is not None)
        usual = [row for row in state.rows if row.judgement.variant.usual]
        if len(self._rows) < len(usual):  # one at a time: all at once would block the window
            self._more.start()
        for shown, row in zip(self._rows, usual, strict=False):
            label = row.judgement.variant.size_label
            others = [each for each in state.rows if each.judgement.variant.size_label == label and each not in usual]
            shown.show_row(row, others, state.machine, can_get=state.server_answers)
        self._card.setVisible(bool(usual))
        for part in (
            self._advice,
            self._error,
        ):  # shown last, so that nothing moves under the pointer while rows are added
            part.setVisible(state.is_ready and len(self._rows) == len(usual))
        self._show_advice(state)

    def _show_advice(self, state: GuideState) -> None:
        advised = state.advice.parameters
        if advised.temperature is None or advised.top_p is None:
            self._advice.set_text("")
            return
        text = self.tr(
            "As DeepSeek recommends, chats with R1 start with temperature {temperature} and top-p {top_p}, and "
            "put instructions in the question instead of a system message. They use the context length chosen "
            "here."
        )
        locale = self.locale()
        self._advice.set_text(
            text.format(
                temperature=locale.toString(advised.temperature, "g", 3), top_p=locale.toString(advised.top_p, "g", 3)
            )
        )

    def _add_row_and_show(self) -> None:
        self._add_row()
        self._show()

    def _add_row(self) -> None:
        row = VariantRow(self._appearance, self._card)
        row.get_requested.connect(self._guide.get)
        row.pause_requested.connect(lambda about: self._guide.pulls.pause(about.ref))
        row.anyway_requested.connect(lambda about: self._guide.get(about, ignore_disk_space=True))
        row.cancel_requested.connect(lambda about: self._guide.pulls.cancel(about.ref))
        row.repair_requested.connect(lambda about: self._guide.pulls.repair(about.ref))
        row.chat_requested.connect(self._chat)
        row.server_requested.connect(self.servers_requested)
        self._rows.append(row)
        self._card.add_row(row)

    def _request_doctor(self) -> None:
        if server := self._guide.state().server:
            self.doctor_requested.emit(server.server.id)

    def _chat(self, row: GuideRow) -> None:
        if row.ref:
            self._guide.prepare_chat(row.ref)
            self.chat_requested.emit(row.ref)

    def _lay_out(self) -> None:
        self._context_line = QHBoxLayout()
        self._context_line.addWidget(self._context_name)
        self._context_line.addWidget(self._contexts)
        self._context_line.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._ollama_notice)
        self._column.addLayout(self._context_line)
        self._column.addWidget(self._context_hint)
        self._column.addWidget(self._card)
        self._column.addWidget(self._advice)
        self._column.addWidget(self._error)
        self._ollama_notice.hide()
        for part in (self._card, self._advice, self._error):
            part.hide()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._context_line.setSpacing(theme.length("m"))
        self._column.setSpacing(theme.length("m"))

    def _retranslate(self) -> None:
        self._context_name.set_text(self.tr("Context"))
        self._contexts.setAccessibleName(self.tr("Context length, in tokens"))
        self._contexts.set_segments([(str(tokens), context_text(tokens)) for tokens in GUIDE_CONTEXTS])
        self._context_hint.set_text(
            self.tr(
                "The maximum length of a chat in tokens, including reasoning, which needs at least 8K. A longer "
                "context uses more memory."
            )
        )
        self._error.set_text(
            self.tr(
                "These are estimates. For 8b and larger models, memory is within 6% of what Ollama reports. Speed is "
                "based on memory bandwidth and can be off by up to a quarter on graphics cards, and by half or "
                "double on CPUs. Download sizes use units of 1,000, memory sizes units of 1,024."
            )
        )
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Show the current state, which may have changed while hidden."""
        super().showEvent(event)
        self._show()

    def event(self, event: QEvent) -> bool:
        """Refresh when the window is activated: models can also be changed in a terminal."""
        if event.type() is QEvent.Type.WindowActivate and self.isVisible():
            self._refresh_all()
        return super().event(event)


class _OllamaNotice(Translated, QWidget):
    """Notice that no Ollama server answers, with buttons that help."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._text_label = Label(appearance, "ui", "text", self, wrap=True)
        self._text_label.setObjectName("noOllama")
        self.settings = Button(appearance, "", ButtonKind.OUTLINED, self)
        self.settings.setObjectName("guideServers")
        self.why = Button(appearance, "", ButtonKind.OUTLINED, self)
        self.why.setObjectName("guideDoctor")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(appearance.theme.length("s"))
        line.addWidget(IconLabel(appearance, "triangle-alert", "warning", self))
        line.addWidget(self._text_label, 1)
        line.addWidget(self.settings)
        line.addWidget(self.why)
        self._retranslate()

    def _retranslate(self) -> None:
        self._text_label.set_text(
            self.tr("Ollama, which downloads and runs these models, is not responding. Start it, or check its address.")
        )
        self.settings.setText(self.tr("Provider settings"))
        self.why.setText(self.tr("Troubleshoot"))
