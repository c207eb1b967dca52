"""Search queries for messages, and the rule by which a text contains one.

A query consists of terms between spaces; "a phrase" in quotation marks is one term, and a term after a minus sign must not occur. All
are compared with the text in folded form (`folding.py`), signs included: `C++`, `.NET`, `__init__`, `50%`.

- A term that begins with a letter or digit begins a word of the text. Where words are written without spaces, as in Chinese and Thai, it
  may begin anywhere.
- A term that ends with a letter or digit ends a word, except for the last one: it may be incomplete while it is being typed, unless its
  last word is a single letter.
- A space in a phrase stands for any white space, with or without emphasis signs. Between Chinese and other letters there may be spaces.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from chatdesk.kernel.finding.folding import fold, fold_with_offsets

MAX_QUERY_LENGTH = 200
"""In characters. A pasted page is not a search query."""

_UNSPACED_RANGES = (
    ("\u0e01", "\u0e30"),  # Thai, without the signs above and below
    ("\u0e32", "\u0e33"),
    ("\u0e40", "\u0e46"),
    ("\u0e81", "\u0eb0"),  # Lao, likewise
    ("\u0eb2", "\u0eb3"),
    ("\u0ebd", "\u0ec6"),
    ("\u1000", "\u102a"),  # Burmese
    ("\u103f", "\u103f"),
    ("\u1100", "\u11ff"),  # Hangul jamo
    ("\u1780", "\u17b3"),  # Khmer
    ("\u3005", "\u3007"),  # iteration marks
    ("\u3041", "\u3096"),  # kana
    ("\u309d", "\u309f"),
    ("\u30a1", "\u30fa"),
    ("\u30fc", "\u30ff"),
    ("\u3105", "\u312f"),  # Bopomofo
    ("\u3131", "\u318e"),  # Hangul letters
    ("\u31a0", "\u31bf"),
    ("\u31f0", "\u31ff"),
    ("\u3400", "\u4dbf"),  # Han
    ("\u4e00", "\u9fff"),
    ("\uac00", "\ud7a3"),  # Hangul syllables
    ("\uf900", "\ufaff"),
    ("\uff66", "\uff9d"),
    ("\U00020000", "\U0003ffff"),
)
"""Scripts that are written without spaces between words."""
FIRST_UNSPACED = _UNSPACED_RANGES[0][0]
"""The first character of these scripts: a word that is less than it is of a script with spaces."""

_UNSPACED = "".join(f"{first}-{last}" for first, last in _UNSPACED_RANGES)
TOKEN = rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+"
"""A pattern for a word, or a run of a script without spaces. Compiling it takes 10 ms: not for the GUI thread."""

_SIGNS = r"[*_~`]*"
_GAP = rf"{_SIGNS}\s{_SIGNS}\s*{_SIGNS}"
_TERM = r'(-?)"([^"]*)("?)|(\S+)'
_WINDOW = 4096
_OVERLAP = 256
"""A long text is folded in windows until the first occurrence, which may extend into the next one."""


def is_unspaced(character: str) -> bool:
    """Return whether a character belongs to a script that is written without spaces."""
    return character >= FIRST_UNSPACED and any(first <= character <= last for first, last in _UNSPACED_RANGES)


def _is_word_letter(character: str) -> bool:
    return character.isalnum() and not is_unspaced(character)


class SearchTerm:
    """A term in folded form. `is_open`: its last word may be incomplete."""

    def __init__(self, text: str, *, is_open: bool = False) -> None:
        self.text = " ".join(text.split())
        self.is_open = is_open and all(map(_is_word_letter, self.text[-2:].rjust(2)))
        self._first_word = _spaced_at_scripts(self.text).split()[0]
        """Searching for it first is much faster than for the pattern."""
        self._begins = _is_word_letter(self.text[0])
        self._ends = _is_word_letter(self.text[-1]) and not self.is_open
        words = (r"\s*".join(map(re.escape, _spaced_at_scripts(word).split())) for word in self.text.split())
        self._pattern = re.compile(_GAP.join(words))

    def __repr__(self) -> str:
        return f"SearchTerm({self.text!r}, is_open={self.is_open})"

    @property
    def tokens(self) -> list[str]:
        """The words of the term, and the runs of scripts without spaces."""
        return re.findall(TOKEN, self.text)

    def spans(self, folded: str) -> Iterator[tuple[int, int]]:
        """Yield where the term occurs in a folded text."""
        if self._first_word not in folded:
            return
        match = self._pattern.search(folded)
        while match:
            start, end = match.span()
            begins = not self._begins or start == 0 or not _is_word_letter(folded[start - 1])
            if begins and (not self._ends or end == len(folded) or not _is_word_letter(folded[end])):
                yield start, end
                start = end - 1
            match = self._pattern.search(folded, start + 1)

    def is_in(self, folded: str) -> bool:
        """Return whether the term occurs in a folded text."""
        return next(self.spans(folded), None) is not None


class SearchQuery:
    """A query: all `wanted` terms must occur in a text, and none of the unwanted ones."""

    def __init__(self, text: str) -> None:
        folded = fold(
            text[:MAX_QUERY_LENGTH].replace("\0", " ")
        )  # first, so that typographic quotation marks are found
        terms = list(_terms(folded))
        if all(is_unwanted for is_unwanted, _, _ in terms):  # there is nothing to leave anything out of: -5
            terms = [(False, word, True) for word in folded.split() if word != '"']
        wanted = [(words, may_continue) for is_unwanted, words, may_continue in terms if not is_unwanted]
        last = len(wanted) - 1
        self.wanted = tuple(
            SearchTerm(words, is_open=may_continue and number == last)
            for number, (words, may_continue) in enumerate(wanted)
        )
        self._unwanted = tuple(SearchTerm(words) for is_unwanted, words, _ in terms if is_unwanted)

    def __bool__(self) -> bool:
        """Whether anything is looked for."""
        return bool(self.wanted)

    def is_in(self, text: str) -> bool:
        """Return whether a text contains the query."""
        folded = fold(text)
        return all(term.is_in(folded) for term in self.wanted) and not any(
            term.is_in(folded) for term in self._unwanted
        )

    def in_titles[Item](self, titled: list[tuple[str, Item]]) -> list[Item]:
        """Return the items whose folded titles contain the query; in titles, terms are found inside words too.

        There may be 10,000, at every key press.
        """
        for term in self.wanted:
            titled = [pair for pair in titled if term.text in pair[0]]
        for term in self._unwanted:
            titled = [pair for pair in titled if not term.is_in(pair[0])]
        return [item for _, item in titled]

    def first_start(self, text: str) -> int:
        """Return the position of the first occurrence of a wanted term in a text; -1 if there is none."""
        for start in range(0, max(1, len(text)), _WINDOW):
            before = min(start, _OVERLAP)
            window = text[start - before : start + _WINDOW + _OVERLAP]
            folded = fold(window)
            if any(term.is_in(folded) for term in self.wanted):
                is_last = start + _WINDOW + _OVERLAP >= len(text)
                for begin, end in self.spans(window):
                    # At its edges, the window may have cut a word.
                    if (begin > 0 or not start) and (end < len(window) or is_last):
                        return start - before + begin
        return -1

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the positions of all occurrences of wanted terms in a short text, in order and without overlap."""
        folded, origin = fold_with_offsets(text)
        found = sorted((start, -end) for term in self.wanted for start, end in term.spans(folded))
        spans: list[tuple[int, int]] = []
        for start, end in ((origin[start], _end_in(origin, -end)) for start, end in found):
            if not spans or start >= spans[-1][1]:
                spans.append((start, end))
        return tuple(spans)


def _end_in(origin: list[int], end: int) -> int:
    """Return where the folded character before `end` ends in the text, which it may share with the characters after it."""
    last = origin[end - 1]
    while origin[end] == last:
        end += 1
    return origin[end]


def _terms(folded: str) -> Iterable[tuple[bool, str, bool]]:
    """Yield the terms: whether it is unwanted, its words, and whether more may be typed."""
    for match in re.finditer(_TERM, folded):
        minus, phrase, closed, word = match.groups()
        if word is None:
            if words := " ".join(phrase.split()):
                yield minus == "-", words, not closed
        elif word[0] == "-" and word[1:2].isalnum():
            yield True, word[1:], False
        else:
            yield False, word, True


def _spaced_at_scripts(word: str) -> str:
    """Return a word with spaces where a script without spaces meets other letters."""
    parts = [word[:1]]
    for before, after in pairwise(word):
        if before.isalnum() and after.isalnum() and is_unspaced(before) != is_unspaced(after):
            parts.append(" ")
        parts.append(after)
    return "".join(parts)
