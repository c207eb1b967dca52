"""Reads files that others chose or wrote: regular files only, never more than a limit, and never waiting for a pipe or a device."""

import errno
import os
import stat
from pathlib import Path

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class NotARegularFile(OSError):
    """The path leads to a folder, a pipe or a device."""

    def __init__(self) -> None:
        super().__init__(errno.EINVAL, "not a file")


class FileTooLarge(OSError):
    """The file is larger than what may be read of it."""

    def __init__(self) -> None:
        super().__init__(errno.EFBIG, os.strerror(errno.EFBIG))


def read_whole(path: Path, most: int) -> bytes:
    """Return the content of a regular file of at most `most` bytes.

    Raises `NotARegularFile`, `FileTooLarge` or another `OSError`, also for a path that no system accepts.
    """
    data = _read(path, most + 1, largest=most)
    if len(data) > most:  # it has grown, or does not know its own size
        raise FileTooLarge
    return data


def read_beginning(path: Path, most: int) -> bytes:
    """Return the first `most` bytes of a regular file. Raises `NotARegularFile` or another `OSError`, as `read_whole` does."""
    return _read(path, most)


def beginning_as_text(path: Path, most: int) -> str:
    """Return the first `most` bytes of a regular file as UTF-8 text; empty if they cannot be read."""
    try:
        return _read(path, most).decode("utf-8", "replace")
    except OSError:
        return ""


def _read(path: Path, most: int, largest: int | None = None) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # checked before: opening some devices has an effect
            raise NotARegularFile
        with open(os.open(path, _FLAGS), "rb") as file:  # noqa: PTH123 - of a descriptor
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):  # something else took its place
                raise NotARegularFile
            if largest is not None and status.st_size > largest:
                raise FileTooLarge
            return file.read(most)
    except ValueError as error:  # a name with a NUL in it
        raise OSError(errno.EINVAL, str(error)) from error
