"""Merging of chats and messages that come with their IDs, from another program or another computer. What exists is never overwritten.

The rows are written in batches, out of sight: new chats are hidden under the ID of the import, and new messages of a chat that exists are
first put into a hidden chat of their own. One transaction, `reveal`, shows all of them. If the program ends before, the next start removes
the hidden chats (`hidden_chats.py`), and nothing has changed.
"""

import sqlite3
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import UTC, datetime

from chatdesk.kernel.chat.conversation import Conversation, Folder
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.database.chat_trash import ChatTrash
from chatdesk.storage.database.conversation_repository import ConversationRepository, FolderRepository
from chatdesk.storage.database.hidden_chats import REMOVAL, HiddenChats
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.stored_values import MAX_ORDER_VALUE, from_time, to_time

_MAX_VALUES = 500
"""Maximum number of values in one statement."""
_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class KnownChat:
    """A chat that exists."""

    id: str
    deleted_at: str | None = None
    """The stored time at which it was moved to the trash."""
    deleted_with_folder: bool = False
    hidden_by: str | None = None
    """The import that writes it. A chat that is being removed counts as unknown."""


@dataclass(frozen=True, slots=True)
class Addition:
    """New messages of a chat that exists. They are in the hidden chat `staging`.

    `head_id` is the end of the path in the source: it is shown if the path that is shown now is a part of that one.
    """

    conversation_id: str
    staging: str
    head_id: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Merge:
    """What `reveal` shows."""

    import_id: str
    folders: Sequence[Folder] = ()
    """New folders."""
    placed: Mapping[str, str] = field(default_factory=dict)
    """The folders of new chats, by the chat."""
    additions: Sequence[Addition] = ()
    restored: Sequence[str] = ()
    """Chats that come back from the trash."""


@dataclass(frozen=True, slots=True)
class Grown:
    """A chat to which messages were added."""

    conversation_id: str
    message_ids: tuple[str, ...]
    head_before: str | None
    head_id: str | None
    updated_before: datetime
    updated_at: datetime

    def and_then(self, later: "Grown") -> "Grown":
        """Return this and a later addition to the same chat as one."""
        return replace(
            self,
            message_ids=(*self.message_ids, *later.message_ids),
            head_id=later.head_id,
            updated_at=later.updated_at,
        )


@dataclass(frozen=True, slots=True)
class Revealed:
    """The chats to which messages were added, and those that came back from the trash: without those that were removed meanwhile.

    It has all that is needed to show them, read in the same transaction: if the disk fails after that, the chats are there nevertheless.
    """

    grown: tuple[Grown, ...]
    restored: tuple[Conversation, ...]
    counts: Mapping[str, int]
    """The number of messages of each of these and of the new chats, including those in the trash."""
    order: tuple[str, ...]
    """The IDs of all chats, the most recent last."""


