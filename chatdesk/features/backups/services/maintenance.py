"""Database maintenance: empties the trash, once a week checks and backs up the database, and makes the daily backups that are due.

Attachments are backed up too, and those that are no longer used are removed. It also reports what is stored where.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.features.attachments.services.attachments import Attachments
from chatdesk.features.chat.services.store.conversations import Conversations
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.chat.attachments import is_sha256
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.errors.storage_errors import DatabaseDamaged, DatabaseNewer, StorageError, TextDamaged
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.settings.declarations import BACKUP_DAILY, LAST_MAINTENANCE
from chatdesk.kernel.settings.store import Settings
from chatdesk.storage.database.background import run_in_background
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.storage_errors import storage_errors

if TYPE_CHECKING:
    from chatdesk.features.attachments.services.stored_documents import StoredDocument
    from chatdesk.features.backups.services.daily_backups import DailyBackups
    from chatdesk.features.backups.services.data_folder import DataFolder
    from chatdesk.kernel.recovery import BackupCopy
    from chatdesk.storage.files.user_files import UserFiles

_log = logging.getLogger(__name__)

_INTERVAL = timedelta(days=7)
_MAX_BACKUPS = 3
_FIRST_CHECK_DELAY = 60.0
"""By then the start is complete, and disk access does not delay the first answers."""
_TRASH_DELAY = 5.0
"""The same, for a short task."""
_OVERDUE_DAYS = 3
_CHECK_INTERVAL = 3600.0
"""Interval for checking the date, in case the program runs for weeks."""


@dataclass(frozen=True, slots=True)
class DamageFound:
    """The check found damage; no backup was made."""

    error: DatabaseDamaged


@dataclass(frozen=True, slots=True)
class BackupFailed:
    """Checking or backing up the database failed. It is repeated within an hour, and reported once."""

    error: StorageError


@dataclass(frozen=True, slots=True)
class DailyBackupOverdue:
    """There has been no daily backup for this number of `days`, for example because the disk is not connected. Reported once."""

    days: int
    error: ChatdeskError


Finding = DamageFound | BackupFailed | DailyBackupOverdue


@dataclass(frozen=True, slots=True)
class LocalBackup:
    """A backup file, which may be damaged. `made_at` is aware UTC time, `size` is in bytes."""

    path: Path
    made_at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Usage:
    """What the data folder holds. Sizes are in bytes; `free` is the free space of its disk."""

    folder: Path
    size: int
    chats: int
    attachments: int
    free: int


class Maintenance:
    """Maintenance of the database. `now` returns aware UTC time; `user_files` are the presets and glossaries."""

    def __init__(
        self,
        database: Database,
        conversations: Conversations,
        settings: Settings,
        now: Callable[[], datetime],
        attachments: Attachments,
        daily: Lazy[DailyBackups],
        data_folder: Lazy[DataFolder],
        user_files: Lazy[UserFiles],
    ) -> None:
        self.findings: Announcer[Finding] = Announcer()
        self._database = database
        self._conversations = conversations
        self._settings = settings
        self._now = now
        self._attachments = attachments
        self._daily = daily
        self._data_folder = data_folder
        self._user_files = user_files
        self._backing_up = asyncio.Lock()
        """A backup removes what an interrupted one has left, which must not be one that is being made."""
        self._has_announced = False
        self._has_announced_overdue = False
        self._task: asyncio.Task[None] | None = None

    @property
    def backup_folder(self) -> Path:
        """The folder with the backups. It may not exist yet."""
        return self._database.backups

    def begin(self) -> None:
        """Start the maintenance."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name="maintenance of the database")

    async def close(self) -> None:
        """Stop, even during a check; an incomplete backup is removed."""
        if self._task:
            self._task.cancel()
            await asyncio.wait([self._task])

    def watch_text(self) -> None:
        """Announce damaged text from the database once, including text read earlier."""
        self._database.when_text_is_damaged(self._announce_damaged_text)

    def is_due(self) -> bool:
        """Return whether a week has passed. A future date, which means that the clock was set back, counts as due."""
        try:
            last = datetime.fromisoformat(self._settings.get(LAST_MAINTENANCE))
            return not timedelta(0) <= self._now() - last < _INTERVAL
        except (ValueError, TypeError):  # TypeError: a date without a time zone
            return True

    async def run_maintenance(self) -> None:
        """Check and back up the database, and announce problems."""
        try:
            await self.back_up()
            await self._attachments.tidy_up()
        except DatabaseDamaged as error:
            self._announce(DamageFound(error))
        except StorageError as error:
            self._announce(BackupFailed(error))

    async def run_daily_backup(self) -> None:
        """Make the daily backup if it is due, and announce that it has failed for days."""
        if not self._settings.get(BACKUP_DAILY):
            return
        daily = self._daily.get()
        if not daily.is_due():
            return
        try:
            await daily.make()
        except ChatdeskError as error:
            if daily.days_without() >= _OVERDUE_DAYS and not self._has_announced_overdue:
                self._has_announced_overdue = True
                self.findings.announce(DailyBackupOverdue(daily.days_without(), error))

    async def back_up(self) -> None:
        """Check the database and back it up, with presets and glossaries. Raises `StorageError`."""
        async with self._backing_up:
            await self._database.check()
            if self._conversations.all():  # three empty backups would replace three good ones
                await self._back_up()
            self._settings.set(LAST_MAINTENANCE, self._now().isoformat())

    async def _back_up(self) -> None:
        from chatdesk.storage.files.user_files import remove_unused_archives  # noqa: PLC0415 - start-up time

        write = self._user_files.get().save_beside
        await self._database.back_up("weekly", retained=_MAX_BACKUPS, write_beside=write)
        await asyncio.to_thread(remove_unused_archives, self._database.backups)

    async def backups(self) -> tuple[LocalBackup, ...]:
        """Return the existing backups, newest first. Raises `StorageError`."""
        return await asyncio.to_thread(_stored_backups, self._database.backups)

    async def verify(self, backup: LocalBackup) -> BackupCopy | None:
        """Read a backup completely and return its content; None if it is damaged or contains no chat.

        Raises `BackupNewer` if a newer version of Chatdesk made it, or another `StorageError`.
        """
        from chatdesk.kernel.errors.backup_errors import BackupNewer  # noqa: PLC0415 - start-up time
        from chatdesk.storage.recovery.replacement import checked_copy  # noqa: PLC0415 - start-up time

        try:
            return await run_in_background(lambda report: checked_copy(backup.path, report))
        except DatabaseDamaged:
            return None
        except DatabaseNewer as error:
            raise BackupNewer(path=str(backup.path)) from error

    async def usage(self) -> Usage:
        """Return what the data folder holds. Files that disappear or cannot be read meanwhile are not counted."""
        folder = self._database.path.parent
        size, attachments, free = await asyncio.to_thread(_measure, folder)
        return Usage(folder, size, len(self._conversations.all()), attachments, free)

    async def documents(self) -> tuple[StoredDocument, ...]:
        """Return the documents of all chats, the largest first. Raises `StorageError`."""
        return await self._attachments.stored_documents()

    def _announce(self, finding: Finding) -> None:
        if not self._has_announced:
            self._has_announced = True
            self.findings.announce(finding)

    def _announce_damaged_text(self) -> None:
        _log.warning("Text in the database is damaged: it holds bytes that are no UTF-8")
        self.findings.announce(DamageFound(TextDamaged(path=str(self._database.path), reason="text that is no UTF-8")))

    async def _run(self) -> None:
        await asyncio.sleep(_TRASH_DELAY)
        await self._empty_trash()
        await self._complete_index()
        await asyncio.sleep(_FIRST_CHECK_DELAY)
        with suppress(OSError):  # the old folder, on another disk, is not there: it can be emptied another time
            await self._data_folder.get().finish()
        await asyncio.to_thread(_remove_abandoned_files)
        while True:
            if self.is_due():
                await self.run_maintenance()
            await self.run_daily_backup()
            await asyncio.sleep(_CHECK_INTERVAL)
            await self._empty_trash()

    async def _complete_index(self) -> None:
        try:
            await self._database.rebuild_index()
        except StorageError as error:  # the next start continues it, and messages are found without it
            _log.error("The search index could not be completed: %r", error)

    async def _empty_trash(self) -> None:
        try:
            await self._conversations.empty_trash()
        except StorageError as error:
            _log.error("The trash could not be emptied: %r", error)


