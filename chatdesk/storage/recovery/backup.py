"""Backups of the database: created through SQLite and verified, never reducing the number of valid ones. The caller decides when."""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from chatdesk.kernel.errors.storage_errors import BackupNotSaved, DatabaseLocked, DatabaseUnavailable, DiskFull
from chatdesk.storage.database.background import Report, ignore_progress
from chatdesk.storage.database.inspection import check_pages
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.files.file_writing import create_private_file, force_to_disk, make_private_folder

RETAINED_COPIES = 7
"""Number of backups kept for each reason."""

_PAGES_AT_ONCE = 256
"""One megabyte: interval of progress reports and pauses."""

REST_SECONDS = 0.005
"""Pause between two steps of a backup made while chats are in use, for other threads and the disk."""

_STEPS_BEFORE_FORCING = 16
"""Forcing a large backup to disk at once would delay other writes by seconds."""

_COPY_SHARE = 0.8
"""Share of copying in the total progress; the rest is the check."""

_UNFINISHED = ".partial"
_REASON = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_NAME = r"chatdesk-(?P<number>\d{6,})-\d{8}-(?P<reason>[a-z0-9-]+)\.sqlite3"


def back_up(
    connection: sqlite3.Connection,
    folder: Path,
    reason: str,
    *,
    retained: int = RETAINED_COPIES,
    report: Report = ignore_progress,
    rest: Callable[[], object] = lambda: None,
    write_beside: Callable[[Path], object] = lambda _backup: None,
) -> Path:
    """Create a verified backup of the committed data and return it.

    Then the oldest ones with the same `reason` beyond `retained` are removed; at least one is kept. `reason` is part of the name, as in
    `daily`. Copying the files would miss data in the log, so SQLite creates the copy. Only a verified backup gets its final name, and only
    then is an older one removed. Raise `StorageError`; existing backups are kept then. If there is not twice the required disk space, no
    backup is started: `DiskFull`. `rest` is called between its steps. `write_beside` writes what belongs to the backup: it gets its path,
    and the backup appears there only afterwards. If it raises an exception, no backup is created.
    """
    if not re.fullmatch(_REASON, reason):
        raise ValueError(reason)
    if connection.in_transaction:
        raise ValueError("SQLite would wait for ever for this connection's own transaction")
    with _errors_of_backup(folder):
        make_private_folder(folder)
        remove_unfinished(folder)
        copies = finished_copies(folder)
        # Numbered, because after a clock change the newest backup must not look like the oldest.
        number = 1 + max((_number(copy) for copy in copies), default=0)
        final = folder / f"chatdesk-{number:06}-{datetime.now(UTC):%Y%m%d}-{reason}.sqlite3"
        unfinished = final.with_name(final.name + _UNFINISHED)
        try:
            _check_disk_space(connection, folder)
            copy_database(connection, unfinished, report, rest)
            write_beside(final)
            unfinished.replace(final)
        except BaseException:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise
        force_to_disk(folder)
        same_reason = [copy for copy in (*copies, final) if _reason(copy) == reason]
        for old in same_reason[: -max(retained, 1)]:
            old.unlink(missing_ok=True)
    return final


@contextmanager
def _errors_of_backup(folder: Path) -> Iterator[None]:
    """Raise errors of the folder of backups as such: they are not those of the database."""
    try:
        with storage_errors(folder):
            yield
    except DatabaseLocked:
        raise
    except DatabaseUnavailable as error:
        raise BackupNotSaved(path=str(folder), reason=error.reason) from error


def folder_of_copies(database: Path) -> Path:
    """Return the folder for the backups of a database, which is next to it."""
    return database.absolute().parent / "backups"


def finished_copies(folder: Path) -> tuple[Path, ...]:
    """Return the backups in `folder`, oldest first. Each was verified when it was created."""
    if not folder.is_dir():
        return ()
    return tuple(sorted((path for path in folder.iterdir() if re.fullmatch(_NAME, path.name)), key=_number))


def remove_unfinished(folder: Path) -> None:
    """Remove incomplete backups left by a crash."""
    if folder.is_dir():
        for path in folder.glob(f"chatdesk-*{_UNFINISHED}*"):
            path.unlink(missing_ok=True)


def copy_database(
    connection: sqlite3.Connection,
    path: Path,
    report: Report = ignore_progress,
    rest: Callable[[], object] = lambda: None,
) -> None:
    """Copy the committed data into the new file `path`, and check it. Raise `OSError`, `sqlite3.Error` or `DatabaseDamaged`.

    One state is read completely while others write: without a surrounding transaction, SQLite would start again after every write.
    """
    create_private_file(path)
    steps = count(1)

    def between_steps(_status: int, left: int, total: int) -> None:
        report(_COPY_SHARE * (total - left) / max(total, 1))
        if next(steps) % _STEPS_BEFORE_FORCING == 0:
            force_to_disk(path)
        rest()

    with closing(sqlite3.connect(path.absolute(), isolation_level=None)) as copy:
        connection.execute("BEGIN")
        try:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # takes the snapshot
            connection.backup(copy, pages=_PAGES_AT_ONCE, progress=between_steps)
        finally:
            connection.execute("COMMIT")
        copy.execute("PRAGMA journal_mode = DELETE")  # a single file, complete without a log
        check_pages(copy, path, lambda _: report(_COPY_SHARE))
    force_to_disk(path)


def _check_disk_space(connection: sqlite3.Connection, folder: Path) -> None:
    (pages,), (size,) = (connection.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size"))
    if shutil.disk_usage(folder).free < 2 * pages * size:
        raise DiskFull(path=str(folder))


def _number(path: Path) -> int:
    return int(_part(path, "number"))


def _reason(path: Path) -> str:
    return _part(path, "reason")


def _part(path: Path, name: str) -> str:
    match = re.fullmatch(_NAME, path.name)
    return match[name] if match else ""
