"""Looks after a running page: is it alive, and does it keep within its memory? It tells; ending the page is the stage's part."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

PING_MILLISECONDS = 1_000
UNRESPONSIVE_SECONDS = 5
HOPELESS_SECONDS = 10
MOST_MEMORY = 1 << 30
"""Bytes that the page's process may hold, and that ours may grow by while the page runs: there Chromium keeps the textures."""


class Watchdog(QObject):
    """Asks the page for a sign of life each second. All of it rests while the page does."""

    unresponsive = Signal(bool)
    """True after 5 s without a sign; false when there was one again."""
    hopeless = Signal()
    """10 s without a sign."""
    memory_exceeded = Signal()

    def __init__(
        self,
        ping: Callable[[Callable[[object], None]], None],
        memory: Callable[[], int],
        clock: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        """`ping` calls back once the page answered; `memory` is what the page costs in bytes; `clock` counts seconds."""
        super().__init__(parent)
        self._ping = ping
        self._memory = memory
        self._clock = clock
        self._asked_at: float | None = None
        self._unresponsive = False
        self._generation = 0
        self._timer = QTimer(self, interval=PING_MILLISECONDS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to look, as if the page had just answered."""
        self._generation += 1
        self._asked_at = None
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
        if self._asked_at is None:
            self._asked_at = self._clock()
            generation = self._generation
            self._ping(lambda _: self._answered(generation))
            return
        silence = self._clock() - self._asked_at
        if silence >= HOPELESS_SECONDS:
            self.stop()
            self.hopeless.emit()
        elif silence >= UNRESPONSIVE_SECONDS:
            self._tell(unresponsive=True)

    def _answered(self, generation: int) -> None:
        if generation == self._generation:
            self._asked_at = None
            self._tell(unresponsive=False)

    def _tell(self, *, unresponsive: bool) -> None:
        if unresponsive is not self._unresponsive:
            self._unresponsive = unresponsive
            self.unresponsive.emit(unresponsive)
