"""Merging of operations from other computers into the database. The result does not depend on their order, nor on repetitions.

A message is never overwritten and never moved into another chat. The end of the path that a chat shows is a matter of each computer; it
only advances when the chat has been continued below it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field, replace
from datetime import datetime
from itertools import pairwise

from chatdesk.features.conversations.services.files.chat_settings import from_record as settings_in
from chatdesk.features.sync.domain.operations import (
    Field,
    FieldSet,
    Kind,
    MessageAdded,
    Operation,
    covers,
    version_id,
)
from chatdesk.features.sync.domain.stamps import Stamp
from chatdesk.features.sync.domain.trees import Birth, in_order, living_parents
from chatdesk.features.sync.files.change_log import ChangeLog, own_version_id, stored_message
from chatdesk.features.sync.files.records import digest, stored_json, stored_stamp, to_json
from chatdesk.kernel.chat.attachments import hashes_of
from chatdesk.kernel.chat.conversation import Conversation, Folder, TitleOrigin
from chatdesk.kernel.chat.message import Message, MessageState
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.conversation_repository import ConversationRepository, FolderRepository
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.search_index import SearchIndex
from chatdesk.storage.database.stored_values import MAX_ORDER_VALUE, from_time, to_text, to_time, whole

_STREAMING = MessageState.STREAMING.value


@dataclass(slots=True)
class Merged:
    """What merging has changed."""

    chats: set[str] = field(default_factory=set)
    chat_fields: set[str] = field(default_factory=set)
    """The chats of which fields were set."""
    folders: set[str] = field(default_factory=set)
    heads: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    """Ends of shown paths by chat, before and after."""
    messages: int = 0
    """Number of added messages."""
    files: set[str] = field(default_factory=set)
    """Hashes of the files that the merged messages refer to."""
    refused: int = 0
    """Number of messages whose id belongs to a message of another chat."""
    postponed: bool = False
    """Whether some operations have to be merged again later, because they are about an answer that is being written."""
    gone: set[str] = field(default_factory=set)
    """Chats and messages that were restored elsewhere, but have been removed for good here: all bundles have to be read again."""


def combined(first: Merged, second: Merged) -> Merged:
    """Return what two merges in succession have changed together."""
    heads = dict(first.heads)
    for chat_id, (before, after) in second.heads.items():
        heads[chat_id] = (heads.get(chat_id, (before, after))[0], after)
    return Merged(
        first.chats | second.chats,
        first.chat_fields | second.chat_fields,
        first.folders | second.folders,
        heads,
        first.messages + second.messages,
        first.files | second.files,
        first.refused + second.refused,
        first.postponed or second.postponed,
        first.gone | second.gone,
    )


class Merging:
    """Merges operations within the caller's transaction. `milliseconds` returns the time since 1970."""

    def __init__(self, connection: Connection, milliseconds: Callable[[], int]) -> None:
        self._connection = connection
        self._log = ChangeLog(connection, milliseconds)
        self._messages = MessageRepository(connection)
        self._index = SearchIndex(connection)

    def merge(self, operations: Iterable[Operation]) -> Merged:
        """Merge operations. Changes of this computer that are pending are recorded first, so that none is missed."""
        merged = Merged()
        chats: defaultdict[str, set[str]] = defaultdict(set)
        with self._log.paused():
            for operation in operations:
                self._log.see(operation.stamp.counter)
                if isinstance(operation, FieldSet):
                    self._set(operation, merged, chats)
                else:
                    self._add(operation, merged, chats)
            for chat_id, added in chats.items():
                self._settle(chat_id, added, merged)
        return merged

    def assert_fields(self, chat_ids: Iterable[str]) -> None:
        """Write the fields of chats once more: a write that was queued before memory was reloaded may have put old values back."""
        with self._log.paused():
            for chat_id in chat_ids:
                if not self._is_hidden(chat_id):
                    self._apply_known_fields(Kind.CHAT, chat_id, Merged())
                    self._connection.execute("DELETE FROM sync_pending WHERE kind = 'chat' AND id = ?", (chat_id,))

    # Fields.

    def _set(self, operation: FieldSet, merged: Merged, chats: defaultdict[str, set[str]]) -> None:
        kind, id_ = operation.kind, operation.id
        if kind is Kind.CHAT and self._is_hidden(id_):
            merged.postponed = True
            return
        if kind is not Kind.VERSION:
            self._log.record(kind, id_)
        known = self._connection.execute(
            "SELECT counter, machine, value FROM sync_fields WHERE kind = ? AND id = ? AND field = ?",
            (kind, id_, operation.field),
        ).fetchone()
        if known and (kind is Kind.VERSION or stored_stamp(known[0], known[1]) >= operation.stamp):
            return
        value = operation.value
        if kind is Kind.VERSION:
            if own_version_id(value) != id_:
                merged.refused += 1
                return
            value = self._add_version(value)
            if value is None:
                merged.postponed = True
                return
        text = to_json(value)
        self._connection.execute(
            "INSERT OR REPLACE INTO sync_fields VALUES (?, ?, ?, ?, ?, ?, 1)",
            (kind, id_, operation.field, operation.stamp.counter, operation.stamp.machine, text),
        )
        if known and known[2] == text:
            return
        if kind is Kind.FOLDER:
            self._apply_folder(id_, operation.field, operation.value)
            merged.folders.add(id_)
        elif kind is Kind.CHAT:
            self._apply_to_chat(id_, operation.field, operation.value, merged)
        elif kind is Kind.MESSAGE and (chat_id := self._chat_of(id_)):
            is_here = self._connection.execute("SELECT 1 FROM messages WHERE id = ?", (id_,)).fetchone()
            if is_here:
                chats[chat_id].update()
            elif operation.field is Field.TRASHED and operation.value is None:
                self._read_again("id", id_, merged)

    def _apply_folder(self, id_: str, field_: Field, value: object) -> None:
        column = {Field.NAME: "name", Field.POSITION: "position", Field.INSTRUCTIONS: "instructions"}.get(field_)
        self._ensure_folder(id_, "")
        if column:
            stored = to_text(value) if isinstance(value, str) else value
            self._connection.execute(f"UPDATE folders SET {column} = ? WHERE id = ?", (stored, id_))  # noqa: S608 - fixed names
        elif field_ is Field.TRASHED:
            self._connection.execute("UPDATE folders SET deleted_at = ? WHERE id = ?", (_trashed(value)[0], id_))

    def _ensure_folder(self, id_: str, name: str) -> bool:
        """Add a folder at the end unless it exists. Return whether it was added."""
        if self._connection.execute("SELECT 1 FROM folders WHERE id = ?", (id_,)).fetchone():
            return False
        (last,) = self._connection.execute(
            "SELECT coalesce(max(position), -1) FROM folders WHERE position < ?", (MAX_ORDER_VALUE,)
        ).fetchone()
        FolderRepository(self._connection).keep(Folder(id_, name, float(last) + 1))
        return True

    def _apply_to_chat(self, id_: str, field_: Field, value: object, merged: Merged) -> None:
        """Set a field of a chat; that of a chat which does not exist yet is set when its first message arrives."""
        if not self._connection.execute("SELECT 1 FROM conversations WHERE id = ?", (id_,)).fetchone():
            if field_ is Field.TRASHED and value is None:
                self._read_again("conversation_id", id_, merged)
            return
        merged.chats.add(id_)
        merged.chat_fields.add(id_)
        data = value if isinstance(value, dict) else {}
        match field_:
            case Field.CREATED:
                self._update_chat(id_, created_at=value)
            case Field.TITLE:
                self._update_chat(id_, title=data.get("title", ""), title_origin=data.get("origin", TitleOrigin.USER))
            case Field.PINNED:
                self._update_chat(id_, pinned=value is True)
            case Field.TRASHED:
                deleted_at, with_folder = _trashed(value)
                self._update_chat(id_, deleted_at=deleted_at, deleted_with_folder=with_folder)
            case Field.FOLDER:
                folder_id = data.get("id")
                if folder_id and self._ensure_folder(str(folder_id), str(data.get("name", ""))):
                    self._apply_known_fields(Kind.FOLDER, str(folder_id), merged)
                    merged.folders.add(str(folder_id))
                self._update_chat(id_, folder_id=folder_id)
            case Field.SETTINGS:
                chats = ConversationRepository(self._connection)
                chats.update(settings_in(value).applied_to(chats.get(id_)))
            case _:
                pass

    def _update_chat(self, id_: str, **columns: object) -> None:
        assignments = ", ".join(f"{column} = :{column}" for column in columns)
        values = {name: to_text(value) if isinstance(value, str) else value for name, value in columns.items()}
        self._connection.execute(
            f"UPDATE conversations SET {assignments} WHERE id = :id",  # noqa: S608 - fixed names
            {**values, "id": id_},
        )

    def _apply_known_fields(self, kind: Kind, id_: str, merged: Merged) -> None:
        """Apply the fields that arrived before the item itself."""
        rows = self._connection.execute(
            "SELECT field, value FROM sync_fields WHERE kind = ? AND id = ?", (kind, id_)
        ).fetchall()
        for field_, text in rows:
            value = stored_json(text)
            if kind is Kind.FOLDER:
                self._apply_folder(id_, Field(field_), value)
            else:
                self._apply_to_chat(id_, Field(field_), value, merged)

    # Edited versions of generated code.

    def _add_version(self, value: object) -> dict[str, object] | None:
        """Add a version under the next free number, and return where it is; None if its message is not there yet.

        The version of a message that has been removed for good is ignored: its number is 0.
        """
        data = value if isinstance(value, dict) else {}
        message = self._connection.execute(
            "SELECT number FROM messages WHERE id = ?", (data.get("message"),)
        ).fetchone()
        if message is None:
            was_here = self._connection.execute(
                "SELECT 1 FROM sync_messages WHERE id = ?", (data.get("message"),)
            ).fetchone()
            return {"message": data.get("message"), "number": 0} if was_here else None
        (number,) = self._connection.execute(
            "SELECT 1 + coalesce(max(number), 0) FROM own_versions WHERE message_number = ? AND number < ?",
            (message[0], MAX_ORDER_VALUE),
        ).fetchone()
        self._connection.execute(
            "INSERT INTO own_versions (message_number, number, place, made_at, restored, files) VALUES (?, ?, ?, ?, 0, ?)",
            (message[0], number, data.get("place"), data.get("made_at"), to_json({"files": data.get("files")})),
        )
        return {"message": data.get("message"), "number": number}

    # Messages.

    def _add(self, operation: MessageAdded, merged: Merged, chats: defaultdict[str, set[str]]) -> None:
        message = operation.message
        self._log.record(Kind.MESSAGE, message.id)
        known = self._connection.execute(
            "SELECT conversation_id, counter, machine, digest, born_counter, born_machine FROM sync_messages WHERE id = ?",
            (message.id,),
        ).fetchone()
        stored = self._connection.execute(
            "SELECT number, state, conversation_id FROM messages WHERE id = ?", (message.id,)
        ).fetchone()
        if (known and known[0] != message.conversation_id) or (stored and stored[2] != message.conversation_id):
            merged.refused += 1
            return
        if stored and (stored[1] == _STREAMING or not known):
            merged.postponed = True  # it is being written, or belongs to a chat that is being imported
            return
        if known is None:
            if self._is_version_of_known(operation):
                return
            self._insert(operation, "", merged, chats)
            return
        born = stored_stamp(known[4], known[5])
        self._set_born(message.id, min(operation.born, born), born)
        chats[message.conversation_id].update()
        if stored is None:  # removed for good
            return
        self._merge_content(operation, stored[0], stored_stamp(known[1], known[2]), known[3], merged, chats)

    def _merge_content(
        self,
        operation: MessageAdded,
        number: int,
        stamp: Stamp,
        known_digest: str,
        merged: Merged,
        chats: defaultdict[str, set[str]],
    ) -> None:
        """Merge the content of a message that is known. Of contents that do not cover each other, all are kept."""
        message = operation.message
        if digest(message) == known_digest:
            if operation.stamp > stamp:
                self._set_stamp(message.id, operation.stamp)
            return
        current = stored_message(self._connection, number)
        is_later = operation.stamp > stamp
        if covers(current, message) and not (is_later and covers(message, current)):
            return
        versions = self._versions(message.id)
        if any(covers(version, message) and since >= operation.stamp for version, since in versions):
            return
        for version, _ in versions:
            if covers(message, version):
                self._remove_version(version, message.id)
        if covers(message, current) and is_later:
            self._replace_content(operation, current, merged)
        elif is_later:
            kept = replace(current, id=version_id(message.id, stamp), parent_id=message.parent_id)
            self._insert(MessageAdded(stamp, stamp, kept), message.id, merged, chats)
            self._replace_content(operation, current, merged)
        else:
            kept = replace(message, id=version_id(message.id, operation.stamp))
            self._insert(MessageAdded(operation.stamp, operation.stamp, kept), message.id, merged, chats)

    def _replace_content(self, operation: MessageAdded, current: Message, merged: Merged) -> None:
        """Give a message another content; its place in the tree and in the trash stays."""
        is_in_trash = self._connection.execute(
            "SELECT deleted_at FROM messages WHERE id = ?", (current.id,)
        ).fetchone()[0]
        if is_in_trash:  # an update treats what is in the trash as non-existent
            self._connection.execute(
                "UPDATE messages SET deleted_at = NULL, state = ? WHERE id = ?", (_STREAMING, current.id)
            )
        self._messages.update(operation.message)
        if is_in_trash:
            (number,) = self._connection.execute("SELECT number FROM messages WHERE id = ?", (current.id,)).fetchone()
            self._index.remove_message(number)
            self._connection.execute("UPDATE messages SET deleted_at = ? WHERE id = ?", (is_in_trash, current.id))
        self._connection.execute(
            "UPDATE sync_messages SET digest = ? WHERE id = ?", (digest(operation.message), current.id)
        )
        self._set_stamp(current.id, operation.stamp)
        merged.files |= hashes_of(operation.message.attachments)

    def _insert(
        self, operation: MessageAdded, version_of: str, merged: Merged, chats: defaultdict[str, set[str]]
    ) -> None:
        """Add a message. Its parent and place are set by `_settle`."""
        message = operation.message
        if self._connection.execute("SELECT 1 FROM messages WHERE id = ?", (message.id,)).fetchone():
            return
        self._ensure_chat(message, merged)
        self._connection.execute(
            "INSERT OR REPLACE INTO sync_messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
            (
                message.id,
                message.conversation_id,
                message.parent_id,
                operation.born.counter,
                operation.born.machine,
                operation.stamp.counter,
                operation.stamp.machine,
                digest(message),
                version_of,
            ),
        )
        parent = message.parent_id
        is_there = self._connection.execute(
            "SELECT 1 FROM messages WHERE id = ? AND conversation_id = ?", (parent, message.conversation_id)
        ).fetchone()
        self._messages.add(replace(message, parent_id=parent if is_there else None))
        chats[message.conversation_id].add(message.id)
        merged.messages += 1
        merged.files |= hashes_of(message.attachments)

    def _ensure_chat(self, message: Message, merged: Merged) -> None:
        merged.chats.add(message.conversation_id)
        if self._connection.execute("SELECT 1 FROM conversations WHERE id = ?", (message.conversation_id,)).fetchone():
            return
        created = message.created_at
        ConversationRepository(self._connection).add(
            Conversation(message.conversation_id, "", created, created, title_origin=TitleOrigin.QUESTION)
        )
        self._apply_known_fields(Kind.CHAT, message.conversation_id, merged)

    def _is_version_of_known(self, operation: MessageAdded) -> bool:
        """Return whether a message is kept already as another content of one (only for ids computed by `version_id`)."""
        found = self._connection.execute(
            "SELECT 1 FROM sync_messages WHERE version_of != '' AND id = ?", (operation.message.id,)
        ).fetchone()
        return found is not None

    def _versions(self, message_id: str) -> list[tuple[Message, Stamp]]:
        rows = self._connection.execute(
            "SELECT number, counter, machine FROM sync_messages JOIN messages ON messages.id = sync_messages.id "
            "WHERE version_of = ? AND state != 'streaming'",
            (message_id,),
        ).fetchall()
        return [
            (stored_message(self._connection, number), stored_stamp(counter, machine))
            for number, counter, machine in rows
        ]

    def _remove_version(self, version: Message, message_id: str) -> None:
        """Remove another content of a message that has become part of a later one; what follows it follows the message."""
        number, deleted_at = self._connection.execute(
            "SELECT number, deleted_at FROM messages WHERE id = ?", (version.id,)
        ).fetchone()
        if deleted_at is None:
            self._index.remove_message(number)
        self._connection.execute("UPDATE conversations SET head_id = ? WHERE head_id = ?", (message_id, version.id))
        self._connection.execute("UPDATE sync_messages SET parent_id = ? WHERE parent_id = ?", (message_id, version.id))
        self._connection.execute("UPDATE messages SET parent_id = ? WHERE parent_id = ?", (message_id, version.id))
        self._connection.execute("DELETE FROM messages WHERE number = ?", (number,))
        self._connection.execute("DELETE FROM sync_messages WHERE id = ?", (version.id,))

    def _set_stamp(self, message_id: str, stamp: Stamp) -> None:
        self._connection.execute(
            "UPDATE sync_messages SET counter = ?, machine = ?, sent = 1 WHERE id = ?",
            (stamp.counter, stamp.machine, message_id),
        )

    def _set_born(self, message_id: str, born: Stamp, known: Stamp) -> None:
        if born != known:
            self._connection.execute(
                "UPDATE sync_messages SET born_counter = ?, born_machine = ? WHERE id = ?",
                (born.counter, born.machine, message_id),
            )

    def _chat_of(self, message_id: str) -> str:
        row = self._connection.execute(
            "SELECT conversation_id FROM sync_messages WHERE id = ?", (message_id,)
        ).fetchone()
        return row[0] if row else ""

    def _is_hidden(self, chat_id: str) -> bool:
        """Return whether a chat is being imported or removed for good."""
        found = self._connection.execute(
            "SELECT 1 FROM conversations WHERE id = ? AND hidden_by IS NOT NULL", (chat_id,)
        ).fetchone()
        return found is not None

    def _read_again(self, column: str, id_: str, merged: Merged) -> None:
        """Forget a chat or message that was restored elsewhere, but has been removed for good here, so that it comes back."""
        forgotten = self._connection.execute(f"DELETE FROM sync_messages WHERE {column} = ?", (id_,))  # noqa: S608 - fixed names
        if forgotten.rowcount:
            self._connection.execute("DELETE FROM sync_bundles")
            merged.gone.add(id_)

    # The tree of a chat, after messages were added or moved.

    def _settle(self, chat_id: str, added: set[str], merged: Merged) -> None:
        self._log.record_tree(chat_id)
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
            return
        merged.chats.add(chat_id)
        nodes = [_Node(*row) for row in rows]
        self._set_trash(node for node in nodes if node.is_shared)
        parents = self._set_parents(nodes)
        self._set_sequences(nodes)
        self._set_head(chat_id, parents, added, merged)
        if added:
            self._connection.execute(
                "UPDATE conversations SET updated_at = (SELECT max(created_at) FROM messages WHERE conversation_id = :id) "
                "WHERE id = :id",
                {"id": chat_id},
            )

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

    def _set_head(self, chat_id: str, parents: dict[str, str | None], added: set[str], merged: Merged) -> None:
        """Let the shown path go on where it has been continued elsewhere, and end at an existing message."""
        alive = in_sequence(self._connection, chat_id)
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
            return
        seen: set[str] = set()
        while wanted is not None and children[wanted] and wanted not in seen:
            seen.add(wanted)
            wanted = children[wanted][-1]
        if wanted != head:
            self._connection.execute("UPDATE conversations SET head_id = ? WHERE id = ?", (wanted, chat_id))
            merged.heads[chat_id] = (head, wanted)


def in_sequence(connection: Connection, chat_id: str) -> list[str]:
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
        return _trashed(stored_json(self.trash))[0] if self.trash is not None else None

    @property
    def is_gone(self) -> bool:
        """Whether it is in the trash."""
        return (self.wanted_deletion if self.is_shared else self.deleted_at) is not None


def _trashed(value: object) -> tuple[str | None, bool]:
    """Return when something was moved to the trash, and whether with its folder."""
    if not isinstance(value, dict):
        return None, False
    at = value.get("at")
    moment: datetime = from_time(at) if isinstance(at, str) else from_time("")
    return to_time(moment), value.get("folder") is True
