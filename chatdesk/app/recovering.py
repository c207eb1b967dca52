"""What can be done when the chats cannot be opened. Each way takes time, tells how far it is, and keeps the old file under another name.

Cancelling one ends it with nothing changed, unless it was done already. All raise `StorageError`, with nothing changed.
"""

from collections.abc import AsyncGenerator, Callable
from functools import partial
from pathlib import Path

from chatdesk.kernel.recovery import BackupCopy, Recovered
from chatdesk.storage.database.background import Report, ignore_progress, run_in_background
from chatdesk.storage.recovery.backup import folder_of_copies
from chatdesk.storage.recovery.recovery import copies_newest_first, count_chats, good_copy, restore, start_empty
from chatdesk.storage.recovery.salvage import salvage

MOST_BACKUPS = 3
"""Copies that are offered."""


class Recovery:
    """For the database at `path`, which nobody has open. `on_progress` is told the share that is done, from 0 to 1, on the loop."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def backups(self) -> AsyncGenerator[BackupCopy, None]:
        """Yield the copies that are whole and hold a chat, the newest first; not more than the user wants to choose from."""
        found = 0
        for path in await run_in_background(lambda _: copies_newest_first(folder_of_copies(self._path))):
            if copy := await run_in_background(partial(good_copy, path)):
                yield copy
                found += 1
            if found == MOST_BACKUPS:
                return

    async def salvage(self, backup: BackupCopy | None, on_progress: Report = ignore_progress) -> Recovered:
        """Keep what can be read of the file, and take what cannot from the backup."""
        copy = backup.path if backup else None
        return await self._replace(lambda report: salvage(self._path, copy, report), on_progress)

    async def restore(self, backup: BackupCopy, on_progress: Report = ignore_progress) -> Recovered:
        """Go back to a backup."""
        return await self._replace(lambda report: restore(backup.path, self._path, report), on_progress)

    async def start_empty(self) -> Recovered:
        """Begin without chats."""
        return await self._replace(lambda _: start_empty(self._path), ignore_progress)

    async def _replace(self, work: Callable[[Report], Path | None], on_progress: Report) -> Recovered:
        kept = await run_in_background(work, on_progress)
        return Recovered(await run_in_background(lambda _: count_chats(self._path)), kept)
