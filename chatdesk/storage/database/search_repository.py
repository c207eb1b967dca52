"""Search over all conversations. What is in the index, and when: `search_index.py`."""

import sqlite3

from chatdesk.kernel.search_hit import SearchHit
from chatdesk.storage.database.search_terms import Folding, hit_pattern, is_one_character, match_expression
from chatdesk.storage.database.snippet import snippet_of
from chatdesk.storage.database.stored_values import to_text

_TITLES = """
    SELECT id, title FROM title_search JOIN conversations ON number = title_search.rowid
    WHERE title_search MATCH ? AND deleted_at IS NULL ORDER BY activity DESC LIMIT ?
"""
# The newest first, by row and not by rank: ranking reads every hit before it shows one.
_MESSAGES = """
    SELECT messages.number, messages.id, conversation_id
    FROM message_search
    JOIN messages ON messages.number = message_search.rowid
    JOIN conversations ON conversations.id = conversation_id
    WHERE message_search MATCH ? AND conversations.deleted_at IS NULL ORDER BY message_search.rowid DESC LIMIT ?
"""
# A character of Chinese begins many terms, most of them in many messages: the index reads all that before it tells the newest.
# In the newest messages it is found by looking; what is not there often enough is seldom, and for that the index is quick.
_NEWEST = """
    SELECT DISTINCT messages.number, messages.id, conversation_id
    FROM parts
    JOIN messages ON messages.number = message_number
    JOIN conversations ON conversations.id = conversation_id
    WHERE message_number > (SELECT max(number) FROM messages) - ? AND kind = 'text' AND instr(text, ?)
        AND state != 'streaming' AND messages.deleted_at IS NULL AND conversations.deleted_at IS NULL
    ORDER BY message_number DESC LIMIT ?
"""
_NEWEST_COUNT = 1_000
_TEXT = "SELECT text FROM parts WHERE message_number = ? AND kind = 'text' ORDER BY position, segment"


class SearchRepository:
    """Works within the caller's transaction. Changes nothing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def find(self, query: str, limit: int = 50) -> tuple[SearchHit, ...]:
        """Return at most `limit` titles and then messages that hold every word of `query`, newest first; nothing from the trash.

        The last word may be unfinished, for search as one types. Whatever is typed is words, never a search language.
        """
        query = to_text(query)
        expression = match_expression(query)
        if not expression:
            return ()
        pattern, folding = hit_pattern(query), Folding()
        hits: list[SearchHit] = []
        for conversation_id, title in self._connection.execute(_TITLES, (expression, limit)):
            hits.append(SearchHit(conversation_id, None, *snippet_of(title, pattern, folding)))
        wanted = limit - len(hits)
        found = self._newest(query.strip(), wanted) if is_one_character(query) else []
        if len(found) < wanted:
            found = self._connection.execute(_MESSAGES, (expression, wanted)).fetchall()
        for number, message_id, conversation_id in found:
            text = "".join(piece for (piece,) in self._connection.execute(_TEXT, (number,)))
            hits.append(SearchHit(conversation_id, message_id, *snippet_of(text, pattern, folding)))
        return tuple(hits)

    def _newest(self, character: str, limit: int) -> list[tuple[int, str, str]]:
        """Return which of the newest messages hold a character that begins a term wherever it stands."""
        return self._connection.execute(_NEWEST, (_NEWEST_COUNT, character, limit)).fetchall()
