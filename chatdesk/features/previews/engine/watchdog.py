"""Looks after a running page: whether it is alive, keeps within its memory, and leaves the computer to others.

It tells; ending the page is the stage's part. A page is not ended for being busy: a simulation on all processors is a fair thing to ask
for, the window stays alive beside it, and it rests while nobody sees it. But a person is told and can stop it.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

PING_MILLISECONDS = 1_000
UNRESPONSIVE_SECONDS = 5
HOPELESS_SECONDS = 10
_ASLEEP_SECONDS = 4
"""From one look to the next: so late it comes only when the computer slept, or our own window did; the page could not answer then."""
MOST_MEMORY = 1 << 30
"""Bytes that the page's process may hold, and that ours may grow by while the page runs: there Chromium keeps the textures."""
GREEDY_SHARE = 0.6
"""Of all processors; on a small machine more than one of them, which a game's own thread may take."""
GREEDY_LOOKS = 5
"""In a row, a second each."""


class Watchdog(QObject):
    """Asks the page for a sign of life each second. All of it rests while the page does."""

    unresponsive = Signal(bool)
    """True after 5 s without a sign; false when there was one again."""
    hopeless = Signal()
    """10 s without a sign."""
    memory_exceeded = Signal()
    greedy = Signal(bool)
    """True when it has taken most of the computer for 5 s; false when it has left it alone for as long."""

    def __init__(
        self,
        ping: Callable[[Callable[[object], None]], None],
        memory: Callable[[], int],
        processor_time: Callable[[], float],
        clock: Callable[[], float],
        processors: int,
        parent: QObject | None = None,
    ) -> None:
        """`ping` calls back once the page answered; `memory` is what it costs in bytes; `clock` and `processor_time` count seconds."""
        super().__init__(parent)
        self._ping = ping
        self._memory = memory
        self._processor_time = processor_time
        self._clock = clock
        self._most_processors = max(1.1, GREEDY_SHARE * processors)
        self._looked: tuple[float, float] | None = None
        self._greedy = False
        self._looks_to_change = GREEDY_LOOKS
        self._asked_at: float | None = None
        self._last_look: float | None = None
        self._unresponsive = False
        self._generation = 0
        self._timer = QTimer(self, interval=PING_MILLISECONDS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to look, as if the page had just answered."""
        self._generation += 1
        self._asked_at = None
        self._looked = None
        self._last_look = None
        self._tell(unresponsive=False)
        self._timer.start()

    def stop(self) -> None:
        """Look no more."""
        self._generation += 1
        self._timer.stop()

    def look(self) -> None:
        """Judge the page once and ask again if it has answered."""
        if self._memory() > MOST_MEMORY:
            self.stop()
            self.memory_exceeded.emit()
            return
        self._look_at_processors()
        now = self._clock()
        slept = self._last_look is not None and now - self._last_look > _ASLEEP_SECONDS
        self._last_look = now
        if slept and self._asked_at is not None:
            self._asked_at = now
        if self._asked_at is None:
            self._asked_at = now
            generation = self._generation
            self._ping(lambda _: self._answered(generation))
            return
        silence = now - self._asked_at
        if silence >= HOPELESS_SECONDS:
            self.stop()
            self.hopeless.emit()
        elif silence >= UNRESPONSIVE_SECONDS:
            self._tell(unresponsive=True)

    def _look_at_processors(self) -> None:
        """Change the mind about the page after as many looks in a row that say so."""
        before, now = self._looked, (self._clock(), self._processor_time())
        self._looked = now
        if before is None or now[0] <= before[0]:
            return
        greedy = (now[1] - before[1]) / (now[0] - before[0]) > self._most_processors
        self._looks_to_change = GREEDY_LOOKS if greedy is self._greedy else self._looks_to_change - 1
        if not self._looks_to_change:
            self._looks_to_change = GREEDY_LOOKS
            self._greedy = greedy
            self.greedy.emit(greedy)

    def _answered(self, generation: int) -> None:
        if generation == self._generation:
            self._asked_at = None
            self._tell(unresponsive=False)

    def _tell(self, *, unresponsive: bool) -> None:
        if unresponsive is not self._unresponsive:
            self._unresponsive = unresponsive
            self.unresponsive.emit(unresponsive)
