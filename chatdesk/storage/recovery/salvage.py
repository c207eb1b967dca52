"""Replacement of a damaged database with its readable remains: opens the sources, and puts the new file in place.

`salvage_rows.py` copies the rows.
"""

import sqlite3
from contextlib import ExitStack, closing, suppress
from pathlib import Path

from chatdesk.kernel.errors.storage_errors import DatabaseDamaged
from chatdesk.storage.database.background import Report, ignore_progress
from chatdesk.storage.database.connection import text_of
from chatdesk.storage.database.inspection import check_pages, reader
from chatdesk.storage.files.file_writing import force_to_disk
from chatdesk.storage.recovery.replacement import make_tables, put_in_place, replacement
from chatdesk.storage.recovery.salvage_rows import SalvagedRows

_SALVAGED = 0.95
"""Share of the progress when all rows are copied; the rest is the check."""

_HAS_NOTHING = """
    SELECT NOT EXISTS (SELECT 1 FROM messages)
        AND NOT EXISTS (SELECT 1 FROM conversations WHERE draft <> '' OR queued <> '')
"""


def salvage(path: Path, backup: Path | None, report: Report = ignore_progress) -> Path | None:
    """Replace `path` with its readable data, completed from `backup`. Return the new path of the damaged file.

    The damaged file is only read. Raise `StorageError`: `DatabaseDamaged`, without any change, if not a single message or draft was found.
    """
    with replacement(path) as new:
        salvage_into(new, path, backup, report)
    return put_in_place(new, path)


def salvage_into(new: Path, path: Path, backup: Path | None = None, report: Report = ignore_progress) -> None:
    """Write the readable data of `path`, completed from `backup`, into the new file `new`. Raise what `salvage` raises, and `OSError`."""
    make_tables(new)
    with ExitStack() as stack, closing(sqlite3.connect(new, isolation_level=None)) as target:
        views = (_open_tolerantly(stack, path, log=log) for log in (True, False))
        sources = [view for view in views if view]
        if backup:
            sources.append(stack.enter_context(reader(backup, log=False)))
            sources[-1].text_factory = text_of
        target.execute("PRAGMA synchronous = OFF")  # the whole file is forced to disk below
        target.execute("BEGIN")
        SalvagedRows(target, sources, lambda share: report(_SALVAGED * share)).gather()
        target.execute("COMMIT")
        check_pages(target, new, lambda _: report(_SALVAGED))
        (is_empty,) = target.execute(_HAS_NOTHING).fetchone()
    if is_empty:
        raise DatabaseDamaged(path=str(path), reason="nothing in it can be read")
    force_to_disk(new)


def _open_tolerantly(stack: ExitStack, path: Path, *, log: bool) -> sqlite3.Connection | None:
    """Return a reader that tolerates damaged text and truncated files; None if nothing can be read."""
    with suppress(sqlite3.Error):
        connection = stack.enter_context(reader(path, log=log))
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute(
            "PRAGMA writable_schema = ON"
        )  # otherwise, SQLite opens no file that is shorter than it should be
        connection.text_factory = text_of
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        return connection
    return None
