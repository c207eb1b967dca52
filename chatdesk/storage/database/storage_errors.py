"""Conversion of errors of sqlite3 and the file system into domain errors. An unexpected error is a bug and is not converted."""

import errno
import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from chatdesk.kernel.errors.storage_errors import (
    DatabaseDamaged,
    DatabaseLocked,
    DatabaseUnavailable,
    DiskFull,
    FileUnavailable,
    FolderInPlaceOfFile,
    FolderUnavailable,
    FullForChange,
    FullForDeletion,
    FullForNewChat,
    FullForNow,
    LockedForChange,
    LockedForDeletion,
    LockedForNewChat,
    LockedForNow,
    StorageError,
)

_log = logging.getLogger(__name__)

_PRIMARY_CODE = 0xFF
"""The primary result code is the lowest byte of SQLite's extended codes (sqlite.org/rescode.html)."""

_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_LOCKED = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_NO_SUCH = ("no such table", "no such column", "has no column named", "vtable constructor failed")
"""Messages of SQLite if the file lacks tables or columns of our statements; its error code for that is not specific."""
_UNAVAILABLE = frozenset(
    {
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOLFS,
    }
)
NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC})
"""Error numbers of a full disk, or of a user's share of it that is used up."""


@contextmanager
def storage_errors(
    path: Path, unavailable: type[DatabaseUnavailable | FileUnavailable] = DatabaseUnavailable
) -> Iterator[None]:
    """Convert errors of sqlite3 or the system into a `StorageError` about `path`.

    `unavailable` is the error for a `path` that can be neither read nor written.
    """
    try:
        yield
    except sqlite3.Error as error:
        translated = _from_sqlite(error, path)
        if translated is None:
            raise
        raise translated from error
    except OSError as error:
        if error.errno in NO_SPACE:
            raise DiskFull(path=str(path)) from error
        if error.errno == errno.EISDIR or (unavailable is FileUnavailable and _is_folder(path)):  # Windows: EACCES
            raise FolderInPlaceOfFile(path=str(path)) from error
        raise _unavailable(path, error.strerror or str(error), unavailable) from error


def nothing_changed() -> AbstractContextManager[None]:
    """Raise errors that say that nothing was changed."""
    return _reported_as(FullForChange, LockedForChange)


def saved_later() -> AbstractContextManager[None]:
    """Raise errors that say that a change is kept in memory and saved later."""
    return _reported_as(FullForNow, LockedForNow)


def no_chat_created() -> AbstractContextManager[None]:
    """Raise errors that say that a new chat was not created."""
    return _reported_as(FullForNewChat, LockedForNewChat)


def rest_not_deleted() -> AbstractContextManager[None]:
    """Raise errors that say that what is still listed was not deleted."""
    return _reported_as(FullForDeletion, LockedForDeletion)


@contextmanager
def _reported_as(full: type[DiskFull], locked: type[DatabaseLocked]) -> Iterator[None]:
    try:
        yield
    except DiskFull as error:
        raise full(path=error.path) from error
    except DatabaseLocked as error:
        raise locked(path=error.path, reason=error.reason) from error


@contextmanager
def damage_behind_errors(path: Path) -> Iterator[None]:
    """Treat every error in the block as damage of the file `path`, for code that runs at every start and is known to work."""
    try:
        yield
    except StorageError:
        raise
    except Exception as error:
        _log.exception("The database could not be read at the start")
        raise DatabaseDamaged(path=str(path), reason=f"{type(error).__name__}: {error}") from error


def _from_sqlite(error: sqlite3.Error, path: Path) -> StorageError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # raised by Python's own layer: a name in the file is not valid text, or there is a bug
        is_damage = isinstance(error, sqlite3.OperationalError)
        return DatabaseDamaged(path=str(path), reason=str(error)) if is_damage else None
    primary = code & _PRIMARY_CODE
    if primary == sqlite3.SQLITE_FULL:
        return DiskFull(path=str(path))
    if primary in _DAMAGED or any(text in str(error) for text in _NO_SUCH):
        if reason := _reading_error(path):  # the virtual table of the search reports a disk that is gone like this
            return DatabaseUnavailable(path=str(path), reason=reason)
        return DatabaseDamaged(path=str(path), reason=str(error))
    if primary in _LOCKED:
        return DatabaseLocked(path=str(path), reason=f"{error} ({error.sqlite_errorname})")
    if primary in _UNAVAILABLE:
        return _unavailable(path, f"{error} ({error.sqlite_errorname})")
    return None


def _reading_error(path: Path) -> str:
    """Return why a file that exists cannot be read at all; empty if it can, or does not exist."""
    from chatdesk.kernel.text.regular_file import open_regular  # noqa: PLC0415 - start-up time: rarely needed

    try:
        with open_regular(path) as file:
            file.read(1)
    except FileNotFoundError:
        return ""
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # the disk fails altogether
        return False


def _unavailable(
    path: Path, reason: str, kind: type[DatabaseUnavailable | FileUnavailable] = DatabaseUnavailable
) -> StorageError:
    """Return the error for an unusable folder or file: if the folder is unusable, the user has to check that one."""
    folder = next((each for each in path.absolute().parents if os.path.lexists(each)), path.absolute().parent)
    if os.access(folder, os.W_OK | os.X_OK) and _is_folder(folder):
        return kind(path=str(path), reason=reason)
    return FolderUnavailable(path=str(folder), reason=reason)
