"""Decoding of bytes to text and of text to JSON values; invalid input is refused with a reason."""

import codecs
import json
from typing import Never

from chatdesk.features.presets.importing.limits import MAX_NESTING, MAX_TEXT_BYTES, MEGABYTE
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, ""),  # starts like UTF-16; unused in practice
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks and the encodings they stand for; an empty one is refused."""

_CONTAINERS = (dict, list)


def decoded(data: bytes) -> str:
    """Return the text of a file of presets. Raises `ImportRefused`, also if it is too large."""
    if len(data) > MAX_TEXT_BYTES:
        raise ImportRefused(ImportProblem.TOO_LARGE, detail=str(MAX_TEXT_BYTES // MEGABYTE))
    return text_of(data)


def text_of(data: bytes, *, beginning: bool = False) -> str:
    """Return the text of a file, or of its `beginning`: UTF-8, or UTF-16 with a byte order mark. Raises `ImportRefused`."""
    mark, encoding = next((each for each in BYTE_ORDER_MARKS if data.startswith(each[0])), (b"", "utf-8"))
    try:
        decoder = codecs.getincrementaldecoder(encoding)() if encoding else None
        text = decoder.decode(data[len(mark) :], final=not beginning) if decoder else "\0"
    except UnicodeDecodeError as error:
        raise ImportRefused(ImportProblem.NOT_TEXT) from error
    if "\0" in text:
        raise ImportRefused(ImportProblem.NOT_TEXT)
    return text


def as_utf8(beginning: bytes) -> bytes:
    """Return the beginning of a file with a byte order mark as UTF-8 without it; that of any other file, such as a picture, as it is."""
    mark, encoding = next((each for each in BYTE_ORDER_MARKS if beginning.startswith(each[0])), (b"", ""))
    if not encoding:
        return beginning
    text = codecs.getincrementaldecoder(encoding)("replace").decode(beginning[len(mark) :])
    return text.encode("utf-8", "replace")


def parsed(text: str) -> object:
    """Return the value of a JSON text. Raises `ImportRefused`, also for NaN and similar, which are not JSON.

    The nesting limit is explicit because Python's depends on its version, and later code recurses over the value.
    """
    try:
        value = json.loads(text, parse_constant=reject_constant)
    except RecursionError as error:
        raise ImportRefused(ImportProblem.TOO_DEEP) from error
    except ValueError as error:  # also numbers with thousands of digits
        raise ImportRefused(ImportProblem.DAMAGED, detail=str(error)[:200]) from error
    if is_too_deep(value):
        raise ImportRefused(ImportProblem.TOO_DEEP)
    return value


def is_too_deep(value: object, most: int = MAX_NESTING) -> bool:
    """Return whether a JSON value is nested more deeply than `most` levels."""
    level = [value] if isinstance(value, _CONTAINERS) else []  # nearly all values of a large file contain no others
    for _ in range(most - 1):
        if not level:
            return False
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, _CONTAINERS)
        ]
    return any(level)


def reject_constant(word: str) -> Never:
    """Refuse NaN and similar, which are not JSON: the `parse_constant` of a decoder."""
    raise ValueError(word)
