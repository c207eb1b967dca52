"""Transfer of stream events from the loop that reads them to the loop that shows them: paced, merged, and with a limit.

A method belongs either to the consumer's loop ("here") or to the network's ("there"); each side calls the other only with
`call_soon_threadsafe`. Waking the other side costs as much as showing a word, so the consumer reports what it read only if the other side
is waiting for that: the only shared state are two values, each written by one side and read by the other.
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

# Batching of stream events, so that the screen is updated thirty times a second instead of three thousand times.

_COST_OF_AN_EVENT = 100
"""Cost of an event in addition to its text, roughly in bytes."""


class EventBatch:
    """A batch of events. Adding an event has a constant cost."""

    def __init__(self) -> None:
        self._events: list[StreamEvent] = []
        self._delta: type[TextDelta | ReasoningDelta] | None = None
        self._texts: list[str] = []
        self._first_offset = 0
        """Number of characters of the first event that were already read. Cutting them off would copy the rest, megabytes, each time."""
        self.weight = 0
        """Approximate size in bytes."""

    def __bool__(self) -> bool:
        return bool(self._events or self._texts)

    def add(self, event: StreamEvent) -> None:
        """Add an event. Adjacent chunks of text are merged; a newer stage or usage replaces the previous one."""
        match event:
            case TextDelta(text) | ReasoningDelta(text):
                if self._delta is not type(event):
                    self._close_delta()
                    self._delta = type(event)
                self._texts.append(text)
                self.weight += len(text)
            case AnswerStageChanged() | UsageReported() if self._ends_with(type(event)):
                self._events[-1] = event
                return
            case _:
                self._close_delta()
                self._events.append(event)
                self.weight += _length(event)
        self.weight += _COST_OF_AN_EVENT

    def pop(self, most: int) -> tuple[StreamEvent, ...]:
        """Remove and return events with up to `most` characters of text."""
        self._close_delta()
        popped: list[StreamEvent] = []
        remaining, offset = most, self._first_offset
        for index, event in enumerate(self._events):
            if isinstance(event, TextDelta | ReasoningDelta):
                if len(event.text) - offset > remaining:
                    popped += [type(event)(event.text[offset : offset + remaining])] if remaining else []
                    self._set_rest(self._events[index:], offset + remaining)
                    return tuple(popped)
                remaining -= len(event.text) - offset
                popped.append(type(event)(event.text[offset:]) if offset else event)
            else:
                popped.append(event)
            offset = 0
        self._set_rest([], 0)
        return tuple(popped)

    def _set_rest(self, events: list[StreamEvent], offset: int) -> None:
        self._events, self._first_offset = events, offset
        self.weight = sum(map(_length, events)) - offset + _COST_OF_AN_EVENT * len(events)

    def _ends_with(self, kind: type[StreamEvent]) -> bool:
        return not self._texts and bool(self._events) and isinstance(self._events[-1], kind)

    def _close_delta(self) -> None:
        if self._delta is not None:
            before = self._events[-1] if self._events else None
            if isinstance(before, self._delta):  # the rest of a text split by `pop`
                self._events.pop()
                offset = 0 if self._events else self._first_offset
                self._texts.insert(0, before.text[offset:])
                self._first_offset -= offset
            self._events.append(self._delta("".join(self._texts)))
        self._delta = None
        self._texts = []


def _length(event: StreamEvent) -> int:
    """Return the number of characters in an event of a type that may be large."""
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
"""Thirty batches per second look smooth; the first text is not delayed."""
MAX_BATCH_LENGTH = 2_000
"""Maximum characters of a batch: laying out and painting them takes about 8 ms.

More text is split into several batches, so that nothing stutters.
"""
MAX_PENDING_BYTES = 256 * 1024
"""Above this size, reading stops until the consumer has caught up; then the server's sending stalls as well."""
_MAX_PENDING_BATCHES = 2
_EARLY_SECONDS = 0.005
"""A batch may be sent this many seconds early to avoid waking the thread again."""


class EventRelay:
    """Transfers one stream. `run` must run on the network's loop; `next_batch` is called on the consumer's."""

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
        """Used only here. An empty batch marks the end."""
        self._batch = EventBatch()
        self._has_space = asyncio.Event()
        self._sent = 0
        """Number of sent batches; used only there."""
        self._popped = 0
        """Number of read batches; written here."""
        self._waits_for_consumer = False
        """Whether sending is paused because too many batches are pending; written there."""
        self._next_due = 0.0
        self._timer: asyncio.Handle | None = None

    async def next_batch(self) -> tuple[StreamEvent, ...]:
        """Return the next batch; an empty one at the end (here)."""
        if not self._arrived.empty():
            await asyncio.sleep(0)  # let the screen be painted between two batches
        batch = await self._arrived.get()
        self._popped += 1
        if self._waits_for_consumer:
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
                    while self._batch.weight > MAX_PENDING_BYTES:
                        self._has_space.clear()
                        await self._has_space.wait()
        finally:
            if self._timer:
                self._timer.cancel()
            while self._batch:
                self._send(self._batch.pop(MAX_BATCH_LENGTH))
            self._send(())

    def _deliver_when_due(self) -> None:
        if self._timer is not None or not self._batch:
            return
        # Set before the count is read: a batch taken in between then causes one call too many instead of one too few.
        self._waits_for_consumer = True
        if self._sent - self._popped >= _MAX_PENDING_BATCHES:
            return
        self._waits_for_consumer = False
        if self._there.time() >= self._next_due - _EARLY_SECONDS:
            self._timer = self._there.call_soon(self._deliver)  # includes everything that arrived in the same read
        else:
            self._timer = self._there.call_at(self._next_due, self._deliver)

    def _deliver(self) -> None:
        self._timer = None
        batch = self._batch.pop(MAX_BATCH_LENGTH)
        if not self._batch and any(isinstance(event, TextDelta | ReasoningDelta) for event in batch):
            self._next_due = self._there.time() + PACE_SECONDS
        self._send(batch)
        self._has_space.set()
        self._deliver_when_due()  # send the rest, because the next event may take long

    def _send(self, batch: tuple[StreamEvent, ...]) -> None:
        self._sent += 1
        with suppress(RuntimeError):  # the consumer's loop has ended
            self._here.call_soon_threadsafe(self._arrived.put_nowait, batch)
