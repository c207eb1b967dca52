"""What runs the models of this computer: the built-in engine, Ollama, and where to find everything else."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.features.models.ui.engine.engine_card import EngineCard
from chatdesk.features.models.ui.engine.engine_state_card import RunnerHead
from chatdesk.features.models.ui.page.listed_rows import ServerHeading
from chatdesk.features.servers.services.models import ServerState
from chatdesk.kernel.errors.base import ServerUnreachable
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.tag import TagKind


@dataclass(frozen=True, slots=True)
class Runner:
    """A server on this computer that runs models, as its card shows it."""

    server_id: str
    name: str
    state: str
    kind: TagKind
    facts: str
    """What it holds, or what is known about it."""
    step: str = ""
    """What helps if it does not answer: "start", "get" or "doctor"; empty for nothing."""


def runner_of(state: ServerState, heading: ServerHeading, *, is_installed: bool | None) -> Runner:
    """Return what the card of a server shows. `is_installed`: whether Ollama is installed; None while that is unknown."""
    translate = QCoreApplication.translate
    server, error = state.server, state.error
    runner = Runner(server.id, heading.name, translate("Runners", "Checking…"), TagKind.NEUTRAL, "")
    if state.status:
        version = state.status.version
        known = translate("Runners", "Version {version}").format(version=plain_line(version)) if version else ""
        facts = " · ".join(filter(None, (known, heading.holds)))
        return replace(runner, state=translate("Runners", "Running"), kind=TagKind.SUCCESS, facts=facts)
    if error is None:
        return runner
    if not isinstance(error, ServerUnreachable):
        problem = translate("Runners", "Problem")
        return replace(runner, state=problem, kind=TagKind.DANGER, facts=heading.state_text, step="doctor")
    stopped = replace(runner, state=translate("Runners", "Stopped"), kind=TagKind.WARNING, step="doctor")
    if not server.manages_models or is_installed is None:
        return stopped
    if is_installed:
        return replace(stopped, facts=translate("Runners", "Installed"), step="start")
    return replace(
        runner,
        state=translate("Runners", "Not installed"),
        facts=translate("Runners", "Not needed: the built-in engine runs models without it."),
        step="get",
    )


class Runners(Translated, QWidget):
    """The column. `engine` is the card of the built-in engine."""

    opened = Signal(str)
    """The details of a server are requested; its ID."""
    step_requested = Signal(str, str)
    """The ID of a server, and the step that helps."""

    def __init__(self, appearance: Appearance, engine: EngineCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.engine = engine
        self._title = Label(appearance, "label", "text")
        self._cards: dict[str, RunnerCard] = {}
        self._hint = Label(appearance, "caption", "textSecondary", wrap=True)
        self._servers = QVBoxLayout()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._title)
        self._column.addWidget(engine)
        self._column.addLayout(self._servers)
        self._column.addWidget(self._hint)
        self._column.addStretch(1)
        appearance.bind(self._restyle)
        self._retranslate()

    def show_servers(self, runners: Sequence[Runner]) -> None:
        """Show the servers on this computer."""
        names = {runner.server_id for runner in runners}
        for server_id in self._cards.keys() - names:
            card = self._cards.pop(server_id)
            self._servers.removeWidget(card)
            card.hide()
            card.deleteLater()
        for runner in runners:
            card = self._cards.get(runner.server_id) or self._add(runner.server_id)
            card.show_runner(runner)

    def _add(self, server_id: str) -> "RunnerCard":
        card = self._cards[server_id] = RunnerCard(self._appearance, self)
        card.opened.connect(lambda: self.opened.emit(server_id))
        card.step_requested.connect(lambda step: self.step_requested.emit(server_id, step))
        self._servers.addWidget(card)
        card.show()
        return card

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._column.setSpacing(theme.length("m"))
        self._servers.setSpacing(theme.length("m"))
        self._title.setMinimumHeight(theme.length("hitSmall"))

    def _retranslate(self) -> None:
        self._title.set_text(self.tr("What runs them"))
        self._hint.set_text(self.tr("Servers elsewhere and keys are under Providers."))


class RunnerCard(Translated, Card):
    """Card of a server on this computer: its state, what helps if it does not answer, and the way to its details."""

    opened = Signal()
    step_requested = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._runner: Runner | None = None
        self._head = RunnerHead(appearance, "server", self)
        self._step = Button(appearance, "", small=True)
        self._step.setObjectName("runnerStep")
        self._step.clicked.connect(self._request_step)
        self._more = IconButton(appearance, "chevron-right", size=IconButtonSize.ROW)
        self._more.setObjectName("runnerDetails")
        self._more.clicked.connect(self.opened)
        for part in (self._step, self._more):
            self._head.row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self._head)

    def show_runner(self, runner: Runner) -> None:
        """Show a server."""
        if runner != self._runner:
            self._runner = runner
            self.setObjectName(f"runner.{runner.server_id}")
            self._retranslate()

    def _request_step(self) -> None:
        if self._runner:
            self.step_requested.emit(self._runner.step)

    def _retranslate(self) -> None:
        if (runner := self._runner) is None:
            return
        self._head.name.set_text(plain_line(runner.name))
        self._head.tag.set_text(runner.state)
        self._head.tag.set_kind(runner.kind)
        self._head.line.set_text(runner.facts)
        label, icon = {
            "start": (self.tr("Start it"), "play"),
            "get": (self.tr("Get Ollama"), "external-link"),
            "doctor": (self.tr("Troubleshoot"), "unplug"),
        }.get(runner.step, ("", ""))
        self._step.setVisible(bool(label))
        self._step.setText(label)
        self._step.set_icon(icon)
        self._more.set_name(self.tr("Details of {name}").format(name=plain_line(runner.name)))
