"""Between Python's characters and Qt's.

Qt counts UTF-16 code units, so a character outside the basic plane (most emoji) counts twice there.
"""

import re

_UNPAINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def paintable(text: str) -> str:
    """Return the text with controls and lone surrogates as U+FFFD, of equal length: what Qt can lay out without harm."""
    return _UNPAINTABLE.sub("\ufffd", text) if _UNPAINTABLE.search(text) else text


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
