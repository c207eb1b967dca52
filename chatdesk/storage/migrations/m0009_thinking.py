"""The thinking level chosen for a chat: a value of `Thinking`, or NULL."""

import sqlite3


def migrate(connection: sqlite3.Connection) -> None:
    """Add the column."""
    connection.execute("ALTER TABLE conversations ADD COLUMN thinking TEXT")
