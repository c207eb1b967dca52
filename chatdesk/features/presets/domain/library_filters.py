"""Filters and order of the library: filter kinds, categories, counts. Pure functions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum

from chatdesk.features.presets.domain.preset_state import PresetState
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset import CATEGORIES, Preset, PresetOrigin

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class LibraryFilterKind(StrEnum):
    """Kind of a library filter."""

    ALL = "all"
    FAVOURITES = "favourites"
    RECENT = "recent"
    """Used presets, most recently used first in any order."""
    OWN = "own"
    BROKEN = "broken"
    """Files that cannot be read as presets."""
    CATEGORY = "category"


class Order(StrEnum):
    """Order of the presets."""

    MOST_USED = "most-used"
    NAME = "name"
    RECENT = "recent"
    BY_HAND = "by-hand"
    """The order set by dragging; presets that were never dragged come last."""


@dataclass(frozen=True, slots=True)
class LibraryFilter:
    """A filter of the library; `category` is set for CATEGORY only."""

    filter_kind: LibraryFilterKind = LibraryFilterKind.ALL
    category: str = ""


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """A preset of the library with its usage data."""

    preset: Preset
    state: PresetState

    @property
    def key(self) -> str:
        """The key of the preset."""
        return self.preset.key

    @property
    def is_own(self) -> bool:
        """Whether the preset belongs to the user and can be changed and deleted."""
        return self.preset.origin is PresetOrigin.OWN


def matches_filter(entry: LibraryEntry, library_filter: LibraryFilter) -> bool:
    """Return whether a preset matches a filter."""
    match library_filter.filter_kind:
        case LibraryFilterKind.ALL:
            return True
        case LibraryFilterKind.FAVOURITES:
            return entry.state.favourite
        case LibraryFilterKind.RECENT:
            return entry.state.last_used is not None
        case LibraryFilterKind.OWN:
            return entry.is_own
        case LibraryFilterKind.BROKEN:
            return False
        case LibraryFilterKind.CATEGORY:
            return entry.preset.category == library_filter.category


def counts(entries: Sequence[LibraryEntry]) -> Mapping[LibraryFilter, int]:
    """Return the number of presets for each non-empty filter: first the `CATEGORIES`, then the categories of the user by name."""
    filters = (
        LibraryFilter(LibraryFilterKind.ALL),
        LibraryFilter(LibraryFilterKind.FAVOURITES),
        LibraryFilter(LibraryFilterKind.RECENT),
        LibraryFilter(LibraryFilterKind.OWN),
    )
    found = {
        library_filter: sum(matches_filter(entry, library_filter) for entry in entries) for library_filter in filters
    }
    named = [entry.preset.category for entry in entries if entry.preset.category]
    others = sorted(set(named) - set(CATEGORIES), key=str.casefold)
    return found | {
        LibraryFilter(LibraryFilterKind.CATEGORY, name): named.count(name)
        for name in (*CATEGORIES, *others)
        if name in named
    }


def sort_entries(
    entries: Iterable[LibraryEntry], order: Order, name_key: Callable[[str], object]
) -> list[LibraryEntry]:
    """Return presets in an order; equal ones as given. `name_key` is the sort key for names in the current language."""
    match order:
        case Order.NAME:
            return sorted(entries, key=lambda entry: name_key(entry.preset.name))  # type: ignore[arg-type, return-value]  # its results are comparable
        case Order.MOST_USED:
            return sorted(entries, key=lambda entry: -entry.state.uses)
        case Order.RECENT:
            return sorted(entries, key=lambda entry: entry.state.last_used or _LONG_AGO, reverse=True)
        case Order.BY_HAND:
            return sorted(entries, key=lambda entry: _position_key(entry.state))


def _position_key(state: PresetState) -> tuple[bool, float]:
    return state.position is None, state.position or 0.0