def _remove_abandoned_files() -> None:
    from chatdesk.kernel.temporary_folder import remove_abandoned  # noqa: PLC0415 - start-up time

    remove_abandoned()


def _stored_backups(folder: Path) -> tuple[LocalBackup, ...]:
    from chatdesk.storage.recovery.replacement import copies_newest_first  # noqa: PLC0415 - start-up time

    with storage_errors(folder):
        stored = ((path, path.stat()) for path in copies_newest_first(folder))
        return tuple(
            LocalBackup(path, datetime.fromtimestamp(state.st_mtime, UTC), state.st_size) for path, state in stored
        )


def _measure(folder: Path) -> tuple[int, int, int]:
    """Return the bytes of all files in a folder, the number of attachments among them, and the free bytes of its disk.

    A file with several names is counted once: weekly backups have second names of the attachments.
    """
    size = attachments = 0
    linked: set[tuple[int, int]] = set()
    for parent, _, files in os.walk(folder):
        is_store = Path(parent).parent == folder / "attachments"
        for name in files:
            with suppress(OSError):
                state = Path(parent, name).lstat()
                attachments += is_store and is_sha256(name)
                if state.st_nlink > 1:
                    if (state.st_dev, state.st_ino) in linked:
                        continue
                    linked.add((state.st_dev, state.st_ino))
                size += state.st_size
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        free = 0
    return size, attachments, free
