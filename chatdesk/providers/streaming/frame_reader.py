"""Reads the frames of a streamed reply and watches that it goes on. The clock runs only while we wait, not while the reader is busy.

Tokens that come one by one are fetched some at a time: every read wakes the thread, and thirty a second look smooth. The system keeps
what arrives meanwhile.
"""

import asyncio
import time
from collections import deque
from typing import Self

from chatdesk.kernel.errors.base import AnswerTooLarge, ServerError, ServerTimedOut
from chatdesk.network.endpoint import Endpoint
from chatdesk.network.http import HttpStream
from chatdesk.network.timeouts import Timeouts
from chatdesk.providers.streaming.framing import Frame, Framer, LineTooLong

READ_EVERY_SECONDS = 0.033
"""From one read to the next, once the answer has begun."""
_READ_AT_ONCE = 3
"""Reads with events that nothing holds back: the first words come behind an empty event, or two."""
_MUCH = 16 * 1024
"""Bytes of a read after which the next one does not wait: the server is faster than we are."""


class FrameReader:
    """An asynchronous iterator over the frames that carry data.

    Raises `ServerTimedOut` when no event comes, `ConnectionLost`, `AnswerTooLarge` or `NotAChatServer`, after every frame that was
    complete before.
    """

    def __init__(self, stream: HttpStream, framer: Framer, endpoint: Endpoint, timeouts: Timeouts) -> None:
        self._chunks = stream.chunks()
        self._framer = framer
        self._endpoint = endpoint
        self._timeouts = timeouts
        self._ready: deque[Frame] = deque()
        self._at_end = False
        self._broken: ServerError | None = None
        """Why it ended, if it should have gone on."""
        self._answer_is_complete = False
        self._patience = timeouts.first_event
        self._deadline = stream.sent_at + timeouts.connect + timeouts.first_event
        self._last_event = time.monotonic()
        self._left_at: float | None = None
        self._read_again_at = 0.0
        self._reads = 0

    def answer_is_complete(self) -> None:
        """Take only what still comes soon; a connection that then stays open or breaks is no error any more."""
        if not self._answer_is_complete:
            self._answer_is_complete = True
            self._deadline = time.monotonic() + self._timeouts.after_finish

    def answer_goes_on(self) -> None:
        """Wait as before: more has come although the answer was said to be complete."""
        if self._answer_is_complete:
            self._answer_is_complete = False
            self._deadline = time.monotonic() + self._timeouts.idle

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Frame:
        if self._left_at is not None:
            self._deadline += time.monotonic() - self._left_at
        while not self._ready:
            if self._at_end:
                raise self._broken or StopAsyncIteration
            try:
                await self._read()
            except ServerError as error:
                self._at_end = True
                self._broken = None if self._answer_is_complete else error
                # The last words may have come without the end of their line. Half of a reply that is no stream tells nothing.
                rest = self._framer.finish()
                self._ready.extend(frame for frame in rest if frame.data is not None and not frame.whole)
        self._left_at = time.monotonic()
        return self._ready.popleft()

    async def _read(self) -> None:
        server, address = self._endpoint.server, self._endpoint.base_url
        if (pause := self._read_again_at - time.monotonic()) > 0:
            await asyncio.sleep(pause)
        try:
            async with asyncio.timeout(self._deadline - time.monotonic()):
                chunk = await anext(self._chunks, None)
            self._at_end = chunk is None
            frames = self._framer.finish() if chunk is None else self._framer.feed(chunk)
        except TimeoutError as error:
            raise ServerTimedOut(server, address, self._patience) from error
        except LineTooLong as error:
            self._ready.extend(frame for frame in error.frames if frame.data is not None)
            raise AnswerTooLarge(server, address, error.limit) from error
        if any(frame.data is not None for frame in frames):
            self._reads += 1
            if chunk is not None and self._reads > _READ_AT_ONCE and len(chunk) < _MUCH:
                self._read_again_at = time.monotonic() + READ_EVERY_SECONDS
        if frames and not self._answer_is_complete:
            self._restart_clock(frames)
        self._ready.extend(frame for frame in frames if frame.data is not None)

    def _restart_clock(self, frames: list[Frame]) -> None:
        now = time.monotonic()
        alive_until = now + self._timeouts.idle
        if any(frame.data is not None for frame in frames):
            self._last_event = now
            self._patience = self._timeouts.idle
            self._deadline = alive_until
        else:
            self._deadline = max(self._deadline, min(alive_until, self._last_event + self._timeouts.comments_only))
