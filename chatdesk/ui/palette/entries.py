"""What the palette lists, and how well it fits what is typed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum


class EntryKind(IntEnum):
    """The groups, in the order they are listed."""

    CHAT = 0
    PRESET = 1
    MODEL = 2
    COMMAND = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """`key` tells it from others of its kind. `marks` are the places in the title (or in `more`, if the title has none) that were found."""

    kind: EntryKind
    key: str
    title: str
    more: str = ""
    icon: str = ""
    keys: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    marks_more: bool = False
    hidden: str = ""
    """Words it is found by that are not shown."""


def best(entries: Iterable[Entry], words: str, limit: int) -> tuple[Entry, ...]:
    """Return those that hold every word, the best first, at most `limit`; without words the first ones as they come."""
    wanted = words.casefold().split()
    if not wanted:
        return tuple(entry for entry, _ in zip(entries, range(limit), strict=False))
    found: list[tuple[tuple[int, int], Entry]] = []
    for entry in entries:
        title = entry.title.casefold()
        rest = f"{entry.more} {entry.hidden}".casefold()
        score = 0
        for word in wanted:
            place = title.find(word)
            if place == 0:
                continue
            if place > 0:
                score += 1 if not title[place - 1].isalnum() else 2
            elif word in rest:
                score += 4
            else:
                break
        else:
            found.append(((score, len(title)), entry))
    found.sort(key=lambda pair: pair[0])
    return tuple(replace(entry, marks=places(entry.title, wanted)) for _, entry in found[:limit])


def places(title: str, wanted: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Return where the words stand in a title, in order, none inside another."""
    folded = title.casefold()
    if len(folded) != len(title):  # a letter that folds into two: its places are those of another text
        return ()
    spans = sorted((start, start + len(word)) for word in wanted if (start := folded.find(word)) >= 0)
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)
