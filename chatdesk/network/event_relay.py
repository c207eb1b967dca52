"""Hands the events of a stream from the loop that reads it to the loop that shows it: paced, merged, and never more than fits.

A method belongs either here (the caller's loop) or there (the network's); each side calls the other by `call_soon_threadsafe` only. To
wake the other side costs as much as to show a word, so what was taken is only told when the other side waits for that: two values, each
written by one side and read by the other, are all that is shared.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress

from chatdesk.kernel.chat.stream_events import ReasoningDelta, StreamEvent, TextDelta
from chatdesk.network.event_batch import EventBatch

PACE_SECONDS = 0.033
"""Thirty batches a second look smooth; the first words are not held back."""
MOST_AT_ONCE = 2_000
"""Characters of a batch: laid out and painted they take about 8 ms. What comes faster comes in more batches, and nothing stutters."""
MOST_WAITING_BYTES = 256 * 1024
"""Beyond it nothing more is read until the reader has caught up; then the server's own sending stalls."""
_BATCHES_ON_THEIR_WAY = 2
_ALMOST = 0.005
"""Seconds before a batch is due at which it may go, rather than wake this thread once more."""


class EventRelay:
    """One per stream. `run` is to run there; `next_batch` is called here."""

    def __init__(
        self,
        here: asyncio.AbstractEventLoop,
        there: asyncio.AbstractEventLoop,
        factory: Callable[[], AsyncGenerator[StreamEvent, None]],
    ) -> None:
        self._here = here
        self._there = there
        self._factory = factory
        self._arrived: asyncio.Queue[tuple[StreamEvent, ...]] = asyncio.Queue()
        """Here only. An empty batch is the end."""
        self._batch = EventBatch()
        self._room = asyncio.Event()
        self._sent = 0
        """How many batches; there only."""
        self._taken = 0
        """How many of them; written here."""
        self._waits_for_room = False
        """Whether too many are on their way for another; written there."""
        self._next_due = 0.0
        self._timer: asyncio.Handle | None = None

    async def next_batch(self) -> tuple[StreamEvent, ...]:
        """Return the next batch; an empty one at the end (here)."""
        if not self._arrived.empty():
            await asyncio.sleep(0)  # what waits must not be taken in one go: between two batches the screen is painted
        batch = await self._arrived.get()
        self._taken += 1
        if self._waits_for_room:
            with suppress(RuntimeError):  # the other loop has ended
                self._there.call_soon_threadsafe(self._deliver_when_due)
        return batch

    async def run(self) -> None:
        """Read the stream to its end (there)."""
        try:
            async with aclosing(self._factory()) as events:
                async for event in events:
                    self._batch.add(event)
                    self._deliver_when_due()
                    while self._batch.weight > MOST_WAITING_BYTES:
                        self._room.clear()
                        await self._room.wait()
        finally:
            if self._timer:
                self._timer.cancel()
            while self._batch:
                self._send(self._batch.take(MOST_AT_ONCE))
            self._send(())

    def _deliver_when_due(self) -> None:
        if self._timer is not None or not self._batch:
            return
        # Said before the count is looked at: one that is taken between the two calls us once too often, not once too seldom.
        self._waits_for_room = True
        if self._sent - self._taken >= _BATCHES_ON_THEIR_WAY:
            return
        self._waits_for_room = False
        if self._there.time() >= self._next_due - _ALMOST:
            self._timer = self._there.call_soon(self._deliver)  # what has come in the same read goes with it
        else:
            self._timer = self._there.call_at(self._next_due, self._deliver)

    def _deliver(self) -> None:
        self._timer = None
        batch = self._batch.take(MOST_AT_ONCE)
        if not self._batch and any(isinstance(event, TextDelta | ReasoningDelta) for event in batch):
            self._next_due = self._there.time() + PACE_SECONDS
        self._send(batch)
        self._room.set()
        self._deliver_when_due()  # what is left: no more may come for long that would have it delivered

    def _send(self, batch: tuple[StreamEvent, ...]) -> None:
        self._sent += 1
        with suppress(RuntimeError):  # the loop here has ended: nobody reads any more
            self._here.call_soon_threadsafe(self._arrived.put_nowait, batch)
