"""JSON with pictures in it, megabytes of base64 in one string: decoded without holding up every other thread for its whole length.

Long strings without an escape are cut out before the rest is decoded, and put back into the value. Looking for the end of one and copying
it are single steps of a few milliseconds; the decoder of the standard library reads character by character, with the interpreter locked.
"""

from secrets import token_hex

from chatdesk.kernel.text.json_values import decode

LARGE = 1024 * 1024
"""Characters from which this is worth it."""
_LONG_STRING = 64 * 1024
_MOST_STRINGS = 100_000
"""That are looked at; more are no picture but an attempt to keep us busy."""


class TooMuchJson(ValueError):
    """Without its long strings it is still larger than may be decoded."""


def decode_large(text: str, most: int) -> object:
    """Return the value, as `decode` does. At most `most` characters are decoded beside the long strings.

    Raises `NotJson` and `TooMuchJson`.
    """
    mark = f"{token_hex(16)}:"  # nobody who wrote the text can have known it
    pieces: list[str] = []
    strings: list[str] = []
    copied = position = 0
    for _ in range(_MOST_STRINGS):
        opening = text.find('"', position)
        closing = _end_of_string(text, opening + 1) if opening >= 0 else -1
        if closing < 0:
            break
        if closing - opening > _LONG_STRING and text.find("\\", opening, closing) < 0:
            pieces += (text[copied : opening + 1], f"{mark}{len(strings)}")
            strings.append(text[opening + 1 : closing])
            copied = closing
        position = closing + 1
    pieces.append(text[copied:])
    if sum(map(len, pieces)) > most:
        raise TooMuchJson(most)
    return _restored(decode("".join(pieces)), mark, strings)


def _end_of_string(text: str, start: int) -> int:
    """Return where the string that begins at `start` ends; -1 if it has no end."""
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
    """Return the value with the long strings back in their places."""

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
