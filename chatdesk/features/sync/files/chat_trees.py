"""The tree of a chat in the database: messages from other computers are added, and parents, trash, order and shown path are settled."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from chatdesk.features.sync.domain.operations import Field, MessageAdded
from chatdesk.features.sync.domain.trees import Creation, in_order, living_parents
from chatdesk.features.sync.files.records import stored_counter, stored_json
from chatdesk.features.sync.files.settled_chats import forget_settled, note_settled
from chatdesk.features.sync.files.shown_paths import continued, note_growth, show_until
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.search_index import SearchIndex
from chatdesk.storage.database.stored_values import MAX_ORDER_VALUE, from_time, to_time, whole


class ChatTrees:
    """Brings chats into the state that all computers agree on. All methods work within the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._messages = MessageRepository(connection)
        self._index = SearchIndex(connection)

    def settle(self, chat_id: str, added: Sequence[MessageAdded]) -> tuple[str | None, str | None] | None:
        """Add messages to a chat, and settle it. `sync_messages` has them already, and all pending changes of the chat.

        Return the end of the shown path before and after, if it has moved on.
        """
        nodes = self._nodes(chat_id, added)
        if not nodes:
            return None
        in_trash = {node.id for node in nodes if node.is_trashed}
        order = _in_order(nodes)
        parents = living_parents({node.id: node.wanted_parent for node in order}, in_trash)
        self._set_sequences(order)
        self._add(order, parents, {each.message.id: each for each in added})
        self._set_parents(order, parents)
        self._set_trash(order)
        if added:
            note_growth(self._connection, chat_id, (each.message for each in added))
        self._note(chat_id, order)
        alive = [node.id for node in order if node.id not in in_trash]
        return self._set_head(chat_id, alive, parents, {each.message.id for each in added})

    def _nodes(self, chat_id: str, added: Iterable[MessageAdded]) -> list["_Node"]:
        """Return the messages of a chat, and those that are added to it."""
        fields = self._fields(chat_id)
        rows = self._connection.execute(
            "SELECT messages.id, messages.number, sequence, messages.parent_id, deleted_at, "
            "sync_messages.parent_id, born_counter, born_machine "
            "FROM messages LEFT JOIN sync_messages ON sync_messages.id = messages.id "
            "WHERE messages.conversation_id = ? ORDER BY sequence",
            (chat_id,),
        )
        nodes: list[_Node] = []
        for id_, number, sequence, parent, deleted, first_parent, counter, machine in rows:
            if counter is None:
                nodes.append(_Node(id_, number, sequence, parent, deleted, parent, deleted))
                continue
            creation = Creation(stored_counter(counter), str(machine or ""), id_, first_parent)
            wanted, deletion = _wanted(fields[id_], first_parent) if id_ in fields else (first_parent, None)
            nodes.append(_Node(id_, number, sequence, parent, deleted, wanted, deletion, creation))
        for operation in added:
            id_, parent = operation.message.id, operation.message.parent_id
            creation = Creation(operation.created.counter, operation.created.machine, id_, parent)
            wanted, deletion = _wanted(fields.get(id_, {}), parent)
            nodes.append(_Node(id_, 0, None, None, None, wanted, deletion, creation, is_new=True))
        return nodes

    def _fields(self, chat_id: str) -> Mapping[str, Mapping[str, object]]:
        """Return the fields of messages that were set, by message; most messages have none."""
        found: defaultdict[str, dict[str, object]] = defaultdict(dict)
        for id_, field, value in self._connection.execute(
            # CROSS JOIN: SQLite would otherwise begin with the fields of all messages.
            "SELECT sync_fields.id, field, value FROM sync_messages CROSS JOIN sync_fields "
            "ON kind = 'message' AND sync_fields.id = sync_messages.id WHERE conversation_id = ?",
            (chat_id,),
        ):
            found[id_][field] = stored_json(value)
        return found

    def _set_sequences(self, order: Sequence["_Node"]) -> None:
        """Set the sequences of the messages to this order; the stored ones keep theirs if they are in order and the others come last."""
        stored = [node for node in order if not node.is_new]
        numbers = [whole(node.sequence) for node in stored]
        is_in_order = all(earlier < later for earlier, later in pairwise(numbers))
        last = numbers[-1] if numbers else -1
        if is_in_order and stored == order[: len(stored)] and last < MAX_ORDER_VALUE:
            for position, node in enumerate(order[len(stored) :], start=last + 1):
                node.sequence = position
            return
        positions = [(position, node) for position, node in enumerate(order) if node.sequence != position]
        moved = [(position, node.number) for position, node in positions if not node.is_new]
        # In two steps, because no two messages of a chat may have the same number.
        lowest = min(0, *numbers) - len(order)
        self._connection.executemany(
            "UPDATE messages SET sequence = ? WHERE number = ?",
            [(lowest + position, number) for position, number in moved],
        )
        self._connection.executemany("UPDATE messages SET sequence = ? WHERE number = ?", moved)
        for position, node in positions:
            node.sequence = position

    def _add(
        self, order: Iterable["_Node"], parents: Mapping[str, str | None], added: Mapping[str, MessageAdded]
    ) -> None:
        """Add the new messages; one below a message that comes later in the order gets its parent afterwards."""
        there: set[str | None] = {None}
        new: list[_Node] = []
        for node in order:
            if node.is_new:
                node.parent_id = parents[node.id] if parents[node.id] in there else None
                new.append(node)
            there.add(node.id)
        first = self._messages.add_all(
            replace(added[node.id].message, parent_id=node.parent_id, sequence=whole(node.sequence)) for node in new
        )
        for number, node in enumerate(new, start=first):
            node.number = number

    def _set_parents(self, order: Iterable["_Node"], parents: Mapping[str, str | None]) -> None:
        self._connection.executemany(
            "UPDATE messages SET parent_id = ? WHERE number = ?",
            [(parents[node.id], node.number) for node in order if parents[node.id] != node.parent_id],
        )

    def _set_trash(self, order: Iterable["_Node"]) -> None:
        for node in order:
            if node.wanted_deletion == node.deleted_at:
                continue
            if node.wanted_deletion and not node.deleted_at:
                self._index.remove_message(node.number)
            elif not node.wanted_deletion and node.deleted_at:
                self._index.add_message(node.number)
            self._connection.execute(
                "UPDATE messages SET deleted_at = ? WHERE number = ?", (node.wanted_deletion, node.number)
            )

    def _note(self, chat_id: str, order: Sequence["_Node"]) -> None:
        """Note whether messages that are created later and whose parents are here only follow, see `settled_chats.py`."""
        here = {node.id for node in order}
        wanted = {parent for node in order for parent in (node.wanted_parent, node.first_parent) if parent is not None}
        if _is_by_birth(order) and self._were_removed(wanted - here):
            note_settled(self._connection, chat_id, order[-1].id)
        else:
            forget_settled(self._connection, chat_id)

    def _were_removed(self, message_ids: Collection[str]) -> bool:
        """Return whether messages that are not here were removed for good, rather than that they have not arrived yet."""
        marks = ", ".join("?" * len(message_ids))
        (known,) = self._connection.execute(
            f"SELECT count(*) FROM sync_messages WHERE id IN ({marks})",  # noqa: S608 - only marks
            tuple(message_ids),
        ).fetchone()
        return bool(known == len(message_ids))

    def _set_head(
        self, chat_id: str, alive: Sequence[str], parents: Mapping[str, str | None], added: Collection[str]
    ) -> tuple[str | None, str | None] | None:
        """Extend the shown path where it has been continued elsewhere, and let it end at an existing message.

        `alive` are the messages in order, without those in the trash.
        """
        is_alive = set(alive)
        (head,) = self._connection.execute("SELECT head_id FROM conversations WHERE id = ?", (chat_id,)).fetchone()
        wanted: str | None = head
        while wanted is not None and wanted not in is_alive:
            wanted = parents.get(wanted)
        if wanted is None:
            wanted = alive[-1] if alive else None
        elif wanted == head and any(parents[id_] == head and id_ not in added for id_ in alive):
            return None
        if wanted is not None:
            wanted = continued(wanted, {parents[id_]: id_ for id_ in alive})
        if wanted == head:
            return None
        show_until(self._connection, chat_id, wanted)
        return head, wanted


