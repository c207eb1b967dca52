"""How long a test waits for what must come, and the watch for what must come soon. Work is measured by `time.process_time` instead."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Self

TIMEOUT = 30.0
"""Seconds after which what should have come is taken to never come; nothing waits so long that goes well, on the slowest machine."""

PROCESS_TIMEOUT = 200.0
"""The same for a whole process, which starts a program or works through a large file; shorter than the time-out of a test (300 s)."""

_LOOK_EVERY = 0.005
_MOST_AT_ONCE = 0.02


class OwnTime:
    """Counts the seconds of a `with` block in which this process was let run: a busy machine that stops it stops the watch.

    For waits that must be short, for a server that never answers, say: what is waited for without end is seen as well as by a clock.
    It stands still, too, while a call of this process holds Python's lock.
    """

    def __init__(self) -> None:
        self.seconds = 0.0
        self._last: float | None = None
        self._over = threading.Event()
        self._looking = threading.Thread(target=self._look_again_and_again, name="watch")

    def __enter__(self) -> Self:
        self._looking.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._looking.join()

    def look(self, now: float) -> None:
        """Count what has passed since the last look, unless it is longer than a process that runs takes from one to the next."""
        if self._last is not None:
            self.seconds += min(now - self._last, _MOST_AT_ONCE)
        self._last = now

    def _look_again_and_again(self) -> None:
        while True:
            self.look(time.monotonic())
            if self._over.wait(_LOOK_EVERY):
                return


async def cancelled(task: asyncio.Task[object]) -> float:
    """Cancel a task, and return how long it took to end, in seconds of our own."""
    with OwnTime() as waited:
        task.cancel()
        await asyncio.wait([task])
    assert task.cancelled()
    return waited.seconds


@asynccontextmanager
async def longest_turn() -> AsyncIterator[Callable[[], float]]:
    """Watch the loop for the length of the block; what is given tells for how many seconds of our own it came round no more, at most."""
    longest = 0.0

    async def go_round(watch: OwnTime) -> None:
        nonlocal longest
        while True:
            before = watch.seconds
            await asyncio.sleep(0.005)
            longest = max(longest, watch.seconds - before)

    with OwnTime() as watch:
        going = asyncio.create_task(go_round(watch))
        await asyncio.sleep(0)
        try:
            yield lambda: longest
        finally:
            await asyncio.sleep(0.01)
            await cancelled(going)


async def until(condition: Callable[[], object]) -> None:
    """Wait until `condition` holds."""
    async with asyncio.timeout(TIMEOUT):
        while not condition():
            await asyncio.sleep(0.002)
