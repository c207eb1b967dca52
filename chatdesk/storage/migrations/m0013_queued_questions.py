"""Queued questions, which wait for the current answer and are stored with their chat like a draft.

`queued` is JSON (`kernel/chat/conversation.py`), empty for none. Questions left by a program that ended become the draft of the chat.
"""

import sqlite3


def migrate(connection: sqlite3.Connection) -> None:
    """Add the column."""
    connection.execute("ALTER TABLE conversations ADD COLUMN queued TEXT NOT NULL DEFAULT ''")
