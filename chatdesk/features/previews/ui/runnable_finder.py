"""Search for runnable code in a chat: in all branches, in the answer being written, and in versions edited by the user."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
from chatdesk.features.previews.domain.edited_version import EditedFile, EditedVersion
from chatdesk.features.previews.domain.preview_item import CodeFile
from chatdesk.features.previews.services.preview_services import PreviewServices
from chatdesk.features.previews.ui.runnable_code import Runnable, runnable_in, runnable_of
from chatdesk.kernel.chat.message import Message, MessageState, Role
from chatdesk.ui_kit.tasks import Tasks


class RunnableFinder:
    """Parses each answer once, on a thread. Only the results for the last requested chat are kept."""

    def __init__(
        self, transcript: TranscriptView, services: PreviewServices, tasks: Tasks, now: Callable[[], datetime]
    ) -> None:
        self._transcript = transcript
        self._services = services
        self._tasks = tasks
        self._now = now
        self._saving: list[asyncio.Task[object]] = []
        self._chat = ""
        self._found: dict[str, tuple[Message, tuple[Runnable, ...]]] = {}
        """The runnable code of complete answers, by message ID."""
        self._edited: list[EditedVersion] = []
        self.messages: frozenset[str] = frozenset()
        """The message IDs of the last searched chat."""
        self._questions: dict[str, str] = {}
        """The texts of questions by message ID."""

    def question_text(self, question_id: str) -> str:
        """Return the text of a question; empty if unknown."""
        return self._questions.get(question_id, "")

    async def runnables(self, chat: str) -> tuple[Runnable, ...]:
        """Return the runnable code of a chat and the versions edited by the user, in order of creation."""
        await self._switch_to(chat)
        messages = await self._services.chat.messages(chat)
        self.messages = frozenset(message.id for message in messages)
        self._questions = {message.id: message.text for message in messages if message.role is Role.USER}
        done = [message for message in messages if message.state is not MessageState.STREAMING]
        unknown = [message for message in done if not self._is_known(message)]
        for message, found in await asyncio.to_thread(lambda: [(m, runnable_of([m])) for m in unknown]):
            self._found[message.id] = message, found
        return tuple(self._in_order(messages))

    def streaming_runnables(self, message_id: str) -> tuple[Runnable, ...]:
        """Return the runnable code so far of an answer that is being written; empty if the answer is not in view."""
        document = self._transcript.document
        index = document.index(message_id)
        item = document.loaded_item(index) if index is not None else None
        return runnable_in(document.message(index), item.blocks(TEXT)) if item and index is not None else ()

    def remember(self, message: Message, runnables: Iterable[Runnable]) -> None:
        """Replace the known runnable code of an answer."""
        self._found[message.id] = message, tuple(runnables)

    async def add_edited(self, chat: str, base: Runnable, files: Sequence[CodeFile], restored: int = 0) -> Runnable:
        """Add a version with the user's changes. A failure to save is reported, and the version lasts until the program closes."""
        await self._switch_to(chat)
        numbers = [version.number for version in self._edited if version.message_id == base.message_id]
        texts = tuple(EditedFile(file.name, file.text) for file in files)
        number = max(numbers, default=0) + 1
        own = EditedVersion(base.message_id, number, base.artifact.identity, self._now(), texts, restored)
        self._edited.append(own)
        self._saving = [task for task in self._saving if not task.done()]
        self._saving.append(self._tasks.start(self._services.edited_versions.add(own), "save an edited version"))
        return base.with_changes(own)

    async def wait_until_saved(self) -> None:
        """Wait until all versions are written to disk or have been reported as failed."""
        await asyncio.gather(*self._saving, return_exceptions=True)

    async def remove_edited(self, runnable: Runnable) -> None:
        """Remove a version that the user created."""
        for own in [
            own for own in self._edited if (own.message_id, own.number) == (runnable.message_id, runnable.number)
        ]:
            self._edited.remove(own)
            await self._services.edited_versions.remove(own)

    async def _switch_to(self, chat: str) -> None:
        if chat != self._chat:
            own = await self._services.edited_versions.of_conversation(chat)
            self._chat, self._found, self._edited = chat, {}, list(own)

    def _is_known(self, message: Message) -> bool:
        known = self._found.get(message.id)
        return known is not None and known[0].parts == message.parts

    def _in_order(self, messages: Sequence[Message]) -> Iterable[Runnable]:
        """Yield each edited version after the answers that existed at its creation, so that later answers do not change its number."""
        waiting = sorted(self._edited, key=lambda own: own.made_at)
        known: dict[tuple[str, int], Runnable] = {}
        for message in messages:
            for own in [own for own in waiting if own.made_at < message.created_at]:
                if base := known.get((own.message_id, own.position)):
                    waiting.remove(own)
                    yield base.with_changes(own)
            found = self.streaming_runnables(message.id) if message.state is MessageState.STREAMING else ()
            if message.state is not MessageState.STREAMING and message.id in self._found:
                found = self._found[message.id][1]
            known |= {(each.message_id, each.artifact.identity): each for each in found}
            yield from found
        yield from (
            known[own.message_id, own.position].with_changes(own)
            for own in waiting
            if (own.message_id, own.position) in known
        )
