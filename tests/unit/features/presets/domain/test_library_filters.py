from datetime import UTC, datetime, timedelta

from chatdesk.features.presets.domain.library_filters import (
    LibraryEntry,
    LibraryFilter,
    LibraryFilterKind,
    Order,
    counts,
    matches_filter,
    sort_entries,
)
from chatdesk.features.presets.domain.preset_state import PresetState
from chatdesk.kernel.presets.preset import Preset, PresetOrigin

NOW = datetime(2026, 11, 25, tzinfo=UTC)


def entry(name: str, category: str = "", *, own: bool = False, **state: object) -> LibraryEntry:
    origin = PresetOrigin.OWN if own else PresetOrigin.BUILT_IN
    return LibraryEntry(Preset(name, origin, name, category=category), PresetState(**state))


MAIL = entry("Mail", "office", uses=2, last_used=NOW)
GAME = entry("game", "my games", own=True, favourite=True)
CODE = entry("Code", "coding", uses=5, last_used=NOW - timedelta(days=1))
SHELL = entry("Shell", "coding", own=True)
ALL = (MAIL, GAME, CODE, SHELL)


def names(order: Order, *entries: LibraryEntry) -> list[str]:
    return [each.preset.name for each in sort_entries(entries or ALL, order, str.casefold)]


def test_every_place_that_has_presets_is_counted_own_categories_last() -> None:
    assert [(place.category or str(place.filter_kind), count) for place, count in counts(ALL).items()] == [
        ("all", 4),
        ("favourites", 1),
        ("recent", 2),
        ("own", 2),
        ("office", 1),
        ("coding", 2),
        ("my games", 1),
    ]


def test_what_is_counted_at_a_place_stands_there() -> None:
    for place, count in counts(ALL).items():
        assert sum(matches_filter(each, place) for each in ALL) == count
    assert not any(matches_filter(each, LibraryFilter(LibraryFilterKind.BROKEN)) for each in ALL)


def test_presets_stand_in_the_order_that_is_asked_for() -> None:
    assert names(Order.NAME) == ["Code", "game", "Mail", "Shell"]
    assert names(Order.MOST_USED) == ["Code", "Mail", "game", "Shell"]
    assert names(Order.RECENT) == ["Mail", "Code", "game", "Shell"]


def test_what_was_put_somewhere_by_hand_comes_before_the_rest() -> None:
    first, second = entry("z", position=0.0), entry("y", position=1.0)
    assert names(Order.BY_HAND, MAIL, second, CODE, first) == ["z", "y", "Mail", "Code"]
