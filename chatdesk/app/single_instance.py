"""One window per person and data folder: a second start raises the first window, has it ask a quick question or open files, and ends.

The lock in the data folder is the truth (system/instance_lock.py); the local socket only carries the wish. It takes one of three fixed
words from processes of the same user, and with the last of them the paths of files, within bounds; everything else it ignores. What those
files hold is asked about as if a person had dropped them on the window.
"""

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket


class Wish(bytes, Enum):
    """What a second start wants of the program that runs. All words are of one length."""

    RAISE = b"raise\n"
    QUICK = b"quick\n"
    OPEN = b"files\n"
    """The paths follow, as a list in JSON on one line."""


LONGEST_LIST = 256 * 1024
"""Bytes."""
MOST_FILES = 100
_LENGTH = len(Wish.RAISE)
_PATIENCE_MILLISECONDS = 500
_PATIENCE_WITH_A_START = 5.0
"""Seconds."""
_AGAIN_SECONDS = 0.1
_MOST_CONNECTIONS = 8


def socket_name(data_folder: Path) -> str:
    """Return the socket's name for a data folder: two folders are two programs."""
    return "chatdesk-" + hashlib.sha256(str(data_folder).encode("utf-8", "surrogateescape")).hexdigest()[:24]


def opening(files: Sequence[Path]) -> bytes:
    """Return what asks for files to be opened, whole paths; no more of them than are taken."""
    return Wish.OPEN.value + json.dumps([str(file) for file in files[:MOST_FILES]]).encode("ascii") + b"\n"


def tell_running(name: str, wish: bytes) -> bool:
    """Tell the running program what is wanted. False if nothing answers there."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_PATIENCE_MILLISECONDS):
        return False
    socket.write(bytes(wish))
    delivered = True
    while delivered and socket.bytesToWrite():
        delivered = socket.waitForBytesWritten(_PATIENCE_MILLISECONDS)
    socket.disconnectFromServer()
    if socket.state() is not QLocalSocket.LocalSocketState.UnconnectedState:
        socket.waitForDisconnected(_PATIENCE_MILLISECONDS)
    return bool(delivered)


def tell_starting(name: str, wish: bytes, still_runs: Callable[[], bool]) -> bool:
    """Tell the running program what is wanted, and wait if it does not listen yet: it does once its window is there.

    False if it `still_runs` no longer, or is not heard of for long.
    """
    end = time.monotonic() + _PATIENCE_WITH_A_START
    while not (told := tell_running(name, wish)):
        if not still_runs() or time.monotonic() > end:
            break
        time.sleep(_AGAIN_SECONDS)
    return told


class SingleInstance(QObject):
    """Listens for second starts. Make one only while holding the lock: it takes over a socket that a crash left behind."""

    raise_requested = Signal()
    quick_requested = Signal()
    files_given = Signal(tuple)
    """Whole paths, of anything."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(_MOST_CONNECTIONS)
        self._server.newConnection.connect(self._accept)
        QLocalServer.removeServer(name)
        self._server.listen(name)

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _accept(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.setReadBufferSize(_LENGTH + LONGEST_LIST)
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)

    def _read(self, socket: QLocalSocket) -> None:
        wish = bytes(socket.peek(_LENGTH).data())
        if len(wish) < _LENGTH:
            return
        if wish == Wish.OPEN.value:
            told = bytes(socket.peek(_LENGTH + LONGEST_LIST).data())[_LENGTH:]
            if b"\n" not in told and len(told) < LONGEST_LIST:
                return  # the rest is on its way
            files = _paths_in(told)
            socket.abort()
            if files:
                self.files_given.emit(files)
            return
        socket.abort()
        if wish == Wish.RAISE.value:
            self.raise_requested.emit()
        elif wish == Wish.QUICK.value:
            self.quick_requested.emit()


def _paths_in(told: bytes) -> tuple[Path, ...]:
    """Return the paths of a list, whole ones only; none if it is not such a list."""
    line, end, _ = told.partition(b"\n")
    try:
        names = json.loads(line) if end else None
    except (ValueError, RecursionError):
        return ()
    if not isinstance(names, list) or len(names) > MOST_FILES:
        return ()
    paths = [Path(name) for name in names if isinstance(name, str) and "\0" not in name]
    return tuple(path for path in paths if path.is_absolute())
