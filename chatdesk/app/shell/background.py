"""The program without its window, at work: waits for the end of it, or gives up after half an hour in which nothing came."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from chatdesk.kernel.running_work import RunningWork

SILENCE_SECONDS = 30 * 60.0
_SETTLING = 1500
"""Milliseconds without work after which it is over: the next download of a queue begins a moment after the last."""
_LOOKING = 10_000
"""Milliseconds between looks for silence."""


class Background(QObject):
    """Made when the window closes; `end` it when the window comes back, or the program ends."""

    done = Signal()
    fell_silent = Signal()

    def __init__(self, work: RunningWork, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._settled = QTimer(self, interval=_SETTLING, singleShot=True)
        self._settled.timeout.connect(self._settle)
        self._look = QTimer(self, interval=_LOOKING)
        self._look.timeout.connect(self.look)
        self._look.start()
        self._end_listening = work.changes.subscribe(lambda _change: self._follow())
        self._follow()

    def look(self) -> None:
        """Give up if nothing has come for too long."""
        if self._work.silent_seconds > SILENCE_SECONDS:
            self.fell_silent.emit()

    def end(self) -> None:
        """Wait no longer."""
        self._end_listening()
        self._settled.stop()
        self._look.stop()
        self.deleteLater()

    def _follow(self) -> None:
        if self._work.jobs():
            self._settled.stop()
        else:
            self._settled.start()

    def _settle(self) -> None:
        """Be done, unless another window is open: somebody is asking a quick question."""
        if any(window.isVisible() for window in QApplication.topLevelWidgets()):
            self._settled.start()
        else:
            self.done.emit()
