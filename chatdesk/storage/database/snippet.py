"""One line of a text around the words that were found, as plain data."""

import re

from chatdesk.storage.database.search_terms import Folding

_BEFORE = 40
_LENGTH = 160
"""Characters shown, and how many of them stand before the first hit."""

_WINDOW = 4096
_OVERLAP = 256
"""A long text is folded piece by piece until the first hit. A hit may cross from one piece into the next."""

_BLANKS = re.compile(r"[\s\x00-\x1f\x7f]+")


def snippet_of(text: str, hits: re.Pattern[str], folding: Folding) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the line and where the hits are in it; the beginning of the text if `hits` finds none. `…` marks a cut."""
    start = max(0, _first_hit(text, hits, folding) - _BEFORE)
    end = min(len(text), start + _LENGTH)
    head = "…" if start > 0 else ""
    tail = "…" if end < len(text) else ""
    before = min(start, 1)  # a hit shows its beginning only beside what stands before it
    folded = text[start - before : end + 1].translate(folding)
    shift = len(head) - before
    matches = hits.finditer(folded, before, before + end - start)
    ranges = tuple((match.start() + shift, match.end() + shift) for match in matches if match.group())
    return _on_one_line(head + text[start:end] + tail, ranges)


def _on_one_line(text: str, ranges: tuple[tuple[int, int], ...]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Make one blank of every run of blanks and line breaks, and move the ranges along."""
    pieces: list[str] = []
    places: list[int] = []  # for every character of `text`, where it is in the line
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
    # Lower case alone is many times faster and finds nearly everything; accents are for a second look.
    for folded in (str.lower, lambda piece: piece.translate(folding)):
        for start in range(0, len(text), _WINDOW):
            before = min(start, 1)
            match = hits.search(folded(text[start - before : start + _WINDOW + _OVERLAP]), before)
            if match:
                return start - before + match.start()
    return 0
