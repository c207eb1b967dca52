"""Between Python's characters and Qt's.

Qt counts UTF-16 code units, so a character outside the basic plane (most emoji) counts twice there.
"""

import re

_UNPAINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TAGS = re.compile("[\U000e0020-\U000e007f]+")
"""Characters that draw nothing. Behind a black flag, and only there, a few of them make it the flag of a region."""
_BLACK_FLAG = "\U0001f3f4"
_MOST_TAGS_OF_FLAG = 32
_STAND_IN = "\ufe0b" * 2
"""A variation selector without any use, as long as one tag: it draws nothing either, and breaks no line, word or letter elsewhere."""


def paintable(text: str) -> str:
    """Return the text as Qt can lay it out without harm, of equal length as Qt counts.

    Controls and lone surrogates become U+FFFD. Tags that belong to no flag get a stand-in: Qt would look for a font for each, and set and
    paint a text of them ten times as slowly. They take no room, so that all of a long text could be in view.
    """
    shown = _UNPAINTABLE.sub("\ufffd", text) if _UNPAINTABLE.search(text) else text
    return shown if shown.isascii() else _TAGS.sub(_without_flag, shown)


def begins_with_tags(text: str) -> bool:
    """Say whether the text begins with tags, which may belong to a flag before it."""
    return _TAGS.match(text) is not None


def _without_flag(tags: re.Match[str]) -> str:
    length = tags.end() - tags.start()
    if tags.start() and tags.string[tags.start() - 1] == _BLACK_FLAG and length <= _MOST_TAGS_OF_FLAG:
        return tags[0]
    return _STAND_IN * length


def units(text: str) -> int:
    """Return the length as Qt counts it."""
    return len(text) if text.isascii() else len(_encoded(text)) // 2


def cut(text: str, start: int, end: int | None = None) -> str:
    """Return the part between two of Qt's positions."""
    if text.isascii():
        return text[start:end]
    return _encoded(text)[2 * start : None if end is None else 2 * end].decode("utf-16-le", "surrogatepass")


def _encoded(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")
