"""What slots start and the window waits for."""

import asyncio

from chatdesk.ui_kit.tasks import Tasks


async def test_what_is_started_while_the_window_ends_is_waited_for() -> None:
    done: list[str] = []
    tasks = Tasks(lambda _error: None)

    async def second() -> None:
        await asyncio.sleep(0.01)
        done.append("second")

    async def first() -> None:
        await asyncio.sleep(0.01)
        tasks.start(second(), "second")

    tasks.start(first(), "first")
    await tasks.finish()
    assert done == ["second"]


async def test_what_does_not_end_is_cancelled() -> None:
    tasks = Tasks(lambda _error: None)
    task = tasks.start(asyncio.Event().wait(), "for ever")
    await tasks.finish()
    assert task.cancelled()


async def test_what_a_timer_starts_while_the_loop_does_not_turn_runs_when_it_does() -> None:
    done: list[str] = []
    tasks = Tasks(lambda _error: None)
    loop = asyncio.get_running_loop()

    async def work() -> None:
        done.append("work")

    asyncio._set_running_loop(None)
    try:
        tasks.start(work(), "work")
    finally:
        asyncio._set_running_loop(loop)
    await tasks.finish()
    assert done == ["work"]
