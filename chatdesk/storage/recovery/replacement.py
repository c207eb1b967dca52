"""Replacement of a database that cannot be opened: with a backup, or with an empty one. The old file is always kept under a dated name.

`salvage.py` reads the remains of a damaged file. Nothing here may run while the database is open. All functions raise `StorageError`.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from chatdesk.kernel.errors.storage_errors import DatabaseDamaged, DatabaseLocked, DatabaseNewer
from chatdesk.kernel.recovery import BackupCopy
from chatdesk.storage.database.background import Report, ignore_progress
from chatdesk.storage.database.connection import open_connection, text_of
from chatdesk.storage.database.inspection import check_pages, inspect, reader
from chatdesk.storage.database.migrator import NEWEST
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.database.stored_values import from_time
from chatdesk.storage.files.file_writing import create_private_file, force_to_disk, make_private_folder
from chatdesk.storage.recovery.backup import copy_database, finished_copies

_WITH_LOG = ("", "-wal", "-shm", "-journal")
"""Suffixes of the files that belong to a database: without its log, a file lacks the newest data."""


def newest_good_copy(folder: Path, report: Report = ignore_progress) -> BackupCopy | None:
    """Return the newest backup that can be opened, is intact and contains a chat."""
    return next(filter(None, (good_copy(path, report) for path in copies_newest_first(folder))), None)


def copies_newest_first(folder: Path) -> tuple[Path, ...]:
    """Return all backups, valid or not."""
    with storage_errors(folder):
        return tuple(reversed(finished_copies(folder)))


def good_copy(path: Path, report: Report = ignore_progress) -> BackupCopy | None:
    """Return the content of a backup; None if it cannot be opened, is damaged or contains no chat."""
    with suppress(DatabaseDamaged, DatabaseNewer):
        return checked_copy(path, report)
    return None


def checked_copy(path: Path, report: Report = ignore_progress) -> BackupCopy | None:
    """Return the content of a backup; None if it contains no chat. Raise `DatabaseDamaged`, `DatabaseNewer` or another `StorageError`."""
    with storage_errors(path):
        inspect(path, expected=True, newest=NEWEST)
        with reader(path, log=False) as connection:
            check_pages(connection, path, report)
            return _content(connection, path)


def content_of(path: Path) -> BackupCopy | None:
    """Return the content of a backup that has just been checked; None if it contains no chat. Raise `StorageError`."""
    with storage_errors(path), reader(path, log=False) as connection:
        return _content(connection, path)


def _content(connection: sqlite3.Connection, path: Path) -> BackupCopy | None:
    chats = _chats(connection)
    if not chats:
        return None
    return BackupCopy(path, datetime.fromtimestamp(path.stat().st_mtime, UTC), chats, *_newest(connection))


def count_chats(path: Path) -> int:
    """Return the number of chats that are not in the trash."""
    with storage_errors(path), reader(path) as connection:
        return _chats(connection)


def restore(copy: Path, path: Path, report: Report = ignore_progress) -> Path | None:
    """Replace `path` with a backup. Return the new path of the old file. A damaged backup raises `DatabaseDamaged` without any change."""
    with replacement(path) as new:
        inspect(copy, expected=True, newest=NEWEST)
        with reader(copy, log=False) as connection:
            copy_database(connection, new, report)
    return put_in_place(new, path)


def replace_with(copy: Path, path: Path, report: Report = ignore_progress) -> Path:
    """Replace an intact, closed database with the database `copy`, and return the new path of the old one.

    At any moment, also after a crash, `path` is one of the two, complete. Raise `DatabaseDamaged` if the copy is damaged, `DatabaseLocked`
    if another program has the database open, or another `StorageError`, without any change.
    """
    with replacement(path) as new:
        inspect(copy, expected=True, newest=NEWEST)
        with reader(copy) as connection:
            copy_database(connection, new, report)
        _remove_log(path)
        former = _free_name(path)
        try:
            os.link(path, former)
        except OSError:  # a file system without hard links
            unfinished = former.with_name(former.name + ".new")
            create_private_file(unfinished)
            shutil.copyfile(path, unfinished)
            force_to_disk(unfinished)
            unfinished.rename(former)
        try:
            new.replace(path)
        except OSError:
            with suppress(OSError):  # the next start removes it
                former.unlink()  # a second name of a file that stays in use
            raise
        with suppress(OSError):  # it is in place; after a power failure, it may be the old one again
            force_to_disk(path.parent)
    return former


def _remove_log(path: Path) -> None:
    """Merge the log of a closed database into it, and remove the log, which would be mistaken for that of the new file.

    Raise `DatabaseLocked` if another program has the database open: it would write its changes into the log of the new file.
    """
    with closing(open_connection(path)) as old:
        (mode,) = old.execute("PRAGMA journal_mode = DELETE").fetchone()
    if mode != "delete":
        raise DatabaseLocked(path=str(path), reason=f"journal mode is {mode}")
    force_to_disk(path)


def complete_interrupted(path: Path) -> None:
    """Complete or undo a replacement of the closed database `path` that a crash has interrupted. Raise `OSError`.

    Between the two renames of `put_in_place`, no file has the name; the new one is complete then. Before the rename of `replace_with`, the
    old file has a second name, under which changes to it would appear.
    """
    new = path.with_name(f"{path.name}.new")
    if path.exists():
        for former in set_aside_files(path):
            if former.samefile(path):
                former.unlink()
    elif new.exists() and set_aside_files(path) and not any(map(Path.exists, _with_log(new)[1:])):
        with suppress(DatabaseDamaged, DatabaseNewer), storage_errors(new):
            inspect(new, expected=True, newest=NEWEST, suspect=True)
            new.replace(path)
            force_to_disk(path.parent)


def start_empty(path: Path) -> Path | None:
    """Replace `path` with a database without chats. Return the new path of the old file."""
    with replacement(path) as new:
        make_tables(new)
    return put_in_place(new, path)


def make_tables(path: Path) -> None:
    """Create the current tables in the new file `path`. Raise `OSError` or `sqlite3.Error`."""
    create_private_file(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        create_tables(connection)
    force_to_disk(path)


def create_tables(connection: sqlite3.Connection) -> None:
    """Create the current tables in an empty database. Raise `sqlite3.Error`."""
    from chatdesk.storage.migrations import MIGRATIONS  # noqa: PLC0415 - start-up time: rarely needed

    connection.execute("BEGIN")
    for migration in MIGRATIONS:
        migration(connection)
    connection.execute(f"PRAGMA user_version = {NEWEST}")
    connection.execute("COMMIT")


def put_in_place(new: Path, path: Path) -> Path | None:
    """Rename the old file, then give the finished file `new` its name. Return the new path of the old file.

    A crash in between leaves no file of that name, but all files under other names.
    """
    with storage_errors(path):
        renamed = set_aside(path)
        new.replace(path)
        force_to_disk(path.parent)
    return renamed


@contextmanager
def replacement(path: Path) -> Iterator[Path]:
    """Yield the temporary name of a file that is to replace `path`. If the block fails, the file is removed."""
    new = path.with_name(f"{path.name}.new")
    files = _with_log(new)
    with storage_errors(path):
        make_private_folder(path.parent)
        for file in files:
            file.unlink(missing_ok=True)
        try:
            yield new
        except BaseException:
            with suppress(OSError):  # the next start removes them
                for file in files:
                    file.unlink(missing_ok=True)
            raise


def set_aside_files(path: Path) -> tuple[Path, ...]:
    """Return the replaced databases of `path`, which may still contain something the user needs."""
    return tuple(path.parent.glob(f"{path.stem}-set-aside-*{path.suffix}"))


def set_aside(path: Path) -> Path | None:
    """Rename a database and its log. Return its new path; None if there is none. Raise `OSError`."""
    existing = [suffix for suffix in _WITH_LOG if path.with_name(path.name + suffix).exists()]
    if not existing:
        return None
    renamed = _free_name(path)
    for suffix in existing:  # the main file first: alone under its old name, it would be opened without its log
        path.with_name(path.name + suffix).rename(renamed.with_name(renamed.name + suffix))
    return renamed


def _with_log(path: Path) -> list[Path]:
    """Return the database, then the files that may belong to it."""
    return [path.with_name(path.name + suffix) for suffix in _WITH_LOG]


def _free_name(path: Path) -> Path:
    """Return a name for the database `path` that is set aside."""
    stem = f"{path.stem}-set-aside-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}"
    name, number = path.with_name(stem + path.suffix), 1
    while any(map(Path.exists, _with_log(name))):
        number += 1
        name = path.with_name(f"{stem}-{number}{path.suffix}")
    return name


def _newest(connection: sqlite3.Connection) -> tuple[str, datetime | None]:
    """Return title and time of the chat with the newest message."""
    connection.text_factory = text_of
    title, moment = connection.execute(
        "SELECT title, updated_at FROM conversations WHERE deleted_at IS NULL ORDER BY activity DESC LIMIT 1"
    ).fetchone()
    return title if isinstance(title, str) else "", from_time(str(moment)) if moment else None


def _chats(connection: sqlite3.Connection) -> int:
    (chats,) = connection.execute("SELECT count(*) FROM conversations WHERE deleted_at IS NULL").fetchone()
    return int(chats)
