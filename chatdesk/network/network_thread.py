"""A thread with an event loop of its own, on which everything that speaks to the network runs.

Why a thread: reading a stream of 100 tokens a second with httpx on the screen's own loop costs the GUI thread 430 to 490 ms of CPU
for 1,000 tokens; on a thread, with what arrives handed over in batches, 129 ms (docs/decisions.md, 6). The command line
has no screen and needs no thread.

How the two sides speak: each loop is only ever touched from the other by `call_soon_threadsafe`; nothing is shared, nothing is
locked. The caller's loop may be any asyncio loop, Qt's too.
"""

import asyncio
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import suppress
from types import TracebackType
from typing import Any, Self, TypeVar

from chatdesk.kernel.chat.stream_events import StreamEvent
from chatdesk.network.event_relay import EventRelay

# A task on the loop of another thread, held by a handle here. Each loop touches the other by
# `call_soon_threadsafe` only.


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


Result = TypeVar("Result")


class NetworkThread:
    """Starts with its first use. `aclose` it when the program ends, after closing there what was opened there."""

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
        """Await what `factory` returns, over there, and return its result or raise its error here.

        Cancelling cancels it over there and waits until it has ended.
        """

        async def work() -> Result:
            return await factory()

        return await RemoteTask(self._running_loop(), work).result()

    async def stream(
        self, factory: Callable[[], AsyncGenerator[StreamEvent, None]]
    ) -> AsyncGenerator[tuple[StreamEvent, ...], None]:
        """Iterate over there and yield here: the first event at once, then batches of what comes within 33 ms.

        Closing the generator, or cancelling the task that waits in it, closes the iterator over there and waits until that is done:
        then the connection is closed. A reader that falls behind slows the iteration down; little is kept in between.
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
        """Cancel what still runs there and end the thread."""
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
            # A daemon: whatever the network still does must not keep the program from ending.
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
