"""A small database next to the main one for answers and drafts that cannot be written to the main one yet.

Another program may have locked or replaced the main file. The next start moves the content back to its chats; a chat
that no longer exists is restored with the messages stored here.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.errors.storage_errors import DatabaseDamaged, DatabaseNewer, DatabaseUnavailable
from chatdesk.kernel.settings.store import StartNotice
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.unsaved_file import (
    Change,
    UnsavedFile,
    discard,
    folder_of_copies,
    prepare_to_read,
    remains_of,
    salvage_beside,
    set_aside_unreadable,
)
from chatdesk.storage.database.unsaved_rows import UnsavedRows, put_back

_MAX_CONTEXT_MESSAGES = 50
"""Messages stored with an answer, to restore its chat from if that no longer exists."""

_THREAD = "unsaved text"
"""A thread of its own: those of the event loop may all be waiting for a disk that does not respond."""

StoredChats = tuple[tuple[Conversation, tuple[Message, ...]], ...]

_log = logging.getLogger(__name__)


class Unsaved:
    """The fallback database in the file `path`, which exists only while there is something in it.

    All methods raise `StorageError`. They complete even if their task is cancelled, so that the file and what is known of it agree.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = UnsavedFile(path)
        self._is_closed = False
        self._stored: dict[str, Conversation] = {}
        """The stored chats, by the id of an answer or by the id of a chat whose draft is stored."""
        self._changes: list[Change] = []
        """What is to be written next, together: each write of the file may have to wait for the disk."""
        self._is_written = True
        """Whether the file has all changes except `_changes`."""
        self._lock = asyncio.Lock()

    async def save(self, conversation: Conversation, path: Sequence[Message]) -> None:
        """Store the answer that ends a path in its current state; the first time with its chat and the messages before it."""
        answer = path[-1]
        if answer.id in self._stored:
            await self._write(lambda connection: UnsavedRows(connection).save_message(answer))
            return
        stored = self._stored.get(conversation.id) or replace(conversation, draft="", draft_attachments=(), queued=())
        stored = self._stored[answer.id] = replace(stored, head_id=answer.id)
        context = _as_single_path(path[-_MAX_CONTEXT_MESSAGES:])
        await self._write(lambda connection: UnsavedRows(connection).save_path(stored, context))

    async def save_draft(self, conversation: Conversation) -> None:
        """Store the draft and the queued questions of a chat."""
        self._stored[conversation.id] = conversation
        await self._write(lambda connection: UnsavedRows(connection).save_chat_row(conversation))

    async def written(self, key: str) -> None:
        """Remove the answer, or the draft of the chat, with this id; the last one removed deletes the file."""
        stored = self._stored.pop(key, None)
        if stored is None:
            return
        if key == stored.id:
            without = replace(stored, draft="", draft_attachments=(), queued=())
            self._changes.append(lambda connection: UnsavedRows(connection).save_chat_row(without))
        await asyncio.shield(self._write_changes() if self._stored else self._discard())

    async def close(self) -> None:
        """Close the file; its content stays for the next start."""
        async with self._lock:
            self._is_closed = True
            self._file.close()

    async def _write(self, change: Change) -> None:
        self._changes.append(change)
        await asyncio.shield(self._write_changes())

    async def _write_changes(self) -> None:
        async with self._lock:
            if self._is_closed:
                raise DatabaseUnavailable(path=str(self._path), reason="closed")
            if not self._changes and self._is_written:
                return  # written together with an earlier one, or not needed any more
            changes, self._changes = self._changes, []
            self._is_written = False
            await run_in_daemon_thread(partial(self._file.write, changes), _THREAD)
            self._is_written = True

    async def _discard(self) -> None:
        async with self._lock:
            if not self._stored:  # nothing has been added meanwhile
                self._changes.clear()
                self._is_written = True
                await run_in_daemon_thread(self._file.discard, _THREAD)


async def restore_unsaved(path: Path, database: Database) -> StartNotice | None:
    """Move the content an earlier run could not save to its chats and remove the file. Return the message for the user about it.

    A damaged file is kept under another name; what can be read of it is restored. Must run before any other access to the chats, and before
    they are loaded. Can be repeated if it did not complete. Raises `StorageError`, and keeps the file then.
    """
    if not await asyncio.to_thread(prepare_to_read, path):
        return None
    try:
        chats = await _read(path)
    except DatabaseNewer as error:
        _log.error("The fallback database cannot be read: %r", error)
        await asyncio.to_thread(set_aside_unreadable, path)
        return StartNotice.UNSAVED_LOST
    except DatabaseDamaged as error:
        _log.error("The fallback database is damaged: %r", error)
        return await _restore_remains(path, database)
    await _put_back(chats, database)
    await asyncio.to_thread(discard, path)
    return StartNotice.UNSAVED_RETURNED if chats else None


async def _restore_remains(path: Path, database: Database) -> StartNotice:
    """Restore what can be read of a damaged file."""
    chats: StoredChats = ()
    try:
        chats = await _read(await asyncio.to_thread(salvage_beside, path))
    except DatabaseDamaged as error:
        _log.error("Nothing in the fallback database can be read: %r", error)
    await _put_back(chats, database)
    await asyncio.to_thread(discard, remains_of(path))
    await asyncio.to_thread(set_aside_unreadable, path)
    return StartNotice.UNSAVED_SALVAGED if chats else StartNotice.UNSAVED_LOST


async def _put_back(chats: StoredChats, database: Database) -> None:
    for chat, messages in chats:
        await database.run(partial(put_back, chat=chat, messages=messages))


async def _read(path: Path) -> StoredChats:
    fallback = Database(path, folder_of_copies(path))
    await fallback.open(expected=True)
    try:
        return await fallback.run(lambda connection: UnsavedRows(connection).chats())
    finally:
        await fallback.close()


def _as_single_path(path: Sequence[Message]) -> list[Message]:
    """Return the messages as a single path, each with its predecessor as parent: their other relatives are not in the file."""
    parents = [None, *(message.id for message in path)]
    return [replace(message, parent_id=parent) for message, parent in zip(path, parents, strict=False)]
