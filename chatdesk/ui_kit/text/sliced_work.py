"""Work in slices of a few ms, so that nothing waits for it. It is a generator: after each `yield` there may be a pause."""

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal

_SLICE = 0.004
"""Seconds of work before others have their turn."""


class SlicedWork(QObject):
    """The first slice is done at once: what is short is done then. `progressed` comes after each slice."""

    progressed = Signal()

    def __init__(self, parent: QObject, clock: Callable[[], float] = time.perf_counter) -> None:
        super().__init__(parent)
        self._clock = clock
        self._work: Iterator[None] | None = None
        self._next_slice = QTimer(self, interval=0, singleShot=True)
        self._next_slice.timeout.connect(self._go_on)

    @property
    def active(self) -> bool:
        """Whether there is still something to do."""
        return self._work is not None

    def start(self, work: Iterator[None]) -> None:
        """Do other work from now on."""
        self._work = work
        self._go_on()

    def stop(self) -> None:
        """Leave the work where it is."""
        self._next_slice.stop()
        self._work = None

    def _go_on(self) -> None:
        if self._work is None:
            return
        end = self._clock() + _SLICE
        for _ in self._work:
            if self._clock() > end:
                self._next_slice.start()
                break
        else:
            self._work = None
        self.progressed.emit()
