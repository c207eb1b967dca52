"""All requests to end the program as one event to wait for: Quit, SIGTERM, SIGINT, and the end of the session.

Closing a window is reported by the window itself, since the program may continue without one.
"""

import asyncio
import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtGui import QGuiApplication, QSessionManager

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class QuitRequests(QObject):
    """Waits for requests to quit.

    An idle Qt loop runs in C++, so signals must wake it: Python writes a byte into a socket that Qt watches.
    """

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
        """Restore the previous signal handlers."""
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
