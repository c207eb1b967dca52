"""A limit of forty updates per second for a growing answer; text that arrives faster is parsed at once but laid out and painted together.

The longer an update takes, the less often it is done, so that most of the time is left for new text: fast servers
send whole pages at once.

Each batch is still handled in its own turn of the event loop, so nothing waits long. At the usual speed of servers
nothing is delayed.
"""

from collections.abc import Callable
from math import ceil
from time import perf_counter
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer

from chatdesk.kernel.chat.stream_events import StreamEvent, TextDelta

SHOWN_EVERY_MILLISECONDS = 25
"""Less than the 33 ms between two batches of an answer at reading speed."""
_REST = 10
"""The pause after an update, as a multiple of its duration. Painting happens in the pause and takes as long again."""

_LONGEST_REST = 100
_LONG = 500
"""Characters shown at once after a pause.

Parsing, layout and painting of more would block the event loop too long, so the rest is parsed after these have been
painted and input has been processed.
"""


class Growing(Protocol):
    """A view of growing answers: the transcript."""

    def grow(self, message_id: str, events: tuple[StreamEvent, ...]) -> None:
        """Show new events together with the text parsed before."""
        ...

    def read(self, message_id: str, text: TextDelta) -> bool:
        """Parse text without showing it; return False if that is not possible."""
        ...


class GrowthPacer(QObject):
    """Paces the updates of one transcript. `clock` returns seconds.

    Text that was only parsed is shown when the pause is over. At the usual speed of servers there is none, and no
    timer runs.
    """

    def __init__(self, transcript: Growing, parent: QObject, clock: Callable[[], float] = perf_counter) -> None:
        super().__init__(parent)
        self._transcript = transcript
        self._clock = clock
        self._rests_until = -1.0
        self._unshown = ""
        """The id of the answer with parsed text that is not shown yet."""
        self._rest_over = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._rest_over.timeout.connect(self._show)
        self._unread: tuple[str, str] | None = None
        """An answer's id and its text that is not even parsed yet."""
        self._read_on = QTimer(self, interval=0, singleShot=True)
        self._read_on.timeout.connect(self.catch_up)

    def grow(self, message_id: str, events: tuple[StreamEvent, ...]) -> None:
        """Process events of an answer; they are shown now or soon."""
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
        """Parse the deferred text. Must be called before the transcript changes an answer in any other way."""
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
