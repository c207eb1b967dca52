"""Pieces of long texts that are laid out separately, because Qt's line breaking takes quadratic time on long unbroken runs.

A cut starts a new line, so it is made at an existing line break; a line break is forced only inside a run of
thousands of characters without a break opportunity. Nothing is added to the text: offsets stay the same.
"""

import re
import unicodedata
from collections.abc import Iterator

# The direction of a text is that of its first strong character (Unicode bidirectional algorithm, UAX #9, P2 and P3).

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def is_mixed(text: str) -> bool:
    """Return whether a text has right-to-left content, so that the visual order may differ from the order of characters."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def runs_from_the_right(text: str) -> bool:
    """Return whether the first character with a direction is right-to-left."""
    if not is_mixed(text):
        return False
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"R", "AL"}:
            return True
        if direction == "L":
            return False
    return False


MAX_RUN_LENGTH = 4_000
"""Characters without a break opportunity after which a break is forced.

Measured: 2 MB take 17 ms this way and over a minute otherwise.
"""

_MIN_SEGMENT_LENGTH = 2_000
JOINER = "\u200d"
_FEW_JOINERS = 64
_JOINED_RUN = 800
"""Joined emoji take quadratic time by themselves: with more than a few joiners, runs are limited to this length."""
# Chinese, Japanese and Korean text breaks between any two characters.
_LETTER = "[^\\s\u2e80-\u9fff\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
_UNBROKEN = re.compile(f"{_LETTER}{{{MAX_RUN_LENGTH}}}")
_JOINED = re.compile(f"{_LETTER}{{{_JOINED_RUN}}}")


def segments(text: str) -> Iterator[str]:
    """Split a text. The joined segments are the text; each except the last ends a line."""
    joined = text.count(JOINER) > _FEW_JOINERS
    if len(text) <= (_JOINED_RUN if joined else MAX_RUN_LENGTH):
        yield text
        return
    unbroken = _JOINED if joined else _UNBROKEN
    start = 0
    while start < len(text):
        end = _end_of_segment(text, start, unbroken)
        yield text[start:end]
        start = end


def _end_of_segment(text: str, start: int, unbroken: re.Pattern[str]) -> int:
    newline = text.find("\n", start + _MIN_SEGMENT_LENGTH)
    end = newline + 1 if newline >= 0 else len(text)
    run = unbroken.search(text, start, end)
    return run.end() if run else end
