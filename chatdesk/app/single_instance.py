"""One window per person and data folder: a second start raises the first window and ends.

The lock in the data folder is the truth (system/instance_lock.py); the local socket only carries the wish to be raised. It takes one fixed
word of a few bytes from processes of the same user and ignores everything else.
"""

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

RAISE = b"raise\n"
_PATIENCE_MILLISECONDS = 500
_MOST_CONNECTIONS = 8


def socket_name(data_folder: Path) -> str:
    """Return the socket's name for a data folder: two folders are two programs."""
    return "chatdesk-" + hashlib.sha256(str(data_folder).encode("utf-8", "surrogateescape")).hexdigest()[:24]


def ask_to_raise(name: str) -> bool:
    """Ask the running program to show its window. False if nothing answers there."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_PATIENCE_MILLISECONDS):
        return False
    socket.write(RAISE)
    delivered = socket.waitForBytesWritten(_PATIENCE_MILLISECONDS)
    socket.disconnectFromServer()
    if socket.state() is not QLocalSocket.LocalSocketState.UnconnectedState:
        socket.waitForDisconnected(_PATIENCE_MILLISECONDS)
    return bool(delivered)


class SingleInstance(QObject):
    """Listens for second starts. Make one only while holding the lock: it takes over a socket that a crash left behind."""

    raise_requested = Signal()

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
            socket.setReadBufferSize(len(RAISE))
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)

    def _read(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() < len(RAISE):
            return
        wish = bytes(socket.read(len(RAISE)).data())
        socket.abort()
        if wish == RAISE:
            self.raise_requested.emit()
