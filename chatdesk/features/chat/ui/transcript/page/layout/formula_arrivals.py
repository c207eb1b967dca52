"""When formulas that have been set are shown: several at a time, however fast they come."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_INTERVAL = 33
"""Milliseconds: a view is set again at most this often."""


class FormulaArrivals(QObject):
    """`show` sets anew what waited in view for formulas, with what is being read in its place; the rest is set on the way there."""

    def __init__(self, parent: QObject, show: Callable[[], None]) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_INTERVAL, singleShot=True)
        self._timer.timeout.connect(show)

    @property
    def pending(self) -> bool:
        """Whether some have come that are not shown yet."""
        return self._timer.isActive()

    def came(self) -> None:
        """Take note that a formula has been set."""
        if not self._timer.isActive():
            self._timer.start()
