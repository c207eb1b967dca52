"""Search over all conversations. `search_index.py` maintains the index."""

import re
import sqlite3

from chatdesk.kernel.chat.conversation import SearchHit
from chatdesk.storage.database.search_index import Folding, hit_pattern, is_one_character, match_expression
from chatdesk.storage.database.stored_values import to_text

# A single-line excerpt of a text around the matches, as plain data.

_BEFORE = 40
_LENGTH = 160
"""Length of the excerpt, and its characters before the first match."""

_WINDOW = 4096
_OVERLAP = 256
"""A long text is folded in windows until the first match, which may extend into the next window."""

_BLANKS = re.compile(r"[\s\x00-\x1f\x7f]+")


def snippet_of(text: str, hits: re.Pattern[str], folding: Folding) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the excerpt and the positions of the matches in it; the start of the text if there is no match. `…` marks omissions."""
    start = max(0, _first_hit(text, hits, folding) - _BEFORE)
    end = min(len(text), start + _LENGTH)
    head = "…" if start > 0 else ""
    tail = "…" if end < len(text) else ""
    before = min(start, 1)  # the pattern needs the character before a match to find its start
    folded = text[start - before : end + 1].translate(folding)
    shift = len(head) - before
    matches = hits.finditer(folded, before, before + end - start)
    ranges = tuple((match.start() + shift, match.end() + shift) for match in matches if match.group())
    return _in_one_line(head + text[start:end] + tail, ranges)


def _in_one_line(text: str, ranges: tuple[tuple[int, int], ...]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Replace runs of white space with a single space, and adapt the ranges."""
    pieces: list[str] = []
    places: list[int] = []  # the position in the line for every character of `text`
    length = end = 0
    for blank in _BLANKS.finditer(text):
        before = blank.start() - end
        places += range(length, length + before)
        length += before
        places += [length] * (blank.end() - blank.start())
        length += 1
        pieces += (text[end : blank.start()], " ")
        end = blank.end()
    places += range(length, length + len(text) - end + 1)
    pieces.append(text[end:])
    return "".join(pieces), tuple((places[first], places[last - 1] + 1) for first, last in ranges)


def _first_hit(text: str, hits: re.Pattern[str], folding: Folding) -> int:
    # Lower case alone is many times faster and finds nearly everything; accents are removed in a second pass.
    for folded in (str.lower, lambda piece: piece.translate(folding)):
        for start in range(0, len(text), _WINDOW):
            before = min(start, 1)
            match = hits.search(folded(text[start - before : start + _WINDOW + _OVERLAP]), before)
            if match:
                return start - before + match.start()
    return 0


_TITLES = """
    SELECT id, title FROM title_search JOIN conversations ON number = title_search.rowid
    WHERE title_search MATCH ? AND deleted_at IS NULL ORDER BY activity DESC LIMIT ?
"""
# Newest first, by row instead of rank: ranking reads all matches before it returns one.
_MESSAGES = """
    SELECT messages.number, messages.id, conversation_id
    FROM message_search
    JOIN messages ON messages.number = message_search.rowid
    JOIN conversations ON conversations.id = conversation_id
    WHERE message_search MATCH ? AND conversations.deleted_at IS NULL ORDER BY message_search.rowid DESC LIMIT ?
"""
# A Chinese character begins many terms, and the index reads all of them before it returns the newest. In the newest messages it is
# therefore searched for directly; a character that is not frequent there is rare, and the index is fast for it.
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
    """The search. All methods work within the caller's transaction and change nothing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def find(self, query: str, limit: int = 50) -> tuple[SearchHit, ...]:
        """Return at most `limit` titles, then messages, that contain every word of `query`, newest first, without the trash.

        The last word may be incomplete, for searching while typing. Input is always treated as words, never as query syntax.
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
        """Return the newest messages that contain a character that begins a term wherever it occurs."""
        return self._connection.execute(_NEWEST, (_NEWEST_COUNT, character, limit)).fetchall()
