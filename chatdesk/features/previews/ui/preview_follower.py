"""Follows answers while they are being written: updates open code, runs it when complete, and opens pages automatically."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
from chatdesk.features.previews.domain.artifact import ArtifactKind
from chatdesk.features.previews.ui.preview_presenter import PreviewPresenter
from chatdesk.features.previews.ui.runnable_code import versions_of
from chatdesk.features.previews.ui.runnable_finder import RunnableFinder
from chatdesk.kernel.chat.message import Message, MessageState
from chatdesk.kernel.settings.declarations import OPEN_PREVIEWS
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.tasks import Tasks

_OPENED_AUTOMATICALLY = frozenset({ArtifactKind.HTML, ArtifactKind.SVG, ArtifactKind.REACT, ArtifactKind.MERMAID})
_FOLLOW_MILLISECONDS = 150
"""Update interval for code that is being written, so that not every token causes an update."""


class PreviewFollower(QObject):
    """A page does not restart while its code grows: it runs when its last fence is closed or its answer is complete."""

    def __init__(
        self,
        presenter: PreviewPresenter,
        finder: RunnableFinder,
        transcript: TranscriptView,
        settings: Settings,
        tasks: Tasks,
    ) -> None:
        super().__init__(presenter)
        self._presenter = presenter
        self._finder = finder
        self._transcript = transcript
        self._settings = settings
        self._tasks = tasks
        self._streaming: set[str] = set()
        self._following = QTimer(self, singleShot=True, interval=_FOLLOW_MILLISECONDS)
        self._following.timeout.connect(self._follow)
        transcript.message_changed.connect(self.message_changed)
        transcript.chat_changed.connect(self._chat_changed)

    def message_changed(self, index: int) -> None:
        """Follow a growing answer, and look for runnable code when it is complete."""
        message = self._transcript.document.message(index)
        if message.state is MessageState.STREAMING:
            self._streaming.add(message.id)
            shown = self._presenter.shown
            if shown and shown.message_id == message.id and not shown.artifact.complete and not shown.number:
                self._following.start() if not self._following.isActive() else None
        elif message.id in self._streaming:
            self._streaming.discard(message.id)
            self._tasks.start(self._answer_complete(message), "look what can run")

    def _follow(self) -> None:
        """Update the code that is being written, and run it once it is complete."""
        tab = self._presenter.tab
        if tab is None:
            return
        found = self._finder.streaming_runnables(tab.shown.message_id)
        now = next((runnable for runnable in found if runnable.key == tab.shown.key), None)
        if now is None:
            return
        versions = tuple(now if version.key == now.key else version for version in tab.versions)
        if now.artifact.complete:
            self._tasks.start(self._presenter.show(tab.chat, now, versions, keep_view=False), "run complete code")
        else:
            tab.shown, tab.versions = now, versions
            self._presenter.show_code()

    def _can_open(self, message: Message) -> bool:
        """Return whether a page may open automatically: not in a chat that was left, and not over the message input."""
        is_seen = self._transcript.document.index(message.id) is not None
        return self._settings.get(OPEN_PREVIEWS) and is_seen and not self._presenter.would_cover_chat

    def _chat_changed(self) -> None:
        """Stop following answers outside the current chat: they must not open pages, now or later."""
        document = self._transcript.document
        self._streaming = {message_id for message_id in self._streaming if document.index(message_id) is not None}

    async def _answer_complete(self, message: Message) -> None:
        """Run the code that was being written, or open the page of the answer if that is enabled."""
        chat, presenter = message.conversation_id, self._presenter
        runnables = await self._finder.runnables(chat)
        found = [runnable for runnable in runnables if runnable.message_id == message.id and not runnable.number]
        tab = presenter.tab if presenter.tab and presenter.tab.chat == chat else None
        if tab and tab.shown.message_id == message.id and not tab.shown.artifact.complete:
            now = next((runnable for runnable in found if runnable.key == tab.shown.key), None)
            if now:
                # An interrupted answer can leave a fence unclosed: the code is run as far as it was written.
                whole = replace(now, artifact=replace(now.artifact, complete=True))
                self._finder.remember(message, (whole if each is now else each for each in found))
                runnables = tuple(whole if each is now else each for each in runnables)
                await presenter.show(chat, whole, runnables, keep_view=False)
            return
        runs = [runnable for runnable in found if runnable.artifact.kind in _OPENED_AUTOMATICALLY]
        if runs and message.state is MessageState.COMPLETE and self._can_open(message):
            await presenter.show(chat, runs[-1], runnables, keep_view=False)
        elif tab:
            tab.versions = versions_of(runnables, tab.shown)
            presenter.show_code()
