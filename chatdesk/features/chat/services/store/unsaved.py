"""What was shown and cannot be written now, in a small database beside the chats, until it can be.

Another program may hold the file of the chats, or have put another one in its place. At the next start what is in it goes back to its
chat; a chat that is not there any more comes back as far as it was on the screen.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.errors.storage_errors import DatabaseDamaged, DatabaseNewer
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.unsaved_rows import (
    UnsavedRows,
    as_left,
    discard,
    folder_of_copies,
    is_known,
    put_back,
    set_aside,
)

_LED_TO_IT = 50
"""Messages that are kept with an answer: they make a chat of it where its own is not there any more."""

_log = logging.getLogger(__name__)


class Unsaved:
    """`path` is the file, which is there only while something is in it. All methods raise `StorageError`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database: Database | None = None
        self._kept: dict[str, Conversation] = {}
        """By the id of an answer, or of a chat whose draft is kept: the chat."""
        self._turn = asyncio.Lock()

    async def keep(self, conversation: Conversation, path: Sequence[Message]) -> None:
        """Keep the answer that ends a path, as it stands; the first time with its chat and what led to it."""
        answer = path[-1]
        async with self._turn:
            database = await self._open()
            if answer.id not in self._kept:
                kept = self._kept.get(conversation.id) or replace(conversation, draft="", draft_pictures=(), queued=())
                kept = replace(kept, head_id=answer.id)
                led_to_it = _in_a_row(path[-_LED_TO_IT:])
                await database.run(lambda connection: UnsavedRows(connection).keep_path(kept, led_to_it))
                self._kept[answer.id] = kept
            else:
                await database.run(lambda connection: UnsavedRows(connection).keep_message(answer))

    async def keep_draft(self, conversation: Conversation) -> None:
        """Keep what is typed in a chat, and what waits to be sent."""
        async with self._turn:
            database = await self._open()
            await database.run(lambda connection: UnsavedRows(connection).keep_chat(conversation))
            self._kept[conversation.id] = conversation

    async def written(self, key: str) -> None:
        """Forget the answer, or the draft of the chat, that has this id; with the last one goes the file."""
        async with self._turn:
            kept = self._kept.pop(key, None)
            if kept is None or self._database is None:
                return
            if self._kept:
                if key == kept.id:
                    without = replace(kept, draft="", draft_pictures=(), queued=())
                    await self._database.run(lambda connection: UnsavedRows(connection).keep_chat(without))
                return
            await self._close()
            await asyncio.to_thread(discard, self._path)

    async def close(self) -> None:
        """Let go of the file; what is in it stays for the next start."""
        async with self._turn:
            await self._close()

    async def _open(self) -> Database:
        if self._database is None:
            database = Database(self._path, folder_of_copies(self._path))
            await database.open(expected=False)
            self._database = database
        return self._database

    async def _close(self) -> None:
        if database := self._database:
            self._database = None
            await database.close()


async def put_back_unsaved(path: Path, database: Database, conversations: Conversations) -> bool:
    """Put what an earlier program could not save into its chats, and remove the file. Returns whether there was something.

    Before anything else is done with the chats; `conversations` are loaded after it. Raises `StorageError`, and the file stays.
    """
    side = Database(path, folder_of_copies(path))
    try:
        await side.open(expected=True)
    except (DatabaseDamaged, DatabaseNewer) as error:
        _log.error("What was not saved cannot be read: %r", error)
        await asyncio.to_thread(set_aside, path)
        return False
    try:
        chats = await side.run(lambda connection: UnsavedRows(connection).chats())
    finally:
        await side.close()
    for chat, messages in chats:
        await _put_back(chat, messages, database, conversations)
    await asyncio.to_thread(discard, path)
    return bool(chats)


async def _put_back(
    chat: Conversation, messages: Sequence[Message], database: Database, conversations: Conversations
) -> None:
    if await database.run(lambda connection: is_known(connection, chat)):
        await database.run(lambda connection: put_back(connection, chat, messages))
    else:
        await conversations.take_in(chat, [as_left(message) for message in messages])


def _in_a_row(path: Sequence[Message]) -> list[Message]:
    """Return the messages each below the one before it: what else they follow is not in the file."""
    parents = [None, *(message.id for message in path)]
    return [replace(message, parent_id=parent) for message, parent in zip(path, parents, strict=False)]
