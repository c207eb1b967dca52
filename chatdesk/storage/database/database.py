"""The database: one connection on one thread, and its interface for the event loop. Queries are in the repositories."""

import asyncio
import logging
import os
import sqlite3
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

from chatdesk.kernel.errors.storage_errors import DatabaseReplaced, DatabaseUnavailable, StorageError
from chatdesk.storage.database.background import Report, ignore_progress, run_in_background
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.inspection import check_pages, inspect, reader
from chatdesk.storage.database.migrator import NEWEST, bring_up_to_date
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.files.file_writing import create_private_file, make_private, make_private_folder
from chatdesk.storage.recovery.backup import (
    REST_SECONDS,
    RETAINED_COPIES,
    back_up,
    copy_database,
    finished_copies,
    folder_of_copies,
    remove_unfinished,
)

_log = logging.getLogger(__name__)

_REBUILD_PAUSE = 0.02
"""Seconds between two steps, so that the window has the processor when it needs it."""

_Identity = tuple[int, int]
"""The device and the inode of a file, to detect that it was replaced."""

Result = TypeVar("Result")
Row = TypeVar("Row")


class Database:
    """Runs functions on the database's own thread, one after another, each in a transaction.

    All methods belong to the event loop. All raise a `StorageError`: `DiskFull`, `DatabaseUnavailable`, `DatabaseDamaged`; `open` also
    `DatabaseNewer`, `DatabaseMissing` and `FolderUnavailable`.
    """

    def __init__(self, path: Path, backups: Path | None = None) -> None:
        """`path` is the database file; backups are written to the folder `backups`, by default next to it."""
        self.path = path.absolute()
        self.backups = backups or folder_of_copies(self.path)
        self._thread: ThreadPoolExecutor | None = None
        self._connection: sqlite3.Connection | None = None
        self._identity: _Identity | None = None
        self._log_identity: _Identity | None = None
        self._batches = 0
        self._has_damaged_text = False
        self._on_damaged_text: Callable[[], object] | None = None

    async def open(self, *, expected: bool, suspect: bool = False, on_progress: Report = ignore_progress) -> None:
        """Open the file and migrate it if needed, after a backup; a `suspect` file is checked first.

        A new one is created only if none is `expected` and there is no valid backup; otherwise `DatabaseMissing` is raised. A rejected file
        is left completely unchanged, and opening can be retried. `on_progress` is called on the loop with the progress of a migration.
        """
        loop = asyncio.get_running_loop()

        def report(share: float) -> None:
            loop.call_soon_threadsafe(on_progress, share)

        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")
        try:
            await self._submit(lambda: self._open(expected=expected, suspect=suspect, report=report))
        except BaseException:
            self._end_thread()  # also if the task was cancelled while the file was being opened
            raise

    def run(self, function: Callable[[sqlite3.Connection], Result]) -> asyncio.Future[Result]:
        """Run `function` in a transaction, after all functions submitted before. Await the result to receive its errors.

        The function is queued immediately, whether or not the result is awaited, and runs even if its task is cancelled: a stopped answer
        is still saved.
        """
        return self._submit(lambda: self._transaction(function))

    async def run_in_batches(self, rows: Iterable[Row], write: Callable[[sqlite3.Connection, Row], object]) -> None:
        """Process many rows in short transactions; other submitted functions run in between.

        On an error or cancellation, the completed batches are kept.
        """
        from chatdesk.storage.database.batches import next_batch  # noqa: PLC0415 - start-up time

        waiting = iter(rows)

        def write_batch(connection: sqlite3.Connection) -> bool:
            written = False
            for row in next_batch(waiting):
                write(connection, row)
                written = True
            return written

        while await self.run_batch(write_batch):
            pass

    async def run_batch(self, function: Callable[[sqlite3.Connection], Result]) -> Result:
        """Run `function`, one of many that add messages, and merge the search index partly after some of them."""
        from chatdesk.storage.database.batches import BATCHES_BEFORE_MERGING  # noqa: PLC0415 - start-up time
        from chatdesk.storage.database.search_index import merge_some  # noqa: PLC0415 - same as above

        result = await self.run(function)
        self._batches += 1  # not only of one caller: all leave segments in the same index
        merging = self._batches % BATCHES_BEFORE_MERGING == 0
        while merging:
            merging = await self.run(merge_some)
        return result

    async def rebuild_index(self) -> None:
        """Complete the search index after a migration, in short transactions with pauses between them."""
        from chatdesk.storage.database.batches import BATCHES_BEFORE_MERGING  # noqa: PLC0415 - rarely needed
        from chatdesk.storage.database.search_index import merge_some, rebuild_some  # noqa: PLC0415 - likewise

        batches = 0
        while await self.run(rebuild_some):
            batches += 1
            if batches % BATCHES_BEFORE_MERGING == 0:
                while await self.run(merge_some):
                    pass
            await asyncio.sleep(_REBUILD_PAUSE)

    def when_text_is_damaged(self, callback: Callable[[], object]) -> None:
        """Call `callback` once, on the loop, after damaged text was read from disk, even if that happened before."""
        self._on_damaged_text = callback
        self._report_damaged_text()

    async def check(self) -> None:
        """Check every page on a separate thread and connection, so that no answer has to wait."""
        await run_in_background(self._check)

    async def back_up(
        self,
        reason: str,
        *,
        retained: int = RETAINED_COPIES,
        write_beside: Callable[[Path], object] = lambda _backup: None,
    ) -> Path:
        """Create and return a verified backup on a separate thread; the newest `retained` backups with this reason are kept.

        `write_beside` is called on that thread, as described for `recovery.backup.back_up`.
        """
        return await run_in_background(lambda report: self._back_up(reason, retained, report, write_beside))

    async def copy_to(self, path: Path, on_progress: Report = ignore_progress) -> None:
        """Copy the committed data into the new file `path` and check it, on a separate thread, with pauses so that nothing has to wait."""
        await run_in_background(lambda report: self._copy_to(path, report), on_progress)

    async def close(self) -> None:
        """Finish queued functions, merge the log into the file and end the thread. Calling it again has no effect."""
        if self._thread is not None:
            try:
                await self._submit(self._close)
            finally:
                self._end_thread()

    def _submit(self, job: Callable[[], Result]) -> asyncio.Future[Result]:
        if self._thread is None:
            raise DatabaseUnavailable(path=str(self.path), reason="closed")
        pending: Future[Result] = self._thread.submit(job)
        running = asyncio.wrap_future(pending)
        running.add_done_callback(_mark_as_seen)
        running.add_done_callback(lambda _: self._report_damaged_text())
        return asyncio.shield(running)

    def _report_damaged_text(self) -> None:
        if self._has_damaged_text and (callback := self._on_damaged_text):
            self._on_damaged_text = None
            callback()

    def _end_thread(self) -> None:
        if self._thread is not None:
            self._thread.submit(self._close)
            self._thread.shutdown()
            self._thread = None

    # Methods on a separate thread.

    def _check(self, report: Report) -> None:
        with storage_errors(self.path), reader(self.path) as connection:
            check_pages(connection, self.path, report)

    def _back_up(self, reason: str, retained: int, report: Report, write_beside: Callable[[Path], object]) -> Path:
        with storage_errors(self.path), closing(open_connection(self.path)) as connection:
            return back_up(
                connection,
                self.backups,
                reason,
                retained=retained,
                report=report,
                rest=lambda: time.sleep(REST_SECONDS),
                write_beside=write_beside,
            )

    def _copy_to(self, path: Path, report: Report) -> None:
        with (
            storage_errors(self.path),
            closing(open_connection(self.path)) as connection,
            storage_errors(path),  # most errors are those of the new file
        ):
            copy_database(connection, path, report, rest=lambda: time.sleep(REST_SECONDS))

    # Methods on the database's thread.

    def _open(self, *, expected: bool, suspect: bool, report: Report) -> None:
        with storage_errors(self.path):
            if self._may_be_interrupted():
                from chatdesk.storage.recovery.replacement import (  # noqa: PLC0415 - start-up time: rarely needed
                    complete_interrupted,
                )

                complete_interrupted(self.path)
            inspect(self.path, expected=expected or self._has_only_copies(), newest=NEWEST, suspect=suspect)
            make_private_folder(self.path.parent)
            create_private_file(self.path)
            for suffix in ("", "-wal", "-shm"):
                make_private(self.path.with_name(self.path.name + suffix))
            remove_unfinished(self.backups)
            for left in self.path.parent.glob(f"{self.path.stem}*.new*"):
                left.unlink(missing_ok=True)  # of a replacement that was not completed
            connection = open_connection(self.path, self._note_damaged_text)
            try:
                bring_up_to_date(connection, self.backups, report)
                self._identity, self._log_identity = _identity(self.path), _identity(self._log_path)
            except BaseException:
                connection.close()
                raise
        self._connection = connection

    def _may_be_interrupted(self) -> bool:
        """Return whether the file is missing or has a second name, as it has for a moment while it is being replaced."""
        try:
            return os.stat(self.path).st_nlink > 1  # noqa: PTH116 - as in `_identity`
        except FileNotFoundError:
            return self.path.with_name(f"{self.path.name}.new").exists()
        except OSError:
            return False  # `inspect` says what is wrong with the path

    def _has_only_copies(self) -> bool:
        """Return whether the chats are missing but have a valid backup, for example after everything except the backups was deleted."""
        if self.path.exists() or not finished_copies(self.backups):
            return False
        from chatdesk.storage.recovery.replacement import (  # noqa: PLC0415 - start-up time: rarely needed
            newest_good_copy,
        )

        return newest_good_copy(self.backups) is not None

    def _note_damaged_text(self) -> None:
        self._has_damaged_text = True

    def _transaction(self, function: Callable[[sqlite3.Connection], Result]) -> Result:
        connection = self._open_connection()
        with storage_errors(self.path):
            if _identity(self.path) != self._identity:  # a sync program has replaced the file
                raise DatabaseReplaced(path=str(self.path), reason="replaced")
            # IMMEDIATE: a transaction that starts with reading would fail instead of waiting for another program's lock when it writes.
            connection.execute("BEGIN IMMEDIATE")
            try:
                result = function(connection)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        return result

    def _close(self) -> None:
        if self._connection is not None:
            with storage_errors(self.path):
                on_disk = _identity(self.path)
                is_replaced = on_disk is not None and on_disk != self._identity
                if is_replaced:
                    self._keep_replaced(self._connection)
                self._connection.close()
                if is_replaced:
                    self._remove_log_of_replaced()
            self._connection = None

    def _keep_replaced(self, connection: sqlite3.Connection) -> None:
        """Back up the chats that another file has replaced: when they are closed, the system removes them."""
        try:
            back_up(connection, self.backups, "replaced")
        except (StorageError, sqlite3.Error, OSError) as error:
            _log.warning("The replaced chats could not be backed up: %s", type(error).__name__)

    def _remove_log_of_replaced(self) -> None:
        """Remove the log that SQLite leaves for a replaced file: the next start would apply it to the other file and damage that."""
        if self._log_identity is not None and _identity(self._log_path) == self._log_identity:
            self._log_path.unlink(missing_ok=True)
            self.path.with_name(f"{self.path.name}-shm").unlink(missing_ok=True)

    @property
    def _log_path(self) -> Path:
        return self.path.with_name(f"{self.path.name}-wal")

    def _open_connection(self) -> sqlite3.Connection:
        if self._connection is None:
            raise DatabaseUnavailable(path=str(self.path), reason="closed")
        return self._connection


def _identity(path: Path) -> _Identity | None:
    """Return the identity of a file; None if there is no file."""
    try:
        status = os.stat(path)  # noqa: PTH116 - before every transaction: takes a third of Path.stat's time
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def _mark_as_seen(job: "asyncio.Future[Any]") -> None:
    """Retrieve the exception to prevent a warning by asyncio: the waiting task may have been cancelled."""
    if not job.cancelled():
        job.exception()
