"""A blocking call is waited for without blocking, and left behind when it takes too long."""

import asyncio
import threading

import pytest

from chatdesk.kernel.aio.daemon_thread import run_on_daemon_thread


async def test_the_result_comes_back_from_another_thread() -> None:
    name = await run_on_daemon_thread(lambda: threading.current_thread().name, 5, "worker")
    assert name == "worker"


async def test_what_the_call_raises_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        await run_on_daemon_thread(lambda: 1 // 0, 5, "worker")


async def test_a_call_that_takes_too_long_is_left_behind() -> None:
    let_go = threading.Event()
    with pytest.raises(TimeoutError):
        await run_on_daemon_thread(let_go.wait, 0.01, "worker")
    (thread,) = (thread for thread in threading.enumerate() if thread.name == "worker")
    assert thread.daemon, "it does not keep the program from ending"
    let_go.set()
    await asyncio.to_thread(thread.join)


async def test_a_cancelled_wait_ignores_the_late_result() -> None:
    let_go = threading.Event()
    waiting = asyncio.create_task(run_on_daemon_thread(let_go.wait, 5, "worker"))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    (thread,) = (thread for thread in threading.enumerate() if thread.name == "worker")
    let_go.set()
    await asyncio.to_thread(thread.join)
    await asyncio.sleep(0)


def test_a_result_for_a_loop_that_has_closed_is_dropped() -> None:
    let_go = threading.Event()
    with pytest.raises(TimeoutError):
        asyncio.run(run_on_daemon_thread(let_go.wait, 0.01, "worker"))
    (thread,) = (thread for thread in threading.enumerate() if thread.name == "worker")
    let_go.set()
    thread.join()
