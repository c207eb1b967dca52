"""Searching a database in tests: all hits at once."""

import sqlite3

from chatdesk.kernel.chat.conversation import SearchHit
from chatdesk.kernel.finding.search_query import SearchQuery
from chatdesk.storage.database.search_repository import START, SearchCursor, SearchRepository


def search(connection: sqlite3.Connection, text: str, limit: int = 1_000) -> tuple[SearchHit, ...]:
    """Return the hits for a text, the newest first."""
    hits: list[SearchHit] = []
    cursor: SearchCursor | None = START
    while cursor and len(hits) < limit:
        found, cursor = SearchRepository(connection).find(SearchQuery(text), cursor, limit - len(hits))
        hits += found
    return tuple(hits)
