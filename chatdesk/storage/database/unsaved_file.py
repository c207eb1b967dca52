"""The file of the database for unsaved text: the image of a database in memory, which is replaced as a whole.

SQLite waits for the disk seven times before the first text is in a new database file. On a busy disk that takes seconds, and a process
that is killed meanwhile leaves a file without tables. An image is there for the next start as soon as it is written under its temporary
name: only a power failure makes the waits after that necessary.
"""

import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

from chatdesk.kernel.errors.storage_errors import DatabaseDamaged, DatabaseNewer
from chatdesk.storage.database.inspection import inspect
from chatdesk.storage.database.migrator import NEWEST
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.files.file_writing import force_to_disk, replace_file, replacement_of
from chatdesk.storage.recovery.replacement import create_tables, set_aside
from chatdesk.storage.recovery.salvage import salvage_into

_LOG_SUFFIXES = ("-wal", "-shm", "-journal")
"""Of files that were written by earlier versions."""

_log = logging.getLogger(__name__)

Change = Callable[[sqlite3.Connection], object]


class UnsavedFile:
    """Writes the file. The methods block, and belong to one thread at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None

    def write(self, changes: Iterable[Change]) -> None:
        """Make the changes and replace the file. Raise `StorageError`; the changes are in the file after the next successful call then.

        A change with an unexpected error is logged and left out, because it must not lose the others.
        """
        with storage_errors(self._path):
            connection = self._open()
            for change in changes:
                _make(change, connection)
            replace_file(self._path, connection.serialize())

    def discard(self) -> None:
        """Remove the file and forget its content. Raise `StorageError`."""
        self.close()
        discard(self._path)

    def close(self) -> None:
        """Free the memory; the file stays. Nothing can be added to it after that: `write` would replace it."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            _remove_logs(self._path)  # SQLite would apply one that is left to the new file
            connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            create_tables(connection)
            connection.execute("PRAGMA foreign_keys = ON")
            self._connection = connection
        return self._connection


def prepare_to_read(path: Path) -> bool:
    """Give an image whose replacement was interrupted its name, or remove an incomplete one. Return whether there is a file now.

    Raise `StorageError`.
    """
    new = replacement_of(path)
    with storage_errors(path):
        if new.exists():
            if _is_complete(new):
                _remove_logs(path)
                force_to_disk(new)
                new.replace(path)
                force_to_disk(path.parent)
            else:
                new.unlink()
        if path.exists() and path.stat().st_size == 0 and not path.with_name(f"{path.name}-wal").exists():
            discard(path)  # an earlier version was killed before anything was in it
        return path.exists()


def discard(path: Path) -> None:
    """Remove the file, whose database must be closed. Raise `StorageError`."""
    with storage_errors(path):
        replacement_of(path).unlink(missing_ok=True)  # first: alone, it would be mistaken for the newest content
        _remove_logs(path)
        path.unlink(missing_ok=True)
    shutil.rmtree(folder_of_copies(path), ignore_errors=True)


def set_aside_unreadable(path: Path) -> None:
    """Rename an unreadable file and its log, so that they no longer block the name. Raise `StorageError`."""
    with storage_errors(path):
        set_aside(path)


def salvage_beside(path: Path) -> Path:
    """Write what can be read of a damaged file into a new one, and return that. Raise `StorageError`.

    `DatabaseDamaged` is raised if nothing can be read.
    """
    remains = remains_of(path)
    discard(remains)  # left by a salvage that was interrupted
    with storage_errors(path):
        salvage_into(remains, path)
    return remains


def remains_of(path: Path) -> Path:
    """Return the path of the new file of `salvage_beside`."""
    return path.with_name(f"{path.stem}-remains{path.suffix}")


def folder_of_copies(path: Path) -> Path:
    """Return the folder for backups of this file, which are created only by migrations. It is separate from the one of the chats."""
    return path.with_name(f"{path.name}.backups")


def _make(change: Change, connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN")
    try:
        change(connection)
        connection.execute("COMMIT")
    except Exception:  # noqa: BLE001 - see `write`
        _log.exception("Unsaved text could not be written because of an internal error")
        connection.execute("ROLLBACK")


def _is_complete(new: Path) -> bool:
    try:
        with storage_errors(new):
            inspect(new, expected=True, newest=NEWEST, suspect=True)
    except DatabaseDamaged:
        return False
    except DatabaseNewer:
        return True
    return True


def _remove_logs(path: Path) -> None:
    for suffix in _LOG_SUFFIXES:
        path.with_name(path.name + suffix).unlink(missing_ok=True)
