"""Chats that are settled: what is stored is what `ChatTrees.settle` computes, so messages that only follow change nothing else.

A chat is noted with its last message if moreover

- all of its messages are shared, and their order is that of their creations;
- the parents that its messages were created with and have now are stored in it or were removed for good: no message that arrives later
  becomes the parent of an earlier one.

The note is removed when a change of a message in the chat is recorded, and by triggers when a message is removed for good. An answer that
is being written is not noted by either; it is found because it is the last message then.
"""

from collections.abc import Sequence

from chatdesk.storage.database.connection import Connection


def settled_end(connection: Connection, chat_id: str) -> str | None:
    """Return the last message that a settled chat had when it was noted; None if the chat may not be settled."""
    row = connection.execute("SELECT last_id FROM sync_settled WHERE conversation_id = ?", (chat_id,)).fetchone()
    return str(row[0]) if row else None


def note_settled(connection: Connection, chat_id: str, last_id: str) -> None:
    """Note that a chat is settled and ends with this message."""
    connection.execute("INSERT OR REPLACE INTO sync_settled VALUES (?, ?)", (chat_id, last_id))


def forget_settled(connection: Connection, chat_id: str) -> None:
    """Note that a chat may not be settled."""
    connection.execute("DELETE FROM sync_settled WHERE conversation_id = ?", (chat_id,))


def forget_settled_of(connection: Connection, message_ids: Sequence[str]) -> None:
    """Note that the chats of these messages may not be settled."""
    marks = ", ".join("?" * len(message_ids))
    connection.execute(
        "DELETE FROM sync_settled WHERE conversation_id IN "  # noqa: S608 - only marks
        f"(SELECT conversation_id FROM messages WHERE id IN ({marks}))",
        message_ids,
    )


def forget_all_settled(connection: Connection) -> None:
    """Note that no chat may be settled."""
    connection.execute("DELETE FROM sync_settled")
