"""Tells from a message's source, quickly, that a query cannot be found in what it shows: most messages need no parsing then.

A text is brought into a form in which markup inside of words is gone. What is left of the query must be in what is left of the source.
"""

import html
import re
import string

from chatdesk.features.chat.ui.transcript.find.query import Query

_LOWER = bytes.maketrans(string.ascii_uppercase.encode(), string.ascii_lowercase.encode())
_BETWEEN_LETTERS = b"*_~`\\> \t\r\n"
"""What may stand between two letters of the source that stand side by side when they are shown."""
_ENTITY = re.compile(rb"&#?\w{1,40};")
_PIECES = re.compile(r"\w+|[^\w\s]")

_RARE_FIRST = "zqjxkvbpywgfmucdlhr"
_LOOKED_FOR = 3


class SourceFilter:
    """For one query. The other way round it proves nothing: what passes must be looked at closely."""

    def __init__(self, query: Query) -> None:
        others = [letter for letter in query.words if letter > "\x7f"]
        cased = [letter for letter in others if letter.lower() != letter.upper()]
        self._lower = bool(cased)
        """Whether bytes alone do not tell which letters are the same."""
        found = (self._reduced(piece) for piece in _PIECES.findall(query.words))
        rare = [letter for letter in others if letter.isalpha() and letter not in cased]
        rare += sorted(set(query.words.lower()) & set(_RARE_FIRST), key=_RARE_FIRST.index)
        self._rare = tuple((letter.encode(), letter.upper().encode()) for letter in rare[:_LOOKED_FOR])
        """Letters that are looked for first: one that is missing is found to be so in no time."""
        self._pieces = tuple(sorted(filter(None, found), key=len, reverse=True))

    def may_hold(self, *sources: str) -> bool:
        """Say whether what the sources show may say it, one of them or all together."""
        # As bytes before they are one: a text with a single Chinese sign takes twice the room for every other letter.
        source = b"\0".join(map(self._encoded, sources))
        if not self._lacks_rare(source):
            reduced = source.translate(_LOWER, _BETWEEN_LETTERS)
            if all(piece in reduced for piece in self._pieces):
                return True
        if not _has_entities(source):
            return False
        shown = self._reduced(html.unescape(source.decode("utf-8", "surrogatepass")))
        reduced = source.translate(_LOWER, _BETWEEN_LETTERS) + shown
        return all(piece in reduced for piece in self._pieces)

    def _lacks_rare(self, source: bytes) -> bool:
        return any(small not in source and large not in source for small, large in self._rare)

    def _encoded(self, text: str) -> bytes:
        if self._lower and not text.isascii():
            text = text.lower()
        return text.encode("utf-8", "surrogatepass")

    def _reduced(self, text: str) -> bytes:
        return self._encoded(text).translate(_LOWER, _BETWEEN_LETTERS)


def _has_entities(source: bytes) -> bool:
    first = source.find(b"&")
    return first >= 0 and _ENTITY.search(source, first) is not None
