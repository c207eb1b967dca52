"""Reading of a streamed reply's frames with timeouts. The timeout runs only while data is awaited, not while the consumer is busy.

Tokens that arrive one by one are fetched in groups: each read wakes the thread, and thirty per second look smooth. The system buffers the
data that arrives in between.
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
"""Interval between reads after the answer has begun."""
_UNDELAYED_READS = 3
"""Number of reads with events that are not delayed: the first text follows one or two empty events."""
_LARGE_READ = 16 * 1024
"""After a read of this many bytes, the next one is not delayed: the server is faster than the client."""


class FrameReader:
    """An asynchronous iterator over the frames that contain data.

    Raises `ServerTimedOut` if no event arrives, `ConnectionLost`, `AnswerTooLarge` or `NotAChatServer`, after all frames that were complete
    before.
    """

    def __init__(self, stream: HttpStream, framer: Framer, endpoint: Endpoint, timeouts: Timeouts) -> None:
        self._chunks = stream.chunks()
        self._framer = framer
        self._endpoint = endpoint
        self._timeouts = timeouts
        self._ready: deque[Frame] = deque()
        self._at_end = False
        self._broken: ServerError | None = None
        """Why it ended prematurely."""
        self._answer_is_complete = False
        self._current_timeout = timeouts.first_event
        self._deadline = stream.sent_at + timeouts.connect + timeouts.first_event
        self._last_event = time.monotonic()
        self._consumer_busy_since: float | None = None
        self._read_again_at = 0.0
        self._reads = 0

    def answer_is_complete(self) -> None:
        """Wait only a short time for further data. A connection that then stays open or breaks is no longer an error."""
        if not self._answer_is_complete:
            self._answer_is_complete = True
            self._deadline = time.monotonic() + self._timeouts.after_finish

    def answer_continues(self) -> None:
        """Use the normal timeout again, because data arrived after the supposed end."""
        if self._answer_is_complete:
            self._answer_is_complete = False
            self._deadline = time.monotonic() + self._timeouts.idle

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Frame:
        if self._consumer_busy_since is not None:
            self._deadline += time.monotonic() - self._consumer_busy_since
        while not self._ready:
            if self._at_end:
                raise self._broken or StopAsyncIteration
            try:
                await self._read()
            except ServerError as error:
                self._at_end = True
                self._broken = None if self._answer_is_complete else error
                # The last text may have arrived without a line end. A partial reply that is not a stream is useless.
                rest = self._framer.finish()
                self._ready.extend(frame for frame in rest if frame.data is not None and not frame.whole)
        self._consumer_busy_since = time.monotonic()
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
            raise ServerTimedOut(server, address, self._current_timeout) from error
        except LineTooLong as error:
            self._ready.extend(frame for frame in error.frames if frame.data is not None)
            raise AnswerTooLarge(server, address, error.limit) from error
        if any(frame.data is not None for frame in frames):
            self._reads += 1
            if chunk is not None and self._reads > _UNDELAYED_READS and len(chunk) < _LARGE_READ:
                self._read_again_at = time.monotonic() + READ_EVERY_SECONDS
        if frames and not self._answer_is_complete:
            self._restart_clock(frames)
        self._ready.extend(frame for frame in frames if frame.data is not None)

    def _restart_clock(self, frames: list[Frame]) -> None:
        now = time.monotonic()
        alive_until = now + self._timeouts.idle
        if any(frame.data is not None for frame in frames):
            self._last_event = now
            self._current_timeout = self._timeouts.idle
            self._deadline = alive_until
        else:
            self._deadline = max(self._deadline, min(alive_until, self._last_event + self._timeouts.comments_only))
