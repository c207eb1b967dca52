"""Trash for folders, alone or with their chats, and indexes that find the contents of the trash without reading all chats.

- `folders.deleted_at`: when the folder was moved to the trash; NULL if it is not in the trash. Its chats still refer to it, so that it can
  be restored.
- `conversations.deleted_with_folder`: the chat was moved to the trash with its folder, and is restored with it.
"""

import sqlite3

_STATEMENTS = (
    "ALTER TABLE folders ADD COLUMN deleted_at TEXT",
    "ALTER TABLE conversations ADD COLUMN deleted_with_folder INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX conversations_in_trash ON conversations (deleted_at) WHERE deleted_at IS NOT NULL",
    "CREATE INDEX conversations_by_folder ON conversations (folder_id) WHERE folder_id IS NOT NULL",
)


def migrate(connection: sqlite3.Connection) -> None:
    """Add the columns and the indexes."""
    for statement in _STATEMENTS:
        connection.execute(statement)
