"""Conversion between Python's character positions and Qt's.

Qt counts UTF-16 code units, so a character outside the Basic Multilingual Plane (most emoji) counts twice.
"""

import re

_UNPAINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TAGS = re.compile("[\U000e0020-\U000e007f]+")
"""Invisible tag characters. Only after a black flag, a few of them form the flag of a region."""
_BLACK_FLAG = "\U0001f3f4"
_MAX_FLAG_TAGS = 32
_STAND_IN = "\ufe0b" * 2
"""An unused variation selector as long as one tag: it is invisible too and does not affect line, word or character breaks."""


def paintable(text: str) -> str:
    """Return the text in a form that Qt can lay out safely, with the same length in Qt's units.

    Control characters and lone surrogates become U+FFFD. Tags that are not part of a flag are replaced: Qt would search a font for each
    one, and lay out and paint such a text ten times as slowly. They have no width, so all of a long text could be visible.
    """
    shown = _UNPAINTABLE.sub("\ufffd", text) if _UNPAINTABLE.search(text) else text
    return shown if shown.isascii() else _TAGS.sub(_without_flag, shown)


def begins_with_tags(text: str) -> bool:
    """Return whether the text begins with tags, which may belong to a flag before it."""
    return _TAGS.match(text) is not None


def _without_flag(tags: re.Match[str]) -> str:
    length = tags.end() - tags.start()
    if tags.start() and tags.string[tags.start() - 1] == _BLACK_FLAG and length <= _MAX_FLAG_TAGS:
        return tags[0]
    return _STAND_IN * length


def units(text: str) -> int:
    """Return the length in Qt's units."""
    return len(text) if text.isascii() else len(_encoded(text)) // 2


def cut(text: str, start: int, end: int | None = None) -> str:
    """Return the part between two Qt positions."""
    if text.isascii():
        return text[start:end]
    return _encoded(text)[2 * start : None if end is None else 2 * end].decode("utf-16-le", "surrogatepass")


def _encoded(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")
