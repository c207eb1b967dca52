"""Long work split into slices of a few ms, so that the window stays responsive. It is a generator that may be paused after each `yield`."""

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal

_SLICE = 0.004
"""Duration of a slice in seconds."""


class SlicedWork(QObject):
    """Runs a generator in slices. The first slice runs immediately, so short work is done then. `progressed` follows each slice."""

    progressed = Signal()

    def __init__(self, parent: QObject, clock: Callable[[], float] = time.perf_counter) -> None:
        super().__init__(parent)
        self._clock = clock
        self._work: Iterator[None] | None = None
        self._next_slice = QTimer(self, interval=0, singleShot=True)
        self._next_slice.timeout.connect(self._continue)

    @property
    def active(self) -> bool:
        """Whether there is work left."""
        return self._work is not None

    def start(self, work: Iterator[None]) -> None:
        """Replace the current work and start."""
        self._work = work
        self._continue()

    def stop(self) -> None:
        """Stop the current work."""
        self._next_slice.stop()
        self._work = None

    def _continue(self) -> None:
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
