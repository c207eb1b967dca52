"""What a chat shows after messages were added: its place in time, and the end of the shown path."""

from collections.abc import Iterable, Mapping

from chatdesk.kernel.chat.message import Message
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.stored_values import to_time


def note_growth(connection: Connection, chat_id: str, added: Iterable[Message]) -> None:
    """Let a chat be at least as new as the messages that were added to it."""
    connection.execute(
        "UPDATE conversations SET updated_at = max(updated_at, ?) WHERE id = ?",
        (to_time(max(message.created_at for message in added)), chat_id),
    )


def continued(message_id: str, last_children: Mapping[str | None, str]) -> str:
    """Return the end of the path below a message that always continues with the last child."""
    seen: set[str] = set()
    while message_id in last_children and message_id not in seen:
        seen.add(message_id)
        message_id = last_children[message_id]
    return message_id


def show_until(connection: Connection, chat_id: str, message_id: str | None) -> None:
    """Set the end of the path that a chat shows."""
    connection.execute("UPDATE conversations SET head_id = ? WHERE id = ?", (message_id, chat_id))
