"""The downloads below the list of models: shown as they are, and what a person does with them."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from chatdesk.domain.model import ModelRef
from chatdesk.services.model_guide import ModelGuide
from chatdesk.services.models import Models
from chatdesk.ui.guide.guide_words import hint_words
from chatdesk.ui.guide.pull_row import ShownPull
from chatdesk.ui.models_page.downloads_panel import DownloadsPanel
from chatdesk.ui.server_words import server_name

_AFTER = 50
"""Milliseconds from a change until it is shown: servers tell of every piece that came."""


class DownloadsPresenter(QObject):
    """Made when the guide is: it holds the downloads. Those that are done stand in the list above, so they are left out.

    `is_seen` tells whether anybody looks.
    """

    def __init__(self, panel: DownloadsPanel, guide: ModelGuide, models: Models, is_seen: Callable[[], bool]) -> None:
        super().__init__(panel)
        self._is_seen = is_seen
        self._panel = panel
        self._guide = guide
        self._models = models
        self._showing = QTimer(self, singleShot=True, interval=_AFTER)
        self._showing.timeout.connect(self.show)
        pulls, rows = guide.pulls, panel.rows
        panel.named.connect(guide.get_named)
        panel.typed.connect(self._say_what_is_known)
        rows.resumed.connect(pulls.resume)
        rows.insisted.connect(lambda ref: pulls.start(ref, insists=True))
        rows.paused.connect(pulls.pause)
        rows.cancelled.connect(pulls.cancel)
        rows.near_wanted.connect(self._get_near)
        self._end_listening = (
            pulls.changes.subscribe(lambda _change: self._follow()),
            models.changes.subscribe(lambda _change: self._follow()),
        )

    def end(self) -> None:
        """Listen no longer."""
        self._showing.stop()
        for end in self._end_listening:
            end()

    def show(self) -> None:
        """Show how they are now."""
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

    def _say_what_is_known(self, text: str, server_id: str) -> None:
        """Say how a variant that the guide knows would run, before it is got."""
        row = self._guide.known_variant(text, server_id) if text.strip() else None
        self._panel.show_hint(hint_words(row.judgement) if row else "")

    def _get_near(self, ref: ModelRef, near: str) -> None:
        self._guide.pulls.cancel(ref)
        self._guide.get_named(near, ref.server_id)
