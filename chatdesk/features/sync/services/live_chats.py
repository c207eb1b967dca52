"""The chats in memory while changes of other computers are merged into the database: they are reloaded, and views are updated."""

from collections.abc import AsyncGenerator, Collection
from contextlib import AsyncExitStack, asynccontextmanager

from chatdesk.features.chat.services.chat import Chat
from chatdesk.features.chat.services.chat_changes import PathChanged
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.features.conversations.services.chat_folders import ChatFolders
from chatdesk.features.conversations.services.trash import Trash
from chatdesk.features.sync.files.merging import Merged
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.merging import Merging as StoredChats


class LiveChats:
    """Keeps what is in memory equal to the database."""

    def __init__(
        self, database: Database, conversations: Conversations, chat: Chat, folders: ChatFolders, trash: Trash
    ) -> None:
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

    async def show(self, merged: Merged) -> None:
        """Show what has changed. Raises `StorageError`."""
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
        self._conversations.take_over(stored, order, merged.heads)
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
