"""Decoding of JSON with embedded pictures (megabytes of Base64 in one string) without blocking all other threads for its whole length.

Long strings without escapes are removed before the rest is decoded, and inserted into the result. Finding the end of such a string and
copying it take a few milliseconds each; the decoder of the standard library reads it character by character with the interpreter locked.
"""

from secrets import token_hex

from chatdesk.kernel.text.json_values import decode

LARGE = 1024 * 1024
"""Number of characters from which this is worthwhile."""
_LONG_STRING = 64 * 1024
_MAX_STRINGS = 100_000
"""Maximum number of strings examined. A text with more is not a picture but an attempt to waste time."""


class TooMuchJson(ValueError):
    """The JSON without its long strings exceeds the limit."""


def decode_large(text: str, most: int) -> object:
    """Decode JSON like `decode`. At most `most` characters outside the long strings are decoded.

    Raise `NotJson` or `TooMuchJson`.
    """
    mark = f"{token_hex(16)}:"  # unpredictable for the author of the text
    parts: list[str] = []
    strings: list[str] = []
    copied = position = 0
    for _ in range(_MAX_STRINGS):
        opening = text.find('"', position)
        closing = _end_of_string(text, opening + 1) if opening >= 0 else -1
        if closing < 0:
            break
        if closing - opening > _LONG_STRING and text.find("\\", opening, closing) < 0:
            parts += (text[copied : opening + 1], f"{mark}{len(strings)}")
            strings.append(text[opening + 1 : closing])
            copied = closing
        position = closing + 1
    parts.append(text[copied:])
    if sum(map(len, parts)) > most:
        raise TooMuchJson(most)
    return _restored(decode("".join(parts)), mark, strings)


def _end_of_string(text: str, start: int) -> int:
    """Return the end of the string that begins at `start`; -1 if it is not terminated."""
    end = text.find('"', start)
    while end >= 0:
        before = end
        while before > start and text[before - 1] == "\\":
            before -= 1
        if (end - before) % 2 == 0:
            return end
        end = text.find('"', end + 1)
    return -1


def _restored(value: object, mark: str, strings: list[str]) -> object:
    """Return the value with the long strings restored."""

    def restored(text: str) -> str:
        return strings[int(text[len(mark) :])] if text.startswith(mark) else text

    if isinstance(value, str):
        return restored(value)
    waiting: list[object] = [value]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, dict):
            for name, each in tuple(inner.items()):
                if name.startswith(mark):
                    del inner[name]
                inner[restored(name)] = restored(each) if isinstance(each, str) else each
            waiting += inner.values()
        elif isinstance(inner, list):
            inner[:] = (restored(each) if isinstance(each, str) else each for each in inner)
            waiting += inner
    return value
