"""How long a model thinks: from the first token of its reasoning to the first of its answer. Every stretch of it counts, none twice."""

from collections.abc import Callable

from chatdesk.kernel.chat.stream_events import ReasoningDelta, StreamEvent, TextDelta, TextTakenBack, TextWasReasoning


class ThinkingTime:
    """One per answer. `before` is what an earlier part of it took, in milliseconds; `now` is a clock in seconds."""

    def __init__(self, before: int, now: Callable[[], float]) -> None:
        self._milliseconds = before
        self._now = now
        self._since: float | None = None
        self._text_since: float | None = None

    @property
    def milliseconds(self) -> int:
        """What it has taken so far."""
        return self._milliseconds + self._running()

    def note(self, event: StreamEvent) -> None:
        """Take note of what came."""
        match event:
            case ReasoningDelta():
                self._since = self._now() if self._since is None else self._since
            case TextWasReasoning():  # it has thought since its first word
                self._since = self._text_since if self._since is None else self._since
                self.end()
            case TextDelta() | TextTakenBack():
                self.end()
                self._text_since = self._now() if self._text_since is None else self._text_since

    def end(self) -> None:
        """End a stretch, if it thinks."""
        self._milliseconds += self._running()
        self._since = None

    def _running(self) -> int:
        return 0 if self._since is None else round((self._now() - self._since) * 1000)
