"""Calls of the system that fail below chosen folders, in this process and its children: the n-th one, or all from the n-th one on.

`failing_calls.c` replaces the calls of the C library, so also those of SQLite and Qt fail. Only for Linux, with a C compiler.
"""

import errno
import mmap
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntFlag
from pathlib import Path

_VARIABLE = "FAILING_CALLS"
_ROOTS, _LENGTH, _NAME = 4, 512, 64
_LAYOUT = struct.Struct(f"=4i3q{_ROOTS * _LENGTH}s{_NAME}s")
_FAILED = struct.Struct("=2q")
_FAILED_AT = 24
"""Where the numbers of calls are in the structure."""
KILLED = -1
"""In place of an error: the process that makes the call is killed."""


class Calls(IntFlag):
    """Kinds of calls."""

    CREATE = 1
    WRITE = 2
    READ = 4
    REMOVE = 8


@dataclass(frozen=True)
class Fault:
    """What fails: which kinds of calls, with which error, once or from then on."""

    name: str
    error: int
    kinds: Calls
    is_lasting: bool = False


_SAVING = Calls.CREATE | Calls.WRITE
_ALL = _SAVING | Calls.READ | Calls.REMOVE
FULL = Fault("disk full", errno.ENOSPC, _SAVING, is_lasting=True)
FULL_ONCE = Fault("disk full for a moment", errno.ENOSPC, _SAVING)
READ_ONLY = Fault("becomes read-only", errno.EROFS, _SAVING | Calls.REMOVE, is_lasting=True)
NO_PERMISSION = Fault("permission is withdrawn", errno.EACCES, _ALL, is_lasting=True)
UNPLUGGED = Fault("unplugged", errno.EIO, _ALL, is_lasting=True)
SHARE_GONE = Fault("network share is gone", errno.ESTALE, _ALL, is_lasting=True)
ERROR_ONCE = Fault("one call fails", errno.EIO, _ALL)
FAULTS = (FULL, FULL_ONCE, READ_ONLY, NO_PERMISSION, UNPLUGGED, SHARE_GONE, ERROR_ONCE)


def is_possible() -> bool:
    """Whether this system has what is needed."""
    return sys.platform == "linux" and shutil.which("cc") is not None


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a process in which calls can fail. Compiles the library into `folder`."""
    library, control = folder / "failing_calls.so", folder / "control"
    source = Path(__file__).with_suffix(".c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    control.write_bytes(bytes(_LAYOUT.size))
    return {**os.environ, "LD_PRELOAD": str(library), _VARIABLE: str(control)}


class FailingCalls:
    """The calls that fail in this process, which was started with `environment`."""

    def __init__(self) -> None:
        with Path(os.environ[_VARIABLE]).open("r+b") as file:
            self._control = mmap.mmap(file.fileno(), _LAYOUT.size)

    @contextmanager
    def failing(self, fault: Fault, at: int, roots: Sequence[Path]) -> Iterator[None]:
        """Let the call with the number `at`, from 1, fail below these folders; 0 only counts."""
        paths = b"".join(os.fsencode(root).ljust(_LENGTH, b"\0") for root in roots).ljust(_ROOTS * _LENGTH, b"\0")
        at = at or sys.maxsize
        self._control[: _LAYOUT.size] = _LAYOUT.pack(
            1, fault.error, fault.is_lasting, fault.kinds, at, 0, 0, paths, b""
        )
        try:
            yield
        finally:
            self._control[:4] = bytes(4)

    @property
    def calls(self) -> int:
        """The number of calls since the last time."""
        return int(_FAILED.unpack_from(self._control, _FAILED_AT)[0])

    @property
    def failed(self) -> int:
        """The number of calls that failed."""
        return int(_FAILED.unpack_from(self._control, _FAILED_AT)[1])

    @property
    def first(self) -> str:
        """The name of the first call that failed."""
        return _LAYOUT.unpack(self._control[: _LAYOUT.size])[-1].rstrip(b"\0").decode()
