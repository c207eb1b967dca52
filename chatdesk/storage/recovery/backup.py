"""Copies of the database: made through SQLite, verified, and never fewer good ones than before. When they are made is not decided here."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from chatdesk.kernel.errors.storage_errors import DiskFull
from chatdesk.storage.database.background import Report, ignore_progress
from chatdesk.storage.database.inspection import check_pages
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.files.file_writing import create_private_file, force_to_disk, make_private_folder

COPIES_KEPT = 7
"""How many copies of one reason stay."""

_PAGES_AT_ONCE = 256
"""A megabyte: so often a copy tells how far it is, and rests."""

REST_SECONDS = 0.005
"""Between two steps of a copy that is made beside the chats: other threads, and the disk, do something else."""

_STEPS_BEFORE_FORCING = 16
"""All of a large copy forced to the disk at once would let what else is written wait for seconds."""

_COPYING = 0.8
"""The share of the work that copying is; the rest is the check."""

_UNFINISHED = ".partial"
_REASON = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAME = re.compile(r"chatdesk-(?P<number>\d{6,})-\d{8}-(?P<reason>[a-z0-9-]+)\.sqlite3")


def back_up(
    connection: sqlite3.Connection,
    folder: Path,
    reason: str,
    *,
    kept: int = COPIES_KEPT,
    report: Report = ignore_progress,
    rest: Callable[[], object] = lambda: None,
) -> Path:
    """Return a verified copy of what is committed; then remove the oldest of the same `reason` beyond `kept` (at least one stays).

    `reason` is part of the name, as in `daily`. Copying files would miss what is still in the log, so SQLite copies. Only a copy
    that passed its check gets its name, and only then an older one goes. Raises `StorageError`; what was there before stays. Where
    the disk has no room for the copy and as much again, none is begun: `DiskFull`. `rest` is called between its steps.
    """
    if not _REASON.fullmatch(reason):
        raise ValueError(reason)
    if connection.in_transaction:
        raise ValueError("SQLite would wait for ever for this connection's own transaction")
    with storage_errors(folder):
        make_private_folder(folder)
        remove_unfinished(folder)
        copies = finished_copies(folder)
        # Numbered, as a clock set back must not make the newest copy look like the oldest.
        number = 1 + max((_number(copy) for copy in copies), default=0)
        final = folder / f"chatdesk-{number:06}-{datetime.now(UTC):%Y%m%d}-{reason}.sqlite3"
        unfinished = final.with_name(final.name + _UNFINISHED)
        try:
            _refuse_without_room(connection, folder)
            copy_database(connection, unfinished, report, rest)
            unfinished.replace(final)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        force_to_disk(folder)
        same_reason = [copy for copy in (*copies, final) if _reason(copy) == reason]
        for old in same_reason[: -max(kept, 1)]:
            old.unlink(missing_ok=True)
    return final


def folder_of_copies(database: Path) -> Path:
    """Return where the copies of a database are kept: in a folder beside it."""
    return database.absolute().parent / "backups"


def finished_copies(folder: Path) -> tuple[Path, ...]:
    """Return the copies in `folder`, oldest first. Each was verified when it was made."""
    if not folder.is_dir():
        return ()
    return tuple(sorted((path for path in folder.iterdir() if _NAME.fullmatch(path.name)), key=_number))


def remove_unfinished(folder: Path) -> None:
    """Remove what a crash in the middle of a copy left behind."""
    if folder.is_dir():
        for path in folder.glob(f"chatdesk-*{_UNFINISHED}*"):
            path.unlink(missing_ok=True)


def copy_database(
    connection: sqlite3.Connection,
    path: Path,
    report: Report = ignore_progress,
    rest: Callable[[], object] = lambda: None,
) -> None:
    """Fill the new file `path` with what is committed, and check it. Raises `OSError`, `sqlite3.Error` and `DatabaseDamaged`.

    One state is read to its end while others write: without a transaction around it, SQLite would begin again after every write.
    """
    create_private_file(path)
    steps = count(1)

    def between_steps(_status: int, left: int, total: int) -> None:
        report(_COPYING * (total - left) / max(total, 1))
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
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, complete without a log beside it
        check_pages(copy, path, lambda _: report(_COPYING))
    force_to_disk(path)


def _refuse_without_room(connection: sqlite3.Connection, folder: Path) -> None:
    (pages,), (size,) = (connection.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size"))
    if shutil.disk_usage(folder).free < 2 * pages * size:
        raise DiskFull(path=str(folder))


def _number(path: Path) -> int:
    return int(_part(path, "number"))


def _reason(path: Path) -> str:
    return _part(path, "reason")


def _part(path: Path, name: str) -> str:
    match = _NAME.fullmatch(path.name)
    return match[name] if match else ""
