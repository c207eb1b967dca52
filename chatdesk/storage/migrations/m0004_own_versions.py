"""What the user made of the code in an answer is kept beside the answer.

- `place`: the code block by which the whole is known; `files`: names and texts as JSON.
- `restored`: the version whose code it has, if an older one was made the newest again; else 0.
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
