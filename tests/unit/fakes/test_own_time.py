import asyncio
import time

import pytest

from tests.own_time import OwnTime, cancelled, longest_turn


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


async def test_a_loop_that_stood_still_is_noticed_and_one_that_was_only_waited_in_is_not():
    async with longest_turn() as longest:
        await asyncio.sleep(0.2)
    assert longest() < 0.1
    async with longest_turn() as longest:
        time.sleep(0.2)  # noqa: ASYNC251 - that is what is to be seen
    assert longest() > 0.1


async def test_how_long_a_task_takes_to_end_is_reported():
    async def reluctant() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.1)

    task = asyncio.create_task(reluctant())
    await asyncio.sleep(0)
    assert 0.05 < await cancelled(task) < 1
