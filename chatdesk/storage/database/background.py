"""Long work on a separate thread, with progress reports and cancellation."""

import asyncio
import threading
from collections.abc import Callable

Report = Callable[[float], None]
"""Called on the working thread from time to time with the completed share, from 0 to 1.

An exception raised by it ends the work, which then cleans up.
"""


def ignore_progress(_share: float) -> None:
    """Ignore the progress."""


async def run_in_background[Result](work: Callable[[Report], Result], on_progress: Report = ignore_progress) -> Result:
    """Return the result of `work`; `on_progress` is called with its progress on the event loop.

    If this is cancelled, the work ends at its next report, and this waits for that.
    """
    loop = asyncio.get_running_loop()
    cancelled = threading.Event()
    waiting: list[float] = []

    def report(share: float) -> None:
        if cancelled.is_set():
            raise _CancelledError
        waiting.append(share)
        if len(waiting) == 1:  # one call at a time, so that frequent reports cannot flood the loop
            loop.call_soon_threadsafe(deliver)

    def deliver() -> None:
        newest = waiting[-1]
        waiting.clear()
        on_progress(newest)

    working = asyncio.ensure_future(asyncio.to_thread(work, report))
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        cancelled.set()
        # Retrieve the exception to prevent a warning by asyncio; it is irrelevant.
        working.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
        await asyncio.wait([working])
        raise


class _CancelledError(Exception):
    """The work is to be ended."""
