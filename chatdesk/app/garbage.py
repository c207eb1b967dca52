"""Garbage collection of reference cycles on the GUI thread, after the start.

Python collects cycles on whatever thread happens to allocate. One that contains a widget would then be destroyed on the network or
database thread, which Qt forbids. Therefore automatic collection is disabled, and a timer collects by Python's own rules.
"""

import gc
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

_INTERVAL = 200
"""A collection takes longer the more objects were created: copying a long chat creates 100,000 per second, which took 15 ms at once."""
_IDLE_SECONDS = 0.02
"""Processor seconds between two timer events below which the thread counts as idle."""
_MAX_POSTPONED = 300
"""Number of collections of the young generation, over a minute, after which older ones are collected even if the thread is busy."""


class GarbageCollector(QObject):
    """Collects garbage on the thread it was created on. Objects that exist already are considered permanent, and excluded.

    `thread_time` returns the processor time of the thread in seconds.
    """

    def __init__(self, parent: QObject | None = None, thread_time: Callable[[], float] = time.thread_time) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._thread_time = thread_time
        self._before = thread_time()
        timer = QTimer(self, interval=_INTERVAL, timerType=Qt.TimerType.CoarseTimer)
        timer.timeout.connect(self.collect)
        timer.start()

    def collect(self) -> None:
        """Collect the young generation if due; when idle also older ones, which can take 60 ms."""
        before, self._before = self._before, self._thread_time()
        new_objects, collections, _ = gc.get_count()
        if self._before - before < _IDLE_SECONDS or collections > _MAX_POSTPONED:
            collect_due()
        elif new_objects > gc.get_threshold()[0]:
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
