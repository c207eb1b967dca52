"""The data folder: where it is, whether it can move, and moving it."""

import asyncio
import logging
from contextlib import suppress
from functools import partial
from pathlib import Path

from chatdesk.features.backups.services.backup_destination import FOLDER_NAME
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.errors.backup_errors import LocationSilent
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.recovery import ClosedWork, Moved
from chatdesk.storage.database.background import Report
from chatdesk.storage.files.data_moving import (
    check_target,
    clear_incomplete,
    complete_move,
    location_errors,
    move_data,
    remove_entries,
)
from chatdesk.storage.files.file_writing import replace_file, replacement_of
from chatdesk.system.folders import POINTER_NAME, DataPointer, Folders, is_portable, read_pointer, usual_data_folder

_log = logging.getLogger(__name__)

_SILENCE_SECONDS = 60.0
"""After which a chosen folder counts as one that does not respond."""
_LOCK_NAMES = frozenset({"instance.lock"})
_CONFIG_NAMES = frozenset({"settings", "servers", "models.json", "window", "chatdesk-key", "data-folder"})
"""What the names of files in the settings folder begin with; on macOS, it is the data folder as well."""


@dataclass(frozen=True, slots=True)
class MovePlan:
    """A move that is possible. `copied` is the number of bytes that have to be copied; 0 on the same disk."""

    target: Path
    copied: int


class DataFolder:
    """The data folder of the running program."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders

    @property
    def path(self) -> Path:
        """The folder."""
        return self._folders.data

    @property
    def can_move(self) -> bool:
        """Whether the data can be moved separately: not if an environment variable or the location of the program sets all folders."""
        return not is_portable(self._folders)

    @property
    def is_usual(self) -> bool:
        """Whether it is where the system wants such data."""
        return read_pointer(self._folders.config).folder is None

    @property
    def usual(self) -> Path:
        """Where the system wants such data."""
        return usual_data_folder()

    async def plan(self, chosen: Path) -> MovePlan:
        """Return the move to a folder that the user chose, or to a new one in it.

        Raise `LocationMissing`, `LocationUnusable` or `LocationFull`.
        """

        def look() -> MovePlan:
            with location_errors(chosen):
                is_new = chosen == self.usual or not chosen.is_dir() or not any(chosen.iterdir())
                target = chosen if is_new else chosen / FOLDER_NAME
                return MovePlan(target, check_target(self.path, target, self._stays()))

        try:
            return await run_in_daemon_thread(look, "look at a folder", _SILENCE_SECONDS)
        except TimeoutError as error:
            raise LocationSilent(path=str(chosen)) from error

    def work(self, plan: MovePlan) -> ClosedWork:
        """Return the move, for which the chats have to be closed."""
        return ClosedWork("move", partial(self._move, plan.target))

    async def finish(self) -> None:
        """Remove what the last move has left in the old or in the new folder, if the program ended meanwhile. Raises `OSError`."""
        config = self._folders.config
        pointer = await asyncio.to_thread(read_pointer, config)
        if pointer.new:
            await asyncio.to_thread(clear_incomplete, pointer.new)
        if pointer.old and pointer.old != self.path:
            await asyncio.to_thread(complete_move, self.path)
            await asyncio.to_thread(remove_entries, pointer.old, pointer.entries)
        if pointer.new or pointer.old:
            await asyncio.to_thread(_write, config, DataPointer(pointer.folder))

    def _move(self, target: Path, report: Report) -> Moved:
        source, config = self.path, self._folders.config
        folder, before = None if target == self.usual else target, read_pointer(config).folder

        def begin() -> None:
            _write(config, DataPointer(before, new=target))

        def switch(entries: tuple[str, ...]) -> None:
            try:
                _write(config, DataPointer(folder, source, entries))
            except OSError:
                # The file may have been replaced although it is not certain to be on the disk: the old folder stays the one in use.
                with suppress(OSError):
                    _write(config, DataPointer(before, new=target))
                if read_pointer(config).new:
                    raise

        try:
            with location_errors(target):
                stays = self._stays()
            move_data(source, target, stays, begin, switch, report)
            remove_entries(source, read_pointer(config).entries)
            _write(config, DataPointer(folder))
        except OSError as error:  # after the switch: the rest is done by `finish` after the next start
            _log.info("The old data folder could not be emptied yet: %s", error)
        except BaseException:
            if read_pointer(config).new:
                with suppress(OSError):  # the next start does it
                    _write(config, DataPointer(before))
            raise
        return Moved(target)

    def _stays(self) -> frozenset[str]:
        """Return the names of entries that do not move."""
        if self._folders.config != self.path:
            return _LOCK_NAMES
        written_meanwhile = {POINTER_NAME, replacement_of(Path(POINTER_NAME)).name}
        return (_LOCK_NAMES | written_meanwhile) | {
            entry.name for entry in self.path.iterdir() if any(entry.name.startswith(name) for name in _CONFIG_NAMES)
        }


def _write(config: Path, pointer: DataPointer) -> None:
    path = config / POINTER_NAME
    if pointer == DataPointer():
        path.unlink(missing_ok=True)
    else:
        replace_file(path, pointer.to_json())
