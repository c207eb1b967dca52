"""Copies of the database: made through SQLite, verified, and never fewer good ones than before. When they are made is not decided here."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from chatdesk.storage.inspection import check_pages
from chatdesk.storage.private_files import create_private_file, force_to_disk, make_private_folder
from chatdesk.storage.storage_errors import storage_errors

_KEPT = 7
"""How many copies of one reason stay."""

_UNFINISHED = ".partial"
_REASON = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAME = re.compile(r"chatdesk-(?P<number>\d{6,})-\d{8}-(?P<reason>[a-z0-9-]+)\.sqlite3")


def back_up(connection: sqlite3.Connection, folder: Path, reason: str, *, kept: int = _KEPT) -> Path:
    """Return a verified copy of what is committed; then remove the oldest of the same `reason` beyond `kept` (at least one stays).

    `reason` is part of the name, as in `daily`. Copying files would miss what is still in the log, so SQLite copies. Only a copy
    that passed its check gets its name, and only then an older one goes. Raises `StorageError`; what was there before stays.
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
            _copy(connection, unfinished)
            unfinished.replace(final)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        force_to_disk(folder)
        same_reason = [copy for copy in (*copies, final) if _reason(copy) == reason]
        for old in same_reason[: -max(kept, 1)]:
            old.unlink(missing_ok=True)
    return final


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


def _copy(connection: sqlite3.Connection, path: Path) -> None:
    create_private_file(path)
    with closing(sqlite3.connect(path.absolute(), isolation_level=None)) as copy:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, complete without a log beside it
        check_pages(copy, path)
    force_to_disk(path)


def _number(path: Path) -> int:
    return int(_part(path, "number"))


def _reason(path: Path) -> str:
    return _part(path, "reason")


def _part(path: Path, name: str) -> str:
    match = _NAME.fullmatch(path.name)
    return match[name] if match else ""
