"""Local storage of generated pages, if the user allowed it. It is deleted with its chat.

- `items`: names and texts as JSON in ASCII (`kernel/chat/stored_items.py`). A row without items means that storing is allowed.
- `place`: the message and the order of the code block that a page was created from. All versions of an artifact lead to the same page, so
  that a new version of a game has the high score of the previous one, even if messages were deleted since.
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
