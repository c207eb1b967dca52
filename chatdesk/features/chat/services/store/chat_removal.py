"""Removes chats and messages for good, some rows at a time, so that nothing that is being written waits for it.

A chat is hidden first, all at once; if the program ends in the middle, the next one goes on with it.
"""

from collections.abc import Iterable
from datetime import datetime

from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.hidden_chats import HiddenChats
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.message_trash import MessageTrash


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
