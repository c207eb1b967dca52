"""The tree of a chat in the database, after messages from elsewhere were added or moved: parents, trash, order, and what is shown."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise

from chatdesk.features.sync.domain.trees import Birth, in_order, living_parents
from chatdesk.features.sync.files.records import stored_json, stored_stamp
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.search_index import SearchIndex
from chatdesk.storage.database.stored_values import from_time, to_time, whole


class ChatTrees:
    """Brings chats into the state that all computers agree on. All methods work within the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._index = SearchIndex(connection)

    def settle(self, chat_id: str, added: set[str]) -> tuple[str | None, str | None] | None:
        """Settle a chat to which the messages `added` were added. Its pending changes must have been recorded.

        Return the end of the shown path before and after, if it has moved on.
        """
        rows = self._connection.execute(
            "SELECT messages.id, messages.number, sequence, messages.parent_id, deleted_at, state, "
            "sync_messages.parent_id, born_counter, born_machine, place.value, trash.value "
            "FROM messages LEFT JOIN sync_messages ON sync_messages.id = messages.id "
            "LEFT JOIN sync_fields AS place ON place.kind = 'message' AND place.id = messages.id AND place.field = 'parent' "
            "LEFT JOIN sync_fields AS trash ON trash.kind = 'message' AND trash.id = messages.id AND trash.field = 'trashed' "
            "WHERE messages.conversation_id = ? ORDER BY sequence",
            (chat_id,),
        ).fetchall()
        if not rows:
            return None
        nodes = [_Node(*row) for row in rows]
        self._set_trash(node for node in nodes if node.is_shared)
        parents = self._set_parents(nodes)
        self._set_sequences(nodes)
        if added:
            self._connection.execute(
                "UPDATE conversations SET updated_at = (SELECT max(created_at) FROM messages WHERE conversation_id = :id) "
                "WHERE id = :id",
                {"id": chat_id},
            )
        return self._set_head(chat_id, parents, added)

    def _set_trash(self, nodes: Iterable["_Node"]) -> None:
        for node in nodes:
            deleted_at = node.wanted_deletion
            if deleted_at == node.deleted_at:
                continue
            if deleted_at and not node.deleted_at:
                self._index.remove_message(node.number)
            elif not deleted_at and node.deleted_at:
                self._index.add_message(node.number)
            self._connection.execute("UPDATE messages SET deleted_at = ? WHERE number = ?", (deleted_at, node.number))

    def _set_parents(self, nodes: Sequence["_Node"]) -> dict[str, str | None]:
        """Move messages below their parents, and return the parent of each."""
        gone = {node.id for node in nodes if node.is_gone}
        parents = living_parents({node.id: node.wanted_parent for node in nodes}, gone)
        self._connection.executemany(
            "UPDATE messages SET parent_id = ? WHERE number = ?",
            [(parents[node.id], node.number) for node in nodes if parents[node.id] != node.parent_id],
        )
        return parents

    def _set_sequences(self, nodes: Sequence["_Node"]) -> None:
        """Give the messages the order that all computers agree on. Those that are not shared yet come last."""
        by_id = {node.id: node for node in nodes}
        order = [by_id[id_] for id_ in in_order([node.birth for node in nodes if node.is_shared])]
        order += [node for node in nodes if not node.is_shared]
        if all(whole(earlier.sequence) < whole(later.sequence) for earlier, later in pairwise(order)):
            return
        moved = [(place, node.number) for place, node in enumerate(order) if node.sequence != place]
        # In two steps, because no two messages of a chat may have the same number.
        lowest = min(0, *(whole(node.sequence) for node in nodes)) - len(nodes)
        self._connection.executemany(
            "UPDATE messages SET sequence = ? WHERE number = ?", [(lowest + place, number) for place, number in moved]
        )
        self._connection.executemany("UPDATE messages SET sequence = ? WHERE number = ?", moved)

    def _set_head(
        self, chat_id: str, parents: dict[str, str | None], added: set[str]
    ) -> tuple[str | None, str | None] | None:
        """Let the shown path go on where it has been continued elsewhere, and end at an existing message."""
        alive = _in_sequence(self._connection, chat_id)
        is_alive = set(alive)
        children: defaultdict[str | None, list[str]] = defaultdict(list)
        for id_ in alive:
            children[parents[id_]].append(id_)
        (head,) = self._connection.execute("SELECT head_id FROM conversations WHERE id = ?", (chat_id,)).fetchone()
        wanted: str | None = head
        while wanted is not None and wanted not in is_alive:
            wanted = parents.get(wanted)
        if wanted is None:
            wanted = alive[-1] if alive else None
        elif wanted == head and not set(children[head]) <= added:
            return None
        seen: set[str] = set()
        while wanted is not None and children[wanted] and wanted not in seen:
            seen.add(wanted)
            wanted = children[wanted][-1]
        if wanted == head:
            return None
        self._connection.execute("UPDATE conversations SET head_id = ? WHERE id = ?", (wanted, chat_id))
        return head, wanted


def _in_sequence(connection: Connection, chat_id: str) -> list[str]:
    """Return the ids of the messages of a chat in order, without those in the trash."""
    rows = connection.execute(
        "SELECT id FROM messages WHERE conversation_id = ? AND deleted_at IS NULL ORDER BY sequence", (chat_id,)
    )
    return [id_ for (id_,) in rows]


@dataclass(frozen=True, slots=True)
class _Node:
    """A message of a chat as it is stored, and what is known of it from all computers."""

    id: str
    number: int
    sequence: int
    parent_id: str | None
    deleted_at: str | None
    state: str
    first_parent: str | None
    born_counter: int | None
    born_machine: str | None
    place: str | None
    trash: str | None

    @property
    def is_shared(self) -> bool:
        """Whether the other computers know it. An answer that is being written is not shared yet."""
        return self.born_counter is not None

    @property
    def birth(self) -> Birth:
        """Where it was added."""
        born = stored_stamp(self.born_counter, self.born_machine)
        return Birth(self.id, self.first_parent, born)

    @property
    def wanted_parent(self) -> str | None:
        """The parent that was chosen last."""
        if not self.is_shared:
            return self.parent_id
        if self.place is None:
            return self.first_parent
        value = stored_json(self.place)
        return value if isinstance(value, str) else None

    @property
    def wanted_deletion(self) -> str | None:
        """When it was moved to the trash; None if it is not there."""
        return trashed(stored_json(self.trash))[0] if self.trash is not None else None

    @property
    def is_gone(self) -> bool:
        """Whether it is in the trash."""
        return (self.wanted_deletion if self.is_shared else self.deleted_at) is not None


def trashed(value: object) -> tuple[str | None, bool]:
    """Return when something was moved to the trash, and whether with its folder."""
    if not isinstance(value, dict):
        return None, False
    at = value.get("at")
    moment: datetime = from_time(at) if isinstance(at, str) else from_time("")
    return to_time(moment), value.get("folder") is True
