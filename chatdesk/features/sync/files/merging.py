"""Merging of operations from other computers into the database. The result does not depend on their order, nor on repetitions.

A message is never overwritten and never moved into another chat. The end of the path that a chat shows is a matter of each computer; it
only advances when the chat has been continued below it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import field, replace

from chatdesk.features.conversations.services.files.chat_settings import from_record as settings_in
from chatdesk.features.sync.domain.operations import (
    Field,
    FieldSet,
    Kind,
    MessageAdded,
    Operation,
    alternative_id,
    covers,
)
from chatdesk.features.sync.domain.stamps import NEVER, Stamp
from chatdesk.features.sync.files.change_log import ChangeLog
from chatdesk.features.sync.files.chat_growth import ChatGrowth
from chatdesk.features.sync.files.chat_trees import ChatTrees, trashed
from chatdesk.features.sync.files.folder_merging import FolderMerging, MovedChats
from chatdesk.features.sync.files.merged_bundles import forget_merged
from chatdesk.features.sync.files.records import digest, is_removed_version, stored_json, stored_stamp, to_json
from chatdesk.features.sync.files.settled_chats import forget_all_settled
from chatdesk.features.sync.files.stored_items import edited_version_id, edited_versions_of, remove_edited_version
from chatdesk.features.sync.files.written_bundles import keep_all_written
from chatdesk.kernel.chat.attachments import hashes_of
from chatdesk.kernel.chat.conversation import Conversation, TitleOrigin
from chatdesk.kernel.chat.message import Message, MessageState
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.search_index import SearchIndex
from chatdesk.storage.database.stored_values import MAX_ORDER_VALUE, to_text

_STREAMING = MessageState.STREAMING.value


@dataclass(slots=True)
class Merged:
    """What merging has changed."""

    chats: set[str] = field(default_factory=set)
    grown: set[str] = field(default_factory=set)
    """The chats to which messages were added."""
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
    """Whether some operations have to be merged again later, because they change an answer that is being written."""
    removed_for_good: set[str] = field(default_factory=set)
    """Chats and messages that another computer has restored or continued, but that were removed for good here.

    They are added again when all bundles are read again.
    """


def combined(first: Merged, second: Merged) -> Merged:
    """Return what two merges in succession have changed together."""
    heads = dict(first.heads)
    for chat_id, (before, after) in second.heads.items():
        heads[chat_id] = (heads.get(chat_id, (before, after))[0], after)
    return Merged(
        first.chats | second.chats,
        first.grown | second.grown,
        first.chat_fields | second.chat_fields,
        first.folders | second.folders,
        heads,
        first.messages + second.messages,
        first.files | second.files,
        first.refused + second.refused,
        first.postponed or second.postponed,
        first.removed_for_good | second.removed_for_good,
    )


class Merging:
    """Merges operations within the caller's transaction. `milliseconds` returns the time since 1970."""

    def __init__(self, connection: Connection, milliseconds: Callable[[], int]) -> None:
        self._connection = connection
        self._log = ChangeLog(connection, milliseconds)
        self._messages = MessageRepository(connection)
        self._trees = ChatTrees(connection)
        self._growth = ChatGrowth(connection)
        self._folders = FolderMerging(connection, self._log)
        self._index = SearchIndex(connection)
        self._known: dict[str, _Known] = {}
        """What is known of the messages that are being merged, until that changes."""
        self._new: dict[str, _New] = {}
        """Messages to add."""
        self._changed: dict[str, _Change] = {}
        """The chats that have to be settled."""
        self._has_pending = False

    def merge(self, operations: Iterable[Operation]) -> Merged:
        """Merge operations. Changes of this computer that are pending are recorded first, so that none is missed.

        New messages are written and chats are settled at the end, so messages of the same chat should come together.
        """
        merged = Merged()
        listed = tuple(operations)
        with self._log.paused():
            self._log.observe(max((each.stamp.counter for each in listed), default=0))
            self._has_pending = self._log.has_pending
            if self._has_pending:
                self._log.record(map(_subject, listed))
                self._log.record(self._versions_beside(listed))
            self._known = self._look_up([each.message.id for each in listed if isinstance(each, MessageAdded)])
            for operation in listed:
                if isinstance(operation, FieldSet):
                    self._set(operation, merged)
                else:
                    self._add(operation, merged)
            self._note_moved(self._folders.join_same_names(), merged)
            self._settle(merged)
        return merged

    def _settle(self, merged: Merged) -> None:
        """Write the new messages, and settle the chats that have changed."""
        self._add_stamps(self._new.values())
        for chat_id, change in self._changed.items():
            if self._has_pending:
                self._log.record_tree(chat_id)
            merged.chats.add(chat_id)
            if change.added:
                merged.grown.add(chat_id)
            growth = self._growth.of(chat_id, change.added) if change.only_grows else None
            if head := self._growth.add(growth) if growth else self._trees.settle(chat_id, change.added):
                before, _ = merged.heads.get(chat_id, head)
                merged.heads[chat_id] = before, head[1]
        self._new.clear()
        self._changed.clear()

    def _change(self, chat_id: str, *, only_grows: bool) -> "_Change":
        """Note that a chat has to be settled, and whether only because messages are added to it."""
        change = self._changed.setdefault(chat_id, _Change())
        change.only_grows = change.only_grows and only_grows
        return change

    def assert_fields(self, chat_ids: Iterable[str]) -> None:
        """Write the fields of chats once more: a write that was queued before memory was reloaded may have put old values back."""
        with self._log.paused():
            for chat_id in chat_ids:
                if not self._is_hidden(chat_id):
                    self._apply_known_fields(chat_id, Merged())
                    self._connection.execute("DELETE FROM sync_pending WHERE kind = 'chat' AND id = ?", (chat_id,))

    # Fields.

    def _set(self, operation: FieldSet, merged: Merged) -> None:
        kind, id_ = operation.kind, operation.id
        if kind is Kind.CHAT and self._is_hidden(id_):
            merged.postponed = True
            return
        known = self._connection.execute(
            "SELECT counter, machine, value FROM sync_fields WHERE kind = ? AND id = ? AND field = ?",
            (kind, id_, operation.field),
        ).fetchone()
        if known and stored_stamp(known[0], known[1]) >= operation.stamp:
            return
        value = operation.value
        if kind is Kind.VERSION:
            if not is_removed_version(value) and edited_version_id(value) != id_:
                merged.refused += 1
                return
            if self._new:  # its message may be among them
                self._settle(merged)
            value = self._merge_version(operation, stored_json(known[2]) if known else None)
            if value is None:
                merged.postponed = True
                return
        text = to_json(value)
        self._log.save_merged_field(kind, id_, operation.field, operation.stamp, text)
        if known and known[2] == text:
            return
        if kind is Kind.FOLDER:
            self._note_moved(self._folders.apply(operation, is_new=known is None), merged)
        elif kind is Kind.CHAT:
            self._apply_to_chat(id_, operation.field, operation.value, merged)
        elif kind is Kind.MESSAGE and (chat_id := self._chat_of(id_)):
            is_here = self._connection.execute("SELECT 1 FROM messages WHERE id = ?", (id_,)).fetchone()
            if is_here:
                self._change(chat_id, only_grows=False)
            elif operation.field is Field.TRASHED and operation.value is None:
                self._read_again("id", id_, merged)

    def _note_moved(self, moved: MovedChats, merged: Merged) -> None:
        merged.folders |= moved.folders
        merged.chats |= moved.chats
        merged.chat_fields |= moved.chats

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
                deleted_at, with_folder = trashed(value)
                self._update_chat(id_, deleted_at=deleted_at, deleted_with_folder=with_folder)
            case Field.FOLDER:
                folder_id = self._folders.target(str(data["id"])) if data.get("id") else None
                if folder_id and self._folders.ensure(folder_id, str(data.get("name", ""))):
                    merged.folders.add(folder_id)
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

    def _apply_known_fields(self, chat_id: str, merged: Merged) -> None:
        """Apply the fields that arrived before the chat itself."""
        rows = self._connection.execute(
            "SELECT field, value FROM sync_fields WHERE kind = ? AND id = ?", (Kind.CHAT, chat_id)
        ).fetchall()
        for field_, text in rows:
            self._apply_to_chat(chat_id, Field(field_), stored_json(text), merged)

    # Edited versions of generated code.

    def _versions_beside(self, operations: Iterable[Operation]) -> list[tuple[str, str]]:
        """Return what can be pending of the edited versions that operations are about, as `ChangeLog.record` expects it."""
        message_ids = {
            str(each.value["message"])
            for each in operations
            if isinstance(each, FieldSet) and each.kind is Kind.VERSION and isinstance(each.value, dict)
        }
        found: list[tuple[str, str]] = []
        for message_id in message_ids:
            for (number,) in self._connection.execute("SELECT number FROM messages WHERE id = ?", (message_id,)):
                found.append(("versions", str(number)))
                found += [
                    ("removed_version", id_)
                    for (id_,) in self._connection.execute(
                        "SELECT id FROM sync_pending WHERE kind = 'removed_version' AND id LIKE ?", (f"{number} %",)
                    )
                ]
        return found

    def _merge_version(self, operation: FieldSet, known: object) -> object:
        """Add or remove a version, and return the value to store. `known` is the stored one; None if there is none.

        Return None for a version whose message is not there yet.
        """
        is_there = known is not None and not is_removed_version(known)
        if not is_removed_version(operation.value):
            return known if is_there else self._add_version(operation.value)
        if isinstance(operation.value, dict):
            remove_edited_version(self._connection, str(operation.value.get("message")), operation.id)
        return operation.value

    def _add_version(self, value: object) -> dict[str, object] | None:
        """Add a version under the next free number unless it is there, and return where it is; None if its message is not there yet.

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
        for id_, version in edited_versions_of(self._connection, message[0]):
            if id_ == edited_version_id(value):  # it was added again here
                return version.stored_reference
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

    def _add(self, operation: MessageAdded, merged: Merged) -> None:
        message = operation.message
        if message.id in self._new:
            self._settle(merged)
        known = self._known.pop(message.id, None) or self._look_up([message.id])[message.id]
        if not {known.chat_id, known.stored_in} <= {"", message.conversation_id}:
            merged.refused += 1
        elif known.number and (known.state == _STREAMING or not known.chat_id):
            merged.postponed = True  # it is being written, or belongs to a chat that is being imported
        elif not known.chat_id:
            self._insert(_New(operation), merged)
        else:
            created = min(operation.created, known.created)
            self._set_creation(message.id, created, known.created)
            self._change(message.conversation_id, only_grows=created == known.created)
            if known.number:  # otherwise it has been removed for good
                self._merge_content(operation, known, merged)

    def _look_up(self, message_ids: Sequence[str]) -> dict[str, "_Known"]:
        """Return what is known of messages."""
        marks = ", ".join("?" * len(message_ids))
        found: dict[str, _Known] = {
            id_: _Known(chat, stored_stamp(counter, machine), content, stored_stamp(created, born_machine))
            for id_, chat, counter, machine, content, created, born_machine in self._connection.execute(
                "SELECT id, conversation_id, counter, machine, digest, born_counter, born_machine "  # noqa: S608 - only marks
                f"FROM sync_messages WHERE id IN ({marks})",
                message_ids,
            )
        }
        for id_, number, state, chat in self._connection.execute(
            f"SELECT id, number, state, conversation_id FROM messages WHERE id IN ({marks})",  # noqa: S608 - only marks
            message_ids,
        ):
            found[id_] = replace(found.get(id_, _UNKNOWN), number=number, state=state, stored_in=chat)
        return {id_: found.get(id_, _UNKNOWN) for id_ in message_ids}

    def _merge_content(
        self,
        operation: MessageAdded,
        known: "_Known",
        merged: Merged,
    ) -> None:
        """Merge another content of a message that is known: the later one counts.

        The earlier one is kept as a message of its own unless the later one covers it. All computers are sent that message, because whether
        the two contents meet on a computer depends on the order in which they arrive.
        """
        message, is_later = operation.message, operation.stamp > known.stamp
        if digest(message) == known.digest:
            if is_later:
                self._set_stamp(message.id, operation.stamp)
            return
        current = replace(self._messages.stored([known.number])[known.number], parent_id=message.parent_id)
        wins, loses, stamp = (message, current, known.stamp) if is_later else (current, message, operation.stamp)
        if not covers(wins, loses):
            alternative = replace(loses, id=alternative_id(message.id, digest(loses)))
            self._add_alternative(_New(MessageAdded(stamp, stamp, alternative), is_sent=False), merged)
        if is_later:
            self._replace_content(operation, current, merged)

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
            "UPDATE sync_messages SET digest = ? WHERE id = ?",
            (digest(operation.message), current.id),
        )
        self._set_stamp(current.id, operation.stamp)
        merged.files |= hashes_of(operation.message.attachments)

    def _add_alternative(self, new: "_New", merged: Merged) -> None:
        """Add another content of a message as a message of its own, unless it is known."""
        message = new.operation.message
        if message.id not in self._new and not self._chat_of(message.id):
            self._insert(new, merged)

    def _insert(self, new: "_New", merged: Merged) -> None:
        """Add a message when its chat is settled."""
        message = new.operation.message
        self._ensure_chat(message, merged)
        self._known.pop(message.id, None)  # what was known of it before is no longer true
        self._new[message.id] = new
        self._change(message.conversation_id, only_grows=True).added.append(new.operation)
        merged.messages += 1
        merged.files |= hashes_of(message.attachments)

    def _add_stamps(self, added: Iterable["_New"]) -> None:
        """Store the stamps, first parents and digests of new messages."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO sync_messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    message.id,
                    message.conversation_id,
                    message.parent_id,
                    new.operation.created.counter,
                    new.operation.created.machine,
                    new.operation.stamp.counter,
                    new.operation.stamp.machine,
                    digest(message),
                    new.is_sent,
                )
                for new in added
                for message in (new.operation.message,)
            ],
        )

    def _ensure_chat(self, message: Message, merged: Merged) -> None:
        if message.conversation_id in merged.chats:
            return
        merged.chats.add(message.conversation_id)
        if self._connection.execute("SELECT 1 FROM conversations WHERE id = ?", (message.conversation_id,)).fetchone():
            return
        self._read_again("conversation_id", message.conversation_id, merged)
        created = message.created_at
        ConversationRepository(self._connection).add(
            Conversation(message.conversation_id, "", created, created, title_origin=TitleOrigin.QUESTION)
        )
        self._apply_known_fields(message.conversation_id, merged)

    def _set_stamp(self, message_id: str, stamp: Stamp) -> None:
        self._connection.execute(
            "UPDATE sync_messages SET counter = ?, machine = ?, sent = max(sent, 1) WHERE id = ?",
            (stamp.counter, stamp.machine, message_id),
        )

    def _set_creation(self, message_id: str, created: Stamp, known: Stamp) -> None:
        if created != known:
            self._connection.execute(
                "UPDATE sync_messages SET born_counter = ?, born_machine = ? WHERE id = ?",
                (created.counter, created.machine, message_id),
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
        """Forget a chat or message that is needed again, but has been removed for good here, so that it is added again."""
        forgotten = {
            message_id
            for (message_id,) in self._connection.execute(
                f"SELECT id FROM sync_messages WHERE {column} = ?",  # noqa: S608 - fixed names
                (id_,),
            )
        }
        if not forgotten:
            return
        versions = self._connection.execute("SELECT id, value FROM sync_fields WHERE kind = 'version'").fetchall()
        references = ((version_id, stored_json(value)) for version_id, value in versions)
        self._connection.executemany(
            "DELETE FROM sync_fields WHERE kind = 'version' AND id = ?",
            [
                (version_id,)
                for version_id, reference in references
                if isinstance(reference, dict)
                and reference.get("message") in forgotten
                and not is_removed_version(reference)
            ],
        )
        self._connection.executemany("DELETE FROM sync_messages WHERE id = ?", [(each,) for each in forgotten])
        self._known.clear()
        forget_all_settled(self._connection)
        forget_merged(self._connection)
        keep_all_written(self._connection)
        merged.removed_for_good.add(id_)


def _subject(operation: Operation) -> tuple[str, str]:
    """Return the item that an operation changes, as `ChangeLog.record` expects it."""
    if isinstance(operation, MessageAdded):
        return Kind.MESSAGE, operation.message.id
    return operation.kind, operation.id


@dataclass(slots=True)
class _Change:
    """What changes in a chat. `only_grows`: nothing but the messages that are added."""

    added: list[MessageAdded] = field(default_factory=list)
    only_grows: bool = True


@dataclass(frozen=True, slots=True)
class _New:
    """A message to add, and whether the other computers know it."""

    operation: MessageAdded
    is_sent: bool = True


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a message. `chat_id` is empty if it was never shared, `number` 0 if it is not stored."""

    chat_id: str = ""
    stamp: Stamp = NEVER
    digest: str = ""
    created: Stamp = NEVER
    number: int = 0
    state: str = ""
    stored_in: str = ""
    """The chat in which it is stored."""


_UNKNOWN = _Known()
