"""What the watchdog makes of what it sees, second by second; no page runs."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from chatdesk.features.previews.web_engine.run import HIGH_LOAD_CHECKS, MAX_UNRESPONSIVE_SECONDS, Watchdog


class Seconds:
    """A watchdog of a machine with `processors`, whose page takes as many of them as the test says."""

    def __init__(self, processors: int) -> None:
        self.now = self.taken = 0.0
        self.answers = True
        self.watchdog = Watchdog(self._run_script, lambda: 0, lambda: self.taken, lambda: self.now, processors)
        self.received: list[bool] = []
        self.unresponsive_too_long: list[bool] = []
        self.watchdog.high_load.connect(self.received.append)
        self.watchdog.unresponsive_too_long.connect(lambda: self.unresponsive_too_long.append(True))

    def _run_script(self, answered: Callable[[object], None]) -> None:
        if self.answers:
            answered(None)

    def sleep(self, seconds: float) -> None:
        """The computer sleeps, and its clock goes on."""
        self.now += seconds

    def pass_by(self, seconds: int, taking: float) -> None:
        for _ in range(seconds):
            self.now += 1
            self.taken += taking
            self.watchdog.check()


@pytest.fixture
def seconds(qtbot: QtBot) -> Callable[[int], Seconds]:
    return Seconds


def test_a_page_that_takes_most_of_the_machine_for_five_seconds_is_reported(seconds: Callable[[int], Seconds]) -> None:
    machine = seconds(8)
    machine.pass_by(HIGH_LOAD_CHECKS, 7.9)  # the first look only sees how much it had taken before
    assert machine.received == []
    machine.pass_by(1, 7.9)
    assert machine.received == [True]


@pytest.mark.parametrize(("processors", "taking"), [(8, 4.5), (2, 1.0), (1, 1.0), (4, 2.3)])
def test_a_game_or_a_simulation_in_a_worker_is_no_reason(
    seconds: Callable[[int], Seconds], processors: int, taking: float
) -> None:
    machine = seconds(processors)
    machine.pass_by(60, taking)
    assert machine.received == []


def test_a_moment_of_hard_work_is_no_reason(seconds: Callable[[int], Seconds]) -> None:
    machine = seconds(2)
    for _ in range(10):
        machine.pass_by(HIGH_LOAD_CHECKS - 1, 2)
        machine.pass_by(1, 0.2)
    assert machine.received == []


def test_a_page_that_rests_again_is_reported_too(seconds: Callable[[int], Seconds]) -> None:
    machine = seconds(2)
    machine.pass_by(20, 2)
    machine.pass_by(HIGH_LOAD_CHECKS - 1, 0.1)
    assert machine.received == [True]
    machine.pass_by(1, 0.1)
    assert machine.received == [True, False]


def test_time_in_which_the_page_was_frozen_does_not_count(seconds: Callable[[int], Seconds]) -> None:
    machine = seconds(2)
    machine.watchdog.start()
    machine.pass_by(HIGH_LOAD_CHECKS, 2)
    machine.watchdog.stop()
    machine.now += 3_600
    machine.watchdog.start()
    machine.pass_by(1, 0)
    assert machine.received == []
    machine.watchdog.stop()


def test_a_computer_that_slept_is_no_sign_that_the_page_hangs(seconds: Callable[[int], Seconds]) -> None:
    machine = seconds(2)
    machine.answers = False  # asked just before the computer sleeps
    machine.pass_by(2, 0)
    machine.sleep(8 * 3_600)
    machine.pass_by(MAX_UNRESPONSIVE_SECONDS, 0)
    assert machine.unresponsive_too_long == []
    machine.pass_by(1, 0)
    assert machine.unresponsive_too_long == [True], "awake for ten seconds, and still no answer"
