"""One line of a text around the words that were found, as plain data."""

import re

from chatdesk.storage.search_terms import Folding

_BEFORE = 40
_LENGTH = 160
"""Characters shown, and how many of them stand before the first hit."""

_BLANKS = dict.fromkeys((*range(0x20), 0x7F, 0x85, 0x2028, 0x2029), " ")


def snippet_of(text: str, hits: re.Pattern[str], folding: Folding) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the line and where the hits are in it; the beginning of the text if `hits` finds none. `…` marks a cut."""
    folded = text.translate(folding)
    first = hits.search(folded)
    start = max(0, (first.start() if first else 0) - _BEFORE)
    end = min(len(text), start + _LENGTH)
    head = "…" if start > 0 else ""
    tail = "…" if end < len(text) else ""
    shift = len(head) - start
    ranges = tuple(
        (max(match.start(), start) + shift, min(match.end(), end) + shift)
        for match in hits.finditer(folded, start, end)
        if match.end() > match.start()
    )
    return head + text[start:end].translate(_BLANKS) + tail, ranges
