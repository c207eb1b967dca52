"""Waits for a blocking call without blocking the loop, nor the end of the program, however long the call takes."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any


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
