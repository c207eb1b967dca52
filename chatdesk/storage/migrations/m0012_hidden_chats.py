"""Chats can be hidden while their rows are written or removed, some at a time.

`hidden_by` is the id of the import that is writing the chat, or `removal`; NULL for every other chat. A hidden chat also has a
`deleted_at`, so whatever looks for chats that are not in the trash passes over it, in copies of the database as well; what looks into
the trash passes over chats that are hidden. What an ended program left hidden is removed after the next start.
"""

import sqlite3


def migrate(connection: sqlite3.Connection) -> None:
    """Add the column."""
    connection.execute("ALTER TABLE conversations ADD COLUMN hidden_by TEXT")
