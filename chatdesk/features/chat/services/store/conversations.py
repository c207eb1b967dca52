"""The list of chats: creating, renaming, pinning, drafts and search.

The messages of a chat belong to `chat.py`, deleted chats and messages to `trash.py`.
"""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from chatdesk.features.chat.services.store.fallback_store import FallbackStore, write_or_fall_back
from chatdesk.features.chat.services.store.save_retry_queue import SaveRetryQueue
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.chat.applied_presets import AppliedPreset
from chatdesk.kernel.chat.conversation import Conversation, Draft, TitleOrigin, title_from
from chatdesk.kernel.chat.instructions import AnswerLength
from chatdesk.kernel.chat.message import Attachment, Message
from chatdesk.kernel.chat.message_trees import TRASH_RETENTION
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
from chatdesk.storage.database.storage_errors import no_chat_created, nothing_changed, saved_later

if TYPE_CHECKING:
    from chatdesk.features.attachments.services.documents import Documents
    from chatdesk.features.chat.services.store.message_search import MessageSearch

# Permanent removal works in batches of rows so that other writes do not have to wait. A chat is hidden first, in one
# transaction; if the program ends before the removal is complete, the next start continues it.


class ChatRemoval:
    """Removes chats and messages permanently.

    All methods raise `StorageError`; what has been removed by then stays removed.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def remove(self, ids: Iterable[str], now: datetime) -> None:
        """Remove these chats, whether in the trash or not. All are hidden before the first one is removed."""
        ids = tuple(ids)
        await self._database.run_in_batches(ids, lambda connection, id_: HiddenChats(connection).hide(id_, now))
        await self.remove_hidden(ids)

    async def remove_hidden(self, ids: Iterable[str]) -> None:
        """Remove chats that are already hidden."""
        for id_ in ids:
            await self._remove_chat(id_)
        await self._database.run(lambda connection: MessageRepository(connection).forget_unused_instructions())

    async def _remove_chat(self, id_: str) -> None:
        await self._database.run(lambda connection: HiddenChats(connection).detach(id_))
        numbers = await self._database.run(lambda connection: HiddenChats(connection).message_numbers(id_))
        await self._database.run_in_batches(
            numbers, lambda connection, number: MessageRepository(connection).remove(number)
        )
        await self._database.run(lambda connection: HiddenChats(connection).remove(id_))

    async def empty_trash(self, before: datetime) -> None:
        """Remove the chats and messages that were moved to the trash before this moment."""
        chats = await self._database.run(lambda connection: ConversationRepository(connection).trashed_before(before))
        await self.remove(chats, before)
        numbers = await self._database.run(lambda connection: MessageTrash(connection).trashed_before(before))
        await self._database.run_in_batches(numbers, lambda connection, number: MessageTrash(connection).remove(number))
        await self._database.run(lambda connection: MessageRepository(connection).forget_unused_instructions())


Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class ConversationAdded:
    """A chat was added to the list: a new one, or one restored from the trash."""

    conversation: Conversation


@dataclass(frozen=True, slots=True)
class ConversationChanged:
    """The title, list position, pin or head of a chat changed."""

    conversation: Conversation


@dataclass(frozen=True, slots=True)
class ConversationRemoved:
    """A chat was moved to the trash."""

    conversation: Conversation


ConversationChange = ConversationAdded | ConversationChanged | ConversationRemoved


class Conversations:
    """The list of chats: kept in memory (titles and dates, no messages), with every change saved to disk.

    A change of one chat that cannot be saved is kept in memory and announced as well, and saving it is retried.
    """

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime],
        unsaved: FallbackStore | None = None,
        titles_questions: Callable[[], bool] = lambda: True,
    ) -> None:
        """Create an empty list.

        `unsaved` stores drafts that cannot be written to the database. `titles_questions` returns whether the first question of a chat
        becomes its title.
        """
        self.changes: Announcer[ConversationChange] = Announcer()
        self._database = database
        self._now = now
        self._unsaved = unsaved or FallbackStore()
        self._titles_questions = titles_questions
        self._known: dict[str, Conversation] = {}
        self._leftovers: tuple[str, ...] = ()
        """Hidden chats that are no longer being written or removed."""
        self._removing = asyncio.Lock()
        self._retry_queue: SaveRetryQueue[Conversation] = SaveRetryQueue(self._save_latest)

    async def close(self) -> None:
        """Try a last time to save what could not be saved."""
        await self._retry_queue.close()

    async def load(self) -> None:
        """Load the list from disk; called once at start. Questions queued in an earlier run become drafts."""
        listed = await self._database.run(lambda connection: _without_queues(ConversationRepository(connection)))
        self._leftovers = await self._database.run(lambda connection: ConversationRepository(connection).hidden())
        self._known = {conversation.id: conversation for conversation in reversed(listed)}

    def all(self) -> tuple[Conversation, ...]:
        """Return the chats, the most recently used first, independently of their time stamps."""
        return tuple(reversed(self._known.values()))

    def title(self, conversation_id: str) -> str:
        """Return the title of a chat; empty if it has none or does not exist."""
        conversation = self.find(conversation_id)
        return conversation.title if conversation else ""

    def get(self, conversation_id: str) -> Conversation:
        """Return a chat. Raises `KeyError` if it is not in the list."""
        return self._known[conversation_id]

    def find(self, conversation_id: str) -> Conversation | None:
        """Return a chat, or None if it is not in the list."""
        return self._known.get(conversation_id)

    async def create(
        self,
        title: str = "",
        *,
        preset: AppliedPreset | None = None,
        folder_id: str | None = None,
        thinking: Thinking | None = None,
        parameters: Parameters | None = None,
        instructions: str = "",
        answer_length: AnswerLength = AnswerLength.DEFAULT,
        model: ModelRef | None = None,
        unsent: Draft | None = None,
        listed: bool = True,
    ) -> Conversation:
        """Create a chat without messages, with the draft of its first question if one is given.

        With `listed=False`, it is not announced: the list would show it as a draft until its first message is written.
        """
        now = self._now()
        conversation = Conversation(
            uuid.uuid4().hex,
            title,
            now,
            now,
            model=model,
            draft=unsent.text if unsent else "",
            draft_attachments=unsent.attachments if unsent else (),
            preset=preset,
            folder_id=folder_id,
            thinking=thinking,
            parameters=parameters or Parameters(),
            instructions=instructions,
            answer_length=answer_length,
            title_origin=TitleOrigin.USER if title else TitleOrigin.QUESTION,
        )
        with no_chat_created():
            await self._database.run(lambda connection: ConversationRepository(connection).add(conversation))
        self._known[conversation.id] = conversation
        if listed:
            self.changes.announce(ConversationAdded(conversation))
        return conversation

    async def add_complete(self, conversation: Conversation, messages: Iterable[Message]) -> Conversation:
        """Add a complete chat with its messages to the top of the list, all or nothing.

        Parents must precede their children.

        The chat stays hidden until it is complete, and other writes do not wait for it. `empty_trash` removes the
        rows of an unfinished chat, in this run or the next one.
        """
        from chatdesk.storage.database.hidden_chats import HiddenChats  # noqa: PLC0415 - start-up time: only for imports

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
        # A revealed chat must be in the list, even if the caller is cancelled.
        return await asyncio.shield(reveal())

    async def rename(self, conversation_id: str, title: str) -> None:
        """Set a title chosen by the user; an empty one is ignored."""
        if title := " ".join(title.split()):
            await self.set_title(conversation_id, title, TitleOrigin.USER)

    async def set_title(self, conversation_id: str, title: str, origin: TitleOrigin) -> None:
        """Set exactly this title, which may be empty."""
        await self._change(replace(self.get(conversation_id), title=title, title_origin=origin))

    async def pin(self, conversation_id: str, *, pinned: bool) -> None:
        """Pin a chat to the top of the list, or unpin it."""
        await self._change(replace(self.get(conversation_id), pinned=pinned))

    async def save_folders(self, chats: Iterable[Conversation]) -> tuple[Conversation, ...]:
        """Move chats to the folders of `chats`, pinned as these are, and return their new values.

        Announces nothing: `ChatFolders` does, once for all of them. Raises `StorageError`; nothing is changed then.
        """
        chats = tuple(chats)
        before = tuple(known for chat in chats if (known := self.find(chat.id)))
        placed = self._place(chats)
        try:
            with nothing_changed():
                await self._database.run(lambda connection: FolderRepository(connection).place(placed))
        except StorageError:
            self._place(before)
            raise
        return placed

    def _place(self, chats: Iterable[Conversation]) -> tuple[Conversation, ...]:
        """Use the folders of `chats` in memory, and whether these are pinned. Return the chats as they are then."""
        placed = tuple(
            replace(known, folder_id=chat.folder_id, pinned=chat.pinned)
            for chat in chats
            if (known := self.find(chat.id))
        )
        self._known.update({conversation.id: conversation for conversation in placed})
        return placed

    async def touch(self, conversation_id: str, *, model: ModelRef | None = None, first_question: str = "") -> None:
        """Move a chat to the top of the list because of a new message; the first question titles an untitled chat."""
        if conversation := self._known.pop(conversation_id, None):
            self._known[conversation_id] = conversation  # at the end: the most recent
            await self._change(self._touched(conversation, model, first_question))

    async def write_messages(
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
        """Save new messages with `write`, make `head_id` the end of the path and update the chat as `touch` does.

        All or nothing, in one transaction. The new head is visible at once; `MessageTrees` keeps it from being read
        before the messages are there. `queued` replaces the stored queue in the same transaction.
        """
        before = self._known.pop(conversation_id)
        conversation = self._known[conversation_id] = replace(
            self._touched(before, model, first_question),
            head_id=head_id,
            preset=preset or before.preset,
        )
        written = conversation if queued is None else replace(conversation, queued=queued)

        def write_messages(messages: MessageRepository, conversations: ConversationRepository) -> Result:
            result = write(messages)
            conversations.update(written)
            return result

        try:
            result = await self._database.run(
                lambda connection: write_messages(MessageRepository(connection), ConversationRepository(connection))
            )
        except StorageError:
            if known := self.find(conversation_id):
                self._known[conversation_id] = replace(
                    known,
                    head_id=before.head_id,
                    title=before.title if known.title == conversation.title else known.title,
                    preset=before.preset if known.preset == conversation.preset else known.preset,
                )
            raise
        self.changes.announce(ConversationChanged(self._known.get(conversation_id, conversation)))
        return result

    async def set_head(self, conversation_id: str, head_id: str | None) -> None:
        """Show another path of the tree."""
        if conversation := self.find(conversation_id):
            await self._change(replace(conversation, head_id=head_id))

    async def set_model(self, conversation_id: str, model: ModelRef) -> None:
        """Set the model for the next questions."""
        await self._change(replace(self.get(conversation_id), model=model))

    async def set_preset(self, conversation_id: str, preset: AppliedPreset | None) -> None:
        """Set the preset of the chat, or remove it."""
        await self._change(replace(self.get(conversation_id), preset=preset))

    async def set_thinking(self, conversation_id: str, thinking: Thinking) -> None:
        """Set whether the chat's models think."""
        await self._change(replace(self.get(conversation_id), thinking=thinking))

    async def set_parameters(self, conversation_id: str, parameters: Parameters) -> None:
        """Set the parameters of the chat; those left open come from its preset."""
        await self._change(replace(self.get(conversation_id), parameters=parameters))

    def change_settings(
        self, conversation_id: str, change: Callable[[Conversation], Conversation]
    ) -> Coroutine[None, None, None]:
        """Change the settings of the chat in memory at once; awaiting the result saves them.

        Changes in quick succession thus build on each other, and nobody reads outdated values.
        """
        self._known[conversation_id] = change(self.get(conversation_id))
        return self._save_settings(conversation_id)

    async def set_context(self, conversation_id: str, policy: OverflowPolicy) -> None:
        """Set what happens when the chat does not fit into the context."""
        await self._change(replace(self.get(conversation_id), context=policy))

    async def save_draft(self, conversation_id: str, draft: str, attachments: tuple[Attachment, ...] = ()) -> None:
        """Save the text and attachments of the unsent draft. Announces only what the list shows of it."""
        conversation = self.find(conversation_id)
        if conversation and conversation.unsent != Draft(draft, attachments):
            changed = replace(conversation, draft=draft, draft_attachments=attachments)
            await self._write_or_fall_back(changed)
            is_listed = (changed.name, changed.unsent.has_content) != (
                conversation.name,
                conversation.unsent.has_content,
            )
            if is_listed and (now := self.find(conversation_id)):
                self.changes.announce(ConversationChanged(now))

    async def remove_empty(self, conversation_id: str) -> None:
        """Remove a chat permanently if it has no messages, not even in the trash."""
        removed = await self._database.run(
            lambda connection: ConversationRepository(connection).remove_empty(conversation_id)
        )
        if removed and (conversation := self.find(conversation_id)):
            self.drop([conversation])

    def mark_unread(self, conversation_id: str, answer_id: str) -> None:
        """Mark an answer as unread in memory, unless an earlier one is; the next write of the chat saves it."""
        if (conversation := self.find(conversation_id)) and not conversation.unread_id:
            self._known[conversation_id] = replace(conversation, unread_id=answer_id)

    async def mark_read(self, conversation_id: str) -> None:
        """Remove the unread mark of a chat, if it has one."""
        if (conversation := self.find(conversation_id)) and conversation.unread_id:
            await self._change(replace(conversation, unread_id=""))

    def set_queue(self, conversation_id: str, queued: tuple[Draft, ...]) -> None:
        """Set the queued questions in memory; `save_queue`, or the next write of the chat, saves them."""
        if conversation := self.find(conversation_id):
            self._known[conversation_id] = replace(conversation, queued=queued)

    async def save_queue(self, conversation_id: str) -> None:
        """Save the queued questions."""
        if conversation := self.find(conversation_id):
            await self._write_or_fall_back(conversation)

    async def return_queue(self, conversation_id: str) -> None:
        """Turn the queued questions into a draft, before the text already typed."""
        if (conversation := self.find(conversation_id)) and conversation.queued:
            await self._write(_without_queue(conversation))

    def drop(self, conversations: Iterable[Conversation]) -> None:
        """Remove chats that are in the trash now from the list."""
        for conversation in conversations:
            if self._known.pop(conversation.id, None):
                self.changes.announce(ConversationRemoved(conversation))

    async def empty_trash(self) -> None:
        """Delete permanently the chats and messages that were trashed more than 30 days ago, and the remaining hidden chats."""
        await self.remove_hidden(())
        async with self._removing:
            await ChatRemoval(self._database).empty_trash(self._now() - TRASH_RETENTION)

    def add_restored(self, conversations: Iterable[Conversation], order: Iterable[str]) -> None:
        """Add restored and imported chats to the list; `order` has the ids of all chats on disk, the most recent last."""
        restored = {conversation.id: conversation for conversation in conversations}
        before, known = self._known, self._known | restored
        ordered = [id_ for id_ in order if id_ in known]
        self._known = {id_: known.pop(id_) for id_ in ordered} | known
        for id_, conversation in restored.items():
            self.changes.announce(
                ConversationChanged(conversation) if id_ in before else ConversationAdded(conversation)
            )

    def remove_hidden_later(self, ids: Iterable[str]) -> None:
        """Leave chats that were just hidden on disk to the next `remove_hidden`, whoever calls it.

        A removal that is only begun later must not name them itself: by then, a restored chat may have the ID and be hidden, too.
        """
        self._leftovers += tuple(ids)

    async def remove_hidden(self, ids: Iterable[str]) -> None:
        """Remove the rows of chats that are hidden on disk, and of others that are left. What remains is removed after the next start.

        One removal at a time: once this returns, the IDs are free, and nobody removes what gets them next.
        """
        self.remove_hidden_later(ids)
        async with self._removing:
            leftovers = self._leftovers
            if not leftovers:
                return
            await ChatRemoval(self._database).remove_hidden(leftovers)
            self._leftovers = tuple(id_ for id_ in self._leftovers if id_ not in leftovers)

    async def remove_unfinished(self, ids: Iterable[str]) -> None:
        """Remove the hidden chats of work that has failed. Raises no `StorageError`, which would conceal why the work has failed."""
        with suppress(StorageError):
            await self.remove_hidden(ids)

    def merge_stored(
        self, stored: Iterable[Conversation], order: Iterable[str], heads: Mapping[str, tuple[str | None, str | None]]
    ) -> None:
        """Apply chats that were changed on disk from elsewhere, and announce that. `order` is as in `add_restored`.

        What only this computer knows of a chat, such as its draft, stays as it is. `heads` has the ends of paths that were moved on, before
        and after.
        """
        added: list[Conversation] = []
        for chat in stored:
            known = self._known.get(chat.id)
            if chat.deleted_at:
                self.drop([chat])
            elif known is None:
                added.append(chat)
            else:
                before, after = heads.get(chat.id, (None, known.head_id))
                merged = replace(
                    known,
                    title=chat.title,
                    title_origin=chat.title_origin,
                    created_at=chat.created_at,
                    updated_at=chat.updated_at,
                    pinned=chat.pinned,
                    folder_id=chat.folder_id,
                    instructions=chat.instructions,
                    preset=chat.preset,
                    parameters=chat.parameters,
                    thinking=chat.thinking,
                    answer_length=chat.answer_length,
                    head_id=after if known.head_id == before else known.head_id,
                )
                self._known[chat.id] = merged
                self.changes.announce(ConversationChanged(merged))
        self.add_restored(added, order)

    def search(self, text: str, documents: "Callable[[], Documents] | None" = None) -> "MessageSearch":
        """Return a search in the messages of all chats and, if given, in their documents."""
        from chatdesk.features.chat.services.store.message_search import (  # noqa: PLC0415 - start-up time: nothing has been typed yet
            MessageSearch,
        )

        return MessageSearch(self._database, text, documents)

    def _touched(self, conversation: Conversation, model: ModelRef | None, first_question: str) -> Conversation:
        is_untitled = not conversation.title and first_question and self._titles_questions()
        return replace(
            conversation,
            updated_at=self._now(),
            model=model or conversation.model,
            title=title_from(first_question) if is_untitled else conversation.title,
        )

    async def _save_settings(self, conversation_id: str) -> None:
        if conversation := self.find(conversation_id):
            await self._change(conversation)

    async def _change(self, conversation: Conversation) -> None:
        try:
            await self._write(conversation)
        except StorageError:
            if known := self.find(conversation.id):
                self.changes.announce(ConversationChanged(known))
            raise
        self.changes.announce(ConversationChanged(conversation))

    async def _write(self, conversation: Conversation) -> None:
        with self._retried(conversation):
            await self._start_write(conversation)

    async def _write_or_fall_back(self, conversation: Conversation) -> None:
        """Write a chat, storing its draft in the fallback store while that takes long.

        Other writes of this chat may be waiting, so the latest value is stored.
        """
        with self._retried(conversation):
            await write_or_fall_back(
                self._start_write(conversation),
                lambda: self._unsaved.save_draft(self.find(conversation.id) or conversation),
            )
        await self._unsaved.written(conversation.id)

    @contextmanager
    def _retried(self, conversation: Conversation) -> Iterator[None]:
        """If writing a chat fails, write its latest state as soon as possible."""
        try:
            with saved_later():
                yield
        except StorageError:
            self._retry_queue.add(conversation)
            raise

    async def _save_latest(self, conversation: Conversation) -> None:
        """Write the present state of a chat, unless it is in the trash by now."""
        if known := self.find(conversation.id):
            await self._start_write(known)
            await self._unsaved.written(known.id)

    def _start_write(self, conversation: Conversation) -> Awaitable[bool]:
        """Update the chat in memory at once and return an awaitable that completes when it is on disk."""
        self._known[conversation.id] = conversation
        return self._database.run(lambda connection: ConversationRepository(connection).update(conversation))


def _without_queue(conversation: Conversation) -> Conversation:
    """Return the chat with its queued questions merged into the draft, before the text already typed."""
    draft = Draft(conversation.draft, conversation.draft_attachments)
    for waiting in reversed(conversation.queued):
        draft = waiting.before(draft)
    return replace(conversation, queued=(), draft=draft.text, draft_attachments=draft.attachments)


def _without_queues(repository: ConversationRepository) -> tuple[Conversation, ...]:
    listed = {each.id: each for each in repository.list()}
    for conversation in [each for each in listed.values() if each.queued]:
        listed[conversation.id] = _without_queue(conversation)
        repository.update(listed[conversation.id])
    return tuple(listed.values())
