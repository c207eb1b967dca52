"""Another file in place of one that cannot be opened: from a copy, or new and empty. The old file always stays, under a dated name.

Reading what is left of a damaged file: `salvage.py`. Nothing here runs while the database is open. Everything raises `StorageError`.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from chatdesk.kernel.errors.storage_errors import DatabaseDamaged, DatabaseNewer
from chatdesk.kernel.recovery import BackupCopy
from chatdesk.storage.database.background import Report, ignore_progress
from chatdesk.storage.database.connection import text_of
from chatdesk.storage.database.inspection import check_pages, inspect, reader
from chatdesk.storage.database.migrator import NEWEST
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.database.stored_values import from_time
from chatdesk.storage.files.file_writing import create_private_file, force_to_disk, make_private_folder
from chatdesk.storage.recovery.backup import copy_database, finished_copies

_WITH_LOG = ("", "-wal", "-shm", "-journal")
"""What belongs to a database: without its log a file lacks its newest words."""


def newest_good_copy(folder: Path, report: Report = ignore_progress) -> BackupCopy | None:
    """Return the newest copy that can be opened, is whole and holds a chat."""
    return next(filter(None, (good_copy(path, report) for path in copies_newest_first(folder))), None)


def copies_newest_first(folder: Path) -> tuple[Path, ...]:
    """Return the copies there are, good or not."""
    with storage_errors(folder):
        return tuple(reversed(finished_copies(folder)))


def good_copy(path: Path, report: Report = ignore_progress) -> BackupCopy | None:
    """Return what is in a copy; None if it cannot be opened, is not whole or holds no chat."""
    with suppress(DatabaseDamaged, DatabaseNewer), storage_errors(path):
        inspect(path, expected=True, newest=NEWEST)
        with reader(path, log=False) as connection:
            check_pages(connection, path, report)
            if chats := _chats(connection):
                made_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                return BackupCopy(path, made_at, chats, *_newest(connection))
    return None


def count_chats(path: Path) -> int:
    """Return how many chats are not in the trash."""
    with storage_errors(path), reader(path) as connection:
        return _chats(connection)


def restore(copy: Path, path: Path, report: Report = ignore_progress) -> Path | None:
    """Put a copy in the place of `path`. Returns where that is now; a copy that is not whole changes nothing: `DatabaseDamaged`."""
    with replacement(path) as new:
        inspect(copy, expected=True, newest=NEWEST)
        with reader(copy, log=False) as connection:
            copy_database(connection, new, report)
    return put_in_place(new, path)


def start_empty(path: Path) -> Path | None:
    """Put a database without chats in the place of `path`. Returns where that is now."""
    with replacement(path) as new:
        make_tables(new)
    return put_in_place(new, path)


def make_tables(path: Path) -> None:
    """Make today's tables in the new file `path`. Raises `OSError` and `sqlite3.Error`."""
    from chatdesk.storage.migrations import MIGRATIONS  # noqa: PLC0415 - start-up time: seldom needed

    create_private_file(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        for migration in MIGRATIONS:
            migration(connection)
        connection.execute(f"PRAGMA user_version = {NEWEST}")
        connection.execute("COMMIT")
    force_to_disk(path)


def put_in_place(new: Path, path: Path) -> Path | None:
    """Give the finished file `new` the name `path`, after what is there went aside. Returns where that is now.

    A crash in between leaves no file of that name, and everything under another.
    """
    with storage_errors(path):
        to_daemon_thread = _set_aside(path)
        new.replace(path)
        force_to_disk(path.parent)
    return to_daemon_thread


@contextmanager
def replacement(path: Path) -> Iterator[Path]:
    """Give the name under which a file is made that is to take the place of `path`. Where that fails, no file is left."""
    new = path.with_name(f"{path.name}.new")
    files = [new.with_name(new.name + suffix) for suffix in _WITH_LOG]
    with storage_errors(path):
        make_private_folder(path.parent)
        for file in files:
            file.unlink(missing_ok=True)
        try:
            yield new
        except BaseException:
            for file in files:
                file.unlink(missing_ok=True)
            raise


def set_aside_files(path: Path) -> tuple[Path, ...]:
    """Return the databases that `path` once was, and that the user may still want something of."""
    return tuple(path.parent.glob(f"{path.stem}-set-aside-*{path.suffix}"))


def _set_aside(path: Path) -> Path | None:
    there = [suffix for suffix in _WITH_LOG if path.with_name(path.name + suffix).exists()]
    if not there:
        return None
    stem = f"{path.stem}-set-aside-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}"
    to_daemon_thread, number = path.with_name(stem + path.suffix), 1
    while any(to_daemon_thread.with_name(to_daemon_thread.name + suffix).exists() for suffix in _WITH_LOG):
        number += 1
        to_daemon_thread = path.with_name(f"{stem}-{number}{path.suffix}")
    for suffix in there:  # the file first: alone under its old name it would be opened without its log
        path.with_name(path.name + suffix).rename(to_daemon_thread.with_name(to_daemon_thread.name + suffix))
    return to_daemon_thread


def _newest(connection: sqlite3.Connection) -> tuple[str, datetime | None]:
    """Return title and time of the chat that was last spoken in."""
    connection.text_factory = text_of
    title, moment = connection.execute(
        "SELECT title, updated_at FROM conversations WHERE deleted_at IS NULL ORDER BY activity DESC LIMIT 1"
    ).fetchone()
    return title if isinstance(title, str) else "", from_time(str(moment)) if moment else None


def _chats(connection: sqlite3.Connection) -> int:
    (chats,) = connection.execute("SELECT count(*) FROM conversations WHERE deleted_at IS NULL").fetchone()
    return int(chats)
