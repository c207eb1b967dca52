"""The list of chats: make, rename, pin, drafts, search. The messages in them are `chat.py`'s, what was deleted `trash.py`'s."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from chatdesk.features.chat.services.store.fallback_store import FallbackStore, written_or_kept
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.conversation import Conversation, SearchHit, title_from
from chatdesk.kernel.chat.message import ImagePart, Message
from chatdesk.kernel.chat.message_trees import KEPT_FOR
from chatdesk.kernel.chat.question import Draft
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.context.context_plan import OverflowPolicy
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.parameters import Parameters
from chatdesk.storage.database.conversation_repository import ConversationRepository, FolderRepository
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.hidden_chats import HiddenChats
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.message_trash import MessageTrash

# Removes chats and messages for good, some rows at a time, so that nothing that is being written waits for
# it.
#
# A chat is hidden first, all at once; if the program ends in the middle, the next one goes on with it.


class ChatRemoval:
    """All methods raise `StorageError`; what was removed before stays so."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def remove(self, ids: Iterable[str], moment: datetime) -> None:
        """Remove these chats, in the trash or not. They are out of sight before the first of them is gone."""
        ids = tuple(ids)
        await self._database.run_in_batches(ids, lambda connection, id_: HiddenChats(connection).hide(id_, moment))
        await self.remove_hidden(ids)

    async def remove_hidden(self, ids: Iterable[str]) -> None:
        """Remove chats that are hidden already."""
        for id_ in ids:
            await self._remove_chat(id_)

    async def _remove_chat(self, id_: str) -> None:
        numbers = await self._database.run(lambda connection: HiddenChats(connection).message_numbers(id_))
        await self._database.run_in_batches(
            numbers, lambda connection, number: MessageRepository(connection).remove(number)
        )
        await self._database.run(lambda connection: HiddenChats(connection).remove(id_))

    async def empty_trash(self, before: datetime) -> None:
        """Remove the chats and the messages that went to the trash before that moment."""
        chats = await self._database.run(lambda connection: ConversationRepository(connection).trashed_before(before))
        await self.remove(chats, before)
        numbers = await self._database.run(lambda connection: MessageTrash(connection).trashed_before(before))
        await self._database.run_in_batches(numbers, lambda connection, number: MessageTrash(connection).remove(number))


Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class ConversationAdded:
    """A chat is in the list now: a new one, or one back from the trash."""

    conversation: Conversation


@dataclass(frozen=True, slots=True)
class ConversationChanged:
    """Title, place in the list, pin or head changed."""

    conversation: Conversation


@dataclass(frozen=True, slots=True)
class ConversationRemoved:
    """A chat went to the trash."""

    conversation: Conversation


ConversationChange = ConversationAdded | ConversationChanged | ConversationRemoved


