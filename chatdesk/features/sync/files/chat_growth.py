"""Adding messages at the end of a settled chat, with the result of `ChatTrees.settle`, but without reading the messages before.

The time this takes does not depend on the length of the chat.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from chatdesk.features.sync.domain.operations import MessageAdded
from chatdesk.features.sync.files.records import stored_counter
from chatdesk.features.sync.files.settled_chats import note_settled, settled_end
from chatdesk.features.sync.files.shown_paths import continued, note_growth, show_until
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.stored_values import MAX_ORDER_VALUE, whole


@dataclass(frozen=True, slots=True)
class Growth:
    """Messages that follow those of a settled chat, in order.

    `sequence` is that of the last message before, `head_id` the end of the shown path.
    """

    chat_id: str
    added: Sequence[MessageAdded]
    sequence: int
    head_id: str


class ChatGrowth:
    """Lets settled chats grow. All methods work within the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._messages = MessageRepository(connection)

    def of(self, chat_id: str, added: Sequence[MessageAdded]) -> Growth | None:
        """Return how a chat grows by messages that were not there before; None if it has to be settled as a whole.

        All pending changes of the chat must be recorded.
        """
        end = self._end(chat_id)
        if end is None:
            return None
        sequence, creation = end
        in_order = sorted(added, key=_creation)
        if in_order and _creation(in_order[0]) <= creation:
            return None
        head_id = self._head(chat_id)
        if head_id is None or self._have_fields(in_order) or not self._have_parents(chat_id, in_order):
            return None
        return Growth(chat_id, in_order, sequence, head_id)

    def add(self, growth: Growth) -> tuple[str, str] | None:
        """Add the messages. Return the end of the shown path before and after, if it has moved on."""
        if not growth.added:
            return None
        messages = [each.message for each in growth.added]
        is_continued = self._is_continued(growth.head_id)
        self._messages.add_all(
            replace(message, sequence=position) for position, message in enumerate(messages, start=growth.sequence + 1)
        )
        note_growth(self._connection, growth.chat_id, messages)
        note_settled(self._connection, growth.chat_id, messages[-1].id)
        if is_continued:
            return None
        last_children: Mapping[str | None, str] = {message.parent_id: message.id for message in messages}
        end = continued(growth.head_id, last_children)
        if end == growth.head_id:
            return None
        show_until(self._connection, growth.chat_id, end)
        return growth.head_id, end

    def _end(self, chat_id: str) -> tuple[int, tuple[int, str, str]] | None:
        """Return the sequence and the creation of the last message of a settled chat; None if the chat is not settled."""
        last_id = settled_end(self._connection, chat_id)
        if last_id is None:
            return None
        id_, sequence = self._connection.execute(
            "SELECT id, sequence FROM messages WHERE conversation_id = ? ORDER BY sequence DESC LIMIT 1", (chat_id,)
        ).fetchone() or (None, None)
        created = self._connection.execute(
            "SELECT born_counter, born_machine FROM sync_messages WHERE id = ?", (last_id,)
        ).fetchone()
        last = whole(sequence)
        if id_ != last_id or created is None or last >= MAX_ORDER_VALUE:
            return None
        return last, (stored_counter(created[0]), str(created[1] or ""), last_id)

    def _head(self, chat_id: str) -> str | None:
        """Return the end of the path that a chat shows; None if it is not there."""
        row = self._connection.execute(
            "SELECT messages.id FROM conversations JOIN messages ON messages.id = head_id "
            "WHERE conversations.id = ? AND conversation_id = conversations.id AND messages.deleted_at IS NULL",
            (chat_id,),
        ).fetchone()
        return str(row[0]) if row else None

    def _have_fields(self, added: Sequence[MessageAdded]) -> bool:
        """Return whether a parent or the trash has been set for one of the messages before it arrived."""
        ids = [each.message.id for each in added]
        found = self._connection.execute(
            f"SELECT 1 FROM sync_fields WHERE kind = 'message' AND id IN ({_marks(ids)}) LIMIT 1",  # noqa: S608 - only marks
            ids,
        )
        return found.fetchone() is not None

    def _have_parents(self, chat_id: str, added: Sequence[MessageAdded]) -> bool:
        """Return whether all parents are in the chat and not in the trash, or come before their children."""
        before: set[str | None] = {None}
        outside: set[str] = set()
        for each in added:
            parent = each.message.parent_id
            if parent is not None and parent not in before:
                outside.add(parent)
            before.add(each.message.id)
        if outside & before:
            return False
        ids = list(outside)
        (found,) = self._connection.execute(
            f"SELECT count(*) FROM messages WHERE id IN ({_marks(ids)}) "  # noqa: S608 - only marks
            "AND conversation_id = ? AND deleted_at IS NULL",
            (*ids, chat_id),
        ).fetchone()
        return bool(found == len(ids))

    def _is_continued(self, message_id: str) -> bool:
        """Return whether a message is answered already, so that it was chosen to end there."""
        found = self._connection.execute(
            "SELECT 1 FROM messages WHERE parent_id = ? AND deleted_at IS NULL LIMIT 1", (message_id,)
        )
        return found.fetchone() is not None


def _creation(added: MessageAdded) -> tuple[int, str, str]:
    return added.created.counter, added.created.machine, added.message.id


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
