"""Trash: deleted chats and folders can be restored for 30 days; then they are removed with their messages.

The content is read only when needed: at startup, only its count is read.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from chatdesk.features.chat.services.chat import Chat
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.features.conversations.services.chat_folders import ChatFolders
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.chat.conversation import Conversation, Folder
from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.chat.message_trees import TRASH_RETENTION
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.database.conversation_repository import ConversationRepository, FolderRepository
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.storage_errors import rest_not_deleted

if TYPE_CHECKING:
    from chatdesk.kernel.chat.trash import Trashed
    from chatdesk.storage.database.chat_trash import ChatTrash

_log = logging.getLogger(__name__)

_TRANSACTION_SIZE = 500
"""Maximum number of chats per transaction, so that saving an answer does not wait long."""
_ANNOUNCEMENT_SIZE = 50
"""Maximum number of chats to announce before the event loop continues."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class TrashChanged:
    """The content of the trash changed. `emptied`: items were deleted permanently."""

    count: int
    emptied: bool = False


@dataclass(frozen=True, slots=True)
class Restored:
    """The restored items."""

    conversations: tuple[Conversation, ...] = ()
    folders: tuple[Folder, ...] = ()


class Trash:
    """The trash. `now` returns aware UTC time; `tidy_files` removes files that no chat refers to."""

    def __init__(
        self,
        database: Database,
        conversations: Conversations,
        folders: ChatFolders,
        chat: Chat,
        now: Callable[[], datetime],
        tidy_files: Callable[[], Awaitable[object]],
    ) -> None:
        self.changes: Announcer[TrashChanged] = Announcer()
        self.count = 0
        """The number of items that `items` returns; a folder with its chats counts as one."""
        self._database = database
        self._conversations = conversations
        self._folders = folders
        self._chat = chat
        self._now = now
        self._tidy_files = tidy_files
        self._removing: asyncio.Task[None] | None = None
        self._closed = False

    async def begin(self) -> None:
        """Count the items and remove expired folders. Expired chats are removed by the database maintenance."""
        before = self._since
        await self._run(lambda trash: trash.remove_old_folders(before))
        await self._announce()

    async def refresh(self) -> tuple[Folder, ...]:
        """Count the items again, because chats were restored on disk. Return the folders that came back with them."""
        listed = await self._database.run(lambda connection: FolderRepository(connection).list())
        folders = tuple(folder for folder in listed if not self._folders.find(folder.id))
        for folder in folders:
            self._folders.restore(folder)
        await self._announce()
        return folders

    async def close(self) -> None:
        """Stop the removal; the database maintenance after the next start continues it."""
        self._closed = True
        if self._removing:
            self._removing.cancel()
            await asyncio.wait([self._removing])

    async def trash_chats(self, conversation_ids: Iterable[str]) -> tuple[Conversation, ...]:
        """Move chats to the trash and return those that existed. An answer that is being written is stopped and kept."""
        ids = list(conversation_ids)
        for conversation_id in ids:
            await self._chat.stop_and_wait(conversation_id)
        deleted = tuple(chat for id_ in ids if (chat := self._conversations.find(id_)))
        moment = self._now()
        for batch in _batches(deleted, _TRANSACTION_SIZE):
            await self._move_to_trash([chat.id for chat in batch], moment)
            await self._announce_removed(batch)
        if deleted:
            await self._announce()
        return deleted

    async def trash_folder(self, folder_id: str, *, with_chats: bool = False) -> Folder | None:
        """Move a folder to the trash, with its chats or leaving them in no folder. Returns None if it does not exist."""
        chats = self._folders.chats_in(folder_id) if with_chats else ()
        for chat in chats:
            await self._chat.stop_and_wait(chat.id)
        folder = self._folders.remove(folder_id)
        if folder is None:
            return None
        moment = self._now()

        def move_to_trash(trash: "ChatTrash") -> None:
            trash.trash_folder(folder_id, moment)
            trash.trash_chats([chat.id for chat in chats], moment, with_folder=True)

        try:
            with rest_not_deleted():
                await self._run(move_to_trash)
        except StorageError:
            self._folders.restore(folder)
            raise
        await self._announce_removed(chats)
        self._folders.announce_removed(folder)
        await self._announce()
        return folder

    async def items(self) -> "tuple[Trashed, ...]":
        """Return the items that can be restored, the most recently deleted first."""
        since = self._since
        return await self._run(lambda trash: trash.list(since))

    async def size(self, conversation_ids: Sequence[str]) -> int:
        """Return the size of chats in the trash in bytes."""
        return await self._run(lambda trash: sum(trash.size(id_) for id_ in conversation_ids))

    async def chats_of(self, folder_id: str) -> tuple[str, ...]:
        """Return the IDs of the chats that were deleted with a folder."""
        return await self._run(lambda trash: trash.chats_of(folder_id))

    async def messages(self, conversation_id: str) -> tuple[Message, ...]:
        """Return the current path of a chat in the trash. Raises KeyError if it does not exist any more."""
        return await self._run(lambda trash: trash.path(conversation_id))

    async def restore(self, chats: Sequence[str] = (), folders: Sequence[str] = ()) -> Restored:
        """Restore chats to their folders, and folders with the chats deleted with them. Missing items are skipped.

        The folder of a restored chat is restored too. If one of many transactions fails, what the earlier ones restored is listed before
        the error is raised.
        """
        since = self._since
        restored: list[Conversation] = []
        try:
            for folder_id in folders:
                restored += await self._run(partial(_restore_folder, folder_id, since))
            for batch in _batches(chats, _TRANSACTION_SIZE):
                restored += await self._run(partial(_restore_chats, batch, since))
        except StorageError:
            with suppress(StorageError):
                await self._announce_restored(restored)
            raise
        return Restored(tuple(restored), await self._announce_restored(restored))

    async def _announce_restored(self, restored: Sequence[Conversation]) -> tuple[Folder, ...]:
        """Add what was restored on disk to the list. Return the folders among it."""
        folders = await self.refresh()
        order = await self._database.run(lambda connection: ConversationRepository(connection).order())
        for shown in _batches(restored, _ANNOUNCEMENT_SIZE):
            self._conversations.add_restored(shown, order)
            await asyncio.sleep(0)
        return folders

    async def delete(self, items: "Iterable[Trashed]") -> None:
        """Delete items permanently. They cannot be restored from now on; their rows are removed in steps, continued after a restart."""
        removed, moment = tuple(items), self._now()
        with rest_not_deleted():
            hidden = await self._run(lambda trash: trash.schedule_removal(removed, moment))
        self._conversations.remove_hidden_later(hidden)
        await self._announce(emptied=True)
        if not self._closed:
            self._removing = asyncio.get_running_loop().create_task(
                self._remove(self._removing), name="remove what was deleted for good"
            )

    @property
    def _since(self) -> datetime:
        return self._now() - TRASH_RETENTION

    async def _move_to_trash(self, ids: Sequence[str], moment: datetime) -> None:
        with rest_not_deleted():
            await self._run(lambda trash: trash.trash_chats(ids, moment))

    async def _announce_removed(self, conversations: Sequence[Conversation]) -> None:
        for batch in _batches(conversations, _ANNOUNCEMENT_SIZE):
            self._conversations.drop(batch)
            await asyncio.sleep(0)

    async def _remove(self, after: asyncio.Task[None] | None) -> None:
        """Remove the rows of hidden chats, then files that nothing refers to any more."""
        if after:
            await asyncio.wait([after])
        try:
            await self._conversations.remove_hidden(())
            await self._tidy_files()
        except StorageError as error:
            _log.warning("what was deleted for good is removed after the next start: %s", type(error).__name__)

    async def _announce(self, *, emptied: bool = False) -> None:
        since = self._since
        self.count = await self._run(lambda trash: trash.count(since))
        self.changes.announce(TrashChanged(self.count, emptied))

    def _run(self, operation: "Callable[[ChatTrash], Result]") -> asyncio.Future[Result]:
        from chatdesk.storage.database.chat_trash import (  # noqa: PLC0415 - start-up time: the window is shown before
            ChatTrash,
        )

        return self._database.run(lambda connection: operation(ChatTrash(connection)))


def _restore_chats(ids: Sequence[str], since: datetime, trash: "ChatTrash") -> tuple[Conversation, ...]:
    return trash.restore_chats(ids, since)


def _restore_folder(folder_id: str, since: datetime, trash: "ChatTrash") -> tuple[Conversation, ...]:
    return trash.restore_folder(folder_id, since)


def _batches[Value](values: Sequence[Value], size: int) -> Iterator[Sequence[Value]]:
    return (values[start : start + size] for start in range(0, len(values), size))
