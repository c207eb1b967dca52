"""Says when a new day has begun, so that "Today" does not grow old while the window stays open."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Qt, QTimer, Signal

_LOOK = 60_000
"""Milliseconds between two looks at the calendar: a timer set for midnight would miss it in a machine that sleeps."""


class DayClock(QObject):
    """`today` answers in the machine's own time zone."""

    day_changed = Signal()

    def __init__(self, today: Callable[[], date], parent: QObject) -> None:
        super().__init__(parent)
        self._today = today
        self._day = today()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self.look)
        self._timer.start(_LOOK)

    def look(self) -> None:
        """Look at the calendar now."""
        if self._today() != self._day:
            self._day = self._today()
            self.day_changed.emit()
