"""Hidden chats, whose rows are being written or removed in batches (`migrations/m0012_hidden_chats.py`)."""

import sqlite3
from datetime import datetime

from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.stored_values import MAX_ORDER_VALUE, to_time

_REMOVAL = "removal"


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
        self._connection.execute(
            "UPDATE conversations SET head_id = NULL, hidden_by = ?, deleted_at = coalesce(deleted_at, ?) WHERE id = ?",
            (_REMOVAL, to_time(moment), conversation_id),
        )
        self._remove_foreign_references(conversation_id)

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

    def _remove_foreign_references(self, conversation_id: str) -> None:
        """Remove references from other chats into this one, which exist only in a damaged file and would prevent deletion."""
        self._connection.execute(
            "UPDATE conversations SET head_id = NULL "
            "WHERE head_id IN (SELECT id FROM messages WHERE conversation_id = :id) AND id != :id",
            {"id": conversation_id},
        )
        self._connection.execute(
            "UPDATE messages SET parent_id = NULL "
            "WHERE parent_id IN (SELECT id FROM messages WHERE conversation_id = :id) AND conversation_id != :id",
            {"id": conversation_id},
        )
