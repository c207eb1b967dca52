"""Batched display of typeset formulas: several at a time, however fast they arrive."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_INTERVAL = 33
"""The minimum interval in milliseconds between two layout updates."""


class FormulaArrivals(QObject):
    """Calls `show` after formulas have arrived, to update the visible layouts that wait for them.

    Other layouts are updated when they are scrolled into view.
    """

    def __init__(self, parent: QObject, show: Callable[[], None]) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_INTERVAL, singleShot=True)
        self._timer.timeout.connect(show)

    @property
    def pending(self) -> bool:
        """Whether formulas have arrived that are not shown yet."""
        return self._timer.isActive()

    def formula_arrived(self) -> None:
        """Schedule an update for a new formula."""
        if not self._timer.isActive():
            self._timer.start()
