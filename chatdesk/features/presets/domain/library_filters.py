"""Where presets stand in the library and in which order: shelves, categories, counts. Pure functions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum

from chatdesk.features.presets.domain.preset_state import PresetState
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset import CATEGORIES, Preset, PresetOrigin

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class LibraryFilterKind(StrEnum):
    """What can be looked at."""

    ALL = "all"
    FAVOURITES = "favourites"
    RECENT = "recent"
    """Those that were used, the last one first whatever the order."""
    OWN = "own"
    BROKEN = "broken"
    """Files that cannot be read as presets."""
    CATEGORY = "category"


class Order(StrEnum):
    """In which order presets stand."""

    MOST_USED = "most-used"
    NAME = "name"
    RECENT = "recent"
    BY_HAND = "by-hand"
    """As the user dragged them; what was never dragged comes after it, by name."""


@dataclass(frozen=True, slots=True)
class LibraryFilter:
    """A shelf; with `category` one of the categories."""

    filter_kind: LibraryFilterKind = LibraryFilterKind.ALL
    category: str = ""


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """A preset of the library with what is remembered of it."""

    preset: Preset
    state: PresetState

    @property
    def key(self) -> str:
        """The preset's."""
        return self.preset.key

    @property
    def is_own(self) -> bool:
        """Whether it is the user's, and may be changed in its place and deleted."""
        return self.preset.origin is PresetOrigin.OWN


def matches_filter(entry: LibraryEntry, place: LibraryFilter) -> bool:
    """Whether a preset stands at a place."""
    match place.filter_kind:
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
            return entry.preset.category == place.category


def counts(entries: Sequence[LibraryEntry]) -> Mapping[LibraryFilter, int]:
    """Return how many presets stand at each place that has some, those of `CATEGORIES` first and the user's own after them, by name."""
    filters = (
        LibraryFilter(LibraryFilterKind.ALL),
        LibraryFilter(LibraryFilterKind.FAVOURITES),
        LibraryFilter(LibraryFilterKind.RECENT),
        LibraryFilter(LibraryFilterKind.OWN),
    )
    found = {place: sum(matches_filter(entry, place) for entry in entries) for place in filters}
    named = [entry.preset.category for entry in entries if entry.preset.category]
    others = sorted(set(named) - set(CATEGORIES), key=str.casefold)
    return found | {
        LibraryFilter(LibraryFilterKind.CATEGORY, name): named.count(name)
        for name in (*CATEGORIES, *others)
        if name in named
    }


def in_order(entries: Iterable[LibraryEntry], order: Order, name_key: Callable[[str], object]) -> list[LibraryEntry]:
    """Return presets in an order; equal ones by name. `name_key` sorts names as the language does."""
    by_name = sorted(entries, key=lambda entry: name_key(entry.preset.name))  # type: ignore[arg-type, return-value]  # what it returns compares
    match order:
        case Order.NAME:
            return by_name
        case Order.MOST_USED:
            return sorted(by_name, key=lambda entry: -entry.state.uses)
        case Order.RECENT:
            return sorted(by_name, key=lambda entry: entry.state.last_used or _LONG_AGO, reverse=True)
        case Order.BY_HAND:
            return sorted(by_name, key=lambda entry: _place(entry.state))


def _place(state: PresetState) -> tuple[bool, float]:
    return state.position is None, state.position or 0.0
