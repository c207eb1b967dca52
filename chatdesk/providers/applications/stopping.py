"""Reading of an answer whose application must be asked to stop: many applications continue after the connection is closed.

The application provides an id for stopping only after a while. If the answer is abandoned before, the connection is kept open in the
background for a moment to receive the id.
"""

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from contextlib import aclosing, suppress
from typing import Protocol

from chatdesk.kernel.chat.stream_events import StreamEvent
from chatdesk.providers.server_api import ServerApi

MAX_WAIT_FOR_ID = 5.0
"""Maximum time in seconds that an abandoned connection is kept open for that."""
_POLL_SECONDS = 0.05


class StoppableAnswer(Protocol):
    """An answer whose application can be asked to stop."""

    @property
    def is_sent(self) -> bool:
        """Whether the application has received the question; before that, there is nothing to stop."""
        ...

    @property
    def is_finished(self) -> bool:
        """Whether it has ended by itself."""
        ...

    @property
    def can_be_stopped(self) -> bool:
        """Whether the id for stopping is known."""
        ...

    def events(self) -> AsyncGenerator[StreamEvent, None]:
        """Send the question and yield the events; only once. Raise a `ServerError`."""
        ...

    def stop(self) -> Coroutine[object, object, object]:
        """Tell the application to stop."""
        ...


async def read_until_stopped(api: ServerApi, answer: StoppableAnswer) -> AsyncGenerator[StreamEvent, None]:
    """Yield the events of an answer. If the iterator is closed early, the answer is stopped in the background."""
    received: asyncio.Queue[StreamEvent | None] = asyncio.Queue(maxsize=1)  # a slow reader slows the application down
    is_wanted = True

    async def read() -> None:
        try:
            async with aclosing(answer.events()) as events:
                async for event in events:
                    if is_wanted:
                        await received.put(event)
        finally:
            if is_wanted:
                await received.put(None)

    reading = asyncio.ensure_future(read())
    try:
        while event := await received.get():
            yield event
        await reading
    finally:
        is_wanted = False
        with suppress(asyncio.QueueEmpty):
            received.get_nowait()  # the event that is being passed on
        if answer.is_sent and not answer.is_finished and not answer.can_be_stopped and not reading.done():
            api.start_background_task(_stop_once_identified(answer, reading))
        else:
            await _end(reading)
            if answer.can_be_stopped and not answer.is_finished:
                api.start_background_task(answer.stop())


async def _stop_once_identified(answer: StoppableAnswer, reading: "asyncio.Future[None]") -> None:
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(MAX_WAIT_FOR_ID):
                while not (reading.done() or answer.can_be_stopped):
                    await asyncio.wait([reading], timeout=_POLL_SECONDS)
    finally:
        await _end(reading)
    if answer.can_be_stopped and not answer.is_finished:
        await answer.stop()


async def _end(reading: "asyncio.Future[None]") -> None:
    """Stop reading and wait until the connection is closed. Errors are ignored, because they were already reported or are irrelevant."""
    reading.cancel()
    await asyncio.wait([reading])
    if not reading.cancelled():
        reading.exception()
