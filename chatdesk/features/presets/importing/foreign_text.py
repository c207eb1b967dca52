"""Bytes -> text, and text -> values of JSON, each refused with a reason if it is not what it should be."""

import codecs
import json
from typing import Never

from chatdesk.features.presets.importing.limits import DEEPEST_NESTING, LARGEST_TEXT, MEGABYTE
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused

_MARKS = (
    (codecs.BOM_UTF32_LE, ""),  # begins like UTF-16; nobody writes it
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(data: bytes) -> str:
    """Return the text of a file of presets. Raises `ImportRefused`, also for one that is too large to hold any."""
    if len(data) > LARGEST_TEXT:
        raise ImportRefused(ImportProblem.TOO_LARGE, detail=str(LARGEST_TEXT // MEGABYTE))
    return text_of(data)


def text_of(data: bytes, *, beginning: bool = False) -> str:
    """Return the text of a file, or of the `beginning` of one: UTF-8, or UTF-16 if it says so. Raises `ImportRefused`."""
    mark, encoding = next((each for each in _MARKS if data.startswith(each[0])), (b"", "utf-8"))
    try:
        decoder = codecs.getincrementaldecoder(encoding)() if encoding else None
        text = decoder.decode(data[len(mark) :], final=not beginning) if decoder else "\0"
    except UnicodeDecodeError as error:
        raise ImportRefused(ImportProblem.NOT_TEXT) from error
    if "\0" in text:
        raise ImportRefused(ImportProblem.NOT_TEXT)
    return text


def parsed(text: str) -> object:
    """Return the value a JSON text has. Raises `ImportRefused`; "NaN" and the like are no JSON.

    How deep a value may be nested is our own limit: Python's depends on its version, and later code recurses over the value.
    """
    try:
        value = json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise ImportRefused(ImportProblem.TOO_DEEP) from error
    except ValueError as error:  # also numbers of thousands of digits
        raise ImportRefused(ImportProblem.DAMAGED, detail=str(error)[:200]) from error
    if _is_too_deep(value):
        raise ImportRefused(ImportProblem.TOO_DEEP)
    return value


def _is_too_deep(value: object) -> bool:
    level = [value]
    for _ in range(DEEPEST_NESTING):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return False
    return True


def _refuse(word: str) -> Never:
    raise ValueError(word)
