"""Folders of chats, and what new chats in them begin with. A folder that is deleted leaves its chats.

- `preset_key` names a preset of the library, empty for none; `server_id` and `model_id` are both there or both NULL.
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
