"""The trash of chats and folders in the database. That of messages is in `message_trash.py`."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from chatdesk.kernel.chat.attachments import from_record
from chatdesk.kernel.chat.conversation import Conversation, path_to, title_from
from chatdesk.kernel.chat.message import Message
from chatdesk.kernel.chat.trash import Trashed, TrashKind
from chatdesk.storage.database.conversation_repository import ConversationRepository
from chatdesk.storage.database.hidden_chats import HiddenChats
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.storage.database.stored_values import from_json, from_time, to_time

# A chat belongs to the item of its folder if both were deleted at the same time. It becomes an item of its own when the folder is restored
# without it, also by another computer, which may have moved the chat as well.
_WITH_FOLDER = """(deleted_with_folder AND EXISTS (
    SELECT 1 FROM folders WHERE folders.id = conversations.folder_id AND folders.deleted_at = conversations.deleted_at))"""
_COUNT = f"""
    SELECT (SELECT count(*) FROM conversations WHERE deleted_at >= ? AND NOT {_WITH_FOLDER} AND hidden_by IS NULL)
        + (SELECT count(*) FROM folders WHERE deleted_at >= ?)
"""  # noqa: S608 - fixed texts
_CHATS = f"""
    SELECT id, title, iif(title = '', substr(draft, 1, 1000), ''), deleted_at,
        (SELECT count(*) FROM messages WHERE conversation_id = conversations.id AND messages.deleted_at IS NULL),
        coalesce((SELECT name FROM folders WHERE folders.id = folder_id), '')
    FROM conversations
        WHERE deleted_at >= ? AND NOT {_WITH_FOLDER} AND hidden_by IS NULL
"""  # noqa: S608 - fixed texts
_FOLDERS = """
    SELECT id, name, deleted_at, (
        SELECT count(*) FROM conversations WHERE folder_id = folders.id AND deleted_with_folder
        AND conversations.deleted_at = folders.deleted_at AND hidden_by IS NULL
    )
    FROM folders WHERE deleted_at >= ?
"""
_TEXT_SIZE = """
    SELECT coalesce(sum(length(CAST(text AS BLOB))), 0) FROM parts
    WHERE message_number IN (SELECT number FROM messages WHERE conversation_id = ?)
"""
_FILES = """
    SELECT metadata FROM parts
    WHERE kind IN ('image', 'file') AND message_number IN (SELECT number FROM messages WHERE conversation_id = ?)
