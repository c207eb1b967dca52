"""Folders and files that only their owner may read, whatever the umask. Windows keeps what its folder of user data grants."""

import os
from contextlib import suppress
from pathlib import Path

_FOLDER_MODE = 0o700
_FILE_MODE = 0o600


def make_private_folder(folder: Path) -> None:
    """Make `folder` and what is missing above it; a folder that is there already stays as it is. Raises `OSError`."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=_FOLDER_MODE, exist_ok=True)


def create_private_file(path: Path) -> None:
    """Make an empty file unless there is one; SQLite gives its `-wal` and `-shm` files the same mode. Raises `OSError`."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, _FILE_MODE))


def make_private(path: Path) -> None:
    """Take away what others may do with `path`, if it is there and ours."""
    if os.name == "posix":  # elsewhere `chmod` only takes away or gives the right to write
        with suppress(FileNotFoundError, PermissionError):
            path.chmod(_FILE_MODE)


def force_to_disk(path: Path) -> None:
    """Wait until the file, or the names in the folder, are on the disk itself. Raises `OSError`."""
    if path.is_dir() and os.name == "nt":
        return  # Windows opens no folder, and needs none of this for a rename
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
