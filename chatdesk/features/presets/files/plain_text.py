"""Texts from files, made fit to be shown: in one line, or in many; without characters that do something or hide."""

import re

from chatdesk.features.presets.files.preset_sections import trimmed
from chatdesk.kernel.text.safe_line import safe_line

_LONGEST_LINE = 10_000
"""Characters of a line that are looked at: no place is wide enough for more."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_DIRECTION = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_HIDDEN = re.compile(r"[\u00ad\u200b\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f]")
"""Not seen, and read all the same. Joiners and the marks of one direction belong to ordinary words of some scripts."""
_FLAG = re.compile("\U0001f3f4[\U000e0061-\U000e007a]+\U000e007f")
"""The flag of a region is written with hidden letters."""


def clean_text(text: str) -> str:
    """Return a text of many lines without characters that do something, its line ends as in our files."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return trimmed(_CONTROL.sub("", _SURROGATE.sub("\ufffd", text)))


def clean_line(text: str) -> str:
    """Return a text that is shown in one line, from left to right or the other way as its own letters are."""
    return safe_line(text, _LONGEST_LINE, ellipsis="")


def is_clean(text: str) -> bool:
    """Whether no character of a text does something, hides, or turns what is around it."""
    return not any(kind.search(text) for kind in (_CONTROL, _SURROGATE, _DIRECTION, _HIDDEN))


def hidden_characters(text: str) -> int:
    """Return how many characters a text has that are not seen."""
    return 0 if text.isascii() else len(_HIDDEN.findall(_FLAG.sub("", text)))
