"""Where the title of a chat comes from (`kernel/chat/conversation.py`), so that a title chosen by the user is never replaced.

Chats of earlier versions count as named by the user, because it is unknown whether they were.
"""

import sqlite3


def migrate(connection: sqlite3.Connection) -> None:
    """Add the column."""
    connection.execute("ALTER TABLE conversations ADD COLUMN title_origin TEXT NOT NULL DEFAULT 'user'")
