"""Pictures in drafts, and an index that finds references to files without reading all messages.

`draft_pictures` is JSON, empty for none. The index is small, because it contains only parts with files.
"""

import sqlite3


def migrate(connection: sqlite3.Connection) -> None:
    """Add the column and the index."""
    connection.execute("ALTER TABLE conversations ADD COLUMN draft_pictures TEXT NOT NULL DEFAULT ''")
    connection.execute("CREATE INDEX parts_with_files ON parts (message_number) WHERE kind IN ('image', 'file')")
