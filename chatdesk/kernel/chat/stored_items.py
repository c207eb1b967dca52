"""Items that a generated page may store for its next run: names and texts, limited in number and size, and treated as plain text only.

Input from a page is untrusted: `read_items` is the only way to accept it.
"""

import json
import re

type StoredItems = tuple[tuple[str, str], ...]
"""Names and their texts. Names are unique."""

MAX_ITEMS = 200
MAX_BYTES = 1_000_000
"""Total size of names and texts in UTF-8."""
MAX_JSON_LENGTH = 2_000_000
"""Maximum number of characters of JSON that are read. With many escapes, fewer than `MAX_BYTES` fit."""

_TEXT = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_PAIR = rf"\[{_TEXT}, ?{_TEXT}\]"
_PAIRS = rf"(?s)\[(?:{_PAIR}(?:, ?{_PAIR}){{0,{MAX_ITEMS - 1}}}+)?\]"
"""Checked in bounded time: parsing a list of a million entries as JSON would take longer than a frame."""


def read_items(written: object) -> StoredItems | None:
    """Return the items of a JSON text of the form `[["name", "text"], …]`; None if it is anything else or too large."""
    if not isinstance(written, str) or len(written) > MAX_JSON_LENGTH:
        return None
    if not re.fullmatch(_PAIRS, written):
        return None
    try:
        found = json.loads(written)
    except ValueError:  # a character that JSON does not allow
        return None
    items: dict[str, str] = dict(found)
    size = sum(_bytes(name) + _bytes(text) for name, text in items.items())
    return tuple(items.items()) if size <= MAX_BYTES and len(items) == len(found) else None


def write_items(items: StoredItems) -> str:
    """Return the items as JSON in ASCII, so that lone surrogates, which pages may well contain, are passed on safely."""
    return json.dumps(items, separators=(",", ":"))


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
