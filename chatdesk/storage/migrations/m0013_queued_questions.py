"""Questions that wait for the answer before them are kept with their chat, as a draft is.

`queued` is JSON (`kernel/chat/question.py`), empty for none. What an ended program left there becomes the draft of its chat.
"""

import sqlite3


def migrate(connection: sqlite3.Connection) -> None:
    """Add the column."""
    connection.execute("ALTER TABLE conversations ADD COLUMN queued TEXT NOT NULL DEFAULT ''")
