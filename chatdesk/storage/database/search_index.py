"""Keeps the search index in step with the text. Searching: `search_repository.py`.

An answer is indexed when it is final and not for every piece of it. The index keeps no text of its own, so removing an entry takes the very
text it was made of: a message's text therefore never changes while it is in the index.
"""

import re
import sqlite3
import unicodedata

# From text to the terms that are searched: for the index, for a query, and for finding the place in the text
# again.
#
# Words are left to FTS5's unicode61 tokenizer. A run of Chinese, Japanese or Korean becomes overlapping
# pairs, and its last character once more alone, so that every character begins a term: 学习机 is 学习 习机 机. A
# query for one character is then a search for terms beginning with it, and a longer one for the same pairs
# side by side.

_CJK = (
    "\u1100-\u11ff"  # Hangul letters
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9d"  # kana and marks of repetition
    "\u3105-\u312f\u3131-\u318e\u31a0-\u31bf"  # Bopomofo, Hangul letters
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
    "\uac00-\ud7a3"  # Hangul syllables
)
# As text: they take 9 ms to compile, which `re` does when they are first used and then remembers.
_RUN = f"[{_CJK}]+"
_PIECE = rf"[{_CJK}]+|[^\W_{_CJK}]+"
_LETTER_BEFORE = rf"(?<![^\W_{_CJK}])"
_LETTER_AFTER = rf"(?![^\W_{_CJK}])"

_LONGEST_QUERY = 200
"""Characters. A pasted page is no search."""

_NOTHING = re.compile(r"(?!)")


def index_terms(text: str) -> str:
    """Return `text` as the index takes it."""
    return re.sub(_RUN, lambda run: f" {_pairs(run[0])} ", text)


def match_expression(query: str) -> str:
    """Return `query` in FTS5's language; empty if there is nothing to look for.

    Every chunk between spaces must be there, its words side by side; the last one may be the beginning of a word. Each is quoted,
    so nothing the user types is FTS5's syntax.
    """
    chunks = _chunks(query)
    phrases = [_phrase(chunk, last=index == len(chunks) - 1) for index, chunk in enumerate(chunks)]
    return " ".join(phrases)


def hit_pattern(query: str) -> re.Pattern[str]:
    """Return what finds the words of `query` in a text that went through `Folding`."""
    folding = Folding()
    chunks = [re.findall(_PIECE, chunk.translate(folding)) for chunk in _chunks(query)]
    patterns = [_pattern(pieces, open_end=index == len(chunks) - 1) for index, pieces in enumerate(chunks) if pieces]
    return re.compile("|".join(sorted(patterns, key=len, reverse=True))) if patterns else _NOTHING


def is_one_character(query: str) -> bool:
    """Say whether `query` is one character of Chinese, Japanese or Korean and nothing else."""
    query = query.strip()
    return len(query) == 1 and re.match(_RUN, query) is not None


class Folding(dict[int, str]):
    """For `str.translate`: lower case and no accents, one character for one, so that places in the text stay the same.

    Remembers the characters it met; make one where a search begins.
    """

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = character.lower()[0]  # only İ becomes two
        decomposed = unicodedata.normalize("NFD", folded)
        if len(decomposed) > 1 and unicodedata.category(decomposed[1]) == "Mn" and not re.match(_RUN, character):
            folded = decomposed[0]
        self[code] = folded
        return folded


def _pairs(run: str) -> str:
    return " ".join(run[start : start + 2] for start in range(len(run)))


def _chunks(query: str) -> list[str]:
    return [chunk for chunk in query[:_LONGEST_QUERY].replace("\0", " ").split() if re.search(_PIECE, chunk)]


def _phrase(chunk: str, *, last: bool) -> str:
    terms = index_terms(chunk).split()
    pieces = re.findall(_PIECE, chunk)
    ends_in_run = bool(re.match(_RUN, pieces[-1]))
    if ends_in_run and len(pieces[-1]) > 1 and chunk.endswith(pieces[-1]):
        terms.pop()  # the lone last character: in the text, more may follow
        begins_a_word = False
    else:
        # A single letter as a beginning would match half of everything, slowly; a single ideograph is a word.
        begins_a_word = ends_in_run or (last and len(pieces[-1]) > 1)
    quoted = " ".join(terms).replace('"', '""')
    return f'"{quoted}"*' if begins_a_word else f'"{quoted}"'


def _pattern(pieces: list[str], *, open_end: bool) -> str:
    body = r"[\W_]*".join(re.escape(piece) for piece in pieces)
    before = "" if re.match(_RUN, pieces[0]) else _LETTER_BEFORE
    after = "" if open_end or re.match(_RUN, pieces[-1]) else _LETTER_AFTER
    return f"{before}{body}{after}"


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
