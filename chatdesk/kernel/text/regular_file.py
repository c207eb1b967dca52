"""Safe reading of files that others chose or wrote: regular files only, up to a size limit, and without waiting for a pipe or device."""

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class NotARegularFile(OSError):
    """The path is a folder, a pipe or a device."""

    def __init__(self) -> None:
        super().__init__(errno.EINVAL, "not a file")


class FileTooLarge(OSError):
    """The file exceeds the size limit."""

    def __init__(self) -> None:
        super().__init__(errno.EFBIG, os.strerror(errno.EFBIG))


def read_whole(path: Path, most: int) -> bytes:
    """Return the content of a regular file of at most `most` bytes.

    Raise `NotARegularFile`, `FileTooLarge` or another `OSError`, also for a path that no system accepts.
    """
    data = _read(path, most + 1, largest=most)
    if len(data) > most:  # it has grown, or its reported size is wrong
        raise FileTooLarge
    return data


def read_beginning(path: Path, most: int) -> bytes:
    """Return the first `most` bytes of a regular file. Raise `NotARegularFile` or another `OSError`, like `read_whole`."""
    return _read(path, most)


def beginning_as_text(path: Path, most: int) -> str:
    """Return the first `most` bytes of a regular file as UTF-8 text; empty if they cannot be read."""
    try:
        return _read(path, most).decode("utf-8", "replace")
    except OSError:
        return ""


def open_regular(path: Path) -> BufferedReader:
    """Open a regular file for reading. Raise `NotARegularFile` or another `OSError`, also for a path that no system accepts."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # checked first: opening some devices has side effects
            raise NotARegularFile
        file = open(os.open(path, _FLAGS), "rb")  # noqa: PTH123, SIM115 - opens a descriptor, which the caller closes
    except ValueError as error:  # a name that contains NUL
        raise OSError(errno.EINVAL, str(error)) from error
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # it was replaced in the meantime
        file.close()
        raise NotARegularFile
    return file


def _read(path: Path, most: int, largest: int | None = None) -> bytes:
    with open_regular(path) as file:
        if largest is not None and os.fstat(file.fileno()).st_size > largest:
            raise FileTooLarge
        return file.read(most)
