"""Folders can be in the trash, too, alone or with their chats, and what is in the trash is found without reading all chats.

- `folders.deleted_at`: since when a folder is in the trash; NULL while it is not. Its chats still name it, so that it can come back.
- `conversations.deleted_with_folder`: the chat went to the trash with its folder, and comes back with it.
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
