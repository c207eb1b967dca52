"""Collects stream events for a moment, so that a screen is told thirty times a second and not three thousand times."""

from chatdesk.kernel.chat.stream_events import (
    PictureArrived,
    ReasoningDelta,
    SourcesFound,
    StageChanged,
    StreamEvent,
    TextDelta,
    ToolCallDelta,
    UsageReported,
)

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
            case StageChanged() | UsageReported() if self._ends_with(type(event)):
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
