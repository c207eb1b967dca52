"""Writing of files: private ones, atomic replacement, and files at a location chosen by the user."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.errors.storage_errors import (
    DiskReadOnly,
    FileInUse,
    FileNameRefused,
    FileNotSaved,
    FileTooLargeForDisk,
    NameConflict,
    NoSpaceToSave,
    SavingFolderUnavailable,
    SavingNotPermitted,
)

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


_NAMES = {
    NoSpaceToSave: ("ENOSPC", "EDQUOT"),
    SavingNotPermitted: ("EACCES", "EPERM"),
    DiskReadOnly: ("EROFS",),
    SavingFolderUnavailable: (
        *("ENOENT", "ENOTDIR", "ENODEV", "ENXIO", "EIO", "ESTALE", "ENOTCONN", "ETIMEDOUT", "EREMOTEIO", "ENOMEDIUM"),
        *("EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "ECONNABORTED", "ECONNRESET", "ESHUTDOWN"),
    ),
    FileNameRefused: ("ENAMETOOLONG", "EINVAL", "EILSEQ", "ELOOP"),
    FileInUse: ("EBUSY", "ETXTBSY"),
    NameConflict: ("EISDIR", "EEXIST", "ENOTEMPTY"),
    FileTooLargeForDisk: ("EFBIG", "EOVERFLOW"),
}
"""Names of the system's errors, some of which a system lacks, by what they mean for a file that is to be saved."""
_KINDS = {getattr(errno, name): kind for kind, names in _NAMES.items() for name in names if hasattr(errno, name)}
_KINDS_ON_WINDOWS: dict[int, type[FileNotSaved]] = {
    32: FileInUse,
    33: FileInUse,
    123: FileNameRefused,
    206: FileNameRefused,
}
"""Errors of Windows that `errno` does not tell apart (learn.microsoft.com/windows/win32/debug/system-error-codes)."""


def saving_error(name: str, error: OSError | ValueError) -> FileNotSaved:
    """Return the error for the user of a file or folder with a name that was chosen. A name that contains NUL is a `ValueError`."""
    reason = getattr(error, "strerror", None) or str(error)
    if isinstance(error, ValueError):
        return FileNameRefused(name=name, reason=reason)
    if isinstance(error, TimeoutError):
        return SavingFolderUnavailable(name=name, reason=reason)
    windows = _KINDS_ON_WINDOWS.get(getattr(error, "winerror", None) or 0)
    return (windows or _KINDS.get(error.errno or 0, FileNotSaved))(name=name, reason=reason)


def write_exported_file(path: Path, content: bytes, before: Callable[[], object] = lambda: None) -> None:
    """Replace the content of a file, as `replace_exported_file` does. Raise `FileNotSaved`; an existing file is unchanged then."""
    with not_saved(path):
        replace_exported_file(path, content, before)


def replace_exported_file(path: Path, content: bytes, before: Callable[[], object] = lambda: None) -> None:
    """Replace the content of a file, or of the one that a link leads to. Raise `OSError` or `ValueError`.

    It is written under a temporary name first, so that a crash or a full disk leaves the old file, or none. `before` is called when all is
    on the disk, just before the file gets its name.
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
        before()
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
    except (OSError, ValueError) as error:
        raise saving_error(path.name, error) from error


# Asynchronous saving of files chosen by the user. The UI asks for the location.

_TIMEOUT = 60.0
"""In seconds: time limit for an unresponsive drive."""


async def save_text(path: Path, text: str) -> None:
    """Write a text as UTF-8 without changing line ends. Raise `FileNotSaved`; an existing file is unchanged then."""
    # Lone surrogates cannot be encoded.
    await save_bytes(path, text.encode("utf-8", "replace"))


async def save_bytes(path: Path, content: bytes, before: Callable[[], object] = lambda: None) -> None:
    """Write a file, as `replace_exported_file` does. Raise `FileNotSaved`; an existing file is unchanged then."""
    await on_chosen_drive(path, partial(replace_exported_file, path, content, before))


async def on_chosen_drive[Result](path: Path, call: Callable[[], Result]) -> Result:
    """Return the result of a call that uses the drive of `path`, on a thread.

    Raise `FileNotSaved` for `path` if the call raises `OSError` or takes a minute.
    """
    with not_saved(path):
        return await run_in_daemon_thread(call, "save a file", _TIMEOUT)
