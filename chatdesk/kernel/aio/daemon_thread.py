"""Waits for a blocking call without blocking the loop, nor the end of the program, however long the call takes."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

# Calls into the system that may not come back for a long time: names that are looked up, files on a disk that
# does not answer.
#
# Not in the loop's executor: its threads are waited for when the program ends, and it would end only when the
# call does.


async def aside[Result](call: Callable[[], Result]) -> Result:
    """Return what `call` returns, or raise what it raises. Cancelled, it is left behind with its thread."""
    outcome: Future[Result] = Future()
    outcome.set_running_or_notify_cancel()  # from here on it cannot be cancelled, so its result always has a place

    def work() -> None:
        try:
            result = call()
        except Exception as error:  # noqa: BLE001 - it belongs to who waits
            outcome.set_exception(error)
        else:
            outcome.set_result(result)

    threading.Thread(target=work, name="aside", daemon=True).start()
    return await asyncio.wrap_future(outcome)


async def run_on_daemon_thread[Result](call: Callable[[], Result], seconds: float | None, name: str) -> Result:
    """Return what `call` returns, or raise what it raises; raise `TimeoutError` after `seconds`, if there is a limit.

    The loop's own executor will not do: its threads are joined at the end, and a call into the system may never come back. Here such a call
    is left behind, and what it returns in the end is dropped.
    """
    loop = asyncio.get_running_loop()
    result: asyncio.Future[Result] = loop.create_future()

    def settle(set_outcome: Callable[[Any], None], outcome: object) -> None:
        if not result.done():
            set_outcome(outcome)

    def work() -> None:
        try:
            value = call()
        except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to who waits
            report(result.set_exception, error)
        else:
            report(result.set_result, value)

    def report(set_outcome: Callable[[Any], None], outcome: object) -> None:
        with suppress(RuntimeError):  # the loop has closed: nobody waits any more
            loop.call_soon_threadsafe(settle, set_outcome, outcome)

    threading.Thread(target=work, name=name, daemon=True).start()
    async with asyncio.timeout(seconds):
        return await result
