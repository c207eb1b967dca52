"""The trash of messages: deleted messages stay there, invisible, until they are restored or expire."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.chat.message_trees import Deletion
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.search_index import SearchIndex
from chatdesk.storage.database.stored_values import IS_A_TIME, to_time


class MessageTrash:
    """The trash of messages. All methods work within the caller's transaction.

    A message in the trash keeps its parent, so that it can be restored there.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._index = SearchIndex(connection)

    def trash(self, deletion: Deletion, moment: datetime) -> None:
        """Apply a deletion: move messages to the trash, move their remaining children to the new parent, and set the head."""
        for number in self._indexed(deletion.deleted):
            self._index.remove_message(number)
        self._connection.executemany(
            "UPDATE messages SET deleted_at = ? WHERE id = ?", ((to_time(moment), id_) for id_ in deletion.deleted)
        )
        self._connection.executemany(
            "UPDATE messages SET parent_id = ? WHERE id = ?", ((deletion.parent_id, id_) for id_, _ in deletion.moved)
        )
        self._set_head(deletion.conversation_id, deletion.head_after)

    def restore(
        self, deletion: Deletion, moved: Iterable[tuple[str, str | None]], head_id: str | None
    ) -> tuple[Message, ...]:
        """Restore deleted messages below their nearest existing ancestor, and return them.

        `moved` contains the messages to move back, with their parents.
        """
        parent_id = self._parent_of(deletion.deleted[0])
        while parent_id is not None and self._is_in_trash(parent_id):
            parent_id = self._parent_of(parent_id)
        self._connection.executemany(
            "UPDATE messages SET deleted_at = NULL WHERE id = ?", ((id_,) for id_ in deletion.deleted)
        )
        parents = ((deletion.deleted[0], parent_id), *moved)
        self._connection.executemany(
            "UPDATE messages SET parent_id = ? WHERE id = ?", ((parent, id_) for id_, parent in parents)
        )
        for number in self._indexed(deletion.deleted):
            self._index.add_message(number)
        self._set_head(deletion.conversation_id, head_id)
        messages = MessageRepository(self._connection)
        return tuple(messages.get(message_id) for message_id in deletion.deleted)

    def trashed_before(self, moment: datetime) -> tuple[int, ...]:
        """Return the row numbers of messages deleted before a time, newest first, because nothing follows those."""
        rows = self._connection.execute(
            f"SELECT number FROM messages WHERE deleted_at < ? AND deleted_at {IS_A_TIME} ORDER BY number DESC",  # noqa: S608
            (to_time(moment),),
        )
        return tuple(number for (number,) in rows)

    def remove(self, number: int) -> None:
        """Permanently remove a message in the trash, unless another message or a head refers to it."""
        self._connection.execute(
            "DELETE FROM messages WHERE number = ? AND deleted_at IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM messages AS child WHERE child.parent_id = messages.id) "
            "AND NOT EXISTS (SELECT 1 FROM conversations WHERE head_id = messages.id)",
            (number,),
        )

    def _indexed(self, ids: Iterable[str]) -> list[int]:
        """Return the row numbers of those messages that belong in the search index."""
        found = (
            self._connection.execute(
                "SELECT number FROM messages WHERE id = ? AND state != 'streaming'", (id_,)
            ).fetchone()
            for id_ in ids
        )
        return [row[0] for row in found if row]

    def _parent_of(self, message_id: str) -> str | None:
        row = self._connection.execute("SELECT parent_id FROM messages WHERE id = ?", (message_id,)).fetchone()
        return row[0] if row else None

    def _is_in_trash(self, message_id: str) -> bool:
        found = self._connection.execute(
            "SELECT 1 FROM messages WHERE id = ? AND deleted_at IS NOT NULL", (message_id,)
        ).fetchone()
        return found is not None

    def _set_head(self, conversation_id: str, head_id: str | None) -> None:
        self._connection.execute("UPDATE conversations SET head_id = ? WHERE id = ?", (head_id, conversation_id))
