"""List of downloads, each with its buttons."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.models.ui.downloads.pull_actions import PullActions
from chatdesk.features.models.ui.downloads.pull_progress import PullProgressLine
from chatdesk.kernel.errors.base import SignInNeeded
from chatdesk.kernel.errors.hub_errors import HubConsentMissing, HubGated
from chatdesk.kernel.errors.model_errors import PullNameMistyped
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import Pull
from chatdesk.ui_kit.errors.error_texts import describe_error
from chatdesk.ui_kit.errors.wording_types import NextStep
from chatdesk.ui_kit.forms.rows import WrappingRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label

# Row of one download: name, buttons and progress; for an unknown name, a similar one.


@dataclass(frozen=True, slots=True)
class ShownPull:
    """Download with the state of its server."""

    pull: Pull
    can_get: bool
    """Whether its server answers."""
    server: str = ""
    """Name of the server, if several can download; otherwise empty."""


class PullRow(Translated, QWidget):
    """Row of a download. `buttons` has the signals for its actions."""

    near_requested = Signal(str)
    page_requested = Signal(str)
    """The URL for signing in, or of the model."""
    sources_requested = Signal()
    """Show the settings of model sources."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ref = ModelRef("", "")
        self.buttons = PullActions(appearance, self, small=True)
        self._shown: ShownPull | None = None
        self._name = Label(appearance, "ui", "text", self, elide=True)
        self._name.setObjectName("pullName")
        self._near, self._page = "", ""
        self._get_near = Button(appearance, "", ButtonKind.OUTLINED, self, small=True)
        self._get_near.setObjectName("getNearModel")
        self._get_near.clicked.connect(lambda: self.near_requested.emit(self._near))
        self._sign_in = Button(appearance, "", ButtonKind.OUTLINED, self, small=True)
        self._sign_in.setObjectName("signInForModel")
        self._sign_in.clicked.connect(lambda: self.page_requested.emit(self._page))
        self._progress = PullProgressLine(appearance, self)
        self._steps = WrappingRow(appearance, self)
        self._sources = self._add_step(appearance, "sourcesForModel", self.sources_requested)
        self._model_page = self._add_step(appearance, "pageOfModel", lambda: self.page_requested.emit(self._page))
        line = QHBoxLayout()
        line.setSpacing(appearance.theme.length("s"))
        line.addWidget(self._name, 1)
        line.addWidget(self._get_near)
        line.addWidget(self._sign_in)
        line.addWidget(self.buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(appearance.theme.length("xs"))
        column.addLayout(line)
        column.addWidget(self._progress)
        column.addWidget(self._steps)

    def _add_step(self, appearance: Appearance, name: str, action: Callable[[], object] | SignalInstance) -> Button:
        """Add a button below the reason of a failure."""
        button = Button(appearance, "", ButtonKind.OUTLINED, small=True)
        button.setObjectName(name)
        button.clicked.connect(action)
        self._steps.add(button)
        return button

    def show_pull(self, shown: ShownPull) -> None:
        """Show a download."""
        if shown == self._shown:
            return
        self._shown = shown
        pull = shown.pull
        self.ref = pull.ref
        name = plain_line(pull.ref.model_id)
        self._name.set_text(f"{name} · {plain_line(shown.server)}" if shown.server else name)
        self.buttons.show_pull(pull, can_get=shown.can_get)
        self._progress.show_pull(pull)
        self._near = pull.error.near.partition(",")[0] if isinstance(pull.error, PullNameMistyped) else ""
        self._get_near.setVisible(bool(self._near) and shown.can_get)
        self._page = pull.error.sign_in_url if isinstance(pull.error, SignInNeeded) else ""
        self._sign_in.setVisible(bool(self._page))
        self._show_steps(pull)
        self._update_texts()

    def _show_steps(self, pull: Pull) -> None:
        """Show what helps against the error of a hub."""
        error = pull.error if pull.has_failed else None
        steps = {step.action_id: step.label for step in describe_error(error).actions} if error else {}
        if isinstance(error, HubGated | HubConsentMissing):
            self._page = error.page
        for button, step in ((self._sources, NextStep.MODEL_SOURCES), (self._model_page, NextStep.MODEL_PAGE)):
            button.setText(steps.get(step, ""))
            button.setVisible(step in steps)
        self._steps.setVisible(not {NextStep.MODEL_SOURCES, NextStep.MODEL_PAGE}.isdisjoint(steps))
        self._steps.arrange()

    def _update_texts(self) -> None:
        self._get_near.setText(self.tr("Download {model}").format(model=self._near))
        self._sign_in.setText(self.tr("Sign in…"))

    def _retranslate(self) -> None:
        if shown := self._shown:
            self._shown = None
            self.show_pull(shown)


class PullRows(QWidget):
    """List of downloads. Signals carry the download concerned; `near_requested` also the suggested name."""

    insisted = Signal(ModelRef)
    resumed = Signal(ModelRef)
    paused = Signal(ModelRef)
    cancelled = Signal(ModelRef)
    chat_requested = Signal(ModelRef)
    repaired = Signal(ModelRef)
    near_requested = Signal(ModelRef, str)
    page_requested = Signal(str)
    sources_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._pulls: Sequence[ShownPull] = ()
        self._rows: list[PullRow] = []
        self._add_timer = QTimer(self, singleShot=True, interval=0)
        """Adds one row at a time, because many at once would block the window."""
        self._add_timer.timeout.connect(self._add_row)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(appearance.theme.length("s"))

    def show_pulls(self, pulls: Sequence[ShownPull]) -> None:
        """Show the downloads."""
        self._pulls = pulls
        for position, row in enumerate(self._rows):
            row.setVisible(position < len(pulls))
            if position < len(pulls):
                row.show_pull(pulls[position])
        if not self._add_timer.isActive():
            self._add_row()

    def _add_row(self) -> None:
        position = len(self._rows)
        if position >= len(self._pulls):
            return
        row = PullRow(self._appearance, self)
        row.buttons.get_requested.connect(lambda: self.resumed.emit(row.ref))
        row.buttons.pause_requested.connect(lambda: self.paused.emit(row.ref))
        row.buttons.cancel_requested.connect(lambda: self.cancelled.emit(row.ref))
        row.buttons.chat_requested.connect(lambda: self.chat_requested.emit(row.ref))
        row.buttons.anyway_requested.connect(lambda: self.insisted.emit(row.ref))
        row.buttons.repair_requested.connect(lambda: self.repaired.emit(row.ref))
        row.page_requested.connect(self.page_requested)
        row.sources_requested.connect(self.sources_requested)
        row.near_requested.connect(lambda near: self.near_requested.emit(row.ref, near))
        self._rows.append(row)
        row.show_pull(self._pulls[position])
        self._column.addWidget(row)
        row.show()
        if len(self._rows) < len(self._pulls):
            self._add_timer.start()
