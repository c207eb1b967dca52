"""How a slot starts something that takes time: the task is kept while it runs, and its failure is told."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from chatdesk.kernel.errors.base import ChatdeskError

_FINISH_SECONDS = 0.5


class Tasks:
    """`report` is told of errors we expect; anything else goes to the loop's exception handler, as a bug.

    Made on the loop that all of it runs on. That loop need not turn when something is started: Qt hands out events at the end of a program,
    too, and a timer that goes off then must find where its work belongs.
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
        """Ask everything to end now."""
        for task in tuple(self._running):
            task.cancel()

    async def finish(self) -> None:
        """Let what still runs come to its end for a moment (a draft being written), then cancel the rest.

        What those start while they end is waited for, too: nothing may come back to a window that is gone.
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
