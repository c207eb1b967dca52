"""Hidden chats, whose rows are being written or removed in batches.

`hidden_by` is the id of the import that writes the chat, or `removal`; NULL for every other chat. A hidden chat also has a `deleted_at`, so
queries for chats that are not in the trash skip it, also in backups of the database; queries for the trash skip hidden chats. Chats left
hidden by a program that ended are removed after the next start.
"""

import sqlite3


def migrate(connection: sqlite3.Connection) -> None:
    """Add the column."""
    connection.execute("ALTER TABLE conversations ADD COLUMN hidden_by TEXT")
