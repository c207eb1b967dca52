"""Locates and creates the folders of Chatdesk's files. The names of files in them are defined by the modules that write them."""

import json
import os
import stat
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from chatdesk.kernel.errors.storage_errors import FolderUnavailable
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.text.regular_file import read_whole

# The file in the settings folder that names the data folder, if the user has moved it. Changing this file is
# what completes a move.
#
# It also names what is still to be removed from the folder before, because the program may end while that is
# done.

POINTER_NAME = "data-folder.json"
_MAX_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class DataPointer:
    """`folder` is the data folder; None for the usual one.

    `entries` are the names that remain to be removed from the folder `old`. `new` is the folder to which the data is being moved; while it
    is set, what is in there is not complete, and not used.
    """

    folder: Path | None = None
    old: Path | None = None
    entries: tuple[str, ...] = ()
    new: Path | None = None

    def to_json(self) -> bytes:
        """Return the content of the file."""
        record = {
            "folder": str(self.folder) if self.folder else None,
            "old": str(self.old) if self.old else None,
            "entries": list(self.entries),
            "new": str(self.new) if self.new else None,
        }
        return json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8", "surrogateescape")


def read_pointer(config: Path) -> DataPointer:
    """Return what the file in the settings folder says; the usual data folder if there is none, or it is not valid."""
    with suppress(OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        record = json.loads(read_whole(config / POINTER_NAME, _MAX_BYTES).decode("utf-8", "surrogateescape"))
        folder, old, new = (Path(record[key]) if record.get(key) else None for key in ("folder", "old", "new"))
        entries = tuple(name for name in record["entries"] if isinstance(name, str) and os.path.basename(name) == name)  # noqa: PTH119
        if all(path is None or path.is_absolute() for path in (folder, old, new)):
            return DataPointer(folder, old, entries, new)
    return DataPointer()


HOME_VARIABLE = "CHATDESK_HOME"
"""Environment variable: one folder for all files, for portable use and tests."""
PORTABLE_NAME = "data"
"""A folder of this name next to a frozen program also contains all files: a copy on a USB stick, like the portable archive for Windows."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Four absolute paths. They can be equal, as data and config are on macOS."""

    data: Path
    """Chats, presets, attachments: files that the user would miss."""
    config: Path
    """Settings."""
    cache: Path
    """Files that can be recreated."""
    logs: Path

    @classmethod
    def locate(cls, environment: Mapping[str, str] = os.environ, program: Path | None = None) -> "Folders":
        """Return the standard folders of the system, or the folders below `CHATDESK_HOME` or next to the program. Creates nothing.

        `program` is the path of the frozen program; None: the running program, if it is frozen. Raises `FolderUnavailable`.
        """
        if home := environment.get(HOME_VARIABLE):
            root = _absolute(home)
            return cls(root, root, root / "cache", root / "logs")
        if program is None and getattr(sys, "frozen", False):
            program = Path(sys.executable)
        if program is not None and (root := program.parent / PORTABLE_NAME).is_dir():
            return cls(root, root, root / "cache", root / "logs")
        from platformdirs import PlatformDirs  # noqa: PLC0415 - not needed, and not imported, with a single folder for all files

        system = PlatformDirs("Chatdesk", appauthor=False)
        config = system.user_config_path
        data = read_pointer(config).folder or system.user_data_path
        return cls(data, config, system.user_cache_path, system.user_log_path)

    def make(self) -> None:
        """Create missing folders, accessible only to this user.

        Raises `FolderUnavailable` with the folder that cannot be created or written. A data folder that the user has chosen is not created:
        its disk may not be connected.
        """
        if self.data == read_pointer(self.config).folder and not self.data.is_dir():
            raise FolderUnavailable(path=str(self.data), reason="missing")
        for folder in (self.data, self.config, self.cache, self.logs):
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise FolderUnavailable(path=str(folder), reason=error.strerror or str(error)) from error
            if not os.access(folder, os.W_OK | os.X_OK):
                raise FolderUnavailable(path=str(folder), reason="nothing can be written in it")

    def accessible_to_others(self) -> tuple[Path, ...]:
        """Return the folders with the user's chats, settings and logs that other users of this computer can access.

        They are created with access for this user only, but a folder that the user created or moved can have other permissions. Empty on
        Windows, which applies the permissions of its folder for user data.
        """
        if os.name != "posix":
            return ()
        folders = dict.fromkeys((self.data, self.config, self.logs))
        return tuple(folder for folder in folders if folder.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO))


def is_portable(folders: Folders) -> bool:
    """Return whether all folders are below one that `CHATDESK_HOME` or the location of the program determines: data cannot move alone."""
    return folders.cache == folders.data / "cache" and folders.logs == folders.data / "logs"


def usual_data_folder() -> Path:
    """Return the data folder of this system that is used if the user has chosen no other."""
    from platformdirs import PlatformDirs  # noqa: PLC0415 - rarely needed

    return PlatformDirs("Chatdesk", appauthor=False).user_data_path


def restrict_to_owner(folders: Iterable[Path]) -> None:
    """Remove the permissions of other users on these folders. Raises `FolderUnavailable` with the folder that cannot be changed."""
    for folder in folders:
        try:
            folder.chmod(0o700)
        except OSError as error:
            raise FolderUnavailable(path=str(folder), reason=error.strerror or str(error)) from error


def _absolute(home: str) -> Path:
    try:
        return Path(home).expanduser().absolute()
    except (OSError, RuntimeError) as error:  # the working directory does not exist, or the user's home is unknown
        raise FolderUnavailable(path=home, reason=getattr(error, "strerror", None) or str(error)) from error
