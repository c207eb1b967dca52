"""Writing of files: private ones, atomic replacement, and files at a location chosen by the user."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.errors.storage_errors import FileNotSaved

# Folders and files that only their owner can read, regardless of the umask. On Windows, the permissions of the user data folder apply.

_FOLDER_MODE = 0o700
_FILE_MODE = 0o600


def make_private_folder(folder: Path) -> None:
    """Create `folder` and its missing parents; existing ones are not changed. Raise `OSError`."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=_FOLDER_MODE, exist_ok=True)
        force_entries_to_disk(each.parent)


def create_private_file(path: Path) -> None:
    """Create an empty file unless it exists; SQLite uses its mode for its `-wal` and `-shm` files. Raise `OSError`."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, _FILE_MODE))


def make_private(path: Path) -> None:
    """Remove the permissions of others for a file or folder, if it exists and belongs to the user."""
    if os.name == "posix":  # elsewhere, `chmod` only changes the write permission
        with suppress(FileNotFoundError, PermissionError):
            path.chmod(_FOLDER_MODE if path.is_dir() else _FILE_MODE)


def force_to_disk(path: Path) -> None:
    """Wait until the file, or the entries of the folder, are on disk. Raise `OSError`."""
    if path.is_dir() and os.name == "nt":
        return  # Windows cannot open folders, and renaming does not require this there
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def force_entries_to_disk(folder: Path) -> None:
    """Wait until the names in a folder are on disk, where that can be done: it may be writable but not readable."""
    with suppress(OSError):
        force_to_disk(folder)


# Atomic replacement of a small file: a crash or full disk leaves either the old or the new content.


def replace_file(path: Path, content: bytes) -> None:
    """Replace the content of `path`; only its owner can read it. Raise `OSError`; the old file is kept then.

    There must be only one caller at a time for a path.
    """
    make_private_folder(path.parent)
    new = replacement_of(path)
    try:
        create_private_file(new)
        new.write_bytes(content)
        force_to_disk(new)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    force_to_disk(path.parent)


def replacement_of(path: Path) -> Path:
    """Return the temporary name of the new content of `path`, which a crash may leave."""
    return path.with_name(f"{path.name}.new")


# Files that the user exports to a chosen location, with the usual permissions there.


def write_exported_file(path: Path, content: bytes) -> None:
    """Replace the content of a file. Raise `FileNotSaved`; an existing file is unchanged then."""
    try:
        replace_exported_file(path, content)
    except (OSError, ValueError) as error:  # a name that contains NUL raises ValueError
        raise FileNotSaved(name=path.name, reason=getattr(error, "strerror", None) or str(error)) from error


def replace_exported_file(path: Path, content: bytes) -> None:
    """Replace the content of a file, or of the one that a link leads to. Raise `OSError` or `ValueError`.

    It is written under a temporary name first, so that a crash or a full disk leaves the old file, or none.
    """
    from chatdesk.storage.files.unfinished_exports import (  # noqa: PLC0415 - start-up time: nothing is exported yet
        remove_abandoned,
        unfinished_path,
    )

    path = path.resolve()
    remove_abandoned(path.parent)
    unfinished = unfinished_path(path)
    try:
        with unfinished.open("xb") as file:
            file.write(content)
        if path.exists():
            shutil.copymode(path, unfinished)
        force_to_disk(unfinished)
        unfinished.replace(path)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise
    force_entries_to_disk(path.parent)


@contextmanager
def not_saved(path: Path) -> Iterator[None]:
    """Raise `FileNotSaved` instead of an error of the system about a file or folder that the user has chosen."""
    try:
        yield
    except OSError as error:
        raise FileNotSaved(name=path.name, reason=error.strerror or str(error)) from error


# Asynchronous saving of files chosen by the user. The UI asks for the location.

_TIMEOUT = 60.0
"""In seconds: time limit for an unresponsive drive."""


async def save_text(path: Path, text: str) -> None:
    """Write a text as UTF-8 without changing line ends. Raise `FileNotSaved`; an existing file is unchanged then."""
    # Lone surrogates cannot be encoded.
    await save_bytes(path, text.encode("utf-8", "replace"))


async def save_bytes(path: Path, content: bytes) -> None:
    """Write a file. Raise `FileNotSaved`; an existing file is unchanged then."""
    try:
        await run_in_daemon_thread(partial(write_exported_file, path, content), "save a file", _TIMEOUT)
    except TimeoutError as error:
        raise FileNotSaved(name=path.name, reason="timeout") from error
