"""The user's own versions of the code in an answer, stored in addition to the answer.

- `place`: the code block that identifies the artifact; `files`: names and texts as JSON.
- `restored`: the number of the older version that was restored as this one; 0 if none.
"""

import sqlite3


def migrate(connection: sqlite3.Connection) -> None:
    """Create the table. Its rows are deleted with their message."""
    connection.execute(
        """
        CREATE TABLE own_versions (
            message_number INTEGER NOT NULL REFERENCES messages (number) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            place INTEGER NOT NULL,
            made_at TEXT NOT NULL,
            restored INTEGER NOT NULL,
            files TEXT NOT NULL,
            PRIMARY KEY (message_number, number)
        )
        """
    )
