"""The search index of messages. `search_repository.py` searches it.

An answer is indexed when it is complete, not with every chunk. The index does not store the text, so removing an entry requires the exact
text it was created from: a message's text must not change while it is in the index.
"""

import sqlite3
from collections.abc import Sequence

from chatdesk.storage.database.batches import MAX_BATCH_ROWS, next_batch
from chatdesk.storage.database.stored_values import whole

_PAGES_MERGED = 64
"""Takes about 7 ms."""


def merge_some(connection: sqlite3.Connection) -> bool:
    """Merge some segments of the message index. Return whether there is more to merge.

    Every transaction adds a segment. With very many of them, FTS5 merges all at once during a write, which takes hundreds of ms.
    """
    before = connection.total_changes
    connection.execute("INSERT INTO message_search (message_search, rank) VALUES ('merge', ?)", (_PAGES_MERGED,))
    return connection.total_changes - before > 1  # as documented by FTS5: the statement itself counts as one


# Rebuilding: after a migration, messages are indexed in the background, the newest first. Until then, those with a number below that in the
# table `search_rebuild` are searched without the index.


def begin_rebuild(connection: sqlite3.Connection) -> None:
    """Create an empty index in place of the old one; `rebuild_some` fills it."""
    connection.execute("DROP TABLE message_search")
    connection.execute(
        "CREATE VIRTUAL TABLE message_search USING fts5 "
        "(terms, content = '', columnsize = 0, prefix = '3', tokenize = 'unicode61 remove_diacritics 2')"
    )
    connection.execute("CREATE TABLE IF NOT EXISTS search_rebuild (below INTEGER NOT NULL)")
    connection.execute("DELETE FROM search_rebuild")
    connection.execute("INSERT INTO search_rebuild SELECT 1 + max(number) FROM messages HAVING max(number) IS NOT NULL")


def rebuild_some(connection: sqlite3.Connection) -> bool:
    """Index as many messages as fit into a short transaction. Return whether more are left."""
    below = not_indexed_below(connection)
    if not below:
        return False
    index = SearchIndex(connection)
    rows = connection.execute(
        "SELECT number, state != 'streaming' AND deleted_at IS NULL FROM messages WHERE number < ? ORDER BY number DESC LIMIT ?",
        (below, MAX_BATCH_ROWS),
    )
    found = [
        (number, index.terms(number) if is_final else "") for number, is_final in next_batch(iter(rows.fetchall()))
    ]
    for number, terms in reversed(
        found
    ):  # FTS5 would write a segment for each number that is lower than the one before
        index.add_terms(number, terms)
    connection.execute("DELETE FROM search_rebuild")
    if found:
        connection.execute("INSERT INTO search_rebuild VALUES (?)", (found[-1][0],))
    return bool(found)


def not_indexed_below(connection: sqlite3.Connection) -> int:
    """Return the number below which messages are not indexed yet; 0 if all are."""
    row = connection.execute("SELECT below FROM search_rebuild").fetchone()
    return whole(row[0]) if row else 0


class SearchIndex:
    """The index entries of messages, by row number. A text without words has no entry, nor has a message that waits for a rebuild."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add_message(self, number: int) -> None:
        """Add the current text of a message to the index."""
        if number >= not_indexed_below(self._connection):
            self.add_terms(number, self.terms(number))

    def remove_message(self, number: int) -> None:
        """Remove the entry of a message; its parts must be the same as when it was added."""
        if number >= not_indexed_below(self._connection) and (terms := self.terms(number)):
            self._connection.execute(
                "INSERT INTO message_search (message_search, rowid, terms) VALUES ('delete', ?, ?)", (number, terms)
            )

    def add_terms(self, number: int, terms: str) -> None:
        """Add the entry of a message."""
        if terms:
            self._connection.execute("INSERT INTO message_search (rowid, terms) VALUES (?, ?)", (number, terms))

    def add_texts(self, texts: Sequence[tuple[int, str]]) -> None:
        """Add the entries of many new messages, given their numbers and texts."""
        from chatdesk.kernel.finding.index_terms import index_terms  # noqa: PLC0415 - start-up time

        below = not_indexed_below(self._connection)
        entries = ((number, index_terms(text)) for number, text in texts if number >= below)
        self._connection.executemany(
            "INSERT INTO message_search (rowid, terms) VALUES (?, ?)", [entry for entry in entries if entry[1]]
        )

    def terms(self, number: int) -> str:
        """Return the terms under which a message is found."""
        from chatdesk.kernel.finding.index_terms import index_terms  # noqa: PLC0415 - start-up time

        return index_terms(spoken_text(self._connection, number))


def spoken_text(connection: sqlite3.Connection, number: int) -> str:
    """Return the text of a message that is searched: without reasoning and attachments."""
    rows = connection.execute(
        "SELECT text FROM parts WHERE message_number = ? AND kind = 'text' ORDER BY position, segment", (number,)
    )
    return "".join(text for (text,) in rows)
