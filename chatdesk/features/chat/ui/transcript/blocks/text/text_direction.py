"""Which way a text runs: by its first strong character, as Unicode's bidirectional algorithm has it (UAX #9, P2 and P3)."""

import re
import unicodedata

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def is_mixed(text: str) -> bool:
    """Say whether anything in it runs from right to left, so that places in a line need not follow the order of the characters."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def runs_from_the_right(text: str) -> bool:
    """Say whether the first character that has a direction runs from right to left."""
    if not is_mixed(text):
        return False
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"R", "AL"}:
            return True
        if direction == "L":
            return False
    return False
