"""Lock for one Chatdesk per data folder; the system releases it when its holder ends for any reason.

Only the lock counts. The content of the file names the holder for display; it can be outdated, from a process that has ended or from
another computer. app/ brings the window of the running program to the front.
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
"""Name of a Windows mutex that exists while the program runs. The uninstaller checks it (packaging/windows/chatdesk.iss)."""

if sys.platform == "win32":
    import msvcrt

    _LOCKED_BYTE = 1 << 30
    """Far behind the text, because locked bytes cannot be read on Windows."""

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _create_running_mutex() -> None:
        import ctypes  # noqa: PLC0415 - start-up time on other systems

        ctypes.windll.kernel32.CreateMutexW(None, False, RUNNING_NAME)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        # Not lockf: its lock is released as soon as any part of this process closes the file.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _create_running_mutex() -> None:
        """Do nothing: other systems can remove a running program."""


_HELD_ELSEWHERE = (BlockingIOError, PermissionError)
"""Raised by `_lock` if another process has the lock: the first on POSIX, the second on Windows."""


@dataclass(frozen=True, slots=True)
class LockHolder:
    """The process that last wrote the file."""

    process_id: int
    host: str


class InstanceLock:
    """Lock of one data folder. The file is never removed: otherwise, two processes could hold locks on two files of the same name."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Acquire the lock; return False if another process has it.

        Raises `FolderUnavailable` if the folder is not writable or its file system does not support locks.
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
        self._write_holder()
        _create_running_mutex()
        return True

    def release(self) -> None:
        """Release the lock if it is held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def holder(self) -> LockHolder | None:
        """Return the holder named in the file; None if the file cannot be read."""
        try:
            holder = json.loads(self._path.read_text(encoding="utf-8"))
            return LockHolder(int(holder["process_id"]), str(holder["host"]))
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None

    def _write_holder(self) -> None:
        """Write the holder to the file. Errors are ignored, since the content is only informative: a full disk must not prevent a start."""
        assert self._descriptor is not None  # noqa: S101 - called only while the lock is held
        text = json.dumps(asdict(LockHolder(os.getpid(), platform.node())))
        with suppress(OSError):
            os.ftruncate(self._descriptor, 0)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, text.encode())