class Conversations:
    """Keeps the list in memory (titles and dates, no messages) and every change on disk."""

    def __init__(self, database: Database, now: Callable[[], datetime], unsaved: FallbackStore | None = None) -> None:
        """`unsaved` keeps what is typed and cannot be written."""
        self.changes: Announcer[ConversationChange] = Announcer()
        self._database = database
        self._now = now
        self._unsaved = unsaved or FallbackStore()
        self._known: dict[str, Conversation] = {}
        self._leftovers: tuple[str, ...] = ()
        """Hidden chats that nobody is writing or removing any more."""

    async def load(self) -> None:
        """Read the list from disk; once, at start. What waited to be sent in an earlier program is a draft now."""
        listed = await self._database.run(lambda connection: _without_queues(ConversationRepository(connection)))
        self._leftovers = await self._database.run(lambda connection: ConversationRepository(connection).hidden())
        self._known = {conversation.id: conversation for conversation in reversed(listed)}

    def all(self) -> tuple[Conversation, ...]:
        """Return the chats, the one last spoken in first, whatever the clock says."""
        return tuple(reversed(self._known.values()))

    def title(self, conversation_id: str) -> str:
        """Return the title of a chat; empty if it has none, or is gone."""
        conversation = self.find(conversation_id)
        return conversation.title if conversation else ""

    def get(self, conversation_id: str) -> Conversation:
        """Return one chat; KeyError if it is not in the list."""
        return self._known[conversation_id]

    def find(self, conversation_id: str) -> Conversation | None:
        """Return one chat, or None if it is not in the list."""
        return self._known.get(conversation_id)

    async def create(
        self,
        title: str = "",
        *,
        preset: AppliedPreset | None = None,
        folder_id: str | None = None,
        thinking: Thinking | None = None,
        parameters: Parameters | None = None,
    ) -> Conversation:
        """Make an empty chat."""
        now = self._now()
        conversation = Conversation(
            uuid.uuid4().hex,
            title,
            now,
            now,
            preset=preset,
            folder_id=folder_id,
            thinking=thinking,
            parameters=parameters or Parameters(),
        )
        await self._database.run(lambda connection: ConversationRepository(connection).add(conversation))
        self._known[conversation.id] = conversation
        self.changes.announce(ConversationAdded(conversation))
        return conversation

    async def take_in(self, conversation: Conversation, messages: Iterable[Message]) -> Conversation:
        """Put a whole chat at the top of the list, with its messages, none of them before its parent. All of it or nothing.

        Nobody sees it before it is whole, and nothing else that is written waits for it. What was written of one that is not finished is
        removed by `empty_trash`, of this program or the next one.
        """
        from chatdesk.storage.database.hidden_chats import HiddenChats  # noqa: PLC0415 - start-up time: for imports

        async def reveal() -> Conversation:
            await self._database.run(lambda connection: HiddenChats(connection).reveal(conversation))
            self._known[conversation.id] = conversation
            self.changes.announce(ConversationAdded(conversation))
            return conversation

        try:
            await self._database.run(lambda connection: HiddenChats(connection).add(conversation, uuid.uuid4().hex))
            await self._database.run_in_batches(
                messages, lambda connection, message: MessageRepository(connection).add(message)
            )
        except BaseException:
            self._leftovers += (conversation.id,)
            raise
        # Once it is shown it is in the list, whoever is cancelled.
        return await asyncio.shield(reveal())

    async def rename(self, conversation_id: str, title: str) -> None:
        """Give a chat a title of the user's own; an empty one is ignored."""
        if title := " ".join(title.split()):
            await self.set_title(conversation_id, title)

    async def set_title(self, conversation_id: str, title: str) -> None:
        """Give a chat exactly this title, maybe none."""
        await self._change(replace(self.get(conversation_id), title=title))

    async def pin(self, conversation_id: str, *, pinned: bool) -> None:
        """Keep a chat at the top of the list, or no longer."""
        await self._change(replace(self.get(conversation_id), pinned=pinned))

    async def place(self, places: Iterable[Conversation]) -> tuple[Conversation, ...]:
        """Put chats in the folders that `places` say, pinned or not as those are, and return them as they are now.

        Announces nothing: `ChatFolders` does, once for all.
        """
        placed = tuple(
            replace(known, folder_id=place.folder_id, pinned=place.pinned)
            for place in places
            if (known := self.find(place.id))
        )
        self._known.update({conversation.id: conversation for conversation in placed})
        await self._database.run(lambda connection: FolderRepository(connection).place(placed))
        return placed

    async def touch(self, conversation_id: str, *, model: ModelRef | None = None, first_question: str = "") -> None:
        """Note that something was said; the first question gives a chat without a title its title."""
        if conversation := self._known.pop(conversation_id, None):
            self._known[conversation_id] = conversation  # at the end: the newest
            await self._change(self._touched(conversation, model, first_question))

    async def say(
        self,
        conversation_id: str,
        head_id: str,
        write: Callable[[MessageRepository], Result],
        *,
        model: ModelRef | None = None,
        preset: AppliedPreset | None = None,
        first_question: str = "",
        queued: tuple[Draft, ...] | None = None,
    ) -> Result:
        """Note that something was said, see `touch`, and that the path ends with it now; what `write` does comes to the disk with it.

        All of it or nothing, and with one wait for the disk. Where the path ends is told at once: `MessageTrees` lets nobody see it before
        the messages are there. `queued` is what waits once they are.
        """
        before = self._known.pop(conversation_id)
        conversation = self._known[conversation_id] = replace(
            self._touched(before, model, first_question),
            head_id=head_id,
            preset=preset or before.preset,
        )
        written = conversation if queued is None else replace(conversation, queued=queued)

        def say(messages: MessageRepository, conversations: ConversationRepository) -> Result:
            result = write(messages)
            conversations.update(written)
            return result

        try:
            result = await self._database.run(
                lambda connection: say(MessageRepository(connection), ConversationRepository(connection))
            )
        except StorageError:
            if known := self.find(conversation_id):
                self._known[conversation_id] = replace(known, head_id=before.head_id)
            raise
        self.changes.announce(ConversationChanged(self._known.get(conversation_id, conversation)))
        return result

    async def set_head(self, conversation_id: str, head_id: str | None) -> None:
        """Show another path of the tree."""
        if conversation := self.find(conversation_id):
            await self._change(replace(conversation, head_id=head_id))

    async def set_model(self, conversation_id: str, model: ModelRef) -> None:
        """Ask another model from now on."""
        await self._change(replace(self.get(conversation_id), model=model))

    async def set_preset(self, conversation_id: str, preset: AppliedPreset | None) -> None:
        """Hold the chat with another preset from now on, or with none."""
        await self._change(replace(self.get(conversation_id), preset=preset))

    async def set_thinking(self, conversation_id: str, thinking: Thinking) -> None:
        """Let the models of the chat think, or not, from now on."""
        await self._change(replace(self.get(conversation_id), thinking=thinking))

    async def set_parameters(self, conversation_id: str, parameters: Parameters) -> None:
        """Hold the chat with these parameters from now on; what they leave open is as its preset says."""
        await self._change(replace(self.get(conversation_id), parameters=parameters))

    def change_parameters(
        self, conversation_id: str, change: Callable[[Parameters], Parameters]
    ) -> Coroutine[None, None, None]:
        """Hold the chat with what becomes of its parameters, at once; they are kept when the result is awaited.

        So changes that come together follow each other, and nobody is shown what holds no longer.
        """
        conversation = self.get(conversation_id)
        parameters = change(conversation.parameters)
        self._known[conversation_id] = replace(conversation, parameters=parameters)
        return self._keep_parameters(conversation_id)

    async def set_context(self, conversation_id: str, policy: OverflowPolicy) -> None:
        """Do this from now on where the chat does not fit."""
        await self._change(replace(self.get(conversation_id), context=policy))

    async def save_draft(self, conversation_id: str, draft: str, pictures: tuple[ImagePart, ...] = ()) -> None:
        """Keep what is typed and not sent, and what shall go along. Announces nothing: only the composer shows it."""
        conversation = self.find(conversation_id)
        if conversation and (conversation.draft, conversation.draft_pictures) != (draft, pictures):
            changed = replace(conversation, draft=draft, draft_pictures=pictures)
            await self._write_or_keep(changed)

    def set_queue(self, conversation_id: str, queued: tuple[Draft, ...]) -> None:
        """Let these questions wait; on disk they do with `keep_queue`, or with whatever else of the chat is kept next."""
        if conversation := self.find(conversation_id):
            self._known[conversation_id] = replace(conversation, queued=queued)

    async def keep_queue(self, conversation_id: str) -> None:
        """Keep what waits to be sent."""
        if conversation := self.find(conversation_id):
            await self._write_or_keep(conversation)

    async def return_queue(self, conversation_id: str) -> None:
        """Make a draft of what waits to be sent, before what is typed."""
        if (conversation := self.find(conversation_id)) and conversation.queued:
            await self._write(_without_queue(conversation))

    def drop(self, conversations: Iterable[Conversation]) -> None:
        """List chats no longer: they are in the trash."""
        for conversation in conversations:
            if self._known.pop(conversation.id, None):
                self.changes.announce(ConversationRemoved(conversation))

    async def empty_trash(self) -> None:
        """Delete for good the chats and the messages that were thrown away more than 30 days ago, and what was left hidden."""
        removal = ChatRemoval(self._database)
        leftovers, self._leftovers = self._leftovers, ()
        await removal.remove_hidden(leftovers)
        await removal.empty_trash(self._now() - KEPT_FOR)

    def bring_back(self, conversations: Iterable[Conversation], order: Iterable[str]) -> None:
        """List chats again; `order` has the ids of all chats on disk, the one last spoken in last."""
        back = {conversation.id: conversation for conversation in conversations}
        known = self._known | back
        ordered = [id_ for id_ in order if id_ in known]
        self._known = {id_: known.pop(id_) for id_ in ordered} | known
        for conversation in back.values():
            self.changes.announce(ConversationAdded(conversation))

    async def search(self, text: str) -> tuple[SearchHit, ...]:
        """Return titles and messages that hold every word of `text`; the last word may be unfinished."""
        from chatdesk.storage.database.search_repository import (  # noqa: PLC0415 - start-up time: nobody has typed yet
            SearchRepository,
        )

        return await self._database.run(lambda connection: SearchRepository(connection).find(text))

    def _touched(self, conversation: Conversation, model: ModelRef | None, first_question: str) -> Conversation:
        return replace(
            conversation,
            updated_at=self._now(),
            model=model or conversation.model,
            title=conversation.title or title_from(first_question),
        )

    async def _keep_parameters(self, conversation_id: str) -> None:
        if conversation := self.find(conversation_id):
            await self._change(conversation)

    async def _change(self, conversation: Conversation) -> None:
        await self._write(conversation)
        self.changes.announce(ConversationChanged(conversation))

    async def _write(self, conversation: Conversation) -> None:
        await self._begin_to_write(conversation)

    async def _write_or_keep(self, conversation: Conversation) -> None:
        """Write a chat; while that takes long, what was typed last is kept beside: other writes of this chat may be waiting, too."""
        await written_or_kept(
            self._begin_to_write(conversation),
            lambda: self._unsaved.keep_draft(self.find(conversation.id) or conversation),
        )
        await self._unsaved.written(conversation.id)

    def _begin_to_write(self, conversation: Conversation) -> Awaitable[bool]:
        """Take the chat as it is from now on, at once, and return what waits until it is on disk."""
        self._known[conversation.id] = conversation
        return self._database.run(lambda connection: ConversationRepository(connection).update(conversation))


def _without_queue(conversation: Conversation) -> Conversation:
    """Return the chat with what waited to be sent as its draft, before what is typed."""
    draft = Draft(conversation.draft, conversation.draft_pictures)
    for waiting in reversed(conversation.queued):
        draft = waiting.before(draft)
    return replace(conversation, queued=(), draft=draft.text, draft_pictures=draft.pictures)


def _without_queues(repository: ConversationRepository) -> tuple[Conversation, ...]:
    listed = {each.id: each for each in repository.list()}
    for conversation in [each for each in listed.values() if each.queued]:
        listed[conversation.id] = _without_queue(conversation)
        repository.update(listed[conversation.id])
    return tuple(listed.values())
