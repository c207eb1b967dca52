"""Keeps the search index in step with the text. Searching: `search_repository.py`.

An answer is indexed when it is final and not for every piece of it. The index keeps no text of its own, so removing an entry takes the very
text it was made of: a message's text therefore never changes while it is in the index.
"""

import sqlite3

from chatdesk.storage.database.search_terms import index_terms

_PAGES_MERGED = 64
"""About 7 ms."""


def merge_a_little(connection: sqlite3.Connection) -> bool:
    """Merge a few of the pieces that writes have left of the index of messages. Returns whether there is more to do.

    Every transaction leaves a piece. With very many of them FTS5 merges all at once within some write, which takes hundreds of ms.
    """
    before = connection.total_changes
    connection.execute("INSERT INTO message_search (message_search, rank) VALUES ('merge', ?)", (_PAGES_MERGED,))
    return connection.total_changes - before > 1  # FTS5's own sign: the statement itself counts as one


class SearchIndex:
    """The entries of messages and titles, by the `number` of their row. An empty text has no entry."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add_message(self, number: int) -> None:
        """Index what a message says now."""
        if text := self._spoken_text(number):
            self._connection.execute(
                "INSERT INTO message_search (rowid, terms) VALUES (?, ?)", (number, index_terms(text))
            )

    def remove_message(self, number: int) -> None:
        """Remove the entry; the parts must be those it was indexed with."""
        if text := self._spoken_text(number):
            self._connection.execute(
                "INSERT INTO message_search (message_search, rowid, terms) VALUES ('delete', ?, ?)",
                (number, index_terms(text)),
            )

    def add_title(self, number: int, title: str) -> None:
        """Index the title of a conversation."""
        if title:
            self._connection.execute(
                "INSERT INTO title_search (rowid, terms) VALUES (?, ?)", (number, index_terms(title))
            )

    def remove_title(self, number: int, title: str) -> None:
        """Remove the entry of a conversation whose title was `title`."""
        if title:
            self._connection.execute(
                "INSERT INTO title_search (title_search, rowid, terms) VALUES ('delete', ?, ?)",
                (number, index_terms(title)),
            )

    def _spoken_text(self, number: int) -> str:
        rows = self._connection.execute(
            "SELECT text FROM parts WHERE message_number = ? AND kind = 'text' ORDER BY position, segment", (number,)
        )
        return "".join(text for (text,) in rows)
