"""Folders of chats in the database, and which chats are in them."""

import sqlite3
from collections.abc import Sequence

from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.folder import Folder
from chatdesk.storage.database.stored_values import from_model, real, to_model, to_text


class FolderRepository:
    """Works within the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def list(self) -> tuple[Folder, ...]:
        """Return the folders in their order, but for those in the trash (`chat_trash.py`)."""
        rows = self._connection.execute(
            "SELECT id, name, position, preset_key, server_id, model_id, collapsed FROM folders "
            "WHERE deleted_at IS NULL ORDER BY position, id"
        )
        return tuple(
            Folder(id_, name, real(position), preset_key, from_model(server_id, model_id), bool(collapsed))
            for id_, name, position, preset_key, server_id, model_id, collapsed in rows
        )

    def keep(self, folder: Folder) -> None:
        """Keep a folder as it is now, a new one too."""
        values = (
            to_text(folder.name),
            folder.position,
            to_text(folder.preset_key),
            *to_model(folder.model),
            folder.collapsed,
            folder.id,
        )
        changed = self._connection.execute(
            "UPDATE folders SET name = ?, position = ?, preset_key = ?, server_id = ?, model_id = ?, collapsed = ? WHERE id = ?",
            values,
        )
        if not changed.rowcount:
            self._connection.execute(
                "INSERT INTO folders (name, position, preset_key, server_id, model_id, collapsed, id) VALUES (?, ?, ?, ?, ?, ?, ?)",
                values,
            )

    def place(self, conversations: Sequence[Conversation]) -> None:
        """Keep of these chats in which folder they are, and whether they are pinned."""
        self._connection.executemany(
            "UPDATE conversations SET folder_id = (SELECT id FROM folders WHERE id = ?), pinned = ? WHERE id = ?",
            [(chat.folder_id, chat.pinned, chat.id) for chat in conversations],
        )
