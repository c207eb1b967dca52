"""Errors of temporary files, worded as such: a full cache folder is neither a fault of the chats nor of the folder of the user."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from chatdesk.kernel.errors.backup_errors import TemporaryFilesFailed, TemporaryFilesFull
from chatdesk.kernel.errors.storage_errors import (
    DatabaseLocked,
    DatabaseMissing,
    DatabaseUnavailable,
    DiskFull,
    FileUnavailable,
    FolderInPlaceOfFile,
    FolderUnavailable,
    StorageError,
)
from chatdesk.storage.database.storage_errors import NO_SPACE

_OF_SYSTEM = (DatabaseMissing, DatabaseUnavailable, DiskFull, FileUnavailable, FolderInPlaceOfFile, FolderUnavailable)
_FULL_BYTES = 1024 * 1024
"""With less free space, SQLite reports some errors of a full disk as others."""


@contextmanager
def temporary_file_errors(scratch: Path, shown: Path | None = None) -> Iterator[None]:
    """Raise errors about files below `scratch` as `TemporaryFilesFailed` or `TemporaryFilesFull`, and name the folder `shown` to the user.

    `shown` is the folder that contains `scratch` by default. Of errors of the system, those without a file are included.
    """
    folder = shown or scratch.parent
    try:
        yield
    except StorageError as error:
        is_ours = bool(error.path) and Path(error.path).is_relative_to(scratch)
        if not (is_ours and isinstance(error, _OF_SYSTEM)) or isinstance(error, DatabaseLocked):
            raise
        reason = str(getattr(error, "reason", ""))
        raise _failure(folder, reason, is_full=isinstance(error, DiskFull)) from error
    except OSError as error:
        is_other = error.filename is not None and not Path(str(error.filename)).is_relative_to(scratch)
        if error.errno is None or is_other:  # a `FileNotFoundError` of the interface of remote folders has no number
            raise
        raise _failure(folder, error.strerror or "", is_full=error.errno in NO_SPACE) from error


def _failure(folder: Path, reason: str, *, is_full: bool) -> TemporaryFilesFailed:
    with suppress(OSError):
        is_full = is_full or shutil.disk_usage(folder).free < _FULL_BYTES
    return (TemporaryFilesFull if is_full else TemporaryFilesFailed)(path=str(folder), reason=reason)
