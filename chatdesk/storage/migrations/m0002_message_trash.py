"""Trash for messages, and the path last shown below each message.

- `deleted_at`: when the message was moved to the trash; NULL if it is not in the trash. Messages in the trash are not in the search index.
- `leaf_id`: the end of the path that was shown below a message when another version of it was selected. The message may have been
  deleted since.
"""

import sqlite3


def migrate(connection: sqlite3.Connection) -> None:
    """Add the columns."""
    connection.execute("ALTER TABLE messages ADD COLUMN deleted_at TEXT")
    connection.execute("ALTER TABLE messages ADD COLUMN leaf_id TEXT")
    connection.execute("CREATE INDEX messages_in_trash ON messages (deleted_at) WHERE deleted_at IS NOT NULL")
