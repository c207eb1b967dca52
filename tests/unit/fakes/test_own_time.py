import time

import pytest

from tests.own_time import OwnTime


def test_a_wait_is_counted_and_a_moment_in_which_the_machine_did_something_else_is_not():
    watch = OwnTime()
    for now in (7.0, 7.005, 7.011, 12.0, 12.005):
        watch.look(now)
    assert watch.seconds == pytest.approx(0.005 + 0.006 + 0.02 + 0.005)


def test_it_goes_on_while_nothing_is_done_and_stands_still_afterwards():
    with OwnTime() as watch:
        while watch.seconds < 0.03:
            time.sleep(0.001)
    stopped = watch.seconds
    time.sleep(0.02)
    assert watch.seconds == stopped
