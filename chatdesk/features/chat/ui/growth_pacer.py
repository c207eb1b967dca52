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

MIN_PAUSE_MILLISECONDS = 25
"""Less than the 33 ms between two batches of an answer at reading speed."""
_PAUSE_FACTOR = 10
"""The pause after an update, as a multiple of its duration. Painting happens in the pause and takes as long again."""

_MAX_PAUSE = 100
_MAX_CHARACTERS = 500
"""Characters shown at once after a pause.

Parsing, layout and painting of more would block the event loop too long, so the rest is parsed after these have been
painted and input has been processed.
"""


class GrowingView(Protocol):
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

    def __init__(self, transcript: GrowingView, parent: QObject, clock: Callable[[], float] = perf_counter) -> None:
        super().__init__(parent)
        self._transcript = transcript
        self._clock = clock
        self._paused_until = -1.0
        self._unshown = ""
        """The id of the answer with parsed text that is not shown yet."""
        self._pause_timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._pause_timer.timeout.connect(self._show)
        self._unparsed: tuple[str, str] | None = None
        """An answer's id and its text that is not even parsed yet."""
        self._parse_timer = QTimer(self, interval=0, singleShot=True)
        self._parse_timer.timeout.connect(self.catch_up)

    def grow(self, message_id: str, events: tuple[StreamEvent, ...]) -> None:
        """Process events of an answer; they are shown now or soon."""
        self.catch_up()
        is_paused = self._clock() < self._paused_until
        match events:
            case (TextDelta() as text,) if is_paused and self._transcript.read(message_id, text):
                self._show_later(message_id)
            case (TextDelta(text),) if len(text) > _MAX_CHARACTERS:
                self._grow(message_id, (TextDelta(text[:_MAX_CHARACTERS]),))
                self._unparsed = (message_id, text[_MAX_CHARACTERS:])
                self._parse_timer.start()
            case _:
                self._grow(message_id, events)

    def catch_up(self) -> None:
        """Parse the deferred text. Must be called before the transcript changes an answer in any other way."""
        if self._unparsed is None:
            return
        (message_id, text), self._unparsed = self._unparsed, None
        self._parse_timer.stop()
        if self._transcript.read(message_id, TextDelta(text)):
            self._show_later(message_id)
        else:
            self._grow(message_id, (TextDelta(text),))

    def _show_later(self, message_id: str) -> None:
        self._unshown = message_id
        if not self._pause_timer.isActive():
            self._pause_timer.start(max(0, ceil((self._paused_until - self._clock()) * 1000)))

    def _show(self) -> None:
        self.catch_up()
        message_id, self._unshown = self._unshown, ""
        if message_id:
            self._grow(message_id, ())

    def _grow(self, message_id: str, events: tuple[StreamEvent, ...]) -> None:
        if message_id == self._unshown:
            self._unshown = ""
            self._pause_timer.stop()
        started_at = self._clock()
        self._transcript.grow(message_id, events)
        ended = self._clock()
        pause = max(MIN_PAUSE_MILLISECONDS, min(_MAX_PAUSE, _PAUSE_FACTOR * (ended - started_at) * 1000))
        self._paused_until = ended + pause / 1000
