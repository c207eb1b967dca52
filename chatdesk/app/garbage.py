"""Python's search for reference cycles, kept on the GUI thread and away from the start.

Python looks for cycles in whatever thread happens to allocate. One that holds a widget would then be taken apart on the network's or the
database's thread, which Qt forbids. So the automatic search is off, and a timer here searches, by Python's own rule.
"""

import gc
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

_EVERY_MILLISECONDS = 200
"""A search takes as long as much was made since the last: copying a long chat makes 100,000 objects a second, which took 15 ms at once."""
_CALM = 0.02
"""Seconds of the processor's time between two looks: with less, nobody waits for this thread."""
_MOST_PUT_OFF = 300
"""Searches among the young, a minute's and more, after which the older ones are searched though there is no calm."""


class GarbageCollector(QObject):
    """Searches on the thread it was made on. What exists when it is made is taken to stay, and not looked through any more.

    `spent` tells how much of the processor's time the thread has had, in seconds.
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
        """Search among what is young, if enough was made; also among what is older, which can take 60 ms, in calm."""
        before, self._before = self._before, self._spent()
        young, middle, _ = gc.get_count()
        if self._before - before < _CALM or middle > _MOST_PUT_OFF:
            collect_due()
        elif young > gc.get_threshold()[0]:
            gc.collect(0)

    def close(self) -> None:
        """Leave the search to Python again."""
        gc.unfreeze()
        gc.enable()


def collect_due() -> None:
    """Search the oldest generation that is due; it takes the younger ones with it."""
    due = [
        generation
        for generation, (count, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
        if count > limit > 0
    ]
    if due:
        gc.collect(due[-1])
