"""Presenter of the downloads panel below the model list."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.features.models.services.model_guide import ModelGuide
from chatdesk.features.models.ui.downloads.downloads_panel import DownloadsPanel
from chatdesk.features.models.ui.downloads.pull_rows import ShownPull
from chatdesk.features.models.ui.guide.guide_texts import hint_text
from chatdesk.features.servers.services.models import Models
from chatdesk.features.servers.ui.server_texts import server_name
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import PullChanged

_AFTER = 50
"""Milliseconds from a change until it is displayed: servers report every received chunk."""


class DownloadsPresenter(QObject):
    """Connects the panel with the downloads of the guide. Completed ones are omitted, since they appear in the list above.

    `is_seen` returns whether the panel is visible.
    """

    arrived = Signal(ModelRef)
    """A model that was entered here has been downloaded."""

    def __init__(self, panel: DownloadsPanel, guide: ModelGuide, models: Models, is_seen: Callable[[], bool]) -> None:
        super().__init__(panel)
        self._is_seen = is_seen
        self._panel = panel
        self._guide = guide
        self._models = models
        self._showing = QTimer(self, singleShot=True, interval=_AFTER)
        self._showing.timeout.connect(self.show)
        pulls, rows = guide.pulls, panel.rows
        self._awaited: ModelRef | None = None
        """The last model that was entered here; None if it is complete."""
        panel.named.connect(self._get)
        panel.typed.connect(self._say_what_is_known)
        rows.resumed.connect(pulls.resume)
        rows.insisted.connect(lambda ref: pulls.start(ref, insists=True))
        rows.paused.connect(pulls.pause)
        rows.cancelled.connect(pulls.cancel)
        rows.repaired.connect(pulls.repair)
        rows.near_requested.connect(self._get_near)
        self._end_listening = (
            pulls.changes.subscribe(self._on_pull),
            guide.changes.subscribe(lambda _change: self._say_what_is_known(panel.text, panel.server)),
            models.changes.subscribe(lambda _change: self._follow()),
        )

    def end(self) -> None:
        """Stop listening for changes."""
        self._showing.stop()
        for end in self._end_listening:
            end()

    def show(self) -> None:
        """Show the current downloads."""
        servers = self._guide.downloaders()
        names = {state.server.id: server_name(state.server) for state in servers}
        answer = {state.server.id for state in servers if state.status}
        several = len(servers) > 1
        self._panel.setVisible(bool(servers))
        self._panel.set_servers(list(names.items()), answer)
        self._panel.show_pulls(
            [
                ShownPull(pull, pull.ref.server_id in answer, names.get(pull.ref.server_id, "") if several else "")
                for pull in self._guide.pulls.all()
                if not pull.is_done
            ]
        )

    def _follow(self) -> None:
        if self._is_seen() and not self._showing.isActive():
            self._showing.start()

    def _get(self, text: str, server_id: str) -> None:
        self._guide.get_named(text, server_id)
        self._awaited = self._guide.pulls.all()[-1].ref if self._guide.pulls.all() else None

    def _on_pull(self, change: PullChanged) -> None:
        self._follow()
        pull = self._guide.pulls.find(change.ref)
        if change.ref == self._awaited and (pull is None or pull.is_done):
            self._awaited = None
            if pull and self._is_seen():
                self.arrived.emit(change.ref)

    def _say_what_is_known(self, text: str, server_id: str) -> None:
        """Show how a known variant would run, before it is downloaded."""
        row = self._guide.known_variant(text, server_id) if text.strip() else None
        self._panel.show_hint(hint_text(row.judgement) if row else "")

    def _get_near(self, ref: ModelRef, near: str) -> None:
        self._guide.pulls.cancel(ref)
        self._get(near, ref.server_id)
