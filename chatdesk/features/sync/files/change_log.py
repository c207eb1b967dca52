"""What has changed on this computer: pending changes get stamps, and stay in the log until the other computers were told.

A change is noted by a trigger, in the transaction that makes it, and compared with the known values later (`record_some`). Both survive a
crash at any time. A change is sent again until `mark_sent` confirms that it was written.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256

from chatdesk.features.conversations.services.files.chat_settings import ChatSettings
from chatdesk.features.conversations.services.files.chat_settings import to_record as settings_record
from chatdesk.features.sync.domain.operations import Field, FieldSet, Kind, MessageAdded, Operation
from chatdesk.features.sync.domain.stamps import Stamp, next_counter
from chatdesk.features.sync.files.records import (
    MAX_EARLIER_VERSIONS,
    digest,
    is_id,
    stored_json,
    stored_stamp,
    text_digest,
    to_json,
    value_of,
)
from chatdesk.kernel.chat.attachments import hashes_of
from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.database.batches import next_batch
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.stored_values import MAX_ORDER_VALUE, from_json, from_time, real, whole

_ALL = (
    "INSERT OR IGNORE INTO sync_pending SELECT 'folder', id, 1 FROM folders",
    "INSERT OR IGNORE INTO sync_pending SELECT 'chat', id, 1 FROM conversations",
    "INSERT OR IGNORE INTO sync_pending SELECT 'message', id, 1 FROM messages WHERE state != 'streaming'",
    "INSERT OR IGNORE INTO sync_pending SELECT 'place', id, 1 FROM messages",
    "INSERT OR IGNORE INTO sync_pending SELECT DISTINCT 'versions', message_number, 1 FROM own_versions",
)
# What belongs to a hidden chat waits until that is complete.
_FOLDERS = "SELECT kind, id, dated FROM sync_pending WHERE kind IN ('folder', 'preset', 'versions') LIMIT 100"
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
_GONE = "SELECT kind, sync_pending.id, dated FROM sync_pending WHERE kind = 'message' AND id NOT IN (SELECT id FROM messages) LIMIT 100"
_PLACES = f"SELECT kind, sync_pending.id, dated {_IN_CHAT} WHERE kind = 'place' AND hidden_by IS NULL LIMIT 100"


@dataclass(frozen=True, slots=True)
class Sent:
    """What an operation told, for `ChangeLog.mark_sent`."""

    kind: Kind
    id: str
    field: Field
    stamp: Stamp


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
        """Record all changes from now on, as those of `machine`, and everything that has changed while nothing was recorded."""
        known, recording = self._connection.execute("SELECT machine, recording FROM sync_state").fetchone()
        if machine != known:
            self._connection.execute("UPDATE sync_state SET machine = ?, bundle = 0", (machine,))
        if not recording:
            self._connection.execute("UPDATE sync_state SET recording = 1")
            for statement in _ALL:
                self._connection.execute(statement)

    def end(self) -> None:
        """Record nothing any more. What is known stays, so that switching it on again finds what has changed."""
        self._connection.execute("UPDATE sync_state SET recording = 0")
        self._connection.execute("DELETE FROM sync_pending")

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Do not record what is written meanwhile, in the same transaction."""
        (recording,) = self._connection.execute("SELECT recording FROM sync_state").fetchone()
        self._connection.execute("UPDATE sync_state SET recording = 0")
        yield
        self._connection.execute("UPDATE sync_state SET recording = ?", (recording,))

    def see(self, counter: int) -> None:
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
        """Record as many pending changes as fit into a short transaction. Return whether more may be pending."""
        pending = self._pending()
        for kind, id_, dated in next_batch(iter(pending)):
            self._record(kind, id_, dated=bool(dated))
        return bool(pending)

    def _pending(self) -> list[tuple[str, str, int]]:
        """Return some pending changes; the messages of a chat in its order, so that their stamps have it as well."""
        for statement in (_FOLDERS, _CHATS):
            if found := self._connection.execute(statement).fetchall():
                return found
        row = self._connection.execute(_CHAT_WITH_MESSAGES).fetchone()
        if row is None:
            return self._connection.execute(_PLACES).fetchall()
        (chat_id,) = row
        if chat_id is None:
            return self._connection.execute(_GONE).fetchall()
        return self._connection.execute(_MESSAGES, (chat_id,)).fetchall()

    def record(self, kind: str, id_: str) -> None:
        """Record the changes of one item now, if it has any: before a change from elsewhere is merged with them."""
        for each in ("message", "place") if kind == Kind.MESSAGE else (kind,):
            found = self._connection.execute(
                "SELECT dated FROM sync_pending WHERE kind = ? AND id = ?", (each, id_)
            ).fetchone()
            if found:
                self._record(each, id_, dated=bool(found[0]))

    def record_tree(self, chat_id: str) -> None:
        """Record the changes of all messages of a chat now."""
        rows = self._connection.execute(
            "SELECT kind, sync_pending.id, dated FROM sync_pending JOIN messages ON messages.id = sync_pending.id "
            "WHERE kind IN ('message', 'place') AND conversation_id = ? ORDER BY kind, sequence",
            (chat_id,),
        ).fetchall()
        for kind, id_, dated in rows:
            self._record(kind, id_, dated=bool(dated))

    def _record(self, kind: str, id_: str, *, dated: bool) -> None:
        self._connection.execute("DELETE FROM sync_pending WHERE kind = ? AND id = ?", (kind, id_))
        match kind:
            case "chat" if is_id(id_):
                self._record_chat(id_, dated=dated)
            case "folder" if is_id(id_):
                self._record_folder(id_)
            case "message" if is_id(id_):
                self._record_message(id_, dated=dated)
            case "place" if is_id(id_):
                self._record_place(id_, dated=dated)
            case "versions":
                self._record_versions(id_)
            case "preset":
                self._record_preset(id_, dated=dated)

    def _record_chat(self, id_: str, *, dated: bool) -> None:
        row = self._connection.execute(
            "SELECT deleted_with_folder, (SELECT name FROM folders WHERE folders.id = folder_id) FROM conversations "
            "WHERE id = ? AND hidden_by IS NULL AND EXISTS (SELECT 1 FROM messages WHERE conversation_id = conversations.id)",
            (id_,),
        ).fetchone()
        if row is None:  # a chat without messages is a draft, which is not shared
            return
        with_folder, folder = row
        chat = ConversationRepository(self._connection).get(id_)
        moment = chat.updated_at if dated else None
        trashed = chat.deleted_at
        values: dict[Field, object] = {
            Field.CREATED: chat.created_at.isoformat(),
            Field.TITLE: {"title": chat.title, "origin": chat.title_origin},
            Field.PINNED: chat.pinned,
            Field.FOLDER: {"id": chat.folder_id, "name": folder} if folder is not None else None,
            Field.TRASHED: {"at": trashed.isoformat(), "folder": bool(with_folder)} if trashed else None,
            Field.SETTINGS: settings_record(ChatSettings.of(chat)),
        }
        for field, value in values.items():
            since = trashed if field is Field.TRASHED and trashed and dated else moment
            self._set(Kind.CHAT, id_, field, value, since)

    def _record_folder(self, id_: str) -> None:
        row = self._connection.execute(
            "SELECT name, position, instructions, deleted_at FROM folders WHERE id = ?", (id_,)
        ).fetchone()
        if row is None:
            return
        name, position, instructions, deleted_at = row
        trashed = {"at": from_time(deleted_at).isoformat(), "folder": False} if deleted_at else None
        values = {
            Field.NAME: name,
            Field.POSITION: real(position),
            Field.INSTRUCTIONS: instructions,
            Field.TRASHED: trashed,
        }
        for field, value in values.items():
            self._set(Kind.FOLDER, id_, field, value, None)

    def _record_message(self, id_: str, *, dated: bool) -> None:
        found = self._connection.execute(
            "SELECT messages.number, conversation_id, parent_id, messages.created_at FROM messages "
            "JOIN conversations ON conversations.id = conversation_id "
            "WHERE messages.id = ? AND state != 'streaming' AND hidden_by IS NULL",
            (id_,),
        ).fetchone()
        if found is None or not is_id(found[1]):
            return
        number, chat_id, parent_id, created_at = found
        message = stored_message(self._connection, number)
        content = digest(message)
        known = self._connection.execute("SELECT digest FROM sync_messages WHERE id = ?", (id_,)).fetchone()
        if known:
            if known[0] != content:
                stamp = self._next()
                self._connection.execute(
                    "UPDATE sync_messages SET counter = ?, machine = ?, digest = ?, sent = 0 WHERE id = ?",
                    (stamp.counter, stamp.machine, content, id_),
                )
            return
        stamp = self._dated(from_time(created_at), self._last_born(chat_id)) if dated else self._next()
        values = (stamp.counter, stamp.machine)
        # A parent that is younger, such as an edited version of the first one, would change the order.
        is_older = self._connection.execute("SELECT 1 FROM sync_messages WHERE id = ?", (parent_id,)).fetchone()
        self._connection.execute(
            "INSERT INTO sync_messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
            (id_, chat_id, parent_id if is_older else None, *values, *values, content),
        )
        if parent_id and not is_older:
            self._set(Kind.MESSAGE, id_, Field.PARENT, parent_id, None)
        if not self._knows(Kind.CHAT, chat_id, Field.CREATED):  # until now, the chat was a draft
            self._record_chat(chat_id, dated=dated)

    def _record_place(self, id_: str, *, dated: bool) -> None:
        found = self._connection.execute(
            "SELECT messages.parent_id, deleted_at, sync_messages.parent_id FROM messages "
            "JOIN sync_messages ON sync_messages.id = messages.id WHERE messages.id = ?",
            (id_,),
        ).fetchone()
        if found is None:  # an answer that is being written
            return
        parent_id, deleted_at, first_parent = found
        trashed = from_time(deleted_at) if deleted_at else None
        if parent_id != first_parent or self._knows(Kind.MESSAGE, id_, Field.PARENT):
            self._set(Kind.MESSAGE, id_, Field.PARENT, parent_id, None)
        if trashed or self._knows(Kind.MESSAGE, id_, Field.TRASHED):
            value = {"at": trashed.isoformat(), "folder": False} if trashed else None
            self._set(Kind.MESSAGE, id_, Field.TRASHED, value, trashed if dated else None)

    def _record_versions(self, message_number: str) -> None:
        rows = self._connection.execute(
            "SELECT id, own_versions.number FROM own_versions JOIN messages ON messages.number = message_number "
            "WHERE message_number = ?",
            (message_number,),
        ).fetchall()
        for message_id, number in rows:
            value = stored_version(self._connection, message_id, number)
            if value is not None:
                place = {"message": message_id, "number": number}
                self._set(Kind.VERSION, own_version_id(value), Field.CONTENT, place, None)

    def note_presets(self, ids: Iterable[str]) -> None:
        """Note presets that exist, so that those of before are told, too."""
        self._connection.executemany(
            "INSERT OR IGNORE INTO sync_pending VALUES ('preset', ?, 1)", [(id_,) for id_ in ids]
        )

    def _record_preset(self, id_: str, *, dated: bool) -> None:
        row = self._connection.execute(
            "SELECT text, saved_at FROM preset_versions WHERE preset_id = ? ORDER BY number DESC LIMIT 1", (id_,)
        ).fetchone()
        if row:
            since = from_time(row[1]) if dated else None
            self._set(Kind.PRESET, id_, Field.TEXT, {"digest": text_digest(row[0])}, since)

    def _set(self, kind: Kind, id_: str, field: Field, value: object, since: datetime | None) -> None:
        """Store the value of a field, unless it is known. Its stamp is a new one, or one of the past by the date `since`."""
        try:
            text = to_json(value_of(field, value) if field not in {Field.CONTENT, Field.TEXT} else value)
        except ValueError:  # damaged on disk
            return
        known = self._connection.execute(
            "SELECT counter, value FROM sync_fields WHERE kind = ? AND id = ? AND field = ?", (kind, id_, field)
        ).fetchone()
        if known and (known[1] == text or kind is Kind.VERSION):
            return
        stamp = self._dated(since, stored_stamp(known[0], "").counter if known else 0) if since else self._next()
        self._connection.execute(
            "INSERT OR REPLACE INTO sync_fields VALUES (?, ?, ?, ?, ?, ?, 0)",
            (kind, id_, field, stamp.counter, stamp.machine, text),
        )

    def _knows(self, kind: Kind, id_: str, field: Field) -> bool:
        found = self._connection.execute(
            "SELECT 1 FROM sync_fields WHERE kind = ? AND id = ? AND field = ?", (kind, id_, field)
        ).fetchone()
        return found is not None

    def _last_born(self, chat_id: str) -> int:
        (last,) = self._connection.execute(
            "SELECT coalesce(max(born_counter), 0) FROM sync_messages WHERE conversation_id = ?", (chat_id,)
        ).fetchone()
        return stored_stamp(last, "").counter

    def _next(self) -> Stamp:
        counter, machine = self._connection.execute("SELECT counter, machine FROM sync_state").fetchone()
        stamp = Stamp(next_counter(stored_stamp(counter, machine).counter, self._milliseconds()), self.machine)
        self.see(stamp.counter)
        return stamp

    def _dated(self, moment: datetime, after: int) -> Stamp:
        """Return the stamp of a change that was made at a time in the past, but after another one."""
        milliseconds = min(max(0, round((moment - _EPOCH).total_seconds() * 1000)), self._milliseconds())
        stamp = Stamp(max(milliseconds, after + 1), self.machine)
        self.see(stamp.counter)
        return stamp

    # Telling the others.

    def unsent(self, max_bytes: int) -> tuple[tuple[Operation, ...], tuple[Sent, ...]]:
        """Return changes that were not told yet, the oldest first, and what `mark_sent` is given when they were.

        There are as many as fit into about `max_bytes` bytes of text, at least one; none if all are sent.
        """
        operations: list[Operation] = []
        told: list[Sent] = []
        size = 0
        for sent, load in self._to_send():
            operation = load()
            if operation is not None:
                size += _size(operation)
                if operations and size > max_bytes:
                    break
                operations.append(operation)
            told.append(sent)
            if len(told) >= _MAX_OPERATIONS:
                break
        return tuple(operations), tuple(told)

    def mark_sent(self, told: Iterable[Sent]) -> None:
        """Mark changes as sent. One that has changed again since is sent again."""
        for each in told:
            if each.kind is Kind.MESSAGE and each.field is Field.CONTENT:
                self._connection.execute(
                    "UPDATE sync_messages SET sent = 1 WHERE id = ? AND counter = ? AND machine = ?",
                    (each.id, each.stamp.counter, each.stamp.machine),
                )
            else:
                self._connection.execute(
                    "UPDATE sync_fields SET sent = 1 WHERE kind = ? AND id = ? AND field = ? AND counter = ? AND machine = ?",
                    (each.kind, each.id, each.field, each.stamp.counter, each.stamp.machine),
                )

    def send_again(self) -> None:
        """Tell everything once more, also what others have told: in a new folder, or for fewer bundles in an old one."""
        self._connection.execute("UPDATE sync_fields SET sent = 0")
        self._connection.execute("UPDATE sync_messages SET sent = 0")

    def _to_send(self) -> Iterator[tuple[Sent, Callable[[], Operation | None]]]:
        fields = self._connection.execute(
            "SELECT kind, id, field, counter, machine, value FROM sync_fields WHERE NOT sent ORDER BY counter LIMIT ?",
            (_MAX_OPERATIONS,),
        ).fetchall()
        for kind, id_, field, counter, machine, value in fields:
            if kind not in set(Kind) or field not in set(Field):  # damaged on disk
                continue
            sent = Sent(Kind(kind), id_, Field(field), stored_stamp(counter, machine))
            yield sent, partial(self._field, sent, value)
        messages = self._connection.execute(
            "SELECT sync_messages.id, born_counter, born_machine, counter, machine, sync_messages.parent_id FROM sync_messages "
            "LEFT JOIN messages ON messages.id = sync_messages.id "  # one that is being continued is sent when it is complete
            "WHERE NOT sent AND coalesce(state, '') != 'streaming' ORDER BY counter LIMIT ?",
            (_MAX_OPERATIONS,),
        ).fetchall()
        for id_, born_counter, born_machine, counter, machine, parent_id in messages:
            sent = Sent(Kind.MESSAGE, id_, Field.CONTENT, stored_stamp(counter, machine))
            born = stored_stamp(born_counter, born_machine)
            yield sent, partial(self._message, sent, born, parent_id)

    def _field(self, sent: Sent, text: str) -> Operation | None:
        value = stored_json(text)
        if sent.kind is Kind.VERSION and isinstance(value, dict):
            value = stored_version(
                self._connection, str(value.get("message")), min(whole(value.get("number")), MAX_ORDER_VALUE)
            )
            if value is None:  # removed since
                return None
        if sent.kind is Kind.PRESET:
            value = stored_preset(self._connection, sent.id)
            if value is None:
                return None
        return FieldSet(sent.stamp, sent.kind, sent.id, sent.field, value)

    def _message(self, sent: Sent, born: Stamp, parent_id: str | None) -> Operation | None:
        found = self._connection.execute("SELECT number FROM messages WHERE id = ?", (sent.id,)).fetchone()
        if found is None:
            return None
        message = stored_message(self._connection, found[0])
        return MessageAdded(sent.stamp, born, replace(message, parent_id=parent_id))


