"""Long work on a thread of its own: it tells how far it is, and ends when the task that waits for it is cancelled."""

import asyncio
import threading
from collections.abc import Callable

Report = Callable[[float], None]
"""Is told the share that is done, from 0 to 1, now and then, on the working thread. What it raises ends the work, which then tidies up."""


def ignore_progress(_share: float) -> None:
    """Nobody asks how far it is."""


async def run_in_background[Result](work: Callable[[Report], Result], on_progress: Report = ignore_progress) -> Result:
    """Return what `work` returns; `on_progress` is called with its shares on the loop.

    When this is cancelled, the work ends at its next report, and is waited for.
    """
    loop = asyncio.get_running_loop()
    unwanted = threading.Event()
    waiting: list[float] = []

    def report(share: float) -> None:
        if unwanted.is_set():
            raise _UnwantedError
        waiting.append(share)
        if len(waiting) == 1:  # one at a time: work that tells more than the loop can hear must not drown it
            loop.call_soon_threadsafe(tell)

    def tell() -> None:
        newest = waiting[-1]
        waiting.clear()
        on_progress(newest)

    working = asyncio.ensure_future(asyncio.to_thread(work, report))
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        unwanted.set()
        # Looked at, so that nobody calls it forgotten; whatever it was, it is unwanted too.
        working.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
        await asyncio.wait([working])
        raise


class _UnwantedError(Exception):
    """The work shall end."""
