"""A task on the loop of another thread, held by a handle here. Each loop touches the other by `call_soon_threadsafe` only."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any


class RemoteTask[Result]:
    """Starts at once. Made and used on the caller's loop."""

    def __init__(self, there: asyncio.AbstractEventLoop, work: Callable[[], Coroutine[Any, Any, Result]]) -> None:
        self._here = asyncio.get_running_loop()
        self._there = there
        self._work = work
        self._task: asyncio.Task[Result] | None = None
        """Touched over there only."""
        self._ended: asyncio.Future[Result] = self._here.create_future()
        self._ended.add_done_callback(_mark_as_seen)
        there.call_soon_threadsafe(self._start)

    async def result(self) -> Result:
        """Wait for its result, or raise its error. Cancelling this wait cancels the task and waits until it has ended."""
        try:
            return await asyncio.shield(self._ended)
        except asyncio.CancelledError:
            await self.cancel()
            raise

    async def cancel(self) -> None:
        """Cancel it, if it still runs, and wait until it has ended, however it does."""
        if not self._ended.done():
            with suppress(RuntimeError):  # the other loop has ended, and its tasks before it
                self._there.call_soon_threadsafe(self._cancel)
            await asyncio.wait([self._ended])

    def _start(self) -> None:
        self._task = self._there.create_task(self._work())
        self._task.add_done_callback(self._report)

    def _cancel(self) -> None:
        if self._task:
            self._task.cancel()

    def _report(self, task: asyncio.Task[Result]) -> None:
        with suppress(RuntimeError):  # nobody is left to tell
            self._here.call_soon_threadsafe(self._settle, task)

    def _settle(self, task: asyncio.Task[Result]) -> None:
        if self._ended.done():
            return
        if task.cancelled():
            self._ended.cancel()
        elif error := task.exception():
            self._ended.set_exception(error)
        else:
            self._ended.set_result(task.result())


def _mark_as_seen(ended: asyncio.Future[Any]) -> None:
    """Read the error, or asyncio complains that nobody did: after a cancel, nobody wants it."""
    if not ended.cancelled():
        ended.exception()
