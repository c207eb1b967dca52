"""Where Chatdesk keeps its files, and making those folders. Names of files in them belong to who writes the files."""

import os
import stat
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from chatdesk.kernel.errors.storage_errors import FolderUnavailable
from chatdesk.kernel.fast_dataclass import dataclass

HOME_VARIABLE = "CHATDESK_HOME"
"""Environment variable: one folder for everything, for portable use and tests."""
PORTABLE_NAME = "data"
"""A folder of this name beside a frozen program holds everything, too: a copy on a stick, which the portable archive for Windows is."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Four absolute paths. They may be the same folder, as data and config are on macOS."""

    data: Path
    """Chats, presets, attachments: what the user would miss."""
    config: Path
    """Settings."""
    cache: Path
    """What can be made again."""
    logs: Path

    @classmethod
    def locate(cls, environment: Mapping[str, str] = os.environ, program: Path | None = None) -> "Folders":
        """Return where this system wants the files, or the folders below `CHATDESK_HOME` or beside the program. Nothing is made.

        `program` is the file of the frozen program; without it, the one that runs counts, if it is frozen. Raises `FolderUnavailable`.
        """
        if home := environment.get(HOME_VARIABLE):
            root = _absolute(home)
            return cls(root, root, root / "cache", root / "logs")
        if program is None and getattr(sys, "frozen", False):
            program = Path(sys.executable)
        if program is not None and (root := program.parent / PORTABLE_NAME).is_dir():
            return cls(root, root, root / "cache", root / "logs")
        from platformdirs import PlatformDirs  # noqa: PLC0415 - not needed, and not imported, with a home of one's own

        system = PlatformDirs("Chatdesk", appauthor=False)
        return cls(system.user_data_path, system.user_config_path, system.user_cache_path, system.user_log_path)

    def make(self) -> None:
        """Make what is missing, for this user alone. Raises `FolderUnavailable` naming the folder that cannot be made or written."""
        for folder in (self.data, self.config, self.cache, self.logs):
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise FolderUnavailable(path=str(folder), reason=error.strerror or str(error)) from error
            if not os.access(folder, os.W_OK | os.X_OK):
                raise FolderUnavailable(path=str(folder), reason="nothing can be written in it")

    def open_to_others(self) -> tuple[Path, ...]:
        """Return those with the user's chats, settings and logs that other users of this computer can look into.

        They are made for this user alone; a folder that the user made or moved may be otherwise. Windows keeps what its folder of user
        data grants.
        """
        if os.name != "posix":
            return ()
        folders = dict.fromkeys((self.data, self.config, self.logs))
        return tuple(folder for folder in folders if folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def close_to_others(folders: Iterable[Path]) -> None:
    """Take away what other users may do in these folders. Raises `FolderUnavailable` naming the one that cannot be changed."""
    for folder in folders:
        try:
            folder.chmod(0o700)
        except OSError as error:
            raise FolderUnavailable(path=str(folder), reason=error.strerror or str(error)) from error


def _absolute(home: str) -> Path:
    try:
        return Path(home).expanduser().absolute()
    except (OSError, RuntimeError) as error:  # the working folder is gone; nobody knows that user's home
        raise FolderUnavailable(path=home, reason=getattr(error, "strerror", None) or str(error)) from error
