"""What the palette lists, and how well it fits what is typed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import IntEnum
from heapq import nsmallest
from typing import TypeVar

from chatdesk.features.presets.domain.search import LONGEST_QUERY
from chatdesk.kernel.fast_dataclass import dataclass

_MOST_WORDS = 50

PreviewTab = TypeVar("PreviewTab")
Prepared = tuple[str, str, PreviewTab]
"""Title and what else a thing is found by, folded; and the thing."""


class EntryKind(IntEnum):
    """The groups, in the order they are listed."""

    CHAT = 0
    PRESET = 1
    MODEL = 2
    COMMAND = 3


@dataclass(frozen=True, slots=True)
class PaletteEntry:
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


def wanted(words: str) -> tuple[str, ...]:
    """Return what is looked for, each word once."""
    return tuple(dict.fromkeys(words[:LONGEST_QUERY].casefold().split()))[:_MOST_WORDS]


def prepared[PreviewTab](title: str, rest: str, thing: PreviewTab) -> Prepared[PreviewTab]:
    """Return a thing ready to be looked for, by its title and what else it is found by."""
    return title.casefold(), rest.casefold(), thing


def fitting[PreviewTab](things: Sequence[Prepared[PreviewTab]], words: str, limit: int) -> list[PreviewTab]:
    """Return those that hold every word, the best first, at most `limit`; without words the first ones as they come.

    Nothing is made of the others: there may be 10,000, and every key asks.
    """
    looked_for = wanted(words)
    if not looked_for:
        return [thing for _, _, thing in things[:limit]]
    for word in looked_for:
        things = [each for each in things if word in each[0] or word in each[1]]
    found = ((_score(looked_for, title), len(title), number) for number, (title, _, _) in enumerate(things))
    return [things[number][2] for *_, number in nsmallest(limit, found)]


def _score(looked_for: Iterable[str], title: str) -> int:
    """Return how far a title is from beginning with the words; less is better."""
    score = 0
    for word in looked_for:
        place = title.find(word)
        if place < 0:
            score += 4
        elif place > 0:
            score += 2 if title[place - 1].isalnum() else 1
    return score


def best(entries: Iterable[PaletteEntry], words: str, limit: int) -> tuple[PaletteEntry, ...]:
    """Return the entries that fit, what was found in them marked."""
    ready = [prepared(entry.title, f"{entry.more} {entry.hidden}", entry) for entry in entries]
    return marked(fitting(ready, words, limit), words)


def marked(entries: Iterable[PaletteEntry], words: str) -> tuple[PaletteEntry, ...]:
    """Return the entries with the places of the words in their titles."""
    looked_for = wanted(words)
    return tuple(replace(entry, marks=places(entry.title, looked_for)) for entry in entries)


def places(title: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Return where the words stand in a title, in order, none inside another."""
    folded = title.casefold()
    if len(folded) != len(title):  # a letter that folds into two: its places are those of another text
        return ()
    spans = sorted((start, start + len(word)) for word in words if (start := folded.find(word)) >= 0)
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)
