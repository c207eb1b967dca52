"""The log of changes: what has changed on this computer gets stamps, and stays in the log until it was sent to the other computers.

A change is noted by a trigger, in the transaction that makes it, and compared with the known values later (`record_some`). Both survive a
crash at any time. A change is sent again until `mark_sent` confirms that it was written.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import batched

from chatdesk.features.sync.domain.operations import Field, FieldSet, Kind, MessageAdded, Operation
from chatdesk.features.sync.domain.stamps import Stamp
from chatdesk.features.sync.files.noting import note_all, note_nothing, note_some, send_all
from chatdesk.features.sync.files.recording import Pending, Recording
from chatdesk.features.sync.files.records import DELETED_PRESET, is_removed_version, stored_json, stored_stamp, to_json
from chatdesk.features.sync.files.settled_chats import forget_all_settled
from chatdesk.features.sync.files.stored_items import edited_version_id, stored_preset, stored_version
from chatdesk.features.sync.files.written_bundles import (
    IN_SMALL,
    SENT,
    forget_all_written,
    keep_all_written,
)
from chatdesk.kernel.chat.attachments import hashes_of
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.database.batches import next_batch
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.stored_values import MAX_ORDER_VALUE, whole

_GROUP = 20
"""Number of messages that are read together."""
_MAX_OPERATIONS = 2_000
"""Maximum number of operations in a bundle."""

# What belongs to a hidden chat waits until that is complete.
_FOLDERS = "SELECT kind, id, dated FROM sync_pending WHERE kind IN ('folder', 'preset', 'versions', 'removed_version') LIMIT 100"
_CHATS = """
    SELECT kind, sync_pending.id, dated FROM sync_pending LEFT JOIN conversations ON conversations.id = sync_pending.id
    WHERE kind = 'chat' AND hidden_by IS NULL LIMIT 100
"""
_IN_CHAT = """
    FROM sync_pending LEFT JOIN messages ON messages.id = sync_pending.id
    LEFT JOIN conversations ON conversations.id = conversation_id
"""
_CHAT_WITH_MESSAGES = f"SELECT conversation_id {_IN_CHAT} WHERE kind = 'message' AND hidden_by IS NULL LIMIT 1"
_MESSAGES = """
    SELECT kind, sync_pending.id, dated FROM messages JOIN sync_pending ON kind = 'message' AND sync_pending.id = messages.id
    WHERE conversation_id = ? ORDER BY sequence LIMIT 100
