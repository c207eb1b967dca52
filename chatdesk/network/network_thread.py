"""A thread with its own event loop for all network access.

Reading a stream of 100 tokens per second with httpx on the GUI's loop takes 430 to 490 ms of CPU time for 1,000 tokens; on a thread with
batched transfer it takes 129 ms (docs/decisions.md, 6). The command line has no GUI and needs no thread.

The two loops communicate only with `call_soon_threadsafe`; nothing is shared or locked. The caller's loop may be any asyncio loop,
including Qt's.
"""

import asyncio
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import suppress
from types import TracebackType
from typing import Any, Self, TypeVar

from chatdesk.kernel.chat.stream_events import StreamEvent
from chatdesk.network.event_relay import EventRelay

# A task on another thread's loop, controlled from here. Each loop calls the other only with `call_soon_threadsafe`.


class RemoteTask[Result]:
    """Runs a task on another loop, starting immediately. Create and use it on the caller's loop."""

    def __init__(self, there: asyncio.AbstractEventLoop, work: Callable[[], Coroutine[Any, Any, Result]]) -> None:
        self._here = asyncio.get_running_loop()
        self._there = there
        self._work = work
        self._task: asyncio.Task[Result] | None = None
        """Used only on the other loop."""
        self._ended: asyncio.Future[Result] = self._here.create_future()
        self._ended.add_done_callback(_mark_as_seen)
        there.call_soon_threadsafe(self._start)

    async def result(self) -> Result:
        """Wait for the result or raise the error. Cancelling this wait cancels the task and waits until it has ended."""
        try:
            return await asyncio.shield(self._ended)
        except asyncio.CancelledError:
            await self.cancel()
            raise

    async def cancel(self) -> None:
        """Cancel the task if it is running, and wait until it has ended in any way."""
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
        with suppress(RuntimeError):  # the caller's loop has ended
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
    """Retrieve the exception to prevent a warning by asyncio: after cancellation, nobody needs it."""
    if not ended.cancelled():
        ended.exception()


Result = TypeVar("Result")


class NetworkThread:
    """The network thread. It starts on first use. Call `aclose` at the end of the program, after closing everything opened on it."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    async def call(self, factory: Callable[[], Awaitable[Result]]) -> Result:
        """Await the result of `factory` on the thread and return it, or raise its error here.

        Cancelling cancels it there and waits until it has ended.
        """

        async def work() -> Result:
            return await factory()

        return await RemoteTask(self._running_loop(), work).result()

    async def stream(
        self, factory: Callable[[], AsyncGenerator[StreamEvent, None]]
    ) -> AsyncGenerator[tuple[StreamEvent, ...], None]:
        """Iterate on the thread and yield here: the first event immediately, then batches of the events within 33 ms.

        Closing the generator, or cancelling the task that waits for it, closes the iterator on the thread and waits for that; then the
        connection is closed. A slow consumer slows down the iteration; little is buffered in between.
        """
        there = self._running_loop()
        relay = EventRelay(asyncio.get_running_loop(), there, factory)
        remote = RemoteTask(there, relay.run)
        try:
            while batch := await relay.next_batch():
                yield batch
            await remote.result()
        finally:
            await remote.cancel()

    async def aclose(self) -> None:
        """Cancel everything that is running and end the thread."""
        self._closed = True
        loop, thread = self._loop, self._thread
        self._loop = self._thread = None
        if loop and thread:
            loop.call_soon_threadsafe(loop.stop)
            await asyncio.get_running_loop().run_in_executor(None, thread.join)

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        if self._closed:
            raise RuntimeError("the network thread has ended")
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            # A daemon thread: pending network access must not prevent the program from ending.
            self._thread = threading.Thread(target=_run, args=(self._loop,), name="network", daemon=True)
            self._thread.start()
        return self._loop


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
        tasks = asyncio.all_tasks(loop)
        for task in tasks:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        loop.close()
