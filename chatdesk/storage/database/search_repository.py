"""Search in the messages of all chats. `search_index.py` finds candidates, `kernel/finding/search_query.py` decides."""

import sqlite3
import time
from dataclasses import replace

from chatdesk.kernel.chat.conversation import SearchHit
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.finding.index_terms import match_expression
from chatdesk.kernel.finding.search_query import SearchQuery, is_unspaced
from chatdesk.kernel.finding.snippets import snippet_of
from chatdesk.storage.database.search_index import not_indexed_below, spoken_text

_CANDIDATES = "SELECT rowid FROM message_search WHERE message_search MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?"
"""Newest first, by number instead of rank: ranking reads all matches before it returns one."""
_ALL = "SELECT number FROM messages WHERE number < ? ORDER BY number DESC LIMIT ?"
_MESSAGE = """
    SELECT messages.id, conversation_id FROM messages JOIN conversations ON conversations.id = conversation_id
    WHERE messages.number = ? AND state != 'streaming' AND messages.deleted_at IS NULL AND conversations.deleted_at IS NULL
"""
_CANDIDATES_FIRST = 200
"""Candidates taken from the index at once, and then as many as before: for some terms, the index reads all messages each time."""
_LOOKED_THROUGH = 1_000
"""A Chinese character begins many terms, and the index reads all of them first. It is therefore searched for directly in this many of the
newest messages: if it is not frequent there, it is rare, and the index is fast for it."""
_SLICE = 0.01
"""Seconds after which a search pauses, so that no save has to wait."""


@dataclass(frozen=True, slots=True)
class SearchCursor:
    """Where a search continues: with the candidates, and then with the messages below a number, the newest first."""

    below: int
    candidates: tuple[int, ...] = ()
    seen: int = 0
    """Number of candidates so far."""


START = SearchCursor(2**63 - 1)


class SearchRepository:
    """The search. All methods work within the caller's transaction and change nothing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def find(
        self, query: SearchQuery, cursor: SearchCursor = START, limit: int = 50, seconds: float = _SLICE
    ) -> tuple[tuple[SearchHit, ...], SearchCursor | None]:
        """Return messages that contain a query, the newest first, without the trash; and where to continue, None at the end.

        Return fewer than `limit` if the search takes longer than `seconds`.
        """
        end = time.perf_counter() + seconds
        hits: list[SearchHit] = []
        here: SearchCursor | None = cursor if query else None
        while here:
            for index, number in enumerate(here.candidates):
                if len(hits) == limit or (index > 0 and time.perf_counter() > end):
                    return tuple(hits), replace(here, candidates=here.candidates[index:])
                if hit := self._hit(query, number):
                    hits.append(hit)
            here = self._next_candidates(query, here)
        return tuple(hits), None

    def _next_candidates(self, query: SearchQuery, cursor: SearchCursor) -> SearchCursor | None:
        """Return the cursor with the next candidates; None if there are none."""
        first_indexed, expression = not_indexed_below(self._connection), match_expression(query)
        looks_through = not expression or (_is_one_character(query) and cursor.seen < _LOOKED_THROUGH)
        if looks_through or cursor.below <= first_indexed:
            rows = self._connection.execute(_ALL, (cursor.below, _LOOKED_THROUGH)).fetchall()
            below, more = (rows[-1][0] if rows else 0), bool(rows)
        else:
            limit = max(_CANDIDATES_FIRST, cursor.seen)
            rows = self._connection.execute(_CANDIDATES, (expression, first_indexed, cursor.below, limit)).fetchall()
            below = rows[-1][0] if len(rows) == limit else first_indexed
            more = bool(rows or first_indexed)
        candidates = tuple(number for (number,) in rows)
        return SearchCursor(below, candidates, cursor.seen + len(candidates)) if more else None

    def _hit(self, query: SearchQuery, number: int) -> SearchHit | None:
        row = self._connection.execute(_MESSAGE, (number,)).fetchone()
        if row is None or not query.is_in(text := spoken_text(self._connection, number)):
            return None
        message_id, conversation_id = row
        return SearchHit(conversation_id, message_id, *snippet_of(text, query), number)


def _is_one_character(query: SearchQuery) -> bool:
    return len(query.wanted) == 1 and len(query.wanted[0].text) == 1 and is_unspaced(query.wanted[0].text)
