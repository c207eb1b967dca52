"""Answers that nobody has seen yet.

`unread_id` is the ID of the first answer of a chat that was completed while nobody was reading the chat; empty for none.
"""

import sqlite3


def migrate(connection: sqlite3.Connection) -> None:
    """Add the column."""
    connection.execute("ALTER TABLE conversations ADD COLUMN unread_id TEXT NOT NULL DEFAULT ''")
