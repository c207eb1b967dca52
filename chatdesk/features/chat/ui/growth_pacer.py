"""Shows a growing answer forty times a second at most: text that comes faster is parsed as it comes, laid out and painted together.

What takes long to show is shown less often, so that most of the time is left for what still comes: pages at once from a server that is
faster than anybody reads.

Each batch still has a turn of the loop to itself, so nothing waits long. At the pace of a usual server nothing is held back.
"""

from collections.abc import Callable
from math import ceil
from time import perf_counter
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer

from chatdesk.kernel.chat.stream_events import StreamEvent, TextDelta

SHOWN_EVERY_MILLISECONDS = 25
"""Less than the 33 ms between two batches of an answer that is not too fast to read."""
_REST = 10
"""How many times as long as showing it took there is a rest. It is painted in that time, which takes as long again."""

_LONGEST_REST = 100
_LONG = 500
"""Characters that are shown at once, when there was a rest. To parse, lay out and paint more would take too long in one go: the others
are read when those were painted and keys and the mouse had their turn."""


class Growing(Protocol):
    """What shows answers: the transcript."""

    def grow(self, message_id: str, events: tuple[StreamEvent, ...]) -> None:
        """Show what arrived, and what was read."""
        ...

    def read(self, message_id: str, text: TextDelta) -> bool:
        """Take in text without showing it; False if that is not possible."""
        ...


class GrowthPacer(QObject):
    """One per transcript. `clock` gives seconds.

    What was only read is shown when the rest is over. At the pace of a usual server nothing is: then no timer runs.
    """

    def __init__(self, transcript: Growing, parent: QObject, clock: Callable[[], float] = perf_counter) -> None:
        super().__init__(parent)
        self._transcript = transcript
        self._clock = clock
        self._rests_until = -1.0
        self._unshown = ""
        """The answer of which something was read."""
        self._rest_over = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._rest_over.timeout.connect(self._show)
        self._unread: tuple[str, str] | None = None
        """An answer and what came of it that was not even read."""
        self._read_on = QTimer(self, interval=0, singleShot=True)
        self._read_on.timeout.connect(self.catch_up)

    def grow(self, message_id: str, events: tuple[StreamEvent, ...]) -> None:
        """Take in what arrived for an answer; it is shown now or soon."""
        self.catch_up()
        rests = self._clock() < self._rests_until
        match events:
            case (TextDelta() as text,) if rests and self._transcript.read(message_id, text):
                self._show_later(message_id)
            case (TextDelta(text),) if len(text) > _LONG:
                self._grow(message_id, (TextDelta(text[:_LONG]),))
                self._unread = (message_id, text[_LONG:])
                self._read_on.start()
            case _:
                self._grow(message_id, events)

    def catch_up(self) -> None:
        """Read what was left for later. Before the transcript is told of an answer by anybody else, it has to know all that came."""
        if self._unread is None:
            return
        (message_id, text), self._unread = self._unread, None
        self._read_on.stop()
        if self._transcript.read(message_id, TextDelta(text)):
            self._show_later(message_id)
        else:
            self._grow(message_id, (TextDelta(text),))

    def _show_later(self, message_id: str) -> None:
        self._unshown = message_id
        if not self._rest_over.isActive():
            self._rest_over.start(max(0, ceil((self._rests_until - self._clock()) * 1000)))

    def _show(self) -> None:
        self.catch_up()
        message_id, self._unshown = self._unshown, ""
        if message_id:
            self._grow(message_id, ())

    def _grow(self, message_id: str, events: tuple[StreamEvent, ...]) -> None:
        if message_id == self._unshown:
            self._unshown = ""
            self._rest_over.stop()
        began = self._clock()
        self._transcript.grow(message_id, events)
        ended = self._clock()
        rest = max(SHOWN_EVERY_MILLISECONDS, min(_LONGEST_REST, _REST * (ended - began) * 1000))
        self._rests_until = ended + rest / 1000
