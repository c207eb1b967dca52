"""Characters that cannot be seen but change what text means or how it reads."""

import re

_JOINERS = "\u200c\u200d"
HIDDEN = frozenset(
    "\u00ad\u061c\u115f\u1160\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063"
    "\u2064\u2065\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\u3164\ufeff\uffa0\x85"
)
"""Every hidden character."""
TAGGED = re.compile(
    f"[{''.join(sorted(HIDDEN - set(_JOINERS)))}]"
    "|(?<![\ufe0f\U0001f000-\U0001faff])\u200d(?![\u0600-\u0dff])|(?<![\u0600-\u0dff])\u200c"
)
"""The hidden characters to point out: not the joiners in emoji and in Arabic and Indic scripts, where they belong."""


def has_hidden(row: str) -> bool:
    """Return whether a row has hidden characters. Called for every row, so it must be fast."""
    if row.isascii():
        return False
    if row.isprintable():  # true for these four although they are invisible
        return "\u115f" in row or "\u1160" in row or "\u3164" in row or "\uffa0" in row
    return not HIDDEN.isdisjoint(row)


def with_code_points(row: str) -> str:
    """Return the row with each hidden character replaced by its code point, for places where only text can be drawn."""
    if row.isascii() or HIDDEN.isdisjoint(row):
        return row
    return TAGGED.sub(lambda found: f"‹U+{ord(found.group()):04X}›", row)
