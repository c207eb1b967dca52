"""Waiting for blocking calls without blocking the event loop or the end of the program."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future


async def run_in_daemon_thread[Result](call: Callable[[], Result], name: str, seconds: float | None = None) -> Result:
    """Return the result of `call`, or raise its exception; raise `TimeoutError` after `seconds` if a limit is given.

    Meant for system calls that may never return, such as host name lookups or reading from a disk that does not respond. The loop's own
    executor joins its threads at the end of the program. Here, a call that is cancelled or exceeds the limit is abandoned and its result is
    dropped.
    """
    outcome = start_daemon_thread(call, name)
    async with asyncio.timeout(seconds):
        return await outcome


def start_daemon_thread[Result](call: Callable[[], Result], name: str) -> asyncio.Future[Result]:
    """Run `call` on a thread that the end of the program does not wait for, and return its result as a future."""
    outcome: Future[Result] = Future()
    outcome.set_running_or_notify_cancel()  # from now on it cannot be cancelled, so the thread can always set its result

    def run() -> None:
        try:
            result = call()
        except Exception as error:  # noqa: BLE001 - passed on to the caller
            outcome.set_exception(error)
        else:
            outcome.set_result(result)

    threading.Thread(target=run, name=name, daemon=True).start()
    return asyncio.wrap_future(outcome)
