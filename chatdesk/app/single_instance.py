"""Single instance per user and data folder: a second start passes its command to the running program, and ends.

The lock in the data folder is authoritative (system/instance_lock.py); the local socket only carries the command. It accepts one of three
fixed words from processes of the same user, the last of them followed by a limited list of file paths; everything else is ignored. The
user is asked about the files as if they had been dropped on the window. Both ends verify that the other one belongs to the same user
before they send or accept anything, and a command counts as delivered only once the running program has confirmed it.
"""

import json
import logging
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from chatdesk.system.local_peer import End, is_this_user

logger = logging.getLogger(__name__)


class InstanceCommand(bytes, Enum):
    """Commands of a second start to the running program. All words have the same length."""

    RAISE = b"raise\n"
    QUICK = b"quick\n"
    OPEN = b"files\n"
    """Followed by the paths as a JSON list on one line."""


class Delivery(Enum):
    """Result of sending a command."""

    ACCEPTED = auto()
    NO_PROGRAM = auto()
    """Nothing is listening, or the program ended before it accepted the command."""
    NO_ANSWER = auto()
    """A program of this user received the command but did not confirm it: it may be busy."""
    OTHER_USER = auto()
    """Another user is listening there. Nothing was sent."""


MAX_LIST_BYTES = 256 * 1024
"""Bytes."""
MAX_FILES = 100
CONFIRMED = b"ok\n"
_LENGTH = len(InstanceCommand.RAISE)
_ANSWER_TIMEOUT = 10.0
"""Time that a busy machine may need to show a window and accept a command."""
_CONNECTING_MILLISECONDS = 500
_STEP_MILLISECONDS = 20
"""Ctrl+C and other threads are handled in between."""
_RETRY_INTERVAL = 0.1
_MAX_CONNECTIONS = 8


def open_command(files: Sequence[Path]) -> bytes:
    """Return the command that opens files, with absolute paths, at most `MAX_FILES`."""
    return InstanceCommand.OPEN.value + json.dumps([str(file) for file in files[:MAX_FILES]]).encode("ascii") + b"\n"


def notify_running_instance(address: str, command: bytes, timeout: float = _ANSWER_TIMEOUT) -> Delivery:
    """Send a command to the running program, and wait at most `timeout` seconds for its confirmation."""
    end = time.monotonic() + timeout
    socket = QLocalSocket()
    socket.connectToServer(address)
    if not socket.waitForConnected(_CONNECTING_MILLISECONDS):
        return Delivery.NO_PROGRAM
    if not is_this_user(int(socket.socketDescriptor()), End.SERVER):
        socket.abort()
        return Delivery.OTHER_USER
    socket.write(bytes(command))
    while socket.bytesAvailable() < len(CONFIRMED) and time.monotonic() < end:
        if not socket.waitForReadyRead(_STEP_MILLISECONDS) and socket.state() is not _CONNECTED:
            break
    confirmed = bytes(socket.readAll().data()) == CONFIRMED
    ended = socket.state() is not _CONNECTED
    socket.abort()
    if confirmed:
        return Delivery.ACCEPTED
    return Delivery.NO_PROGRAM if ended else Delivery.NO_ANSWER


def notify_starting_instance(
    address: str, command: bytes, still_runs: Callable[[], bool], timeout: float = _ANSWER_TIMEOUT
) -> Delivery:
    """Send a command to the running program; if it is still starting, wait until it listens, which it does once its window exists.

    Returns `NO_PROGRAM` once `still_runs` returns False; `NO_ANSWER` if the program runs but does not answer in time.
    """
    end = time.monotonic() + timeout
    while (
        delivery := notify_running_instance(address, command, max(end - time.monotonic(), 0))
    ) is Delivery.NO_PROGRAM:
        if not still_runs():
            break
        if time.monotonic() > end:
            return Delivery.NO_ANSWER
        time.sleep(_RETRY_INTERVAL)
    return delivery


class SingleInstance(QObject):
    """Listens for second starts. Create it only while holding the lock: it replaces a socket that a crash left behind."""

    raise_requested = Signal()
    quick_requested = Signal()
    files_received = Signal(tuple)
    """Absolute paths of files of any kind."""

    def __init__(self, address: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(_MAX_CONNECTIONS)
        self._server.newConnection.connect(self._accept)
        try:
            with _exclusive_address(address):
                QLocalServer.removeServer(address)
                problem = "" if self._server.listen(address) else self._server.errorString()
        except OSError as error:
            problem = str(error)
        if problem:
            logger.warning("A second start cannot reach this one: %s", problem)

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _accept(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            if not is_this_user(int(socket.socketDescriptor()), End.CLIENT):
                logger.warning("Another user of this computer tried to reach the window")
                socket.abort()
                continue
            socket.setReadBufferSize(_LENGTH + MAX_LIST_BYTES)
            socket.readyRead.connect(lambda socket=socket: self._read(socket))

    def _read(self, socket: QLocalSocket) -> None:
        if (
            not self._server.isListening()
        ):  # the program is ending: the second start detects this and continues on its own
            socket.abort()
            return
        command = bytes(socket.peek(_LENGTH).data())
        if len(command) < _LENGTH:
            return
        files: tuple[Path, ...] = ()
        if command == InstanceCommand.OPEN.value:
            content = bytes(socket.peek(_LENGTH + MAX_LIST_BYTES).data())[_LENGTH:]
            if b"\n" not in content and len(content) < MAX_LIST_BYTES:
                return  # incomplete: more will follow
            files = _paths_in(content)
        if not files and command not in {InstanceCommand.RAISE.value, InstanceCommand.QUICK.value}:
            socket.abort()
            return
        socket.readAll()
        socket.readyRead.disconnect()
        socket.write(CONFIRMED)
        socket.flush()
        socket.disconnectFromServer()
        if files:
            self.files_received.emit(files)
        elif command == InstanceCommand.RAISE.value:
            self.raise_requested.emit()
        else:
            self.quick_requested.emit()


_CONNECTED = QLocalSocket.LocalSocketState.ConnectedState


def _exclusive_address(address: str) -> AbstractContextManager[None]:
    """Ensure that nobody else listens at this address. Raises `OSError` if somebody does."""
    if sys.platform == "win32":
        from chatdesk.system.windows_user import first_to_use  # noqa: PLC0415 - only there

        return first_to_use(address)
    else:  # noqa: RET505 - on Windows, code after the return would be unreachable
        return nullcontext()  # the socket's folder belongs to this program alone


def _paths_in(content: bytes) -> tuple[Path, ...]:
    """Return the absolute paths of a list; empty if it is not a valid list."""
    line, end, _ = content.partition(b"\n")
    try:
        names = json.loads(line) if end else None
    except (ValueError, RecursionError):
        return ()
    if not isinstance(names, list) or len(names) > MAX_FILES:
        return ()
    paths = [Path(name) for name in names if isinstance(name, str) and "\0" not in name]
    return tuple(path for path in paths if path.is_absolute())
