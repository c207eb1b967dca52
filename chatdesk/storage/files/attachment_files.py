"""The attachment files of messages, stored once by the hash of their content: `attachments/ab/abcd…`. They are never executed.

A file is written once and never changed, so its backup is a hard link (`save_copies`), which takes no space and survives the original.
`attachment_references.py` finds the references to them. All methods block and can be called on any thread.
"""

import hashlib
import os
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISREG
from threading import Lock

from chatdesk.kernel.chat.attachments import is_sha256
from chatdesk.kernel.errors.storage_errors import (
    AttachmentsNotSaved,
    DiskFull,
    FileUnavailable,
    FolderUnavailable,
    FullForAttachments,
)
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.files.file_writing import create_private_file, force_to_disk, make_private_folder

_SENT = ".sent"
"""Suffix for the version that is sent, which can be recreated from the original."""
_UNFINISHED = ".partial"
_UNUSED_SECONDS = 24 * 3600.0
"""Files added more recently are never removed, because they may belong to a message that is being written."""


class AttachmentFiles:
    """The store of attachments. `folder` is created with the first file; `backups` is the folder with the database backups."""

    def __init__(self, folder: Path, backups: Path) -> None:
        self._folder = folder
        self._backups = backups / "attachments"
        self._lock = Lock()

    def add(self, data: bytes) -> str:
        """Store a file unless it already exists, and return its hash. Raise `AttachmentsNotSaved` or another `StorageError`."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self._path(sha256)
        with self._writing(path), self._lock:
            if self._is_whole(path, sha256):
                os.utime(path)
            else:
                _write(path, data)
        return sha256

    def read(self, sha256: str) -> bytes | None:
        """Return the content of a file, from the backup if necessary; None if it is missing, damaged or unreadable."""
        if not is_sha256(sha256):
            return None
        for path in (self._path(sha256), self._backup_path(sha256)):
            with suppress(OSError):
                data = path.read_bytes()
                if hashlib.sha256(data).hexdigest() == sha256:
                    return data
        return None

    def path(self, sha256: str) -> Path | None:
        """Return the path of a stored file, for a process that reads it and reports if it cannot; None if it is missing."""
        if not is_sha256(sha256):
            return None
        return next((path for path in (self._path(sha256), self._backup_path(sha256)) if not _is_missing(path)), None)

    def size(self, sha256: str) -> int:
        """Return the bytes of a stored file; 0 if it is missing."""
        with suppress(OSError):
            return self._path(sha256).stat().st_size if is_sha256(sha256) else 0
        return 0

    def add_sent(self, sha256: str, data: bytes) -> None:
        """Store the version of a file that is sent. Raise as `add`."""
        path = self._sent_path(sha256)
        with self._writing(path), self._lock:
            _write(path, data)

    def read_sent(self, sha256: str) -> bytes | None:
        """Return the version of a file that is sent, if it is stored."""
        if is_sha256(sha256):
            with suppress(OSError):
                return self._sent_path(sha256).read_bytes()
        return None

    def remove_unused(self, used: Collection[str]) -> int:
        """Permanently remove unreferenced files that were not added recently, and leftovers of a crash. Return the number of files."""
        removed = 0
        for path in _files(self._folder):
            if path.name.removesuffix(_SENT) not in used:
                with self._lock, suppress(OSError):
                    if time.time() - path.stat().st_mtime > _UNUSED_SECONDS:
                        path.unlink()
                        removed += 1
        return removed

    def save_copies(self, used: Collection[str], copied: Collection[str]) -> None:
        """Link each `used` file into the backup if needed, and remove backups that are referenced by no database.

        `copied` contains the files referenced by the database backups. Raise `StorageError`.
        """
        with storage_errors(self._backups, FileUnavailable):
            for sha256 in used:
                original, copy = self._path(sha256), self._backup_path(sha256)
                if is_sha256(sha256) and original.is_file() and not copy.is_file():
                    _copy(original, copy)
            for path in _files(self._backups):
                if path.name not in used and path.name not in copied:
                    path.unlink(missing_ok=True)

    @contextmanager
    def _writing(self, path: Path) -> Iterator[None]:
        """Raise errors that name the folder of all attachments: users do not know the hash of a file."""
        try:
            with storage_errors(path, FileUnavailable):
                yield
        except DiskFull as error:
            raise FullForAttachments(path=str(self._folder)) from error
        except (FileUnavailable, FolderUnavailable) as error:
            raise AttachmentsNotSaved(path=str(self._folder), reason=error.reason) from error

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    def _sent_path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / (sha256 + _SENT)

    def _backup_path(self, sha256: str) -> Path:
        return self._backups / sha256[:2] / sha256

    @staticmethod
    def _is_whole(path: Path, sha256: str) -> bool:
        try:
            return hashlib.sha256(path.read_bytes()).hexdigest() == sha256
        except OSError:
            return False


def _is_missing(path: Path) -> bool:
    """Return whether there is certainly no such file: a disk that fails does not tell."""
    try:
        return not S_ISREG(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False


def _write(path: Path, data: bytes) -> None:
    """Write to a temporary file first, so that a crash leaves all or nothing.

    An existing file is replaced, not overwritten, because it may have a second link.
    """
    make_private_folder(path.parent)
    unfinished = path.with_name(path.name + _UNFINISHED)
    try:
        unfinished.unlink(missing_ok=True)
        create_private_file(unfinished)
        unfinished.write_bytes(data)
        force_to_disk(unfinished)
        unfinished.replace(path)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise
    force_to_disk(path.parent)


def _copy(original: Path, copy: Path) -> None:
    make_private_folder(copy.parent)
    try:
        os.link(original, copy)
    except OSError:  # another drive, or a file system without hard links
        unfinished = copy.with_name(copy.name + _UNFINISHED)
        create_private_file(unfinished)
        shutil.copyfile(original, unfinished)
        force_to_disk(unfinished)
        unfinished.replace(copy)
    force_to_disk(copy.parent)


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files in the subfolders of a store, ignoring foreign files."""
    for below in folder.iterdir() if folder.is_dir() else ():
        if len(below.name) == 2 and below.is_dir() and not below.is_symlink():
            for path in below.iterdir():
                if is_sha256(path.name.partition(".")[0]):
                    yield path
