"""One line of a text around the words that were found, as plain data."""

import re

from chatdesk.storage.search_terms import Folding

_BEFORE = 40
_LENGTH = 160
"""Characters shown, and how many of them stand before the first hit."""

_WINDOW = 4096
_OVERLAP = 256
"""A long text is folded piece by piece until the first hit. A hit may cross from one piece into the next."""

_BLANKS = dict.fromkeys((*range(0x20), 0x7F, 0x85, 0x2028, 0x2029), " ")


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
    return head + text[start:end].translate(_BLANKS) + tail, ranges


def _first_hit(text: str, hits: re.Pattern[str], folding: Folding) -> int:
    # Lower case alone is many times faster and finds nearly everything; accents are for a second look.
    for folded in (str.lower, lambda piece: piece.translate(folding)):
        for start in range(0, len(text), _WINDOW):
            before = min(start, 1)
            match = hits.search(folded(text[start - before : start + _WINDOW + _OVERLAP]), before)
            if match:
                return start - before + match.start()
    return 0
