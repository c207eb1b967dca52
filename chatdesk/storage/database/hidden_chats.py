"""Hidden chats, whose rows are being written or removed in batches (`migrations/m0012_hidden_chats.py`)."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.stored_values import MAX_ORDER_VALUE, to_time

REMOVAL = "removal"
"""Stored instead of the ID of an import for a chat that is being removed."""


class HiddenChats:
    """Hidden chats. All methods work within the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, conversation: Conversation, import_id: str) -> None:
        """Add a chat that is hidden until `reveal`. Its head is not stored, because the message does not exist yet."""
        self._connection.execute("PRAGMA defer_foreign_keys = ON")
        ConversationRepository(self._connection).add(conversation)
        self._connection.execute(
            "UPDATE conversations SET head_id = NULL, hidden_by = ?, deleted_at = ? WHERE id = ?",
            (import_id, to_time(conversation.created_at), conversation.id),
        )

    def set_head(self, conversation_id: str, head_id: str | None) -> None:
        """Set the head of a hidden chat, once the message exists."""
        self._connection.execute("UPDATE conversations SET head_id = ? WHERE id = ?", (head_id, conversation_id))

    def reveal(self, conversation: Conversation) -> None:
        """Show an added chat in its given state at the top of the list."""
        self._connection.execute(
            "UPDATE conversations SET hidden_by = NULL, activity = "
            "1 + (SELECT coalesce(max(activity), 0) FROM conversations WHERE activity < ?) WHERE id = ?",
            (MAX_ORDER_VALUE, conversation.id),
        )
        ConversationRepository(self._connection).update(conversation)

    def hide(self, conversation_id: str, moment: datetime) -> None:
        """Hide a chat that is about to be removed."""
        self.hide_all([conversation_id], moment)
        self.detach(conversation_id)

    def hide_all(self, conversation_ids: Iterable[str], moment: datetime) -> None:
        """Hide many chats at once; what refers to them is removed by `detach`, later."""
        self._connection.executemany(
            "UPDATE conversations SET head_id = NULL, hidden_by = ?, deleted_at = coalesce(deleted_at, ?) WHERE id = ?",
            [(REMOVAL, to_time(moment), id_) for id_ in conversation_ids],
        )

    def message_numbers(self, conversation_id: str) -> tuple[int, ...]:
        """Return the numbers of a hidden chat's messages, including those in the trash, newest first; none for a visible chat."""
        rows = self._connection.execute(
            "SELECT messages.number FROM messages JOIN conversations ON conversations.id = conversation_id "
            "WHERE conversation_id = ? AND hidden_by IS NOT NULL ORDER BY messages.number DESC",
            (conversation_id,),
        )
        return tuple(number for (number,) in rows)

    def remove(self, conversation_id: str) -> None:
        """Remove a hidden chat whose messages have been removed."""
        self._connection.execute("DELETE FROM conversations WHERE id = ? AND hidden_by IS NOT NULL", (conversation_id,))

    def detach(self, conversation_id: str) -> None:
        """Remove the references to messages of a hidden chat that would prevent their removal: heads; in a damaged file, other chats."""
        self._connection.execute(
            "UPDATE conversations SET head_id = NULL "
            "WHERE head_id IN (SELECT id FROM messages WHERE conversation_id = :id) AND (id != :id OR hidden_by IS NOT NULL)",
            {"id": conversation_id},
        )
        self._connection.execute(
            "UPDATE messages SET parent_id = NULL "
            "WHERE parent_id IN (SELECT id FROM messages WHERE conversation_id = :id) AND conversation_id != :id",
            {"id": conversation_id},
        )
