"""Entries of the palette, and their ranking for a search text."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import IntEnum
from heapq import nsmallest
from typing import TypeVar

from chatdesk.features.presets.domain.search import MAX_QUERY_LENGTH
from chatdesk.kernel.fast_dataclass import dataclass

_MAX_WORDS = 50

Item = TypeVar("Item")
Prepared = tuple[str, str, Item]
"""Case-folded title and further search text, and the item itself."""


class EntryKind(IntEnum):
    """Groups in the order of the list."""

    CHAT = 0
    PRESET = 1
    MODEL = 2
    COMMAND = 3


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """Entry. `key` is unique within its kind. `marks` are the matches in the title (or in `more`, if `marks_more`)."""

    kind: EntryKind
    key: str
    title: str
    more: str = ""
    icon: str = ""
    keys: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    marks_more: bool = False
    hidden: str = ""
    """Additional search text that is not displayed."""


def wanted(text: str) -> tuple[str, ...]:
    """Return the words of a search text, each once."""
    return tuple(dict.fromkeys(text[:MAX_QUERY_LENGTH].casefold().split()))[:_MAX_WORDS]


def prepared[Item](title: str, rest: str, item: Item) -> Prepared[Item]:
    """Return an item prepared for searching by its title and further text."""
    return title.casefold(), rest.casefold(), item


def matching[Item](items: Sequence[Prepared[Item]], text: str, limit: int) -> list[Item]:
    """Return at most `limit` items that contain all words, the best first; without words, the first items.

    There may be 10,000 items, and this runs at every key press, so no objects are created for the others.
    """
    search_words = wanted(text)
    if not search_words:
        return [item for _, _, item in items[:limit]]
    for word in search_words:
        items = [each for each in items if word in each[0] or word in each[1]]
    found = ((_score(search_words, title), len(title), number) for number, (title, _, _) in enumerate(items))
    return [items[number][2] for *_, number in nsmallest(limit, found)]


def _score(search_words: Iterable[str], title: str) -> int:
    """Return how far a title is from starting with the words; lower is better."""
    score = 0
    for word in search_words:
        position = title.find(word)
        if position < 0:
            score += 4
        elif position > 0:
            score += 2 if title[position - 1].isalnum() else 1
    return score


def best(entries: Iterable[PaletteEntry], text: str, limit: int) -> tuple[PaletteEntry, ...]:
    """Return the best matching entries with their matches marked."""
    ready = [prepared(entry.title, f"{entry.more} {entry.hidden}", entry) for entry in entries]
    return marked(matching(ready, text, limit), text)


def marked(entries: Iterable[PaletteEntry], text: str) -> tuple[PaletteEntry, ...]:
    """Return the entries with the matches in their titles marked."""
    search_words = wanted(text)
    return tuple(replace(entry, marks=places(entry.title, search_words)) for entry in entries)


def places(title: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Return the positions of words in a title, in order and without overlap."""
    folded = title.casefold()
    if len(folded) != len(title):  # a character has expanded in folding, so the positions do not apply
        return ()
    spans = sorted((start, start + len(word)) for word in words if (start := folded.find(word)) >= 0)
    distinct: list[tuple[int, int]] = []
    for start, end in spans:
        if not distinct or start >= distinct[-1][1]:
            distinct.append((start, end))
    return tuple(distinct)
