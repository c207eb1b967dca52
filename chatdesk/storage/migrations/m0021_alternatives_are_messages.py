"""What the synchronisation keeps of a message beside its latest content is a message like any other: nothing refers to the first one."""

import sqlite3


def migrate(connection: sqlite3.Connection) -> None:
    """Remove the reference."""
    connection.execute("DROP INDEX sync_messages_by_version")
    connection.execute("ALTER TABLE sync_messages DROP COLUMN version_of")
