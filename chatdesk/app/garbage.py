"""Garbage collection of reference cycles on the GUI thread, after the start.

Python collects cycles on whatever thread happens to allocate. One that contains a widget would then be destroyed on the network or
database thread, which Qt forbids. Therefore automatic collection is disabled, and a timer collects by Python's own rules.
"""

import gc
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

_EVERY_MILLISECONDS = 200
"""A collection takes longer the more objects were created: copying a long chat creates 100,000 per second, which took 15 ms at once."""
_CALM = 0.02
"""Processor seconds between two timer events below which the thread counts as idle."""
_MOST_PUT_OFF = 300
"""Number of collections of the young generation, over a minute, after which older ones are collected even if the thread is busy."""


class GarbageCollector(QObject):
    """Collects garbage on the thread it was created on. Objects that exist already are considered permanent, and excluded.

    `spent` returns the processor time of the thread in seconds.
    """

    def __init__(self, parent: QObject | None = None, spent: Callable[[], float] = time.thread_time) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._spent = spent
        self._before = spent()
        timer = QTimer(self, interval=_EVERY_MILLISECONDS, timerType=Qt.TimerType.CoarseTimer)
        timer.timeout.connect(self.look)
        timer.start()

    def look(self) -> None:
        """Collect the young generation if due; when idle also older ones, which can take 60 ms."""
        before, self._before = self._before, self._spent()
        young, middle, _ = gc.get_count()
        if self._before - before < _CALM or middle > _MOST_PUT_OFF:
            collect_due()
        elif young > gc.get_threshold()[0]:
            gc.collect(0)

    def close(self) -> None:
        """Enable Python's automatic collection again."""
        gc.unfreeze()
        gc.enable()


def collect_due() -> None:
    """Collect the oldest generation that is due; this includes the younger ones."""
    due = [
        generation
        for generation, (count, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
        if count > limit > 0
    ]
    if due:
        gc.collect(due[-1])
