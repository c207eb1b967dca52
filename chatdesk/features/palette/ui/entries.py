"""Entries of the palette, and their order for a search text."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import IntEnum

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.finding.matcher import Fit, Names, Query


class EntryKind(IntEnum):
    """Groups in the order of the list. Groups whose best entry fits better come earlier."""

    CHAT = 0
    PRESET = 1
    MODEL = 2
    COMMAND = 3
    SETTING = 4
    MESSAGE = 5
    """Messages arrive later than the others and are always last, so that nothing moves while the user chooses."""


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """Entry. `key` is unique within its kind. `marks` are the matches in the title (or in `more`, if `marks_more`)."""

    kind: EntryKind
    key: str
    title: str
    more: str = ""
    icon: str = ""
    keys: tuple[str, ...] = ()
    """The keys of its shortcut, one by one."""
    note: str = ""
    """A short text at the end."""
    marks: tuple[tuple[int, int], ...] = ()
    marks_more: bool = False


Found = list[tuple[Fit, PaletteEntry]]


def marked(found: Iterable[tuple[Fit, PaletteEntry]], query: Query) -> Found:
    """Return the entries with the matches in their titles marked."""
    return [(fit, replace(entry, marks=query.spans(entry.title))) for fit, entry in found]


def ranked(items: Sequence[tuple[Names, PaletteEntry]], query: Query, limit: int, *, mistakes: bool = False) -> Found:
    """Return the best matching entries with their matches marked; without words, the first entries."""
    if not query:
        return [(Fit.WHOLE, entry) for _, entry in items[:limit]]
    return marked(query.ranked(items, limit, mistakes=mistakes), query)


def in_order(groups: Iterable[Found]) -> tuple[PaletteEntry, ...]:
    """Return the entries of all groups, the group with the best entry first."""
    filled = sorted((group for group in groups if group), key=lambda group: (group[0][0], group[0][1].kind))
    return tuple(entry for group in filled for _, entry in group)
