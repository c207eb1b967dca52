"""Untrusted JSON: safe decoding, reading values by type, and encoding for the wire.

A decoded value is an `object`. The reader functions below accept every type and treat a wrong type like a missing value.
"""

import json
import math
from collections.abc import Mapping, Sequence

from chatdesk.kernel.text.safe_line import without_lone_surrogates

_DECODER = json.JSONDecoder(parse_constant=lambda _: None)
"""Created once: `json.loads` with an option creates a decoder for each call, and a fast stream needs thousands per second."""
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_MAX_INDENTED_DEPTH = 64
_MAX_COUNT = 2**53
"""Larger numbers are not plausible counts, and SQLite's integers end at 2**63."""


class NotJson(ValueError):
    """The text is not JSON, or not acceptable JSON."""


def decode(text: str | bytes) -> object:
    """Return the value, with NaN and infinities as None. Raise `NotJson`, also for excessive nesting or digits."""
    try:
        return _DECODER.decode(text if isinstance(text, str) else text.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise NotJson(str(error)) from error


def encode(value: object) -> bytes:
    """Return the compact UTF-8 form. Lone surrogates (from a broken paste) become U+FFFD.

    Encoded in chunks: in one go, 30 MB of pictures blocked Python, and so the window, for 20 ms; now 5.
    """
    return b"".join(map(_to_utf8, _ENCODER.iterencode(value)))


def _to_utf8(text: str) -> bytes:
    return text.encode("ascii") if text.isascii() else without_lone_surrogates(text).encode("utf-8")


def text_of_value(value: object, indent: int | None = None) -> str:
    """Return a decoded value as readable JSON that is safe to store; empty if it is nested too deeply.

    `indent` is ignored for deep nesting: with indentation, the text of N nested levels has N * N characters.
    """
    if indent is not None and _is_deeper_than(value, _MAX_INDENTED_DEPTH):
        indent = None
    try:
        return without_lone_surrogates(json.dumps(value, ensure_ascii=False, default=str, indent=indent))
    except (ValueError, RecursionError):
        return ""


def _is_deeper_than(value: object, depth: int) -> bool:
    level = [value]
    for _ in range(depth):
        level = [inner for outer in level for inner in (*members(outer).values(), *elements(outer))]
        if not level:
            return False
    return True


def members(value: object) -> Mapping[str, object]:
    """Return an object's members; empty for any other type."""
    return value if isinstance(value, dict) else {}


def elements(value: object) -> Sequence[object]:
    """Return an array's elements; empty for any other type."""
    return value if isinstance(value, list) else ()


def text_of(value: object) -> str:
    """Return a string that is safe to store; empty for any other type."""
    return without_lone_surrogates(value) if isinstance(value, str) else ""


def chunk_of(value: object) -> str:
    """Return a string unchanged: half of an emoji may be completed by the next chunk (`safe_line.py`)."""
    return value if isinstance(value, str) else ""


def count_of(value: object) -> int | None:
    """Return a whole number from 0 to 2**53, else None."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value <= _MAX_COUNT else None


def number_of(value: object) -> float | None:
    """Return a finite number, else None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
