"""Long work in steps on the thread of the window."""

import asyncio
import threading
import time
from collections.abc import Generator

import pytest

from chatdesk.features.conversations.ui.exporting.sliced_steps import Work, at_once, in_slices


def steps(seen: list[object], count: int = 3) -> Generator[Work | None, object, str]:
    for number in range(count):
        seen.append(number)
        seen.append((yield None))
    seen.append((yield threading.get_ident))
    return "done"


async def test_work_is_done_on_another_thread_and_its_result_comes_back() -> None:
    seen: list[object] = []
    assert await in_slices(steps(seen)) == "done"
    assert seen[:6] == [0, None, 1, None, 2, None]
    assert seen[6] not in {None, threading.get_ident()}


def test_all_at_once_gives_the_same() -> None:
    seen: list[object] = []
    assert at_once(steps(seen)) == "done"
    assert seen == [0, None, 1, None, 2, None, threading.get_ident()]


async def test_others_have_their_turn_between_the_steps() -> None:
    turns = 0

    def busy() -> Generator[Work | None, object, None]:
        for _ in range(5):
            end = time.perf_counter() + 0.01
            while time.perf_counter() < end:
                pass
            yield None

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    counting = asyncio.create_task(count())
    await in_slices(busy())
    counting.cancel()
    assert turns >= 5


async def test_what_is_cancelled_is_closed() -> None:
    closed: list[bool] = []

    def endless() -> Generator[Work | None, object, None]:
        try:
            while True:
                time.sleep(0.002)
                yield None
        finally:
            closed.append(True)

    task = asyncio.create_task(in_slices(endless()))
    await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert closed == [True]
