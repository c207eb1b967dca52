"""Whether and how much the model of a chat thinks, where the user has chosen it for that chat: a word of `Thinking`, or NULL."""

import sqlite3


def migrate(connection: sqlite3.Connection) -> None:
    """Make the column."""
    connection.execute("ALTER TABLE conversations ADD COLUMN thinking TEXT")
