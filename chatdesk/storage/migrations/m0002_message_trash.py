"""Messages can be in the trash, and remember where one was below them.

- `deleted_at`: since when a message is in the trash; NULL while it is not. What is in the trash is not in the search index.
- `leaf_id`: the end of the path that was shown below a message when another version of it was chosen. It may name a message that is
  gone since.
"""

import sqlite3


def migrate(connection: sqlite3.Connection) -> None:
    """Add the columns."""
    connection.execute("ALTER TABLE messages ADD COLUMN deleted_at TEXT")
    connection.execute("ALTER TABLE messages ADD COLUMN leaf_id TEXT")
    connection.execute("CREATE INDEX messages_in_trash ON messages (deleted_at) WHERE deleted_at IS NOT NULL")
