"""Python's search for reference cycles, kept on the GUI thread and away from the start.

Python looks for cycles in whatever thread happens to allocate. One that holds a widget would then be taken apart on the network's or the
database's thread, which Qt forbids. So the automatic search is off, and a timer here searches, by Python's own rule.
"""

import gc

from PySide6.QtCore import QObject, Qt, QTimer

_EVERY_MILLISECONDS = 1000


class Garbage(QObject):
    """Searches on the thread it was made on. What exists when it is made is taken to stay, and not looked through any more."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        timer = QTimer(self, interval=_EVERY_MILLISECONDS, timerType=Qt.TimerType.VeryCoarseTimer)
        timer.timeout.connect(self.look)
        timer.start()

    def look(self) -> None:
        """Search now what is due."""
        collect_due()

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
