"""Asynchronous tasks started from slots: they are referenced while they run, and their errors are reported."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from chatdesk.kernel.errors.base import ChatdeskError

_FINISH_SECONDS = 0.5


class Tasks:
    """Starts tasks. `report` is called for expected errors; all others go to the loop's exception handler, as bugs.

    Create it on the loop of the tasks. That loop may not be running when a task is started: Qt also delivers events at the end of a
    program, and a timer that fires then must still find its loop.
    """

    def __init__(self, report: Callable[[ChatdeskError], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._report = report
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, object], name: str) -> asyncio.Task[Any]:
        """Run `work` on the loop."""
        task = self._loop.create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def cancel(self) -> None:
        """Cancel all tasks."""
        for task in tuple(self._running):
            task.cancel()

    async def finish(self) -> None:
        """Let running tasks finish for a moment (such as saving a draft), then cancel the rest.

        Tasks started meanwhile are awaited as well: nothing may access the window after it is closed.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + _FINISH_SECONDS
        while running := tuple(self._running):
            await asyncio.wait(running, timeout=max(0.0, until - loop.time()))
            if loop.time() >= until:
                for task in running:
                    task.cancel()
                await asyncio.gather(*running, return_exceptions=True)

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._running.discard(task)
        if task.cancelled():
            return
        match task.exception():
            case None:
                pass
            case ChatdeskError() as error:
                self._report(error)
            case error:
                task.get_loop().call_exception_handler(
                    {"message": f"{task.get_name()} failed", "exception": error, "task": task}
                )