"""
_MISSING = "SELECT kind, sync_pending.id, dated FROM sync_pending WHERE kind = 'message' AND id NOT IN (SELECT id FROM messages) LIMIT 100"
_POSITIONS = f"SELECT kind, sync_pending.id, dated {_IN_CHAT} WHERE kind = 'place' AND hidden_by IS NULL LIMIT 100"


@dataclass(frozen=True, slots=True)
class Sent:
    """Identifies a change that is sent, for `ChangeLog.mark_sent`."""

    kind: Kind
    id: str
    field: Field
    stamp: Stamp
    is_written: bool = True
    """False if it was removed for good, so that it cannot be written again."""


class ChangeLog:
    """The log. All methods work within the caller's transaction. `milliseconds` returns the time since 1970."""

    def __init__(self, connection: Connection, milliseconds: Callable[[], int]) -> None:
        self._connection = connection
        self._milliseconds = milliseconds

    # The state of this computer.

    @property
    def machine(self) -> str:
        """The id of this computer; empty before the first `begin`."""
        (machine,) = self._connection.execute("SELECT machine FROM sync_state").fetchone()
        return str(machine)

    @property
    def last_bundle(self) -> int:
        """The number of the last bundle of this computer."""
        (number,) = self._connection.execute("SELECT bundle FROM sync_state").fetchone()
        return whole(number)

    def begin(self, machine: str) -> None:
        """Record all changes from now on, as those of `machine`, and everything that has changed while nothing was recorded.

        What is there is noted by `record_some`, little by little.
        """
        known, recording = self._connection.execute("SELECT machine, recording FROM sync_state").fetchone()
        if machine != known:
            self._connection.execute("UPDATE sync_state SET machine = ?, bundle = 0", (machine,))
            forget_all_written(self._connection)  # they are those of the id before
        if not recording:
            self._connection.execute("UPDATE sync_state SET recording = 1")
            forget_all_settled(self._connection)
            note_all(self._connection)

    def end(self) -> None:
        """Record nothing any more. What is known stays, so that switching it on again finds what has changed."""
        self._connection.execute("UPDATE sync_state SET recording = 0")
        note_nothing(self._connection)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Do not record what is written meanwhile, in the same transaction."""
        (recording,) = self._connection.execute("SELECT recording FROM sync_state").fetchone()
        self._connection.execute("UPDATE sync_state SET recording = 0")
        yield
        self._connection.execute("UPDATE sync_state SET recording = ?", (recording,))

    def observe(self, counter: int) -> None:
        """Let all later changes have higher counters than this one."""
        self._connection.execute("UPDATE sync_state SET counter = max(counter, ?)", (counter,))

    def next_bundle(self) -> int:
        """Return the number of a new bundle. A number is never used again, even if the bundle is not written."""
        self._connection.execute("UPDATE sync_state SET bundle = bundle + 1")
        return self.last_bundle

    # Recording.

    @property
    def has_pending(self) -> bool:
        """Whether changes wait to be recorded."""
        return self._connection.execute("SELECT 1 FROM sync_pending LIMIT 1").fetchone() is not None

    def record_some(self) -> bool:
        """Record as many pending changes as fit into a short transaction. Return whether more may be pending.

        Before that, what `begin` and `send_again` have to do with many rows is done.
        """
        if note_some(self._connection):
            return True
        pending = self._pending()
        recording = Recording(self._connection, self._milliseconds)
        for group in next_batch(batched(pending, _GROUP)):
            recording.record(group)
        recording.finish()
        return bool(pending)

    def _pending(self) -> list[Pending]:
        """Return some pending changes; the messages of a chat in its order, so that their stamps have it as well."""
        for statement in (_FOLDERS, _CHATS):
            if found := self._read(statement):
                return found
        row = self._connection.execute(_CHAT_WITH_MESSAGES).fetchone()
        if row is None:
            return self._read(_POSITIONS)
        (chat_id,) = row
        return self._read(_MISSING) if chat_id is None else self._read(_MESSAGES, chat_id)

    def _read(self, statement: str, *values: object) -> list[Pending]:
        return [Pending(kind, id_, bool(dated)) for kind, id_, dated in self._connection.execute(statement, values)]

    def record(self, items: Iterable[tuple[str, str]]) -> None:
        """Record the changes of items, by kind and id, if they have any: before changes from elsewhere are merged with them."""
        for kind, id_ in items:
            kinds = ("message", "place") if kind == Kind.MESSAGE else (kind,)
            self._record(
                pending
                for each in kinds
                for pending in self._read(
                    "SELECT kind, id, dated FROM sync_pending WHERE kind = ? AND id = ?", each, id_
                )
            )

    def record_tree(self, chat_id: str) -> None:
        """Record the changes of all messages of a chat now."""
        self._record(
            self._read(
                "SELECT kind, sync_pending.id, dated FROM sync_pending JOIN messages ON messages.id = sync_pending.id "
                "WHERE kind IN ('message', 'place') AND conversation_id = ? ORDER BY kind, sequence",
                chat_id,
            )
        )

    def _record(self, pending: Iterable[Pending]) -> None:
        """Record changes, after all of them were read."""
        if listed := list(pending):
            recording = Recording(self._connection, self._milliseconds)
            recording.record(listed)
            recording.finish()

    def note_presets(self, ids: Iterable[str]) -> None:
        """Note presets that exist, so that those of before are sent, too."""
        self._connection.executemany(
            "INSERT OR IGNORE INTO sync_pending VALUES ('preset', ?, 1)", [(id_,) for id_ in ids]
        )

    def presets(self, id_: str | None = None) -> dict[str, bool]:
        """Return the presets that were recorded or merged, or one of them, each with whether it was deleted last."""
        rows = self._connection.execute(
            "SELECT id, value FROM sync_fields WHERE kind = 'preset' AND field = 'text' AND id = coalesce(?, id)",
            (id_,),
        )
        return {id_: stored_json(text) == DELETED_PRESET for id_, text in rows}

    def record_deleted_preset(self, id_: str, since: datetime) -> None:
        """Record that a preset was deleted, after a change of it that may be pending."""
        self.record([(Kind.PRESET, id_)])
        recording = Recording(self._connection, self._milliseconds)
        recording.record_deleted_preset(id_, since)
        recording.finish()

    def record_restored_preset(self, id_: str) -> None:
        """Record that a deleted preset is there again, even with the text that it had before."""
        self.record([(Kind.PRESET, id_)])
        if self.presets(id_).get(id_):
            recording = Recording(self._connection, self._milliseconds)
            recording.record_preset(id_)
            recording.finish()

    def set_field(self, kind: Kind, id_: str, field: Field, value: object) -> None:
        """Record that a field was set on this computer now."""
        recording = Recording(self._connection, self._milliseconds)
        recording.set_field(kind, id_, field, value)
        recording.finish()

    def save_merged_field(self, kind: Kind, id_: str, field: Field, stamp: Stamp, text: str) -> None:
        """Store the value, as JSON, that a field got on another computer."""
        self._connection.execute(
            "INSERT INTO sync_fields VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET counter = excluded.counter, "
            "machine = excluded.machine, value = excluded.value, sent = max(sent, 1)",
            (kind, id_, field, stamp.counter, stamp.machine, text),
        )

    # Sending.

    def unsent(self, max_bytes: int) -> tuple[tuple[Operation, ...], tuple[Sent, ...]]:
        """Return changes that were not sent yet, and the argument for `mark_sent` once they were.

        There are as many as fit into about `max_bytes` bytes of text, at least one; none if all are sent. The messages of a chat come
        together, in the order of their stamps, so that it is merged at once.
        """
        operations: list[Operation] = []
        sent: list[Sent] = []
        size = 0
        for change, operation in self._to_send():
            if operation is not None:
                size += size_of(operation)
                if operations and size > max_bytes:
                    break
                operations.append(operation)
            sent.append(change if operation is not None else replace(change, is_written=False))
            if len(sent) >= _MAX_OPERATIONS:
                break
        return tuple(operations), tuple(sent)

    def mark_sent(self, sent: Iterable[Sent], *, in_small: bool = False) -> None:
        """Mark changes as sent, in a small bundle or in another one. One that has changed again since is sent again.

        If something was removed for good, all bundles so far are kept: other computers may restore or continue it, and need all of it then.
        """
        sent = tuple(sent)
        if not all(each.is_written for each in sent):
            keep_all_written(self._connection)
        messages: list[tuple[object, ...]] = []
        fields: list[tuple[object, ...]] = []
        for each in sent:
            stamp = each.stamp.counter, each.stamp.machine
            state = IN_SMALL if in_small and each.is_written else SENT
            if each.kind is Kind.MESSAGE and each.field is Field.CONTENT:
                messages.append((state, each.id, *stamp))
            else:
                fields.append((state, each.kind, each.id, each.field, *stamp))
        self._connection.executemany(
            "UPDATE sync_messages SET sent = ? WHERE id = ? AND counter = ? AND machine = ?", messages
        )
        self._connection.executemany(
            "UPDATE sync_fields SET sent = ? WHERE kind = ? AND id = ? AND field = ? AND counter = ? AND machine = ?",
            fields,
        )

    def send_again(self) -> None:
        """Send everything once more, also what came from other computers: to a new folder, or as fewer bundles to an old one.

        It is marked as not sent by `record_some`, little by little.
        """
        send_all(self._connection)

    @property
    def has_unsent_messages(self) -> bool:
        """Whether a message has not been sent, such as one that is being continued. Earlier contents must not be deleted then."""
        return self._connection.execute("SELECT 1 FROM sync_messages WHERE NOT sent LIMIT 1").fetchone() is not None

    def _to_send(self) -> Iterator[tuple[Sent, Operation | None]]:
        """Yield the changes that were not sent yet; without an operation if what has changed was removed for good."""
        yield from self._fields_to_send("kind != 'version'")
        chats = self._connection.execute(
            "SELECT conversation_id FROM sync_messages WHERE NOT sent ORDER BY counter LIMIT ?", (_MAX_OPERATIONS,)
        ).fetchall()
        for (chat_id,) in dict.fromkeys(chats):
            yield from self._messages_to_send(chat_id)
        yield from self._fields_to_send("kind = 'version'")  # after their messages, to which they are added

    def _fields_to_send(self, condition: str) -> Iterator[tuple[Sent, Operation | None]]:
        rows = self._connection.execute(
            "SELECT kind, id, field, counter, machine, value FROM sync_fields "  # noqa: S608 - fixed conditions
            f"WHERE NOT sent AND {condition} ORDER BY counter LIMIT ?",
            (_MAX_OPERATIONS,),
        ).fetchall()
        for kind, id_, field, counter, machine, value in rows:
            if kind in set(Kind) and field in set(Field):  # otherwise damaged on disk
                sent = Sent(Kind(kind), id_, Field(field), stored_stamp(counter, machine))
                yield sent, self._field(sent, value)

    def _messages_to_send(self, chat_id: str) -> Iterator[tuple[Sent, Operation | None]]:
        rows = self._connection.execute(
            "SELECT sync_messages.id, born_counter, born_machine, counter, machine, sync_messages.parent_id, messages.number "
            "FROM sync_messages LEFT JOIN messages ON messages.id = sync_messages.id "
            # One that is being continued is sent when it is complete.
            "WHERE sync_messages.conversation_id = ? AND NOT sent AND coalesce(state, '') != 'streaming' "
            "ORDER BY counter, sync_messages.id LIMIT ?",
            (chat_id, _MAX_OPERATIONS),
        ).fetchall()
        repository = MessageRepository(self._connection)
        for group in batched(rows, _GROUP):
            messages = repository.stored([number for *_, number in group if number is not None])
            for id_, born_counter, born_machine, counter, machine, parent_id, number in group:
                sent = Sent(Kind.MESSAGE, id_, Field.CONTENT, stored_stamp(counter, machine))
                created = stored_stamp(born_counter, born_machine)
                message = messages.get(number)
                added = MessageAdded(sent.stamp, created, replace(message, parent_id=parent_id)) if message else None
                yield sent, added

    def _field(self, sent: Sent, text: str) -> Operation | None:
        value = stored_json(text)
        if sent.kind is Kind.VERSION and isinstance(value, dict) and not is_removed_version(value):
            value = stored_version(
                self._connection, str(value.get("message")), min(whole(value.get("number")), MAX_ORDER_VALUE)
            )
            if value is None or edited_version_id(value) != sent.id:  # removed since; another one may have its number
                return None
        if sent.kind is Kind.PRESET:
            value = value if value == DELETED_PRESET else stored_preset(self._connection, sent.id)
            if value is None:
                return None
        return FieldSet(sent.stamp, sent.kind, sent.id, sent.field, value)


def size_of(operation: Operation) -> int:
    """Return about how many bytes of text an operation takes."""
    if isinstance(operation, FieldSet):
        return 200 + len(to_json(operation.value))
    message = operation.message
    instructions_length = len(message.instructions.text) if message.instructions else 0
    return 500 + instructions_length + 2 * sum(len(getattr(part, "text", "")) for part in message.parts)


def files_of(operations: Sequence[Operation]) -> frozenset[str]:
    """Return the hashes of the files that the messages among operations refer to."""
    return frozenset().union(
        *(hashes_of(each.message.attachments) for each in operations if isinstance(each, MessageAdded))
    )