class Merging:
    """Adds chats and messages by their IDs. All methods work within the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def chats(self, ids: Iterable[str]) -> Mapping[str, KnownChat]:
        """Return those of these chats that exist, by ID."""
        found: dict[str, KnownChat] = {}
        for group in _groups(ids):
            rows = self._connection.execute(
                "SELECT id, deleted_at, deleted_with_folder, hidden_by FROM conversations "  # noqa: S608 - only marks
                f"WHERE id IN ({_marks(group)}) AND hidden_by IS NOT ?",
                (*group, REMOVAL),
            )
            found |= {id_: KnownChat(id_, deleted_at, bool(with_), hidden) for id_, deleted_at, with_, hidden in rows}
        return found

    def owners(self, message_ids: Iterable[str]) -> Mapping[str, str]:
        """Return the chats of those of these messages that exist, even in the trash, by message."""
        found: dict[str, str] = {}
        for group in _groups(message_ids):
            found |= self._connection.execute(
                f"SELECT id, conversation_id FROM messages WHERE id IN ({_marks(group)})",  # noqa: S608 - only marks
                group,
            ).fetchall()
        return found

    def reveal(self, merge: Merge) -> Revealed:
        """Show everything that was written under an import ID.

        A chat is sorted in the list by the time of its latest message.
        """
        folders = FolderRepository(self._connection)
        for folder in merge.folders:
            folders.save(folder)
        self._connection.executemany(
            "UPDATE conversations SET folder_id = (SELECT id FROM folders WHERE id = ?) WHERE id = ?",
            [(folder_id, chat_id) for chat_id, folder_id in merge.placed.items()],
        )
        restored = [chat.id for chat in ChatTrash(self._connection).restore_chats(merge.restored, _ALWAYS)]
        grown: dict[str, Grown] = {}
        for each in filter(None, map(self._add, merge.additions)):
            before = grown.get(each.conversation_id)
            grown[each.conversation_id] = before.and_then(each) if before else each
        rows = self._connection.execute("SELECT id FROM conversations WHERE hidden_by = ?", (merge.import_id,))
        new = {id_ for (id_,) in rows}
        self._connection.execute(
            "UPDATE conversations SET hidden_by = NULL, deleted_at = NULL WHERE hidden_by = ?", (merge.import_id,)
        )
        self.place({*new, *grown})
        chats = ConversationRepository(self._connection)
        counts = self.counts({*new, *grown, *restored})
        return Revealed(tuple(grown.values()), tuple(map(chats.get, restored)), counts, chats.order())

    def undo_import(
        self, new: Iterable[str], grown: Iterable[Grown], restored: Iterable[KnownChat], moment: datetime
    ) -> tuple[str, ...]:
        """Undo `reveal`, except for folders: hide new chats again, and the messages that were added to others.

        Return the hidden chats, whose rows can then be removed.
        """
        hidden = list(new)
        HiddenChats(self._connection).hide_all(hidden, moment)
        hidden += [self._move_out(each, moment) for each in grown]
        self._connection.executemany(
            "UPDATE conversations SET deleted_at = ?, deleted_with_folder = ? WHERE id = ?",
            [(chat.deleted_at, chat.deleted_with_folder, chat.id) for chat in restored],
        )
        return tuple(hidden)

    def _move_out(self, grown: Grown, moment: datetime) -> str:
        """Move messages out of a chat into a hidden one, which is returned. Nothing may follow them."""
        staging = uuid.uuid4().hex
        HiddenChats(self._connection).add(Conversation(staging, "", moment, moment), REMOVAL)
        head = ConversationRepository(self._connection).get(grown.conversation_id).head_id
        self._connection.execute(
            "UPDATE conversations SET head_id = ?, updated_at = ? WHERE id = ?",
            (
                grown.head_before if head in grown.message_ids else head,
                to_time(grown.updated_before),
                grown.conversation_id,
            ),
        )
        self._connection.executemany(
            "UPDATE messages SET conversation_id = ? WHERE id = ?", [(staging, id_) for id_ in grown.message_ids]
        )
        return staging

    def hidden(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return those of these chats that are hidden: being written, being removed, or left from either."""
        found = []
        for group in _groups(ids):
            found += self._connection.execute(
                f"SELECT id FROM conversations WHERE id IN ({_marks(group)}) AND hidden_by IS NOT NULL",  # noqa: S608
                group,
            ).fetchall()
        return tuple(id_ for (id_,) in found)

    def remove_empty_folders(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Remove those of these folders that have no chat, and return them."""
        removed = []
        for id_ in ids:
            done = self._connection.execute(
                "DELETE FROM folders WHERE id = ? AND NOT EXISTS "
                "(SELECT 1 FROM conversations WHERE folder_id = folders.id AND hidden_by IS NULL)",
                (id_,),
            )
            removed += [id_] * done.rowcount
        return tuple(removed)

    def counts(self, ids: Iterable[str]) -> Mapping[str, int]:
        """Return the number of messages of chats, including those in the trash."""
        found: dict[str, int] = {}
        for group in _groups(ids):
            found |= self._connection.execute(
                "SELECT conversation_id, count(*) FROM messages "  # noqa: S608 - only marks
                f"WHERE conversation_id IN ({_marks(group)}) GROUP BY conversation_id",
                group,
            ).fetchall()
        return found

    def _add(self, addition: Addition) -> Grown | None:
        """Move messages from their hidden chat into the one that they belong to; None if that one does not exist any more."""
        row = self._connection.execute(
            "SELECT head_id, updated_at FROM conversations WHERE id = ? AND hidden_by IS NULL",
            (addition.conversation_id,),
        ).fetchone()
        if row is None:
            return None  # the hidden chat is removed like any other that was not shown
        head_before, updated_before = row[0], from_time(row[1])
        self._attach_to_visible(addition.staging)
        ids = tuple(
            id_
            for (id_,) in self._connection.execute(
                "SELECT id FROM messages WHERE conversation_id = ? ORDER BY sequence", (addition.staging,)
            )
        )
        first = MessageRepository(self._connection).next_sequence(addition.conversation_id)
        self._connection.execute(
            "UPDATE messages SET conversation_id = ?, sequence = sequence + ? WHERE conversation_id = ?",
            (addition.conversation_id, first, addition.staging),
        )
        self._connection.execute("DELETE FROM conversations WHERE id = ?", (addition.staging,))
        extends_head = head_before is None or head_before in self._path(addition.head_id)
        head = addition.head_id if extends_head and addition.head_id in ids else head_before
        updated_at = max(updated_before, addition.updated_at)
        self._connection.execute(
            "UPDATE conversations SET head_id = ?, updated_at = ? WHERE id = ?",
            (head, to_time(updated_at), addition.conversation_id),
        )
        return Grown(addition.conversation_id, ids, head_before, head, updated_before, updated_at)

    def _attach_to_visible(self, staging: str) -> None:
        """Let messages that answer one in the trash follow the nearest message above it that is not."""
        rows = self._connection.execute(
            "SELECT child.id, parent.id FROM messages AS child JOIN messages AS parent ON parent.id = child.parent_id "
            "WHERE child.conversation_id = ? AND parent.deleted_at IS NOT NULL",
            (staging,),
        ).fetchall()
        for child, parent in rows:
            visible = next((id_ for id_, is_deleted in self._ancestors(parent) if not is_deleted), None)
            self._connection.execute("UPDATE messages SET parent_id = ? WHERE id = ?", (visible, child))

    def _path(self, message_id: str) -> frozenset[str]:
        return frozenset(id_ for id_, _ in self._ancestors(message_id))

    def _ancestors(self, message_id: str) -> Iterator[tuple[str, bool]]:
        """Yield a message and those before it, each with whether it is in the trash."""
        seen: set[str] = set()
        current: str | None = message_id
        while current and current not in seen:
            seen.add(current)
            row = self._connection.execute(
                "SELECT parent_id, deleted_at IS NOT NULL FROM messages WHERE id = ?", (current,)
            ).fetchone()
            if row is None:
                return
            yield current, bool(row[1])
            current = row[0]

    def place(self, ids: Collection[str]) -> None:
        """Order these chats among the others by their times. The order of the others does not change, whatever their times."""
        rows = self._connection.execute(
            "SELECT id, updated_at FROM conversations WHERE activity < ? ORDER BY activity", (MAX_ORDER_VALUE,)
        ).fetchall()
        moved = sorted(((updated_at, id_) for id_, updated_at in rows if id_ in ids), reverse=True)
        latest = ""
        ordered: list[str] = []
        for id_, updated_at in rows:
            if id_ in ids:
                continue
            latest = max(latest, str(updated_at))
            while moved and moved[-1][0] < latest:
                ordered.append(moved.pop()[1])
            ordered.append(id_)
        ordered += [id_ for _, id_ in reversed(moved)]
        numbers = [number for number, id_ in enumerate(ordered) if id_ in ids]
        if numbers:
            self._renumber(ordered, numbers[0], numbers[-1] + 1)

    def _renumber(self, ordered: Sequence[str], first: int, end: int) -> None:
        """Give numbers to the chats from `first` to `end` in this order, by moving as few of the others as possible."""
        lowest, highest = self._connection.execute(
            "SELECT coalesce(min(activity), 0), coalesce(max(activity), 0) FROM conversations WHERE activity < ?",
            (MAX_ORDER_VALUE,),
        ).fetchone()
        is_low = end <= len(ordered) - first
        moved, start = (ordered[:end], lowest - end) if is_low else (ordered[first:], highest + 1)
        self._connection.executemany(
            "UPDATE conversations SET activity = ? WHERE id = ?",
            [(start + number, id_) for number, id_ in enumerate(moved)],
        )


def _groups(values: Iterable[str]) -> Iterator[list[str]]:
    listed = list(values)
    return (listed[start : start + _MAX_VALUES] for start in range(0, len(listed), _MAX_VALUES))


def _marks(group: Sequence[str]) -> str:
    return ", ".join("?" * len(group))
