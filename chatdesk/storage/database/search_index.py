"""The search index of messages and titles. `search_repository.py` searches it.

An answer is indexed when it is complete, not with every piece. The index does not store the text, so removing an entry requires the exact
text it was created from: a message's text must not change while it is in the index.
"""

import re
import sqlite3
import unicodedata

# Conversion of text into search terms, for the index, for queries, and for finding the matches in the text.
#
# Words are split by FTS5's unicode61 tokenizer. A run of Chinese, Japanese or Korean becomes overlapping pairs plus its
# last character alone, so that every character begins a term: 学习机 is 学习 习机 机. A query for one character is then a prefix
# search, and a longer one a phrase of the same pairs.

_CJK = (
    "\u1100-\u11ff"  # Hangul jamo
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9d"  # kana and iteration marks
    "\u3105-\u312f\u3131-\u318e\u31a0-\u31bf"  # Bopomofo, Hangul letters
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
    "\uac00-\ud7a3"  # Hangul syllables
)
# Strings, because compiling them takes 9 ms; `re` compiles and caches them on first use.
_RUN = f"[{_CJK}]+"
_PIECE = rf"[{_CJK}]+|[^\W_{_CJK}]+"
_LETTER_BEFORE = rf"(?<![^\W_{_CJK}])"
_LETTER_AFTER = rf"(?![^\W_{_CJK}])"

_MAX_QUERY_LENGTH = 200
"""In characters. A pasted page is not a search query."""

_NOTHING = re.compile(r"(?!)")


def index_terms(text: str) -> str:
    """Return `text` in the form in which it is indexed."""
    return re.sub(_RUN, lambda run: f" {_pairs(run[0])} ", text)


def match_expression(query: str) -> str:
    """Return `query` as an FTS5 expression; empty if it contains no words.

    Every chunk between spaces must occur as a phrase; the last one may be a prefix. All are quoted, so the user's text is never interpreted
    as FTS5 syntax.
    """
    chunks = _chunks(query)
    phrases = [_phrase(chunk, last=index == len(chunks) - 1) for index, chunk in enumerate(chunks)]
    return " ".join(phrases)


def hit_pattern(query: str) -> re.Pattern[str]:
    """Return a pattern for the words of `query` in a text that was converted with `Folding`."""
    folding = Folding()
    chunks = [re.findall(_PIECE, chunk.translate(folding)) for chunk in _chunks(query)]
    patterns = [_pattern(pieces, open_end=index == len(chunks) - 1) for index, pieces in enumerate(chunks) if pieces]
    return re.compile("|".join(sorted(patterns, key=len, reverse=True))) if patterns else _NOTHING


def is_one_character(query: str) -> bool:
    """Return whether `query` is a single Chinese, Japanese or Korean character."""
    query = query.strip()
    return len(query) == 1 and re.match(_RUN, query) is not None


class Folding(dict[int, str]):
    """A mapping for `str.translate` to lower case without accents, character by character, so that positions are preserved.

    It caches all characters it encounters; create one per search.
    """

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = character.lower()[0]  # only İ becomes two characters
        decomposed = unicodedata.normalize("NFD", folded)
        if len(decomposed) > 1 and unicodedata.category(decomposed[1]) == "Mn" and not re.match(_RUN, character):
            folded = decomposed[0]
        self[code] = folded
        return folded


def _pairs(run: str) -> str:
    return " ".join(run[start : start + 2] for start in range(len(run)))


def _chunks(query: str) -> list[str]:
    return [chunk for chunk in query[:_MAX_QUERY_LENGTH].replace("\0", " ").split() if re.search(_PIECE, chunk)]


def _phrase(chunk: str, *, last: bool) -> str:
    terms = index_terms(chunk).split()
    pieces = re.findall(_PIECE, chunk)
    ends_in_run = bool(re.match(_RUN, pieces[-1]))
    if ends_in_run and len(pieces[-1]) > 1 and chunk.endswith(pieces[-1]):
        terms.pop()  # the lone last character: in the text, more characters may follow
        begins_a_word = False
    else:
        # A single letter as a prefix would match half of everything, slowly; a single ideograph is a word.
        begins_a_word = ends_in_run or (last and len(pieces[-1]) > 1)
    quoted = " ".join(terms).replace('"', '""')
    return f'"{quoted}"*' if begins_a_word else f'"{quoted}"'


def _pattern(pieces: list[str], *, open_end: bool) -> str:
    body = r"[\W_]*".join(re.escape(piece) for piece in pieces)
    before = "" if re.match(_RUN, pieces[0]) else _LETTER_BEFORE
    after = "" if open_end or re.match(_RUN, pieces[-1]) else _LETTER_AFTER
    return f"{before}{body}{after}"


_PAGES_MERGED = 64
"""Takes about 7 ms."""


def merge_some(connection: sqlite3.Connection) -> bool:
    """Merge some segments of the message index. Return whether there is more to merge.

    Every transaction adds a segment. With very many of them, FTS5 merges all at once during a write, which takes hundreds of ms.
    """
    before = connection.total_changes
    connection.execute("INSERT INTO message_search (message_search, rank) VALUES ('merge', ?)", (_PAGES_MERGED,))
    return connection.total_changes - before > 1  # as documented by FTS5: the statement itself counts as one


class SearchIndex:
    """The index entries of messages and titles, by row number. An empty text has no entry."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add_message(self, number: int) -> None:
        """Add the current text of a message to the index."""
        if text := self._spoken_text(number):
            self._connection.execute(
                "INSERT INTO message_search (rowid, terms) VALUES (?, ?)", (number, index_terms(text))
            )

    def remove_message(self, number: int) -> None:
        """Remove the entry of a message; its parts must be the same as when it was added."""
        if text := self._spoken_text(number):
            self._connection.execute(
                "INSERT INTO message_search (message_search, rowid, terms) VALUES ('delete', ?, ?)",
                (number, index_terms(text)),
            )

    def add_title(self, number: int, title: str) -> None:
        """Add the title of a conversation to the index."""
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
