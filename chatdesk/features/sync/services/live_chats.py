"""The chats in memory while changes of other computers are merged into the database: they are reloaded, and views are updated."""

from collections.abc import AsyncGenerator, Collection, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

from chatdesk.features.chat.services.chat import Chat
from chatdesk.features.chat.services.chat_changes import PathChanged
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.features.conversations.services.chat_folders import ChatFolders
from chatdesk.features.conversations.services.trash import Trash
from chatdesk.features.sync.files.merging import Merged
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.merging import Merging as StoredChats


@dataclass(frozen=True, slots=True)
class DeletedElsewhere:
    """A chat that was in the list has been moved to the trash on another computer. `computer` is its name; empty if it is not known."""

    conversation: Conversation
    computer: str = ""


class LiveChats:
    """Keeps what is in memory equal to the database."""

    def __init__(
        self, database: Database, conversations: Conversations, chat: Chat, folders: ChatFolders, trash: Trash
    ) -> None:
        self.deletions: Announcer[DeletedElsewhere] = Announcer()
        self._database = database
        self._conversations = conversations
        self._chat = chat
        self._folders = folders
        self._trash = trash

    @asynccontextmanager
    async def merging(self, chat_ids: Collection[str]) -> AsyncGenerator[None, None]:
        """Let nobody change the messages of these chats meanwhile. They are read again at the end, if somebody shows them."""
        async with AsyncExitStack() as stack:
            for chat_id in sorted(chat_ids):
                await stack.enter_async_context(self._chat.trees.merging(chat_id))
            yield

    def is_known(self, chat_id: str) -> bool:
        """Return whether a chat is in the list in memory, so that its row may be written from there."""
        return self._conversations.find(chat_id) is not None

    async def show(self, merged: Merged, deleted_on: Mapping[str, str]) -> None:
        """Show what has changed. `deleted_on` has names of computers by the chats that were deleted there. Raises `StorageError`."""
        if merged.folders:
            await self._folders.reload()
        if not merged.chats:
            return
        ids, grown = tuple(merged.chats), frozenset(merged.grown)
        await self._database.run(lambda connection: StoredChats(connection).place(grown))
        stored = await self._database.run(lambda connection: _chats(connection, ids))
        for chat in stored:
            if chat.deleted_at and self._conversations.find(chat.id):
                await self._chat.stop_and_wait(chat.id)
        order = await self._database.run(lambda connection: ConversationRepository(connection).order())
        was_listed = len(self._conversations.all())
        deleted = [known for chat in stored if chat.deleted_at and (known := self._conversations.find(chat.id))]
        self._conversations.merge_stored(stored, order, merged.heads)
        for chat in deleted:
            self.deletions.announce(DeletedElsewhere(chat, deleted_on.get(chat.id, "")))
        for chat_id in ids:
            self._chat.changes.announce(PathChanged(chat_id))
        if len(self._conversations.all()) != was_listed or any(chat.deleted_at for chat in stored):
            await self._trash.begin()


def _chats(connection: Connection, ids: Collection[str]) -> tuple[Conversation, ...]:
    found: list[Conversation] = []
    for id_ in ids:
        try:
            found.append(ConversationRepository(connection).get(id_))
        except KeyError:  # removed meanwhile
            continue
    return tuple(found)
