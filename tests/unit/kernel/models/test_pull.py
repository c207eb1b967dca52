"""How far a download is, however oddly a server tells it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.models.pulls import Pace, PullPhase, PullProgress, PullTally
from tests.unit.providers.recordings import recording


def progress_of(name: str, expected: int = 0) -> list[PullProgress]:
    tally, reported = PullTally(expected), []
    for line in recording("ollama", name).body.decode().splitlines():
        said = json.loads(line)
        tally.update(said.get("status", ""), said.get("digest", ""), said.get("total"), said.get("completed"))
        reported.append(tally.progress)
    return reported


def test_a_recorded_download_goes_from_nothing_to_all() -> None:
    progress = progress_of("A3")
    assert progress[0] == PullProgress(PullPhase.ASKING, 0, 0)
    assert [each.completed for each in progress] == sorted(each.completed for each in progress)
    assert [each.phase for each in progress[-3:]] == [PullPhase.CHECKING, PullPhase.FINISHING, PullPhase.FINISHING]
    assert progress[-1].fraction > 0.99


def test_layers_are_added_up() -> None:
    assert progress_of("A4")[-1].total == 98362432 + 102 + 92 + 152
    assert progress_of("A4")[-1].fraction == 1.0


def test_a_size_known_beforehand_keeps_the_end_in_its_place() -> None:
    tally = PullTally(expected=1000)
    assert tally.progress.total == 0
    tally.update("pulling a", "sha256:a", 100, 100)
    assert tally.progress.fraction == 0.1
    tally.update("pulling b", "sha256:b", 1900, 0)
    assert tally.progress.fraction == 0.05


@pytest.mark.parametrize(
    ("total", "completed", "expected"),
    [(10, 500, (10, 10)), (None, 5, (5, 10)), (20, None, (3, 20)), (2, 2, (2, 2)), (None, None, (3, 10))],
    ids=["more than all", "without a total", "without a count", "a smaller total", "without numbers"],
)
def test_a_lie_is_cut_to_what_can_be(total: int | None, completed: int | None, expected: tuple[int, int]) -> None:
    tally = PullTally()
    tally.update("pulling a", "sha256:a", 10, 3)
    tally.update("pulling a", "sha256:a", total, completed)
    assert (tally.progress.completed, tally.progress.total) == expected


def test_a_thousand_layers_are_counted_and_no_more() -> None:
    tally = PullTally()
    for number in range(5000):
        tally.update("pulling", f"sha256:{number}", 1, 1)
    assert tally.progress.total == 1000


lines = st.tuples(
    st.sampled_from(["pulling", "verifying sha256 digest", "writing manifest", "success", "", "?"]),
    st.sampled_from(["", "sha256:a", "sha256:b"]),
    st.none() | st.integers(0, 2**53),
    st.none() | st.integers(0, 2**53),
)


@given(st.lists(lines))
def test_a_share_is_never_out_of_range(said: list[tuple[str, str, int | None, int | None]]) -> None:
    tally = PullTally()
    for line in said:
        tally.update(*line)
        assert 0 <= tally.progress.fraction <= 1
        assert tally.progress.completed <= tally.progress.total


def test_speed_is_that_of_the_last_seconds() -> None:
    pace = Pace()
    for second in range(30):
        pace.mark(second, second * 1000 if second < 15 else 15_000 + (second - 15) * 100)
    assert pace.speed == pytest.approx(100)
    assert pace.seconds_left(PullProgress(PullPhase.LOADING, 16_400, 17_400)) == pytest.approx(10)


def test_no_speed_is_reported_too_soon_nor_while_nothing_moves() -> None:
    pace = Pace()
    pace.mark(0, 0)
    assert pace.speed is None
    pace.mark(0.2, 1000)
    assert pace.speed is None
    still = Pace()
    still.mark(0, 500)
    still.mark(9, 500)
    assert still.speed is None


def test_going_back_begins_anew() -> None:
    pace = Pace()
    pace.mark(0, 0)
    pace.mark(5, 50_000)
    pace.mark(6, 10_000)
    assert pace.speed is None
    pace.mark(8, 12_000)
    assert pace.speed == pytest.approx(1000)


def test_no_time_is_reported_while_it_checks() -> None:
    pace = Pace()
    pace.mark(0, 0)
    pace.mark(5, 50_000)
    assert pace.seconds_left(PullProgress(PullPhase.CHECKING, 50_000, 60_000)) is None


@given(st.lists(st.tuples(st.floats(0, 10), st.integers(0, 2**53))), st.integers(0, 2**53))
def test_time_left_is_never_negative(steps: list[tuple[float, int]], total: int) -> None:
    pace, now, last = Pace(), 0.0, 0
    for seconds, completed in steps:
        now, last = now + seconds, completed
        pace.mark(now, completed)
    left = pace.seconds_left(PullProgress(PullPhase.LOADING, min(last, total), total))
    assert left is None or left >= 0


sizes = st.integers(0, 10**12)
steps = st.lists(st.builds(lambda done, rest: PullProgress(PullPhase.LOADING, done, done + rest), sizes, sizes))


@given(steps)
def test_what_is_shown_never_goes_back(said: list[PullProgress]) -> None:
    shown = PullProgress()
    for each in said:
        later = each.after(shown)
        assert later.completed >= shown.completed
        assert later.total >= shown.total
        assert 1.0 >= later.fraction >= shown.fraction
        assert later.completed <= later.total
        shown = later


def test_a_layer_that_is_reported_late_moves_the_end_and_not_the_bar() -> None:
    first = PullProgress(PullPhase.LOADING, 900, 1000).after(PullProgress())
    later = PullProgress(PullPhase.LOADING, 900, 2000).after(first)
    assert (later.total, later.fraction) == (2000, 0.9)
    assert PullProgress(PullPhase.LOADING, 1900, 2000).after(later).fraction == 0.95
