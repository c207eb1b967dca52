"""Sanitizing of texts from files for display, as one line or several, without control characters and invisible characters."""

import re

from chatdesk.features.presets.files.preset_sections import trimmed
from chatdesk.kernel.text.safe_line import safe_line

_MAX_LINE_LENGTH = 10_000
"""Maximum characters of a line: no widget is wide enough for more."""
_CONTROL = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]"
_SURROGATE = r"[\ud800-\udfff]"
_DIRECTION = r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
_HIDDEN = r"[\u00ad\u200b\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f]"
"""Invisible characters that are still read by models. Joiners and directional marks are part of normal words in some scripts."""
_FLAG = "\U0001f3f4[\U000e0061-\U000e007a]+\U000e007f"
"""Flags of regions are written with invisible letters."""


def clean_text(text: str) -> str:
    """Return a multi-line text without control characters and with LF line endings."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return trimmed(re.sub(_CONTROL, "", re.sub(_SURROGATE, "\ufffd", text)))


def clean_line(text: str) -> str:
    """Return a text as a single line, whose direction depends only on its own letters."""
    return safe_line(text, _MAX_LINE_LENGTH, ellipsis="")


def is_clean(text: str) -> bool:
    """Return whether a text contains no control, invisible or directional characters."""
    return not any(re.search(kind, text) for kind in (_CONTROL, _SURROGATE, _DIRECTION, _HIDDEN))


def hidden_characters(text: str) -> int:
    """Return the number of invisible characters in a text."""
    return 0 if text.isascii() else len(re.findall(_HIDDEN, re.sub(_FLAG, "", text)))
