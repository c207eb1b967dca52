import asyncio
import threading
import time

import pytest

from chatdesk.storage.database.background import Report, run_in_background


async def test_shares_are_reported_on_the_loop_and_the_result_comes_back() -> None:
    heard: list[float] = []
    threads = set()

    def report_progress(share: float) -> None:
        heard.append(share)
        threads.add(threading.current_thread())

    def work(report: Report) -> str:
        for share in (0.25, 0.5, 1.0):
            report(share)
        return threading.current_thread().name

    assert await run_in_background(work, report_progress) != threading.current_thread().name
    await asyncio.sleep(0)
    assert heard
    assert set(heard) <= {0.25, 0.5, 1.0}
    assert threads == {threading.current_thread()}


async def test_work_that_tells_too_much_leaves_the_loop_free() -> None:
    def work(report: Report) -> None:
        end = time.monotonic() + 0.3
        while time.monotonic() < end:
            report(0.5)

    heard: list[float] = []
    working = asyncio.create_task(run_in_background(work, heard.append))
    turns = 0
    while not working.done():
        turns += 1
        await asyncio.sleep(0)
    assert len(heard) <= turns + 1


async def test_cancelled_work_ends_at_its_next_report_and_is_waited_for() -> None:
    begun, tidied = threading.Event(), threading.Event()

    def work(report: Report) -> None:
        try:
            while True:
                report(0.5)
                begun.set()
        finally:
            tidied.set()

    working = asyncio.create_task(run_in_background(work))
    while not begun.is_set():
        await asyncio.sleep(0)
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    assert tidied.is_set()


async def test_what_the_work_raises_comes_out() -> None:
    def work(_: Report) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await run_in_background(work)
