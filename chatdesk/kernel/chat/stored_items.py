"""What a generated page may leave behind for its next run: names and texts, few and short enough, taken for nothing but text.

Whatever comes from a page is hostile: `read_items` is the only way in.
"""

import json
import re

type StoredItems = tuple[tuple[str, str], ...]
"""Names and their texts, each name once."""

MOST_ITEMS = 200
MOST_BYTES = 1_000_000
"""Of names and texts together, in UTF-8."""
MOST_WRITTEN = 2_000_000
"""Characters of the JSON that is read at all; where much is escaped it holds less than it might."""

_TEXT = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_PAIR = rf"\[{_TEXT}, ?{_TEXT}\]"
_PAIRS = re.compile(rf"\[(?:{_PAIR}(?:, ?{_PAIR}){{0,{MOST_ITEMS - 1}}}+)?\]", re.DOTALL)
"""Told in time that nothing can stretch: a list of a million things would take JSON longer than a frame."""


def read_items(written: object) -> StoredItems | None:
    """Return the items that a text holds, as `[["name", "text"], …]` in JSON; None if it is anything else, or too much."""
    if not isinstance(written, str) or len(written) > MOST_WRITTEN:
        return None
    if not _PAIRS.fullmatch(written):
        return None
    try:
        found = json.loads(written)
    except ValueError:  # a sign that JSON does not know
        return None
    items: dict[str, str] = dict(found)
    size = sum(_bytes(name) + _bytes(text) for name, text in items.items())
    return tuple(items.items()) if size <= MOST_BYTES and len(items) == len(found) else None


def write_items(items: StoredItems) -> str:
    """Return the JSON of items, in ASCII: half characters, which pages may well have, go through every door that way."""
    return json.dumps(items, separators=(",", ":"))


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