@dataclass(slots=True)
class _Node:
    """A message of a chat as it is stored, and as all computers agree on it. `number` is 0 before it is stored."""

    id: str
    number: int
    sequence: int | None
    parent_id: str | None
    deleted_at: str | None
    wanted_parent: str | None
    """The parent that was chosen last."""
    wanted_deletion: str | None
    """When it was moved to the trash; None if it is not there."""
    creation: Creation | None = None
    """None for a message that is not shared yet: an answer that is being written."""
    is_new: bool = False

    @property
    def first_parent(self) -> str | None:
        """The parent with which it was created, if it is shared."""
        return self.creation.parent_id if self.creation else None

    @property
    def is_trashed(self) -> bool:
        """Whether it is in the trash."""
        return self.wanted_deletion is not None


def _wanted(fields: Mapping[str, object], first_parent: str | None) -> tuple[str | None, str | None]:
    """Return the parent that was chosen last, and when a message was moved to the trash, from its fields."""
    parent = fields.get(Field.PARENT, first_parent)
    return parent if isinstance(parent, str) else None, trashed(fields.get(Field.TRASHED))[0]


def _in_order(nodes: Sequence[_Node]) -> list[_Node]:
    """Return the messages in the order that all computers agree on. Those that are not shared yet come last."""
    by_id = {node.id: node for node in nodes}
    shared = [by_id[id_] for id_ in in_order(node.creation for node in nodes if node.creation)]
    return shared + [node for node in nodes if not node.creation]


def _is_by_birth(order: Sequence[_Node]) -> bool:
    """Return whether all messages are shared, and in the order of their creations although parents come before children."""
    creations = [node.creation for node in order if node.creation]
    return len(creations) == len(order) and all(earlier < later for earlier, later in pairwise(creations))


def trashed(value: object) -> tuple[str | None, bool]:
    """Return when something was moved to the trash, and whether with its folder."""
    if not isinstance(value, dict):
        return None, False
    at = value.get("at")
    return to_time(from_time(at if isinstance(at, str) else "")), value.get("folder") is True
