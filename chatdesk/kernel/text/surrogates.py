"""Surrogate halves: JSON may split an emoji into two escapes (D83D and DE00, for example) and send each in a separate delta.

A lone surrogate cannot be encoded, so it must never leave this module.
"""

_REPLACEMENT = "\ufffd"
_FIRST_HIGH, _LAST_HIGH = "\ud800", "\udbff"


def without_lone_surrogates(text: str) -> str:
    """Return `text` with surrogate pairs joined and lone surrogates replaced by U+FFFD."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


class SurrogateJoiner:
    """Joins surrogate halves across the pieces of one text. The result is always valid text."""

    def __init__(self) -> None:
        self._half = ""

    def feed(self, piece: str) -> str:
        """Return the text that is complete so far; a high surrogate at the end is held back until the next piece."""
        if not self._half and piece.isascii():
            return piece
        text = self._half + piece
        self._half = text[-1] if _FIRST_HIGH <= text[-1] <= _LAST_HIGH else ""
        return without_lone_surrogates(text[:-1] if self._half else text)

    def finish(self) -> str:
        """Return the rest: U+FFFD for a high surrogate that was never completed."""
        half, self._half = self._half, ""
        return _REPLACEMENT if half else ""
