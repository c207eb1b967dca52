"""Presenter of the downloads panel."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.features.models.services.model_catalogue import ModelCatalogue
from chatdesk.features.models.ui.downloads.downloads_panel import DownloadsPanel
from chatdesk.features.models.ui.downloads.pull_presenter import UPDATE_INTERVAL
from chatdesk.features.models.ui.downloads.pull_rows import ShownPull
from chatdesk.features.models.ui.judgement_texts import hint_text
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.ui.server_texts import server_name
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import PullChanged, PullState

_STATE_DELAY = 50
"""Milliseconds from a change of a state until it is displayed."""


class DownloadsPresenter(QObject):
    """Connects the panel with the downloads.

    `is_seen` returns whether the panel is visible.
    """

    arrived = Signal(ModelRef)
    """A model that was entered here has been downloaded."""

    def __init__(
        self, panel: DownloadsPanel, catalogue: ModelCatalogue, models: Models, is_seen: Callable[[], bool]
    ) -> None:
        super().__init__(panel)
        self._is_seen = is_seen
        self._panel = panel
        self._catalogue = catalogue
        self._models = models
        self._update_timer = QTimer(self, singleShot=True, interval=_STATE_DELAY)
        self._update_timer.timeout.connect(self.show)
        pulls, rows = catalogue.pulls, panel.rows
        self._awaited_ref: ModelRef | None = None
        """The last model that was entered here; None if it is complete."""
        self._states: dict[ModelRef, PullState] = {}
        """The states of the downloads as last announced."""
        panel.named.connect(self._get)
        panel.typed.connect(self._show_hint)
        rows.resumed.connect(pulls.resume)
        rows.insisted.connect(lambda ref: pulls.start(ref, ignore_disk_space=True))
        rows.source_switched.connect(pulls.switch_source)
        rows.paused.connect(pulls.pause)
        rows.cancelled.connect(pulls.cancel)
        rows.repaired.connect(pulls.repair)
        rows.near_requested.connect(self._get_near)
        self._end_listening = (
            pulls.changes.subscribe(self._on_pull),
            catalogue.changes.subscribe(lambda _change: self._show_hint(panel.text, panel.server)),
            models.changes.subscribe(lambda _change: self._schedule_update(_STATE_DELAY)),
        )

    def end(self) -> None:
        """Stop listening for changes."""
        self._update_timer.stop()
        for end in self._end_listening:
            end()

    def show(self) -> None:
        """Show the current downloads."""
        servers = self._catalogue.downloaders()
        names = {state.server.id: server_name(state.server) for state in servers}
        answer = {state.server.id for state in servers if state.status}
        several = len(servers) > 1
        self._panel.set_servers(list(names.items()), answer)
        self._panel.show_pulls(
            [
                ShownPull(
                    pull,
                    bool(pull.download) or pull.ref.server_id in answer,
                    names.get(pull.ref.server_id, "") if several else "",
                    self._models.can_chat(pull.ref),
                )
                for pull in self._catalogue.pulls.all()
            ]
        )

    def _schedule_update(self, delay: int) -> None:
        """Show the downloads after `delay` milliseconds at the latest."""
        if self._is_seen() and not 0 <= self._update_timer.remainingTime() <= delay:
            self._update_timer.start(delay)

    def _get(self, text: str, server_id: str) -> None:
        self._catalogue.download_named(text, server_id)
        self._awaited_ref = self._catalogue.pulls.all()[-1].ref if self._catalogue.pulls.all() else None

    def _on_pull(self, change: PullChanged) -> None:
        pull = self._catalogue.pulls.find(change.ref)
        before = self._states.pop(change.ref, None)
        if pull:
            self._states[change.ref] = pull.state
        is_progress = pull is not None and pull.state is before
        self._schedule_update(UPDATE_INTERVAL if is_progress else _STATE_DELAY)
        if change.ref == self._awaited_ref and (pull is None or pull.is_done):
            self._awaited_ref = None
            if pull and self._is_seen():
                self.arrived.emit(change.ref)

    def _show_hint(self, text: str, server_id: str) -> None:
        """Show how a model of the catalogue would run, before it is downloaded."""
        judgement = self._catalogue.judge_named(text, server_id) if text.strip() else None
        self._panel.show_hint(hint_text(judgement) if judgement else "")

    def _get_near(self, ref: ModelRef, near: str) -> None:
        self._catalogue.pulls.cancel(ref)
        self._get(near, ref.server_id)
