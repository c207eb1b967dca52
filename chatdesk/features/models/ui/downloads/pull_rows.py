"""List of downloads, each with its progress and buttons."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.kernel.errors.base import ConnectionLost, ServerTimedOut, ServerUnreachable, SignInNeeded
from chatdesk.kernel.errors.hub_errors import HubBusy, HubConsentMissing, HubFailed, HubGated
from chatdesk.kernel.errors.model_errors import (
    ModelDiskShort,
    PartDamaged,
    PullBrokenOff,
    PullDiskShort,
    PullNameMistyped,
    RegistryUnreachable,
)
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.hubs import HubKind
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import Pull, PullState
from chatdesk.ui_kit.errors.error_texts import describe_error, sentence_and_consequence
from chatdesk.ui_kit.errors.wording_types import NextStep
from chatdesk.ui_kit.forms.rows import WrappingRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.text.download_texts import progress_text
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.card import Card, Rule
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.progress_bar import ProgressBar

_HUBS = {HubKind.HUGGING_FACE: "Hugging Face", HubKind.MODELSCOPE: "ModelScope", HubKind.OLLAMA: "Ollama"}
_SLOW, _LONG = 300_000, 600
"""Bytes per second and seconds: with less speed and more remaining time, another source is offered."""
_PASSING = (
    ConnectionLost,
    HubBusy,
    HubFailed,
    PullBrokenOff,
    RegistryUnreachable,
    ServerTimedOut,
    ServerUnreachable,
)
"""Errors after which the same download may succeed later."""


@dataclass(frozen=True, slots=True)
class ShownPull:
    """Download with the state of its server."""

    pull: Pull
    can_get: bool
    """Whether its server answers."""
    server: str = ""
    """Name of the server, if several can download; otherwise empty."""
    can_chat: bool = True
    """False for a model for embeddings, for example."""


class PullRow(Translated, QWidget):
    """Row of a download: name, percentage and buttons; below them its bar, a line of text, and the buttons of an error."""

    resume_requested = Signal()
    """Resume it when it is paused, or try it again now."""
    pause_requested = Signal()
    cancel_requested = Signal()
    """Cancel it, or remove a completed one from the list."""
    chat_requested = Signal()
    anyway_requested = Signal()
    """Download although the disk space seems insufficient."""
    source_requested = Signal()
    """Continue at another source."""
    folder_requested = Signal()
    """Choose another folder for models."""
    repair_requested = Signal()
    """Remove damaged parts of an earlier download, and download the model again."""
    near_requested = Signal(str)
    page_requested = Signal(str)
    """The URL for signing in, or of the model's page."""
    sources_requested = Signal()
    """Show the settings of model sources."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.ref = ModelRef("", "")
        self._shown: ShownPull | None = None
        self._near, self._page = "", ""
        self._shown_at = 0.0
        self._countdown_timer = QTimer(self, interval=1_000)
        self._countdown_timer.timeout.connect(self._count_down)
        self._name = Label(appearance, "ui", "text", self, elide=True, strong=True)
        self._name.setObjectName("pullName")
        self._percent = Label(appearance, "ui", "text", self)
        self._percent.setObjectName("pullPercent")

        def button(name: str, act: Callable[[], object] | SignalInstance, icon: str = "") -> Button:
            created = Button(appearance, "", ButtonKind.OUTLINED, self, small=True, icon=icon)
            created.setObjectName(name)
            created.clicked.connect(act)
            return created

        def icon_button(name: str, icon: str, act: Callable[[], object] | SignalInstance) -> IconButton:
            created = IconButton(appearance, icon, self, size=IconButtonSize.ROW)
            created.setObjectName(name)
            created.clicked.connect(act)
            return created

        self._again = button("getModel", self.resume_requested)
        self._chat = button("chatWithModel", self.chat_requested, "message-square")
        self._pause = icon_button("pausePull", "pause", self.pause_requested)
        self._resume = icon_button("resumePull", "play", self.resume_requested)
        self._cancel = icon_button("cancelPull", "x", self.cancel_requested)
        self._bar = ProgressBar(appearance, "", self)
        self._done = IconLabel(appearance, "circle-check", "success", self)
        self._text = Label(appearance, "caption", "textSecondary", self, wrap=True)
        self._text.setObjectName("pullProgress")
        self._failure = Label(appearance, "caption", "danger", self, wrap=True)
        self._failure.setObjectName("pullFailure")
        self._fixes = WrappingRow(appearance, self)
        self._anyway = button("getModelAnyway", self.anyway_requested)
        self._repair = button("repairDownload", self.repair_requested)
        self._folder = button("otherModelFolder", self.folder_requested)
        self._source = button("nextSource", self.source_requested)
        self._get_near = button("getNearModel", lambda: self.near_requested.emit(self._near))
        self._open_page = button("signInForModel", lambda: self.page_requested.emit(self._page))
        self._sources = button("sourcesForModel", self.sources_requested)
        self._model_page = button("pageOfModel", lambda: self.page_requested.emit(self._page))
        for fix in (
            self._source,
            self._folder,
            self._anyway,
            self._repair,
            self._get_near,
            self._open_page,
            self._sources,
            self._model_page,
        ):
            self._fixes.add(fix)
        self._line = QHBoxLayout()
        for part in (self._name, self._percent, self._again, self._chat, self._pause, self._resume, self._cancel):
            self._line.addWidget(part, 1 if part is self._name else 0)
        self._state_line = QHBoxLayout()
        self._state_line.addWidget(self._done)
        self._state_line.addWidget(self._text, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._line)
        self._column.addWidget(self._bar)
        self._column.addLayout(self._state_line)
        self._column.addWidget(self._failure)
        self._column.addWidget(self._fixes)
        appearance.bind(self._restyle)

    def show_pull(self, shown: ShownPull) -> None:
        """Show a download."""
        if shown == self._shown:
            return
        self._shown, self._shown_at = shown, time.monotonic()
        pull = shown.pull
        self.ref = pull.ref
        had_focus = next((part for part in self.findChildren(QWidget) if part.hasFocus()), None)
        self._show_buttons(pull, can_get=shown.can_get)
        self._chat.setVisible(pull.is_done and shown.can_chat)
        self._show_progress(pull)
        self._show_fixes(pull, can_get=shown.can_get)
        self._update_texts(shown)
        self._fixes.setVisible(any(not each.isHidden() for each in self._fixes.findChildren(Button)))
        self._fixes.arrange()
        if pull.state is PullState.RETRYING:
            self._countdown_timer.start()
        else:
            self._countdown_timer.stop()
        if had_focus is not None and had_focus.isHidden():
            self._move_focus()

    def _show_buttons(self, pull: Pull, *, can_get: bool) -> None:
        is_damaged = isinstance(pull.error, PartDamaged) and bool(pull.error.files)
        self._again.setVisible(pull.state is PullState.RETRYING or (pull.has_failed and not is_damaged))
        self._again.setEnabled(can_get)
        self._pause.setVisible(pull.state in {PullState.WAITING, PullState.RUNNING})
        self._resume.setVisible(pull.state is PullState.PAUSED)
        self._resume.setEnabled(can_get)
        counts = {PullState.WAITING, PullState.RUNNING, PullState.PAUSED}
        self._percent.setVisible(bool(pull.progress.total) and pull.state in counts)

    def _show_progress(self, pull: Pull) -> None:
        failed = pull.has_failed
        color = {PullState.PAUSED: "borderControl", PullState.RETRYING: "warning"}.get(pull.state, "accent")
        if failed:
            color = "warning" if isinstance(pull.error, _PASSING) else "danger"
        self._bar.set_color(color)
        self._bar.set_fraction(pull.progress.fraction)
        self._bar.setVisible(not pull.is_done and (not failed or bool(pull.progress.completed)))
        self._done.setVisible(pull.is_done)
        self._text.set_color(
            {PullState.RETRYING: "warning", PullState.DONE: "success"}.get(pull.state, "textSecondary")
        )
        self._failure.set_color(color if failed else "danger")
        self._failure.setVisible(failed)
        running = pull.state is PullState.RUNNING
        self._percent.set_color("text" if running else "textSecondary")

    def _show_fixes(self, pull: Pull, *, can_get: bool) -> None:
        error = pull.error if pull.has_failed else None
        self._anyway.setVisible(isinstance(error, PullDiskShort) and not isinstance(error, ModelDiskShort))
        self._anyway.setEnabled(can_get)
        self._repair.setVisible(isinstance(error, PartDamaged) and bool(error.files))
        self._repair.setEnabled(can_get)
        self._folder.setVisible(isinstance(error, ModelDiskShort))
        self._source.setVisible(_next_hub(pull) is not None and _is_slow(pull))
        self._near = error.near.partition(",")[0] if isinstance(error, PullNameMistyped) else ""
        self._get_near.setVisible(bool(self._near) and can_get)
        self._page = error.sign_in_url if isinstance(error, SignInNeeded) else ""
        self._open_page.setVisible(bool(self._page))
        if isinstance(error, HubGated | HubConsentMissing):
            self._page = error.page
        steps = {step.action_id: step.label for step in describe_error(error).actions} if error else {}
        for button, step in ((self._sources, NextStep.MODEL_SOURCES), (self._model_page, NextStep.MODEL_PAGE)):
            button.setText(steps.get(step, ""))
            button.setVisible(step in steps)

    def _update_texts(self, shown: ShownPull) -> None:
        pull = shown.pull
        name = plain_line(pull.download.name if pull.download else pull.ref.model_id)
        self._name.set_text(f"{name} · {plain_line(shown.server)}" if shown.server else name)
        percent = min(99, int(pull.progress.fraction * 100))
        self._percent.set_text(self.tr("{percent}%").format(percent=percent))
        self._bar.setAccessibleName(name)
        text = progress_text(pull)
        self._text.set_text(text)
        self._text.setVisible(bool(text))
        source = pull.progress.source
        self._text.setToolTip(self.tr("From {host}").format(host=plain_line(source)) if source else "")
        self._failure.set_text(
            sentence_and_consequence(describe_error(pull.error)) if pull.has_failed and pull.error else ""
        )
        self._again.setText(self.tr("Try again"))
        self._again.setAccessibleName(f"{self._again.text()}: {name}")
        why = "" if shown.can_get else self.tr("Ollama is not responding.")
        self._again.setToolTip(why)
        self._chat.setText(self.tr("Chat"))
        self._chat.setAccessibleName(self.tr("Chat with {model}").format(model=name))
        self._pause.set_name(self.tr("Pause download of {model}").format(model=name))
        self._resume.set_name(self.tr("Resume download of {model}").format(model=name))
        cancel = self.tr("Remove {model} from the list") if pull.is_done else self.tr("Cancel download of {model}")
        self._cancel.set_name(cancel.format(model=name))
        if hub := _next_hub(pull):
            self._source.setText(self.tr("Slow? Try {hub}").format(hub=_HUBS[hub]))
        self._folder.setText(self.tr("Choose a folder…"))
        self._anyway.setText(self.tr("Download anyway"))
        self._repair.setText(self.tr("Remove and download again"))
        self._get_near.setText(self.tr("Download {model}").format(model=self._near))
        self._open_page.setText(self.tr("Sign in…"))

    def _move_focus(self) -> None:
        """Move the focus from a button that has disappeared to the one that replaces it."""
        buttons = (self._chat, self._again, self._repair, self._pause, self._resume, self._cancel)
        if button := next((each for each in buttons if not each.isHidden() and each.isEnabled()), None):
            button.setFocus()

    def _count_down(self) -> None:
        """Show the seconds until the next attempt."""
        if shown := self._shown:
            left = max(0.0, shown.pull.waits - (time.monotonic() - self._shown_at))
            self._text.set_text(progress_text(replace(shown.pull, waits=left)))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side, small = theme.length("l"), theme.length("s")
        self._column.setContentsMargins(side, theme.length("m") - theme.length("hair"), side, theme.length("m"))
        self._column.setSpacing(theme.length("xs"))
        self._line.setSpacing(small)
        self._state_line.setSpacing(theme.length("xs"))

    def _retranslate(self) -> None:
        if self._shown:
            self._update_texts(self._shown)


def _next_hub(pull: Pull) -> HubKind | None:
    """Return the hub of the next source; None if there is only one hub."""
    hubs = [source.hub for source in pull.download.sources] if pull.download else []
    return next((hub for hub in hubs if hub is not hubs[0]), None)


def _is_slow(pull: Pull) -> bool:
    """Return whether a download is so slow that another source is worth a try."""
    is_running = pull.state is PullState.RUNNING and pull.speed is not None and pull.seconds_left is not None
    return is_running and (pull.speed or 0) < _SLOW and (pull.seconds_left or 0) > _LONG


class PullRows(Card):
    """List of downloads in a card. Signals carry the download concerned; `near_requested` also the suggested name."""

    insisted = Signal(ModelRef)
    source_switched = Signal(ModelRef)
    resumed = Signal(ModelRef)
    paused = Signal(ModelRef)
    cancelled = Signal(ModelRef)
    chat_requested = Signal(ModelRef)
    repaired = Signal(ModelRef)
    near_requested = Signal(ModelRef, str)
    page_requested = Signal(str)
    sources_requested = Signal()
    folder_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent, fill="page")
        self._pulls: Sequence[ShownPull] = ()
        self._rows: list[PullRow] = []
        self._rules: list[Rule] = []
        """The line above each row but the first."""
        self._add_timer = QTimer(self, singleShot=True, interval=0)
        """Adds one row at a time, because many at once would block the window."""
        self._add_timer.timeout.connect(self._add_row)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_pulls(self, pulls: Sequence[ShownPull]) -> None:
        """Show the downloads."""
        self._pulls = pulls
        for position, row in enumerate(self._rows):
            row.setVisible(position < len(pulls))
            if position:
                self._rules[position - 1].setVisible(position < len(pulls))
            if position < len(pulls):
                row.show_pull(pulls[position])
        if not self._add_timer.isActive():
            self._add_row()

    def _add_row(self) -> None:
        position = len(self._rows)
        if position >= len(self._pulls):
            return
        row = PullRow(self._appearance, self)
        row.resume_requested.connect(lambda: self.resumed.emit(row.ref))
        row.pause_requested.connect(lambda: self.paused.emit(row.ref))
        row.cancel_requested.connect(lambda: self.cancelled.emit(row.ref))
        row.chat_requested.connect(lambda: self.chat_requested.emit(row.ref))
        row.source_requested.connect(lambda: self.source_switched.emit(row.ref))
        row.anyway_requested.connect(lambda: self.insisted.emit(row.ref))
        row.repair_requested.connect(lambda: self.repaired.emit(row.ref))
        row.page_requested.connect(self.page_requested)
        row.sources_requested.connect(self.sources_requested)
        row.folder_requested.connect(self.folder_requested)
        row.near_requested.connect(lambda near: self.near_requested.emit(row.ref, near))
        if position:
            rule = Rule(self._appearance, self)
            self._rules.append(rule)
            self._column.addWidget(rule)
        self._rows.append(row)
        row.show_pull(self._pulls[position])
        self._column.addWidget(row)
        row.show()
        if len(self._rows) < len(self._pulls):
            self._add_timer.start()
