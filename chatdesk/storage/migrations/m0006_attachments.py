"""Drafts can hold pictures, and what refers to a file is found without reading all that was ever said.

`draft_pictures` is JSON, empty for none. The index is small: it knows only the parts that are files.
"""

import sqlite3


def migrate(connection: sqlite3.Connection) -> None:
    """Add the column and the index."""
    connection.execute("ALTER TABLE conversations ADD COLUMN draft_pictures TEXT NOT NULL DEFAULT ''")
    connection.execute("CREATE INDEX parts_with_files ON parts (message_number) WHERE kind IN ('image', 'file')")
