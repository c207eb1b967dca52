"""Recovery options for chats that cannot be opened. Each reports its progress, and keeps the old file under another name.

Cancelling one leaves everything unchanged, unless it was already complete. All raise `StorageError`, with nothing changed.
"""

from collections.abc import AsyncGenerator, Callable
from functools import partial
from pathlib import Path

from chatdesk.kernel.recovery import BackupCopy, Recovered
from chatdesk.storage.database.background import Report, ignore_progress, run_in_background
from chatdesk.storage.recovery.backup import folder_of_copies
from chatdesk.storage.recovery.replacement import (
    copies_newest_first,
    count_chats,
    good_copy,
    restore,
    start_empty,
)
from chatdesk.storage.recovery.salvage import salvage

MAX_BACKUPS = 3
"""Maximum number of backups offered."""


class Recovery:
    """Recovery of the database at `path`, which must not be open.

    `on_progress` gets the completed share, from 0 to 1, in the event loop.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    async def backups(self) -> AsyncGenerator[BackupCopy, None]:
        """Yield the intact backups that contain chats, the newest first, at most `MAX_BACKUPS`."""
        found = 0
        for path in await run_in_background(lambda _: copies_newest_first(folder_of_copies(self._path))):
            if copy := await run_in_background(partial(good_copy, path)):
                yield copy
                found += 1
            if found == MAX_BACKUPS:
                return

    async def salvage(self, backup: BackupCopy | None, on_progress: Report = ignore_progress) -> Recovered:
        """Recover what can be read of the file, and copy the rest from the backup."""
        copy = backup.path if backup else None
        return await self._replace(lambda report: salvage(self._path, copy, report), on_progress)

    async def restore(self, backup: BackupCopy, on_progress: Report = ignore_progress) -> Recovered:
        """Restore a backup."""
        return await self._replace(lambda report: restore(backup.path, self._path, report), on_progress)

    async def start_empty(self) -> Recovered:
        """Start without chats."""
        return await self._replace(lambda _: start_empty(self._path), ignore_progress)

    async def _replace(self, work: Callable[[Report], Path | None], on_progress: Report) -> Recovered:
        old_file = await run_in_background(work, on_progress)
        return Recovered(await run_in_background(lambda _: count_chats(self._path)), old_file)
