"""Calls into the system that may not come back for a long time: names that are looked up, files on a disk that does not answer.

Not in the loop's executor: its threads are waited for when the program ends, and it would end only when the call does.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future


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
