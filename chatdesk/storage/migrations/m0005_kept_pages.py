"""What generated pages keep for their next run, where the user allowed it. It goes with its chat.

- `items`: names and texts as JSON in ASCII (`kernel/chat/stored_items.py`). A row without items says that keeping is allowed.
- `place`: the message and the order of the code block that a page was made of. All versions of one thing lead to the same page, so that
  the next version of a game has the high score of the last, whichever messages are deleted since.
"""

import sqlite3

_STATEMENTS = (
    """
    CREATE TABLE kept_pages (
        number INTEGER PRIMARY KEY,
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        items TEXT NOT NULL,
        changed_at TEXT NOT NULL
    )
    """,
    "CREATE INDEX kept_pages_by_conversation ON kept_pages (conversation_id)",
    """
    CREATE TABLE kept_page_places (
        place TEXT PRIMARY KEY,
        page_number INTEGER NOT NULL REFERENCES kept_pages (number) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX kept_page_places_by_page ON kept_page_places (page_number)",
)


def migrate(connection: sqlite3.Connection) -> None:
    """Create the tables."""
    for statement in _STATEMENTS:
        connection.execute(statement)
