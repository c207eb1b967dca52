"""Halves of characters: JSON may cut an emoji in two escapes (D83D and DE00, say) and send each in a delta of its own.

A lone half is no text: it cannot be encoded, so it must never leave this room.
"""

_REPLACEMENT = "\ufffd"
_FIRST_HIGH, _LAST_HIGH = "\ud800", "\udbff"


def without_lone_surrogates(text: str) -> str:
    """Return `text` with pairs of halves joined and lone ones replaced by U+FFFD."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


class SurrogateJoiner:
    """Joins halves over the pieces of one text. What it returns is always sound."""

    def __init__(self) -> None:
        self._half = ""

    def feed(self, piece: str) -> str:
        """Return what can be said of the text now; a first half at the very end waits for the next piece."""
        if not self._half and piece.isascii():
            return piece
        text = self._half + piece
        self._half = text[-1] if _FIRST_HIGH <= text[-1] <= _LAST_HIGH else ""
        return without_lone_surrogates(text[:-1] if self._half else text)

    def finish(self) -> str:
        """Return what still waited, for which no other half came."""
        half, self._half = self._half, ""
        return _REPLACEMENT if half else ""
