"""Recording of changes of this computer: what has changed is compared with the known values, and gets a stamp."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby

from chatdesk.features.conversations.services.files.chat_settings import ChatSettings
from chatdesk.features.conversations.services.files.chat_settings import to_record as settings_record
from chatdesk.features.sync.domain.operations import Field, Kind
from chatdesk.features.sync.domain.preset_merging import text_digest
from chatdesk.features.sync.domain.stamps import Stamp, next_counter
from chatdesk.features.sync.files.joined_folders import joined_with
from chatdesk.features.sync.files.records import (
    DELETED_PRESET,
    digest,
    is_id,
    is_removed_version,
    removed_version,
    stored_json,
    stored_stamp,
    to_json,
    value_of,
)
from chatdesk.features.sync.files.settled_chats import forget_settled_of
from chatdesk.features.sync.files.stored_items import edited_versions_of
from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.stored_values import from_time, real

_EPOCH = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Pending:
    """A row of `sync_pending`: an item that has changed. `dated`: it gets a stamp of the past, by its dates."""

    kind: str
    id: str
    dated: bool


class Recording:
    """Records pending changes within the caller's transaction, before which `finish` has to be called.

    `milliseconds` returns the time since 1970.
    """

    def __init__(self, connection: Connection, milliseconds: Callable[[], int]) -> None:
        self._connection = connection
        self._milliseconds = milliseconds
        counter, machine = connection.execute("SELECT counter, machine FROM sync_state").fetchone()
        self._counter = stored_stamp(counter, machine).counter
        self._machine = str(machine)
        self._last_births: dict[str, int] = {}
        """The largest counter of a message by chat."""
        self._shared_chats: set[str] = set()
        """Chats of which fields are recorded."""

    def record(self, pending: Iterable[Pending]) -> None:
        """Record changes in this order. Messages that follow each other are read together."""
        for kind, group in groupby(pending, key=lambda each: each.kind):
            changed = list(group)
            self._connection.executemany(
                "DELETE FROM sync_pending WHERE kind = ? AND id = ?", [(kind, each.id) for each in changed]
            )
            if kind in {"message", "place"}:
                forget_settled_of(self._connection, [each.id for each in changed])
            match kind:
                case "message":
                    self._record_messages([each for each in changed if is_id(each.id)])
                case "place":
                    self._record_positions([each for each in changed if is_id(each.id)])
                case _:
                    for each in changed:
                        self._record_item(each)

    def finish(self) -> None:
        """Store the largest counter that was used."""
        self._connection.execute("UPDATE sync_state SET counter = max(counter, ?)", (self._counter,))

    def _record_item(self, pending: Pending) -> None:
        match pending.kind:
            case "chat" if is_id(pending.id):
                self._record_chat(pending.id, dated=pending.dated)
            case "folder" if is_id(pending.id):
                self._record_folder(pending.id)
            case "versions":
                self._record_versions(pending.id, dated=pending.dated)
            case "removed_version":
                self._record_removed_version(pending.id)
            case "preset":
                self.record_preset(pending.id, dated=True)  # like a deletion, which has the time at which it was made

    def _record_chat(self, id_: str, *, dated: bool) -> None:
        row = self._connection.execute(
            "SELECT deleted_with_folder, (SELECT name FROM folders WHERE folders.id = folder_id) FROM conversations "
            "WHERE id = ? AND hidden_by IS NULL AND EXISTS (SELECT 1 FROM messages WHERE conversation_id = conversations.id)",
            (id_,),
        ).fetchone()
        if row is None:  # a chat without messages is a draft, which is not shared
            self._record_removal(id_)
            return
        with_folder, folder = row
        chat = ConversationRepository(self._connection).get(id_)
        trashed = chat.deleted_at
        values: dict[Field, object] = {
            Field.CREATED: chat.created_at.isoformat(),
            Field.TITLE: {"title": chat.title, "origin": chat.title_origin},
            Field.PINNED: chat.pinned,
            Field.FOLDER: {"id": chat.folder_id, "name": folder} if folder is not None else None,
            Field.TRASHED: {"at": trashed.isoformat(), "folder": bool(with_folder)} if trashed else None,
            Field.SETTINGS: settings_record(ChatSettings.of(chat)),
        }
        if chat.folder_id and chat.folder_id == self._known_folder(id_):
            del values[Field.FOLDER]  # it was moved there by joining folders, or its folder has another name
        since = dict.fromkeys(values, chat.updated_at) | ({Field.TRASHED: trashed} if trashed else {}) if dated else {}
        if trashed is None and self._was_trashed(Kind.CHAT, id_):
            self._send_again("conversation_id", id_)
        self._set_all(Kind.CHAT, id_, values, since)
        self._shared_chats.add(id_)

    def _known_folder(self, chat_id: str) -> str | None:
        """Return the folder in which a chat is by what is known of it."""
        _, text = self._known(Kind.CHAT, chat_id).get(Field.FOLDER, (0, None))
        known = stored_json(text) if text else None
        return joined_with(self._connection, str(known.get("id"))) if isinstance(known, dict) else None

    def _record_removal(self, chat_id: str) -> None:
        """Record that a shared chat is in the trash if it was removed for good before that was recorded."""
        was_removed = self._connection.execute(
            "SELECT 1 FROM sync_messages WHERE conversation_id = :id "
            "AND NOT EXISTS (SELECT 1 FROM conversations WHERE id = :id)",
            {"id": chat_id},
        ).fetchone()
        _, trashed = self._known(Kind.CHAT, chat_id).get(Field.TRASHED, (0, "null"))
        if was_removed and trashed == "null":
            now = _EPOCH + timedelta(milliseconds=self._milliseconds())
            self.set_field(Kind.CHAT, chat_id, Field.TRASHED, {"at": now.isoformat(), "folder": False})

    def _was_trashed(self, kind: Kind, id_: str) -> bool:
        _, text = self._known(kind, id_).get(Field.TRASHED, (0, "null"))
        return stored_json(text) is not None

    def _send_again(self, column: str, id_: str) -> None:
        """Send restored messages and their edited code once more.

        The computer that wrote them may have removed them for good and rewritten its bundles without them.
        """
        self._connection.execute(f"UPDATE sync_messages SET sent = 0 WHERE {column} = ?", (id_,))  # noqa: S608 - fixed names
        self._connection.execute(
            "UPDATE sync_fields SET sent = 0 WHERE kind = 'version' AND CASE WHEN json_valid(value) "  # noqa: S608 - as above
            f"THEN json_extract(value, '$.message') END IN (SELECT id FROM sync_messages WHERE {column} = ?)",
            (id_,),
        )

    def _record_folder(self, id_: str) -> None:
        row = self._connection.execute(
            "SELECT name, position, instructions, deleted_at FROM folders WHERE id = ?", (id_,)
        ).fetchone()
        if row is None:
            return
        name, position, instructions, deleted_at = row
        trashed = {"at": from_time(deleted_at).isoformat(), "folder": False} if deleted_at else None
        values: dict[Field, object] = {
            Field.NAME: name,
            Field.POSITION: real(position),
            Field.INSTRUCTIONS: instructions,
            Field.TRASHED: trashed,
        }
        self._set_all(Kind.FOLDER, id_, values)

    def _record_messages(self, pending: Sequence[Pending]) -> None:
        ids = [each.id for each in pending]
        found = {
            id_: (number, parent_id)
            for id_, number, chat_id, parent_id in self._connection.execute(
                "SELECT messages.id, messages.number, conversation_id, parent_id FROM messages "  # noqa: S608 - only marks
                "JOIN conversations ON conversations.id = conversation_id "
                f"WHERE messages.id IN ({_marks(ids)}) AND state != 'streaming' AND hidden_by IS NULL",
                ids,
            )
            if is_id(chat_id)
        }
        messages = MessageRepository(self._connection).stored([number for number, _ in found.values()])
        related = [*found, *(parent_id for _, parent_id in found.values() if parent_id)]
        known: dict[str, str] = dict(
            self._connection.execute(
                f"SELECT id, digest FROM sync_messages WHERE id IN ({_marks(related)})",  # noqa: S608 - only marks
                related,
            ).fetchall()
        )
        new: list[tuple[object, ...]] = []
        chats: dict[str, bool] = {}
        for each in pending:
            if each.id not in found:
                continue
            number, parent_id = found[each.id]
            message = messages[number]
            content = digest(message)
            if each.id not in known:
                # A parent that is younger, such as an edited version of the first one, would change the order.
                is_older = parent_id in known
                new.append(self._creation(message, parent_id if is_older else None, content, dated=each.dated))
                if parent_id and not is_older:
                    self.set_field(Kind.MESSAGE, each.id, Field.PARENT, parent_id)
                chats.setdefault(message.conversation_id, each.dated)
            elif known[each.id] != content:
                stamp = self._next()
                self._connection.execute(
                    "UPDATE sync_messages SET counter = ?, machine = ?, digest = ?, sent = 0 WHERE id = ?",
                    (stamp.counter, stamp.machine, content, each.id),
                )
            known[each.id] = content
        self._connection.executemany("INSERT INTO sync_messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)", new)
        for chat_id, dated in chats.items():
            if not self._is_shared(chat_id):  # until now, the chat was a draft
                self._record_chat(chat_id, dated=dated)

    def _creation(self, message: Message, parent_id: str | None, content: str, *, dated: bool) -> tuple[object, ...]:
        """Return the row of `sync_messages` of a message that is new, except that it is not sent yet."""
        chat_id = message.conversation_id
        stamp = self._dated(message.created_at, self._last_birth(chat_id)) if dated else self._next()
        self._last_births[chat_id] = max(stamp.counter, self._last_births.get(chat_id, 0))
        times = stamp.counter, stamp.machine
        return message.id, chat_id, parent_id, *times, *times, content

    def _record_positions(self, pending: Sequence[Pending]) -> None:
        ids = [each.id for each in pending]
        marks = _marks(ids)
        found = {
            id_: values
            for id_, *values in self._connection.execute(
                "SELECT messages.id, messages.parent_id, sync_messages.parent_id, deleted_at FROM messages "  # noqa: S608 - only marks
                f"JOIN sync_messages ON sync_messages.id = messages.id WHERE messages.id IN ({marks})",
                ids,
            )
        }
        known = set(
            self._connection.execute(
                f"SELECT id, field FROM sync_fields WHERE kind = 'message' AND id IN ({marks})",  # noqa: S608 - only marks
                ids,
            )
        )
        for each in pending:
            if each.id not in found:  # an answer that is being written
                continue
            parent_id, first_parent, deleted_at = found[each.id]
            trashed = from_time(deleted_at) if deleted_at else None
            if parent_id != first_parent or (each.id, Field.PARENT) in known:
                self.set_field(Kind.MESSAGE, each.id, Field.PARENT, parent_id)
            if trashed or (each.id, Field.TRASHED) in known:
                value = {"at": trashed.isoformat(), "folder": False} if trashed else None
                if value is None and self._was_trashed(Kind.MESSAGE, each.id):
                    self._send_again("id", each.id)
                self.set_field(Kind.MESSAGE, each.id, Field.TRASHED, value, trashed if each.dated else None)

    def _record_versions(self, message_number: str, *, dated: bool) -> None:
        """Record the edited versions of a message that are new, or are there again after they were removed."""
        for id_, version in edited_versions_of(self._connection, message_number):
            self.set_field(
                Kind.VERSION, id_, Field.CONTENT, version.stored_reference, version.made_at if dated else None
            )
            reference = to_json(version.stored_reference)  # it may have been there under another number before
            self._connection.execute(
                "UPDATE sync_fields SET value = :place WHERE kind = 'version' AND id = :id AND value != :place",
                {"place": reference, "id": id_},
            )

    def _record_removed_version(self, former_reference: str) -> None:
        """Record the removal of an edited version. `former_reference` has the number of its message and its own number there.

        Nothing is recorded if the whole message was removed for good. The number may belong to another version by now.
        """
        message_number, _, number = former_reference.partition(" ")
        known = self._connection.execute(
            "SELECT sync_fields.id, messages.id FROM messages JOIN sync_fields ON kind = 'version' AND CASE WHEN json_valid(value) "
            "THEN json_extract(value, '$.message') = messages.id AND json_extract(value, '$.number') = CAST(? AS INTEGER) END "
            "WHERE messages.number = CAST(? AS INTEGER)",
            (number, message_number),
        ).fetchall()
        present = {id_ for id_, _ in edited_versions_of(self._connection, message_number)} if known else set()
        for id_, message_id in known:
            if id_ not in present:
                self.set_field(Kind.VERSION, id_, Field.CONTENT, removed_version(message_id))

    def record_preset(self, id_: str, *, dated: bool = False) -> None:
        """Record the newest version of a preset, as of the time at which it was saved if `dated`."""
        row = self._connection.execute(
            "SELECT text, saved_at FROM preset_versions WHERE preset_id = ? ORDER BY number DESC LIMIT 1", (id_,)
        ).fetchone()
        if row:
            since = from_time(row[1]) if dated else None
            self.set_field(Kind.PRESET, id_, Field.TEXT, {"digest": text_digest(row[0])}, since)

    def record_deleted_preset(self, id_: str, since: datetime) -> None:
        """Record that a preset was deleted at a time."""
        self.set_field(Kind.PRESET, id_, Field.TEXT, dict(DELETED_PRESET), since)

    # Values and stamps.

    def set_field(self, kind: Kind, id_: str, field: Field, value: object, since: datetime | None = None) -> None:
        """Record that a field has a value, since a time in the past or from now on."""
        self._set_all(kind, id_, {field: value}, {field: since})

    def _set_all(
        self,
        kind: Kind,
        id_: str,
        values: Mapping[Field, object],
        since: Mapping[Field, datetime | None] | None = None,
    ) -> None:
        """Store values of an item that are not known yet. Their stamps are new ones, or of the past by the dates in `since`."""
        known = self._known(kind, id_)
        rows: list[tuple[object, ...]] = []
        for field, value in values.items():
            try:
                text = to_json(value_of(field, value) if field not in {Field.CONTENT, Field.TEXT} else value)
            except ValueError:  # damaged on disk
                continue
            counter, stored = known.get(field, (0, None))
            if stored is not None and (stored == text or (kind is Kind.VERSION and _is_same_version(stored, value))):
                continue
            moment = (since or {}).get(field)
            stamp = self._dated(moment, counter) if moment else self._next()
            rows.append((kind, id_, field, stamp.counter, stamp.machine, text))
        self._connection.executemany("INSERT OR REPLACE INTO sync_fields VALUES (?, ?, ?, ?, ?, ?, 0)", rows)

    def _known(self, kind: Kind, id_: str) -> dict[str, tuple[int, str]]:
        """Return the recorded fields of an item, each with its counter and its value."""
        rows = self._connection.execute(
            "SELECT field, counter, machine, value FROM sync_fields WHERE kind = ? AND id = ?", (kind, id_)
        )
        return {field: (stored_stamp(counter, machine).counter, value) for field, counter, machine, value in rows}

    def _is_shared(self, chat_id: str) -> bool:
        if chat_id not in self._shared_chats and Field.CREATED in self._known(Kind.CHAT, chat_id):
            self._shared_chats.add(chat_id)
        return chat_id in self._shared_chats

    def _last_birth(self, chat_id: str) -> int:
        if chat_id not in self._last_births:
            (last,) = self._connection.execute(
                "SELECT coalesce(max(born_counter), 0) FROM sync_messages WHERE conversation_id = ?", (chat_id,)
            ).fetchone()
            self._last_births[chat_id] = stored_stamp(last, "").counter
        return self._last_births[chat_id]

    def _next(self) -> Stamp:
        self._counter = next_counter(self._counter, self._milliseconds())
        return Stamp(self._counter, self._machine)

    def _dated(self, moment: datetime, after: int) -> Stamp:
        """Return the stamp of a change that was made at a time in the past, but after another one."""
        milliseconds = min(max(0, round((moment - _EPOCH).total_seconds() * 1000)), self._milliseconds())
        stamp = Stamp(max(milliseconds, after + 1), self._machine)
        self._counter = max(self._counter, stamp.counter)
        return stamp


def _is_same_version(stored: str, value: object) -> bool:
    """Return whether both are there, possibly under another number, or both are removed."""
    return is_removed_version(stored_json(stored)) == is_removed_version(value)


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
