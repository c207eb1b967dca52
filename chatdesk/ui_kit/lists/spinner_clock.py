"""Turns spinners that a delegate draws. A spinner that is a widget of its own is ui_kit/widgets/spinner.py."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from chatdesk.ui_kit.style.appearance import Appearance

_FRAME = 75
"""Milliseconds between two pictures: twelve to a turn. More of them would cost as much as the answer that streams meanwhile."""
_ALONG = 55
"""Milliseconds after which a picture may come early: with every second growth of an answer, which are 33 ms from each other."""


class SpinnerClock(QObject):
    """Ticks between `start` and `stop`, but not if the system asks for no motion: spinners stand still then."""

    ticked = Signal(float)
    """The angle in degrees."""

    def __init__(self, appearance: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._elapsed = QElapsedTimer()
        self._since_tick = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin, or go on."""
        if self._appearance.theme.duration("spinnerTurn") and not self._timer.isActive():
            self._elapsed.start()
            self._since_tick.start()
            self._timer.start()

    def stop(self) -> None:
        """End; nothing is spent any more."""
        self._timer.stop()

    def turn_along(self) -> None:
        """Tick now if it is about time, rather than soon: something is painted anyhow.

        To wake up for a tick, and paint for it alone, costs eight times as much as a tick beside an answer that has just grown.
        """
        if self._timer.isActive() and self._since_tick.elapsed() >= _ALONG:
            self._timer.start()
            self._tick()

    def _tick(self) -> None:
        self._since_tick.start()
        turn = self._appearance.theme.duration("spinnerTurn")
        if turn:
            self.ticked.emit(self._elapsed.elapsed() % turn / turn * 360)
        else:
            self.stop()
