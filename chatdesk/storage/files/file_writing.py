"""Writes files: private ones, atomically, and those that the user chose."""

import os
import shutil
import tempfile
from contextlib import suppress
from functools import partial
from pathlib import Path

from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.errors.storage_errors import FileNotSaved

# Folders and files that only their owner may read, whatever the umask. Windows keeps what its folder of user
# data grants.

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


# Writes a small file so that a crash or a full disk leaves the old one or the new one, never half of either.


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` in place of what `path` held, readable by its owner only. Raises `OSError`; the old file is there then.

    One caller at a time for one path.
    """
    make_private_folder(path.parent)
    new = path.with_name(f"{path.name}.new")
    try:
        create_private_file(new)
        new.write_bytes(content)
        force_to_disk(new)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    force_to_disk(path.parent)


# Writes a file the user asked for, where they want it: theirs, not ours, so with the rights files usually
# have there.


def write_exported_file(path: Path, content: bytes) -> None:
    """Put `content` into a file, in place of what it held. Raises `FileNotSaved`; an old file is as it was then."""
    try:
        _write(path.resolve(), content)
    except (OSError, ValueError) as error:  # a name with a NUL in it is a ValueError
        raise FileNotSaved(name=path.name, reason=getattr(error, "strerror", None) or str(error)) from error


def _write(path: Path, content: bytes) -> None:
    """Write beside it first, so that a full disk does not cost the old file."""
    new = not path.exists()
    if new:
        path.touch()  # with the rights a new file has there
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:40]}.", delete=False) as file:
        beside = Path(file.name)
    try:
        beside.write_bytes(content)
        shutil.copymode(path, beside)
        force_to_disk(beside)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        if new:
            with suppress(OSError):
                path.unlink()
        raise


# Saves what the user wants as a file of their own. Which file is asked by the screen.

_PATIENCE = 60.0
"""Seconds after which a drive that does not answer is given up."""


async def save_text(path: Path, text: str) -> None:
    """Write a text as UTF-8, byte for byte. Raises `FileNotSaved`; an old file is as it was then."""
    # Half of a pair of surrogates cannot be written.
    await save_bytes(path, text.encode("utf-8", "replace"))


async def save_bytes(path: Path, content: bytes) -> None:
    """Write a file. Raises `FileNotSaved`; an old file is as it was then."""
    try:
        await run_in_daemon_thread(partial(write_exported_file, path, content), "save a file", _PATIENCE)
    except TimeoutError as error:
        raise FileNotSaved(name=path.name, reason="timeout") from error
