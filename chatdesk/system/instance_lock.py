"""One Chatdesk a data folder: a lock the system itself takes back when its holder ends, however it ends.

Only the lock counts. What stands in the file says who holds it, for people; it may be old, of a process long gone or of another machine.
Raising the other window is in app/.
"""

import json
import os
import platform
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from chatdesk.kernel.errors.storage_errors import FolderUnavailable
from chatdesk.kernel.fast_dataclass import dataclass

RUNNING_NAME = "Chatdesk-is-running"
"""Windows' name for a thing that is there while the program runs. Its uninstaller asks for it (packaging/windows/chatdesk.iss)."""

if sys.platform == "win32":
    import msvcrt

    _LOCKED_BYTE = 1 << 30
    """Far behind the text: Windows lets nobody read bytes that are locked."""

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _announce() -> None:
        import ctypes  # noqa: PLC0415 - start-up time of other systems

        ctypes.windll.kernel32.CreateMutexW(None, False, RUNNING_NAME)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        # Not lockf: its lock is lost as soon as any part of this process closes the file.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _announce() -> None:
        """Do nothing: a running program can be removed on other systems."""


_HELD_ELSEWHERE = (BlockingIOError, PermissionError)
"""What `_lock` raises: the first on POSIX, the second on Windows."""


@dataclass(frozen=True, slots=True)
class LockHolder:
    """Who wrote the file last."""

    process_id: int
    host: str


class InstanceLock:
    """The lock of one data folder. The file stays for good: removing it would let two processes hold two files of one name."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Take the lock and return True, or False if another process has it.

        Raises `FolderUnavailable` where the folder cannot be written or its file system has no locks.
        """
        if self._descriptor is not None:
            return True
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise FolderUnavailable(path=str(self._path.parent), reason=error.strerror or str(error)) from error
        try:
            _lock(descriptor)
        except _HELD_ELSEWHERE:
            os.close(descriptor)
            return False
        except OSError as error:
            os.close(descriptor)
            raise FolderUnavailable(path=str(self._path.parent), reason=error.strerror or str(error)) from error
        self._descriptor = descriptor
        self._sign()
        _announce()
        return True

    def release(self) -> None:
        """Give the lock back, if it is held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def holder(self) -> LockHolder | None:
        """Return who signed the file, as far as it can be read."""
        try:
            holder = json.loads(self._path.read_text(encoding="utf-8"))
            return LockHolder(int(holder["process_id"]), str(holder["host"]))
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None

    def _sign(self) -> None:
        """Write who we are. A full disk must not keep the program from starting: it is only a note."""
        assert self._descriptor is not None  # noqa: S101 - called with the lock held
        text = json.dumps(asdict(LockHolder(os.getpid(), platform.node())))
        with suppress(OSError):
            os.ftruncate(self._descriptor, 0)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, text.encode())
