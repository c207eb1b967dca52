"""Chats and messages that could not be written where they belong, in a database of their own, and back into the one of the chats.

When that is done: `features/chat/services/store/unsaved.py`.
"""

import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.message import Message, MessageState
from chatdesk.kernel.chat.question import joined
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.storage_errors import storage_errors

_FILES = ("", "-wal", "-shm")


class UnsavedRows:
    """Works within the caller's transaction, on the database of what is not saved."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._chats = ConversationRepository(connection)
        self._messages = MessageRepository(connection)

    def keep_path(self, conversation: Conversation, path: Sequence[Message]) -> None:
        """Keep a chat that ends with these messages, each of them below the one before it."""
        self.keep_chat(replace(conversation, head_id=None))
        for message in path:
            self.keep_message(message)
        self.keep_chat(conversation)

    def keep_message(self, message: Message) -> None:
        """Keep a message as it stands. Its chat is there, and so is what it follows."""
        if not self._messages.update(message):
            self._messages.add(message)

    def keep_chat(self, conversation: Conversation) -> None:
        """Keep a chat; of one that is there already, where it ends, what is typed in it and what waits to be sent."""
        chat = replace(conversation, folder_id=None)
        if not self._chats.update(chat):
            self._chats.add(replace(chat, head_id=None))

    def chats(self) -> tuple[tuple[Conversation, tuple[Message, ...]], ...]:
        """Return each chat with its messages."""
        return tuple((chat, self._messages.of_conversation(chat.id)) for chat in reversed(self._chats.list()))


def is_known(connection: sqlite3.Connection, chat: Conversation) -> bool:
    """Whether the database of the chats has this one, in the trash or not."""
    return connection.execute("SELECT 1 FROM conversations WHERE id = ?", (chat.id,)).fetchone() is not None


def put_back(connection: sqlite3.Connection, chat: Conversation, messages: Sequence[Message]) -> None:
    """Put what is not saved of a chat into the database that has the chat. What that knows better stays as it is."""
    chats, kept = ConversationRepository(connection), MessageRepository(connection)
    before = chats.get(chat.id)
    added = False
    for message in map(as_left, messages):
        try:
            stored = kept.get(message.id)
        except KeyError:
            there = connection.execute("SELECT 1 FROM messages WHERE id = ?", (message.parent_id,)).fetchone()
            kept.add(message if there else replace(message, parent_id=before.head_id))
            added = True
        else:
            if stored.state is MessageState.INTERRUPTED and _said(stored) <= _said(message):
                kept.update(message)
    chats.update(
        replace(
            before,
            head_id=chat.head_id if added else before.head_id,
            draft=_both(chat.draft, before.draft),
            draft_pictures=tuple(dict.fromkeys((*chat.draft_pictures, *before.draft_pictures))),
            queued=tuple(dict.fromkeys((*before.queued, *chat.queued))),
        )
    )


def as_left(message: Message) -> Message:
    """Return the message as it is once nobody writes it any more."""
    return replace(message, state=MessageState.INTERRUPTED) if message.state is MessageState.STREAMING else message


def folder_of_copies(path: Path) -> Path:
    """Return where copies of this file go, made only when a newer version opens it: not among those of the chats."""
    return path.with_name(f"{path.name}.backups")


def discard(path: Path) -> None:
    """Remove the file, whose database is closed. Raises `StorageError`."""
    with storage_errors(path):
        for suffix in _FILES:
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    shutil.rmtree(folder_of_copies(path), ignore_errors=True)


def set_aside(path: Path) -> None:
    """Give a file that cannot be read another name, so that it is not in the way. Raises `StorageError`."""
    with storage_errors(path):
        path.replace(path.with_name(f"{path.name}.damaged"))


def _both(unsaved: str, stored: str) -> str:
    """Return two drafts of one chat as one; mostly they are the same text, one further than the other."""
    if unsaved in stored:
        return stored
    return unsaved if stored in unsaved else joined(unsaved, stored)


def _said(message: Message) -> int:
    return len(message.text) + len(message.reasoning.text if message.reasoning else "")
