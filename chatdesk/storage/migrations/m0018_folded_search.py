"""Search ignores spellings that mean the same, such as full width, ligatures, and simplified or traditional characters.

The index is empty at first and filled in the background (`rebuild_some`); until then, messages are searched without it. Titles need no
index: they are in memory.
"""

import sqlite3

from chatdesk.storage.database.search_index import begin_rebuild


def migrate(connection: sqlite3.Connection) -> None:
    """Begin the rebuild of the index."""
    connection.execute("DROP TABLE title_search")
    begin_rebuild(connection)
