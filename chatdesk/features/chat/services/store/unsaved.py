"""A small database next to the main one for answers and drafts that cannot be written to the main one yet.

Another program may have locked or replaced the main file. The next start moves the content back to its chats; a chat
that no longer exists is restored with the messages stored here.
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
    as_interrupted,
    discard,
    folder_of_copies,
    is_known,
    put_back,
    set_aside,
)

_MAX_CONTEXT_MESSAGES = 50
"""Messages stored with an answer, to restore its chat from if that no longer exists."""

_log = logging.getLogger(__name__)


class Unsaved:
    """The fallback database in the file `path`, which exists only while there is something in it.

    All methods raise `StorageError`.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database: Database | None = None
        self._stored: dict[str, Conversation] = {}
        """The stored chats, by the id of an answer or by the id of a chat whose draft is stored."""
        self._lock = asyncio.Lock()

    async def keep(self, conversation: Conversation, path: Sequence[Message]) -> None:
        """Store the answer that ends a path in its current state; the first time with its chat and the messages before it."""
        answer = path[-1]
        async with self._lock:
            database = await self._open()
            if answer.id not in self._stored:
                kept = self._stored.get(conversation.id) or replace(
                    conversation, draft="", draft_attachments=(), queued=()
                )
                kept = replace(kept, head_id=answer.id)
                context = _as_single_path(path[-_MAX_CONTEXT_MESSAGES:])
                await database.run(lambda connection: UnsavedRows(connection).keep_path(kept, context))
                self._stored[answer.id] = kept
            else:
                await database.run(lambda connection: UnsavedRows(connection).keep_message(answer))

    async def keep_draft(self, conversation: Conversation) -> None:
        """Store the draft and the queued questions of a chat."""
        async with self._lock:
            database = await self._open()
            await database.run(lambda connection: UnsavedRows(connection).keep_chat(conversation))
            self._stored[conversation.id] = conversation

    async def written(self, key: str) -> None:
        """Remove the answer, or the draft of the chat, with this id; the last one removed deletes the file."""
        async with self._lock:
            kept = self._stored.pop(key, None)
            if kept is None or self._database is None:
                return
            if self._stored:
                if key == kept.id:
                    without = replace(kept, draft="", draft_attachments=(), queued=())
                    await self._database.run(lambda connection: UnsavedRows(connection).keep_chat(without))
                return
            await self._close()
            await asyncio.to_thread(discard, self._path)

    async def close(self) -> None:
        """Close the file; its content stays for the next start."""
        async with self._lock:
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


async def restore_unsaved(path: Path, database: Database, conversations: Conversations) -> bool:
    """Move the content an earlier run could not save to its chats and remove the file. Return whether there was any.

    Must run before any other access to the chats; `conversations` are loaded after it. Raises `StorageError`, and
    keeps the file then.
    """
    fallback = Database(path, folder_of_copies(path))
    try:
        await fallback.open(expected=True)
    except (DatabaseDamaged, DatabaseNewer) as error:
        _log.error("The fallback database cannot be read: %r", error)
        await asyncio.to_thread(set_aside, path)
        return False
    try:
        chats = await fallback.run(lambda connection: UnsavedRows(connection).chats())
    finally:
        await fallback.close()
    for chat, messages in chats:
        await _restore(chat, messages, database, conversations)
    await asyncio.to_thread(discard, path)
    return bool(chats)


async def _restore(
    chat: Conversation, messages: Sequence[Message], database: Database, conversations: Conversations
) -> None:
    if await database.run(lambda connection: is_known(connection, chat)):
        await database.run(lambda connection: put_back(connection, chat, messages))
    else:
        await conversations.add_complete(chat, [as_interrupted(message) for message in messages])


def _as_single_path(path: Sequence[Message]) -> list[Message]:
    """Return the messages as a single path, each with its predecessor as parent: their other relatives are not in the file."""
    parents = [None, *(message.id for message in path)]
    return [replace(message, parent_id=parent) for message, parent in zip(path, parents, strict=False)]
