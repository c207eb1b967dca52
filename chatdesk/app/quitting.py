"""All the ways a program is told to end, as one event to wait for: Quit, SIGTERM, SIGINT, the end of the session.

Windows that close say so themselves: the program may go on without one.
"""

import asyncio
import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtGui import QGuiApplication, QSessionManager

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Quitting(QObject):
    """Qt sits in C++ while nothing happens, so a signal must wake it: Python writes a byte into a socket Qt watches."""

    def __init__(self, application: QGuiApplication) -> None:
        super().__init__()
        self.requested = asyncio.Event()
        application.commitDataRequest.connect(self._session_ends)
        self._woken, self._waker = socket.socketpair()
        self._woken.setblocking(False)
        self._waker.setblocking(False)
        self._wakeup_before = signal.set_wakeup_fd(self._waker.fileno(), warn_on_full_buffer=False)
        self._handlers_before = {number: signal.signal(number, self._on_signal) for number in _SIGNALS}
        self._notifier = QSocketNotifier(self._woken.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._drain)

    def close(self) -> None:
        """Give the signals back."""
        self._notifier.setEnabled(False)
        for number, handler in self._handlers_before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup_before)
        self._woken.close()
        self._waker.close()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.requested.set()

    def _drain(self) -> None:
        self._woken.recv(64)

    def _session_ends(self, _manager: QSessionManager) -> None:
        self.requested.set()