_EPOCH = datetime.fromtimestamp(0, UTC)
_MAX_OPERATIONS = 2_000
"""Maximum number of operations in a bundle."""


def stored_message(connection: Connection, number: int) -> Message:
    """Return a message by its row number, even if it is in the trash."""
    return MessageRepository(connection).stored(number)


def stored_version(connection: Connection, message_id: str, number: int) -> dict[str, object] | None:
    """Return an edited version of generated code as the value of an operation; None if there is none, or it is damaged."""
    row = connection.execute(
        "SELECT place, made_at, files FROM own_versions WHERE number = ? "
        "AND message_number = (SELECT number FROM messages WHERE id = ?)",
        (number, message_id),
    ).fetchone()
    if row is None:
        return None
    place, made_at, files = row
    value = {"message": message_id, "place": place, "made_at": from_time(made_at).isoformat(), **from_json(files)}
    try:
        known = value_of(Field.CONTENT, value)
    except ValueError:
        return None
    return known if isinstance(known, dict) else None


def stored_preset(connection: Connection, preset_id: str) -> dict[str, object] | None:
    """Return the newest version of a preset as the value of an operation; None if there is none."""
    rows = connection.execute(
        "SELECT text FROM preset_versions WHERE preset_id = ? ORDER BY number DESC LIMIT ?",
        (preset_id, MAX_EARLIER_VERSIONS + 1),
    ).fetchall()
    if not rows:
        return None
    (text, *_), before = rows[0], [text_digest(earlier) for (earlier,) in rows[1:]]
    return {"text": text, "before": before}


def own_version_id(value: object) -> str:
    """Return the id of an edited version, computed from its content: it is the same on all computers."""
    return sha256(to_json(value).encode()).hexdigest()[:32]


def _size(operation: Operation) -> int:
    """Return about how many bytes of text an operation takes."""
    if isinstance(operation, FieldSet):
        return 200 + len(to_json(operation.value))
    message = operation.message
    given = len(message.instructions.text) if message.instructions else 0
    return 500 + given + 2 * sum(len(getattr(part, "text", "")) for part in message.parts)


def told_files(operations: Sequence[Operation]) -> frozenset[str]:
    """Return the hashes of the files that the messages among operations refer to."""
    return frozenset().union(
        *(hashes_of(each.message.attachments) for each in operations if isinstance(each, MessageAdded))
    )
