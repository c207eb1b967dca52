"""Follows answers while they are written: shows the code of what is open, runs it once it is complete, opens what may open by itself."""

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

_OPENS_BY_ITSELF = frozenset({ArtifactKind.HTML, ArtifactKind.SVG, ArtifactKind.REACT, ArtifactKind.MERMAID})
_FOLLOW_MILLISECONDS = 150
"""How often code that is being written is shown again: not for each token."""


class PreviewFollower(QObject):
    """No page runs twice because its code grows: it runs when its last fence is closed, or its answer has ended."""

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
        """Follow an answer that grows, and look what can run when it is complete."""
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
        """Show what more there is of code that is being written; once it is complete it runs."""
        thing = self._presenter.thing
        if thing is None:
            return
        found = self._finder.growing(thing.shown.message_id)
        now = next((runnable for runnable in found if runnable.key == thing.shown.key), None)
        if now is None:
            return
        versions = tuple(now if version.key == now.key else version for version in thing.versions)
        if now.artifact.complete:
            self._tasks.start(self._presenter.show(thing.chat, now, versions, keep_view=False), "run complete code")
        else:
            thing.shown, thing.versions = now, versions
            self._presenter.show_code()

    def _may_open(self, message: Message) -> bool:
        """Whether a page may open by itself: not for a chat that was left meanwhile, and not over what somebody types."""
        is_seen = self._transcript.document.index(message.id) is not None
        return self._settings.get(OPEN_PREVIEWS) and is_seen and not self._presenter.would_cover_chat

    def _chat_changed(self) -> None:
        """Open nothing for what ends while another chat is in front, then or later."""
        document = self._transcript.document
        self._streaming = {message_id for message_id in self._streaming if document.index(message_id) is not None}

    async def _answer_complete(self, message: Message) -> None:
        """Run what was waited for; open what may open by itself."""
        chat, presenter = message.conversation_id, self._presenter
        everything = await self._finder.everything(chat)
        found = [runnable for runnable in everything if runnable.message_id == message.id and not runnable.number]
        thing = presenter.thing if presenter.thing and presenter.thing.chat == chat else None
        if thing and thing.shown.message_id == message.id and not thing.shown.artifact.complete:
            now = next((runnable for runnable in found if runnable.key == thing.shown.key), None)
            if now:
                # An answer that broke off leaves code that nobody closed: it runs as far as it goes.
                whole = replace(now, artifact=replace(now.artifact, complete=True))
                self._finder.settle(message, (whole if each is now else each for each in found))
                everything = tuple(whole if each is now else each for each in everything)
                await presenter.show(chat, whole, everything, keep_view=False)
            return
        runs = [runnable for runnable in found if runnable.artifact.kind in _OPENS_BY_ITSELF]
        if runs and message.state is MessageState.COMPLETE and self._may_open(message):
            await presenter.show(chat, runs[-1], everything, keep_view=False)
        elif thing:
            thing.versions = versions_of(everything, thing.shown)
            presenter.show_code()
