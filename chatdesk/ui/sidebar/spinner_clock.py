"""Turns spinners that a delegate draws. A spinner that is a widget of its own is ui/theme/spinner.py."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from chatdesk.ui.theme.appearance import Appearance

_FRAME = 75
"""Milliseconds between two pictures: twelve to a turn. More of them would cost as much as the answer that streams meanwhile."""


class SpinnerClock(QObject):
    """Ticks between `start` and `stop`, but not if the system asks for no motion: spinners stand still then."""

    ticked = Signal(float)
    """The angle in degrees."""

    def __init__(self, appearance: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._elapsed = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin, or go on."""
        if self._appearance.theme.duration("spinnerTurn") and not self._timer.isActive():
            self._elapsed.start()
            self._timer.start()

    def stop(self) -> None:
        """End; nothing is spent any more."""
        self._timer.stop()

    def _tick(self) -> None:
        turn = self._appearance.theme.duration("spinnerTurn")
        if turn:
            self.ticked.emit(self._elapsed.elapsed() % turn / turn * 360)
        else:
            self.stop()
