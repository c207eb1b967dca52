"""A separate database for chats and messages that could not be saved, and their transfer into the main database.

`features/chat/services/store/unsaved.py` decides when that is done; `unsaved_file.py` writes the file.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from chatdesk.kernel.chat.conversation import Conversation, joined
from chatdesk.kernel.chat.message import Message, MessageState
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.message_repository import MessageRepository


class UnsavedRows:
    """The rows of the separate database. All methods work within the caller's transaction on it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._chats = ConversationRepository(connection)
        self._messages = MessageRepository(connection)

    def save_path(self, conversation: Conversation, path: Sequence[Message]) -> None:
        """Save a chat and the messages on its path, each of them below the previous one."""
        self.save_chat_row(replace(conversation, head_id=None))
        for message in path:
            self.save_message(message)
        self.save_chat_row(conversation)

    def save_message(self, message: Message) -> None:
        """Save a message in its current state. Its chat and its parent must be saved."""
        if not self._messages.update(message):
            self._messages.add(message)

    def save_chat_row(self, conversation: Conversation) -> None:
        """Save a chat; for an existing one, its head, draft and queued questions."""
        chat = replace(conversation, folder_id=None)
        if not self._chats.update(chat):
            self._chats.add(replace(chat, head_id=None))

    def chats(self) -> tuple[tuple[Conversation, tuple[Message, ...]], ...]:
        """Return each chat with its messages."""
        return tuple((chat, self._messages.of_conversation(chat.id)) for chat in reversed(self._chats.list()))


def put_back(connection: sqlite3.Connection, chat: Conversation, messages: Sequence[Message]) -> None:
    """Transfer an unsaved chat into the main database, in the caller's transaction: its changes if it is there, else all of it."""
    interrupted = [_as_interrupted(message) for message in messages]
    if connection.execute("SELECT 1 FROM conversations WHERE id = ?", (chat.id,)).fetchone():
        _put_changes_back(connection, chat, interrupted)
    else:
        UnsavedRows(connection).save_path(chat, interrupted)


def _put_changes_back(connection: sqlite3.Connection, chat: Conversation, messages: Sequence[Message]) -> None:
    """Transfer the unsaved changes of a chat that the main database contains, even in the trash. Newer data there is kept."""
    chats, saved = ConversationRepository(connection), MessageRepository(connection)
    before = chats.get(chat.id)
    added = False
    for message in messages:
        try:
            stored = saved.get(message.id)
        except KeyError:
            exists = connection.execute("SELECT 1 FROM messages WHERE id = ?", (message.parent_id,)).fetchone()
            saved.add(message if exists else replace(message, parent_id=before.head_id))
            added = True
        else:
            if stored.state is MessageState.INTERRUPTED and _content_length(stored) <= _content_length(message):
                saved.update(message)
    chats.update(
        replace(
            before,
            head_id=chat.head_id if added else before.head_id,
            draft=_both(chat.draft, before.draft),
            draft_attachments=tuple(dict.fromkeys((*chat.draft_attachments, *before.draft_attachments))),
            queued=tuple(dict.fromkeys((*before.queued, *chat.queued))),
        )
    )


def _as_interrupted(message: Message) -> Message:
    """Return the message in the state it has when its generation was interrupted."""
    return replace(message, state=MessageState.INTERRUPTED) if message.state is MessageState.STREAMING else message


def _both(unsaved: str, stored: str) -> str:
    """Return two drafts of a chat as one; usually, one is a continuation of the other."""
    if unsaved in stored:
        return stored
    return unsaved if stored in unsaved else joined(unsaved, stored)


def _content_length(message: Message) -> int:
    return len(message.text) + len(message.reasoning.text if message.reasoning else "")
