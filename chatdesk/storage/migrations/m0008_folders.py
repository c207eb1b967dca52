"""Folders of chats, and the defaults for new chats in them. Deleting a folder does not delete its chats.

- `preset_key` names a preset of the library, empty for none; `server_id` and `model_id` are both set or both NULL.
"""

import sqlite3

_STATEMENTS = (
    """
    CREATE TABLE folders (
        id TEXT PRIMARY KEY NOT NULL,
        name TEXT NOT NULL,
        position REAL NOT NULL,
        preset_key TEXT NOT NULL,
        server_id TEXT,
        model_id TEXT,
        collapsed INTEGER NOT NULL
    )
    """,
    "ALTER TABLE conversations ADD COLUMN folder_id TEXT REFERENCES folders (id) ON DELETE SET NULL",
)


def migrate(connection: sqlite3.Connection) -> None:
    """Create the table and add the column."""
    for statement in _STATEMENTS:
        connection.execute(statement)
