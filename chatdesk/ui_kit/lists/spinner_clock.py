"""A clock for spinners that are drawn by a delegate. The spinner widget is in ui_kit/widgets/spinner.py."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from chatdesk.ui_kit.style.appearance import Appearance

_FRAME = 75
"""Milliseconds between two frames: twelve per turn. More frames would cost as much as the answer that streams meanwhile."""
_EARLY = 55
"""Milliseconds after which a frame may be early: with every second update of an answer, which arrive every 33 ms."""


class SpinnerClock(QObject):
    """Ticks between `start` and `stop`, unless the system requests reduced motion; then spinners stand still."""

    ticked = Signal(float)
    """Angle in degrees."""

    def __init__(self, appearance: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._elapsed = QElapsedTimer()
        self._since_tick = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Start, or continue."""
        if self._appearance.theme.duration("spinnerTurn") and not self._timer.isActive():
            self._elapsed.start()
            self._since_tick.start()
            self._timer.start()

    def stop(self) -> None:
        """Stop, without any further cost."""
        self._timer.stop()

    def tick_if_due(self) -> None:
        """Tick now if the next tick is due soon, because something is painted anyway.

        Waking up and painting for a tick alone costs eight times as much as a tick during the update of an answer.
        """
        if self._timer.isActive() and self._since_tick.elapsed() >= _EARLY:
            self._timer.start()
            self._tick()

    def _tick(self) -> None:
        self._since_tick.start()
        turn = self._appearance.theme.duration("spinnerTurn")
        if turn:
            self.ticked.emit(self._elapsed.elapsed() % turn / turn * 360)
        else:
            self.stop()
