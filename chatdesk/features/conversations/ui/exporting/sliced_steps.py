"""Long work on the thread of the window, in steps that leave it time to paint.

Laying out and painting text cannot be done on another thread: Qt keeps the engines of fonts for each thread, and a text that outlives its
thread ends the program.
"""

import asyncio
import time
from collections.abc import Callable, Generator

_SLICE = 0.006
"""Seconds of work between two turns of the event loop."""
Work = Callable[[], object]
"""Work that does not use fonts, for another thread."""


async def in_slices[Result](steps: Generator[Work | None, object, Result]) -> Result:
    """Do work step by step, and what it yields on another thread; return its result."""
    answer: object = None
    until = time.perf_counter() + _SLICE
    try:
        while True:
            try:
                work = steps.send(answer)
            except StopIteration as end:
                result: Result = end.value
                return result
            answer = None
            if work:
                answer = await asyncio.to_thread(work)
            elif time.perf_counter() > until:
                await asyncio.sleep(0)
            else:
                continue
            until = time.perf_counter() + _SLICE
    finally:
        steps.close()


def at_once[Result](steps: Generator[Work | None, object, Result]) -> Result:
    """Do all of the work on this thread; return its result."""
    answer: object = None
    while True:
        try:
            work = steps.send(answer)
        except StopIteration as end:
            result: Result = end.value
            return result
        answer = work() if work else None
