"""The last answer of each remote conversation, and the input values for applications in a chat."""

import json
import sqlite3
from collections.abc import Mapping

from chatdesk.kernel.chat.application import RemoteAnswer
from chatdesk.kernel.models.model import ModelRef


class RemoteConversationRepository:
    """The repository of remote conversations. All methods work within the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def save(self, message_id: str, model: ModelRef, answer: RemoteAnswer, path: str) -> None:
        """Store that a remote conversation now ends with this message, and with no earlier one. Ignored if the message does not exist."""
        if self._connection.execute("SELECT 1 FROM messages WHERE id = ?", (message_id,)).fetchone():
            self._connection.execute(
                "INSERT OR REPLACE INTO remote_conversations (message_id, server_id, model_id, conversation, message, path) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (message_id, model.server_id, model.model_id, answer.conversation, answer.message, path),
            )

    def find(self, message_id: str, model: ModelRef, path: str) -> RemoteAnswer | None:
        """Return the remote conversation of this application that ends with a message, if the path to the message is unchanged."""
        row = self._connection.execute(
            "SELECT conversation, message FROM remote_conversations "
            "WHERE message_id = ? AND server_id = ? AND model_id = ? AND path = ?",
            (message_id, model.server_id, model.model_id, path),
        ).fetchone()
        return RemoteAnswer(*row) if row else None

    def save_inputs(self, conversation_id: str, model: ModelRef, inputs: Mapping[str, str]) -> None:
        """Store the input values for an application. Ignored if the chat does not exist."""
        if self._connection.execute("SELECT 1 FROM conversations WHERE id = ?", (conversation_id,)).fetchone():
            self._connection.execute(
                "INSERT OR REPLACE INTO application_inputs (conversation_id, server_id, model_id, inputs) VALUES (?, ?, ?, ?)",
                (conversation_id, model.server_id, model.model_id, json.dumps(dict(inputs), ensure_ascii=False)),
            )

    def inputs(self, conversation_id: str, model: ModelRef) -> dict[str, str] | None:
        """Return the input values for an application in a chat; None if there are none, or they are unreadable."""
        row = self._connection.execute(
            "SELECT inputs FROM application_inputs WHERE conversation_id = ? AND server_id = ? AND model_id = ?",
            (conversation_id, model.server_id, model.model_id),
        ).fetchone()
        return _read(row[0]) if row else None


def _read(text: str) -> dict[str, str] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    return {name: word for name, word in value.items() if isinstance(word, str)}