"""


class ChatTrash:
    """The trash of chats and folders. All methods work within the caller's transaction.

    `since` is the retention limit: items deleted before it are treated as removed, even if their rows still exist.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def count(self, since: datetime) -> int:
        """Return the number of items in `list`."""
        moment = to_time(since)
        (count,) = self._connection.execute(_COUNT, (moment, moment)).fetchone()
        return int(count)

    def list(self, since: datetime) -> tuple[Trashed, ...]:
        """Return the items in the trash, latest first. Chats deleted together with their folder belong to the folder's item."""
        moment = (to_time(since),)
        chats = [
            Trashed(TrashKind.CHAT, id_, title or title_from(draft), from_time(deleted_at), count, folder)
            for id_, title, draft, deleted_at, count, folder in self._connection.execute(_CHATS, moment)
        ]
        folders = [
            Trashed(TrashKind.FOLDER, id_, name, from_time(deleted_at), count)
            for id_, name, deleted_at, count in self._connection.execute(_FOLDERS, moment)
        ]
        return tuple(sorted((*chats, *folders), key=lambda each: (each.deleted_at, each.id), reverse=True))

    def size(self, conversation_id: str) -> int:
        """Return the size of the text and files of a chat in bytes. A file of several messages counts once."""
        (text,) = self._connection.execute(_TEXT_SIZE, (conversation_id,)).fetchone()
        files = (from_record(from_json(row[0])) for row in self._connection.execute(_FILES, (conversation_id,)))
        return int(text) + sum({file.sha256: file.size for file in files}.values())

    def chats_of(self, folder_id: str) -> tuple[str, ...]:
        """Return the ids of the chats that were deleted with a folder."""
        rows = self._connection.execute(
            f"SELECT id FROM conversations WHERE folder_id = ? AND {_WITH_FOLDER} AND hidden_by IS NULL",  # noqa: S608 - fixed text
            (folder_id,),
        )
        return tuple(id_ for (id_,) in rows)

    def path(self, conversation_id: str) -> tuple[Message, ...]:
        """Return the messages on the current path of a chat. Raise `KeyError` if it does not exist."""
        head_id = ConversationRepository(self._connection).get(conversation_id).head_id
        found = MessageRepository(self._connection).of_conversation(conversation_id)
        return path_to({message.id: message for message in found}, head_id)

    def trash_chats(self, ids: Iterable[str], moment: datetime, *, with_folder: bool = False) -> None:
        """Move chats to the trash."""
        self._connection.executemany(
            "UPDATE conversations SET deleted_at = ?, deleted_with_folder = ? WHERE id = ? AND deleted_at IS NULL",
            [(to_time(moment), with_folder, id_) for id_ in ids],
        )

    def trash_folder(self, folder_id: str, moment: datetime) -> None:
        """Move a folder to the trash. Its chats still refer to it."""
        self._connection.execute("UPDATE folders SET deleted_at = ? WHERE id = ?", (to_time(moment), folder_id))

    def restore_chats(self, ids: Sequence[str], since: datetime) -> tuple[Conversation, ...]:
        """Restore chats with their folders, and return the ones that still existed."""
        chats = ConversationRepository(self._connection)
        existing = [
            (id_,)
            for id_ in ids
            if self._connection.execute(
                "SELECT 1 FROM conversations WHERE id = ? AND deleted_at >= ? AND hidden_by IS NULL",
                (id_, to_time(since)),
            ).fetchone()
        ]
        self._connection.executemany(
            "UPDATE conversations SET deleted_at = NULL, deleted_with_folder = 0 WHERE id = ?", existing
        )
        found = tuple(chats.get(id_) for (id_,) in existing)
        for folder_id in {chat.folder_id for chat in found if chat.folder_id}:
            self._restore_folder(folder_id)
        return found

    def restore_folder(self, folder_id: str, since: datetime) -> tuple[Conversation, ...]:
        """Restore a folder, if it still exists, and return the chats that were deleted with it."""
        found = self._connection.execute(
            "SELECT 1 FROM folders WHERE id = ? AND deleted_at >= ?", (folder_id, to_time(since))
        ).fetchone()
        if not found:
            return ()
        chats = self.restore_chats(self.chats_of(folder_id), since)
        self._restore_folder(folder_id)
        return chats

    def schedule_removal(self, items: Iterable[Trashed], moment: datetime) -> tuple[str, ...]:
        """Make items unrecoverable: hide chats and delete folders. Return the ids of the chats, whose rows can then be removed."""
        hidden, ids = HiddenChats(self._connection), list[str]()
        for item in items:
            if item.kind is TrashKind.CHAT:
                found = self._connection.execute(
                    "SELECT id FROM conversations WHERE id = ? AND deleted_at IS NOT NULL", (item.id,)
                ).fetchall()
                ids += [id_ for (id_,) in found]
            else:
                ids += self.chats_of(item.id)
                self._connection.execute("DELETE FROM folders WHERE id = ? AND deleted_at IS NOT NULL", (item.id,))
        for id_ in ids:
            hidden.hide(id_, moment)
        return tuple(ids)

    def remove_old_folders(self, before: datetime) -> None:
        """Remove folders deleted before a time, unless a chat deleted later may restore one."""
        moment = to_time(before)
        self._connection.execute(
            "DELETE FROM folders WHERE deleted_at < ? AND NOT EXISTS "
            "(SELECT 1 FROM conversations WHERE folder_id = folders.id AND conversations.deleted_at >= ?)",
            (moment, moment),
        )

    def _restore_folder(self, folder_id: str) -> None:
        """Restore a folder. Chats deleted with it that stay in the trash become items of their own (`_WITH_FOLDER`)."""
        self._connection.execute("UPDATE folders SET deleted_at = NULL WHERE id = ?", (folder_id,))
