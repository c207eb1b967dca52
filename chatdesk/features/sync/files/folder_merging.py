"""Merging of folders, among them those that several computers had under the same name before they knew each other's.

Such folders are joined: the newer one gets the field `joined`, which names the older one. The computer that named the newer one sets it
when the older one first arrives there. Then neither was named with knowledge of the other, because a stamp is later than all known ones.
The field is merged like every other. It is set once, because the folder is gone then, and leads to an earlier name: there are no cycles.
A folder that is renamed afterwards stays joined.
"""

from chatdesk.features.sync.domain.operations import Field, FieldSet, Kind
from chatdesk.features.sync.domain.stamps import NEVER, Stamp
from chatdesk.features.sync.files.change_log import ChangeLog
from chatdesk.features.sync.files.chat_trees import trashed
from chatdesk.features.sync.files.joined_folders import joined_with
from chatdesk.features.sync.files.records import stored_json, stored_stamp
from chatdesk.kernel.chat.conversation import Folder
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.conversation_repository import FolderRepository
from chatdesk.storage.database.stored_values import MAX_ORDER_VALUE, to_text

_COLUMNS = {Field.NAME: "name", Field.POSITION: "position", Field.INSTRUCTIONS: "instructions"}


@dataclass(frozen=True, slots=True)
class MovedChats:
    """Chats that are in another folder now, and the folders that have changed."""

    chats: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()


_NOTHING = MovedChats()


class FolderMerging:
    """Writes folders as all computers agree on them. All methods work within the caller's transaction."""

    def __init__(self, connection: Connection, log: ChangeLog) -> None:
        self._connection = connection
        self._log = log
        self._new_names: set[str] = set()
        """Folders whose names were not known before this merge."""

    def target(self, folder_id: str) -> str:
        """Return the folder that replaces this one; itself if it was not joined."""
        return joined_with(self._connection, folder_id)

    def apply(self, operation: FieldSet, *, is_new: bool) -> MovedChats:
        """Apply a field of a folder that was stored. `is_new` if the field was not known before."""
        id_ = operation.id
        if operation.field is Field.NAME and is_new:
            self._new_names.add(id_)
        if operation.field is Field.JOINED:
            return self._move_to_target(id_)
        if self.target(id_) == id_:
            self.ensure(id_, "")
            self._write(id_, operation.field, operation.value)
        return MovedChats(folders=frozenset((id_,)))

    def ensure(self, id_: str, name: str) -> bool:
        """Add a folder at the end, with the fields that are known of it, unless it exists. Return whether it was added."""
        if self._connection.execute("SELECT 1 FROM folders WHERE id = ?", (id_,)).fetchone():
            return False
        (last,) = self._connection.execute(
            "SELECT coalesce(max(position), -1) FROM folders WHERE position < ?", (MAX_ORDER_VALUE,)
        ).fetchone()
        FolderRepository(self._connection).save(Folder(id_, name, float(last) + 1))
        rows = self._connection.execute(
            "SELECT field, value FROM sync_fields WHERE kind = ? AND id = ?", (Kind.FOLDER, id_)
        ).fetchall()
        for field, text in rows:
            self._write(id_, Field(field), stored_json(text))
        return True

    def join_same_names(self) -> MovedChats:
        """Join folders that were named here with older ones of the same name that have arrived for the first time."""
        moved = _NOTHING
        new_names, self._new_names = self._new_names, set()
        for older in sorted(new_names):
            newer = self._to_join(older)
            if newer and self._copy_settings(newer, older):
                self._log.set_field(Kind.FOLDER, newer, Field.JOINED, older)
                found = self._move_to_target(newer)
                moved = MovedChats(moved.chats | found.chats, moved.folders | found.folders)
        return moved

    def _to_join(self, older: str) -> str | None:
        """Return the folder that was named here, without knowledge of an older one that has arrived; None if there is none."""
        same_name = self._connection.execute(
            "SELECT id FROM folders WHERE deleted_at IS NULL AND id != ? AND name != '' "
            "AND name = (SELECT name FROM folders WHERE id = ? AND deleted_at IS NULL)",
            (older, older),
        ).fetchall()
        since = self._named(older)
        found: list[tuple[Stamp, str]] = []
        for (id_,) in same_name:
            self._log.record([(Kind.FOLDER, id_)])
            stamp = self._named(id_)
            if stamp.machine == self._log.machine and stamp > since:
                found.append((stamp, id_))
        return min(found)[1] if found else None

    def _copy_settings(self, newer: str, older: str) -> bool:
        """Copy the settings of the newer folder to the older one. Return False if both have instructions, of which one would be lost."""
        ours, theirs = (
            self._connection.execute("SELECT instructions FROM folders WHERE id = ?", (id_,)).fetchone()[0]
            for id_ in (newer, older)
        )
        if ours and theirs and ours != theirs:
            return False
        self._connection.execute(
            "UPDATE folders SET (preset_key, server_id, model_id, collapsed) = "
            "(SELECT preset_key, server_id, model_id, collapsed FROM folders WHERE id = ?) WHERE id = ?",
            (newer, older),
        )
        if ours and not theirs:
            self._log.set_field(Kind.FOLDER, older, Field.INSTRUCTIONS, ours)
            self._write(older, Field.INSTRUCTIONS, ours)
        return True

    def _move_to_target(self, id_: str) -> MovedChats:
        """Move the chats of a joined folder, and remove it."""
        target = self.target(id_)
        row = self._connection.execute("SELECT name FROM folders WHERE id = ?", (id_,)).fetchone()
        if target == id_ or row is None:
            return _NOTHING
        self.ensure(target, row[0])
        chats = [
            chat for (chat,) in self._connection.execute("SELECT id FROM conversations WHERE folder_id = ?", (id_,))
        ]
        self._log.record((Kind.CHAT, chat) for chat in chats)
        self._connection.execute("UPDATE conversations SET folder_id = ? WHERE folder_id = ?", (target, id_))
        self._connection.execute("DELETE FROM folders WHERE id = ?", (id_,))
        return MovedChats(frozenset(chats), frozenset((id_, target)))

    def _named(self, id_: str) -> Stamp:
        row = self._connection.execute(
            "SELECT counter, machine FROM sync_fields WHERE kind = ? AND id = ? AND field = ?",
            (Kind.FOLDER, id_, Field.NAME),
        ).fetchone()
        return stored_stamp(*row) if row else NEVER

    def _write(self, id_: str, field: Field, value: object) -> None:
        if column := _COLUMNS.get(field):
            stored = to_text(value) if isinstance(value, str) else value
            self._connection.execute(f"UPDATE folders SET {column} = ? WHERE id = ?", (stored, id_))  # noqa: S608 - fixed names
        elif field is Field.TRASHED:
            self._connection.execute("UPDATE folders SET deleted_at = ? WHERE id = ?", (trashed(value)[0], id_))
