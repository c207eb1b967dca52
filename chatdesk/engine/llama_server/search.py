"""Finds a `llama-server` that the user has installed. It is only offered; nothing is run here."""

import os
import stat
import sys
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

NAME = "llama-server.exe" if sys.platform == "win32" else "llama-server"
_UNIX_FOLDERS = ("/opt/homebrew/bin", "/usr/local/bin", "/usr/bin", "/home/linuxbrew/.linuxbrew/bin")
"""Programs started from the Dock or a menu have a short PATH."""
_MAX_FOUND_IN_JAN = 5


class Objection(StrEnum):
    """Why a program must not be run."""

    RELATIVE = "relative"
    """Its path is relative, so that another folder would give another program."""
    MISSING = "missing"
    NOT_EXECUTABLE = "not_executable"
    CURRENT_FOLDER = "current_folder"
    """It is in the folder in which Chatdesk was started, which may be a folder of downloads."""
    WRITABLE_BY_OTHERS = "writable_by_others"
    """Any user of this computer can replace it, or a library beside it."""


def find_llama_server(environment: Mapping[str, str], home: Path) -> Path | None:
    """Return the first `llama-server` to which there is no objection; None if there is none. Blocks."""
    for path in _candidates(environment, home):
        if objection_to(path) is None:
            return path
    return None


def objection_to(path: Path) -> Objection | None:
    """Return why this program must not be run; None if it may. Blocks."""
    if not path.is_absolute():
        return Objection.RELATIVE
    try:
        real = path.resolve(strict=True)
        if not real.is_file():
            return Objection.MISSING
        if not os.access(real, os.X_OK):
            return Objection.NOT_EXECUTABLE
        if Path.cwd().resolve() in {real.parent, path.parent.resolve()}:
            return Objection.CURRENT_FOLDER
        if os.name == "posix" and any(_is_open(each) for each in (path, real)):
            return Objection.WRITABLE_BY_OTHERS
    except OSError:
        return Objection.MISSING
    return None


def _is_open(path: Path) -> bool:
    """Return whether every user can change the program, add a library to its folder, or replace one of the folders above."""
    folder = path.parent
    if path.stat().st_mode & stat.S_IWOTH or folder.stat().st_mode & stat.S_IWOTH:
        return True
    above = (parent.stat().st_mode for parent in folder.parents)
    return any(mode & stat.S_IWOTH and not mode & stat.S_ISVTX for mode in above)


def _candidates(environment: Mapping[str, str], home: Path) -> Iterator[Path]:
    """Yield possible paths. PATH is searched here, because the system's search on Windows starts in the current folder."""
    for folder in environment.get("PATH", "").split(os.pathsep):
        if folder and Path(folder).is_absolute():
            yield Path(folder) / NAME
    if sys.platform == "win32":
        if local := environment.get("LOCALAPPDATA"):
            yield Path(local) / "Microsoft/WinGet/Links" / NAME
        yield home / "scoop/shims" / NAME
    else:
        yield from (Path(folder) / NAME for folder in _UNIX_FOLDERS)
        yield home / ".local/bin" / NAME
    yield from _in_jan(environment, home)


def _in_jan(environment: Mapping[str, str], home: Path) -> list[Path]:
    """Return the servers that the program Jan has downloaded, the newest first."""
    match sys.platform:
        case "win32":
            data = Path(environment.get("APPDATA") or home / "AppData/Roaming")
        case "darwin":
            data = home / "Library/Application Support"
        case _:
            data = Path(environment.get("XDG_DATA_HOME") or home / ".local/share")
    try:
        found = (data / "Jan/data/llamacpp/backends").glob(f"*/*/build/bin/{NAME}")
        return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)[:_MAX_FOUND_IN_JAN]
    except OSError:
        return []
