"""Reads an answer, and tells the application when nobody wants the rest of it: many go on after the connection is closed.

What is to be stopped has a name only once the application has given it one. Left before that, the connection is kept for a moment, in
passing, to hear the name.
"""

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from contextlib import aclosing, suppress
from typing import Protocol

from chatdesk.kernel.chat.stream_events import StreamEvent
from chatdesk.providers.server_api import ServerApi

LONGEST_WAIT_FOR_A_NAME = 5.0
"""Seconds a connection is kept for that after everybody has left."""
_LOOK_EVERY = 0.05


class StoppableAnswer(Protocol):
    """An answer that its application can be told to stop."""

    @property
    def is_sent(self) -> bool:
        """Whether the application has the question: before that there is nothing to stop."""
        ...

    @property
    def is_finished(self) -> bool:
        """Whether it has come to its end by itself."""
        ...

    @property
    def can_be_stopped(self) -> bool:
        """Whether what is to be stopped has a name."""
        ...

    def events(self) -> AsyncGenerator[StreamEvent, None]:
        """Ask, and yield what is said; only once. Raises a `ServerError`."""
        ...

    def stop(self) -> Coroutine[object, object, object]:
        """Tell the application to stop."""
        ...


async def read_until_stopped(api: ServerApi, answer: StoppableAnswer) -> AsyncGenerator[StreamEvent, None]:
    """Yield the events of an answer. Left before it is finished, it is stopped; nobody waits for that."""
    heard: asyncio.Queue[StreamEvent | None] = asyncio.Queue(maxsize=1)  # a slow reader slows the application down
    is_wanted = True

    async def read() -> None:
        try:
            async with aclosing(answer.events()) as events:
                async for event in events:
                    if is_wanted:
                        await heard.put(event)
        finally:
            if is_wanted:
                await heard.put(None)

    reading = asyncio.ensure_future(read())
    try:
        while event := await heard.get():
            yield event
        await reading
    finally:
        is_wanted = False
        with suppress(asyncio.QueueEmpty):
            heard.get_nowait()  # what is just being handed over
        if answer.is_sent and not answer.is_finished and not answer.can_be_stopped and not reading.done():
            api.in_passing(_stop_once_named(answer, reading))
        else:
            await _end(reading)
            if answer.can_be_stopped and not answer.is_finished:
                api.in_passing(answer.stop())


async def _stop_once_named(answer: StoppableAnswer, reading: "asyncio.Future[None]") -> None:
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_WAIT_FOR_A_NAME):
                while not (reading.done() or answer.can_be_stopped):
                    await asyncio.wait([reading], timeout=_LOOK_EVERY)
    finally:
        await _end(reading)
    if answer.can_be_stopped and not answer.is_finished:
        await answer.stop()


async def _end(reading: "asyncio.Future[None]") -> None:
    """Read no further, and wait until the connection is closed. What went wrong with it was told, or is nobody's concern."""
    reading.cancel()
    await asyncio.wait([reading])
    if not reading.cancelled():
        reading.exception()
