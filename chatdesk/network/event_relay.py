"""Hands the events of a stream from the loop that reads it to the loop that shows it: paced, merged, and never more than fits.

A method belongs either here (the caller's loop) or there (the network's); each side calls the other by `call_soon_threadsafe` only. To
wake the other side costs as much as to show a word, so what was taken is only told when the other side waits for that: two values, each
written by one side and read by the other, are all that is shared.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress

from chatdesk.kernel.chat.stream_events import (
    AnswerStageChanged,
    PictureArrived,
    ReasoningDelta,
    SourcesFound,
    StreamEvent,
    TextDelta,
    ToolCallDelta,
    UsageReported,
)

# Collects stream events for a moment, so that a screen is told thirty times a second and not three thousand
# times.

_COST_OF_AN_EVENT = 100
"""What an event weighs beside its text, roughly in bytes."""


class EventBatch:
    """Grows event by event; each costs the same, however long the batch is."""

    def __init__(self) -> None:
        self._events: list[StreamEvent] = []
        self._delta: type[TextDelta | ReasoningDelta] | None = None
        self._pieces: list[str] = []
        self._begun = 0
        """Characters of the first event that were taken already: to cut them off would copy the rest, megabytes, for each batch."""
        self.weight = 0
        """Roughly the bytes held."""

    def __bool__(self) -> bool:
        return bool(self._events or self._pieces)

    def add(self, event: StreamEvent) -> None:
        """Append an event. Neighbouring pieces of text become one; a newer stage or usage takes the place of the one before it."""
        match event:
            case TextDelta(text) | ReasoningDelta(text):
                if self._delta is not type(event):
                    self._close_delta()
                    self._delta = type(event)
                self._pieces.append(text)
                self.weight += len(text)
            case AnswerStageChanged() | UsageReported() if self._ends_with(type(event)):
                self._events[-1] = event
                return
            case _:
                self._close_delta()
                self._events.append(event)
                self.weight += _length(event)
        self.weight += _COST_OF_AN_EVENT

    def take(self, most: int) -> tuple[StreamEvent, ...]:
        """Return what was collected, up to `most` characters of text. The rest stays."""
        self._close_delta()
        taken: list[StreamEvent] = []
        room, begun = most, self._begun
        for index, event in enumerate(self._events):
            if isinstance(event, TextDelta | ReasoningDelta):
                if len(event.text) - begun > room:
                    taken += [type(event)(event.text[begun : begun + room])] if room else []
                    self._keep(self._events[index:], begun + room)
                    return tuple(taken)
                room -= len(event.text) - begun
                taken.append(type(event)(event.text[begun:]) if begun else event)
            else:
                taken.append(event)
            begun = 0
        self._keep([], 0)
        return tuple(taken)

    def _keep(self, events: list[StreamEvent], begun: int) -> None:
        self._events, self._begun = events, begun
        self.weight = sum(map(_length, events)) - begun + _COST_OF_AN_EVENT * len(events)

    def _ends_with(self, kind: type[StreamEvent]) -> bool:
        return not self._pieces and bool(self._events) and isinstance(self._events[-1], kind)

    def _close_delta(self) -> None:
        if self._delta is not None:
            before = self._events[-1] if self._events else None
            if isinstance(before, self._delta):  # what `take` left of such text
                self._events.pop()
                begun = 0 if self._events else self._begun
                self._pieces.insert(0, before.text[begun:])
                self._begun -= begun
            self._events.append(self._delta("".join(self._pieces)))
        self._delta = None
        self._pieces = []


def _length(event: StreamEvent) -> int:
    """Return how many characters an event holds, of those that may hold many."""
    match event:
        case TextDelta(text) | ReasoningDelta(text):
            return len(text)
        case ToolCallDelta(_, call_id, name, arguments):
            return len(call_id) + len(name) + len(arguments)
        case PictureArrived(source, name):
            return len(source) + len(name)
        case SourcesFound(sources):
            return sum(len(source.passage) + len(source.address) for source in sources)
        case _:
            return 0


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
