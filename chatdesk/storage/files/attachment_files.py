"""The files that go along with messages, each kept once under the hash of its content: `attachments/ab/abcd…`. Nothing in here is ever run.

A file is written once and never changed, so a backup is a second name for it (`save_copies`): it costs no room, and outlives its first one.
What refers to them: `attachment_references.py`. All methods block; they may be called on any thread.
"""

import hashlib
import os
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock

from chatdesk.kernel.chat.attachments import is_sha256
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.files.file_writing import create_private_file, force_to_disk, make_private_folder

_SENT = ".sent"
"""Behind the hash of the original: what of it is sent. It can be made again."""
_UNFINISHED = ".partial"
_UNUSED_SECONDS = 24 * 3600.0
"""Nothing is removed that somebody has added, or added again, since: it may be in a message that is still being written."""


class AttachmentFiles:
    """`folder` is made with the first file; `backups` is where copies of the database are."""

    def __init__(self, folder: Path, backups: Path) -> None:
        self._folder = folder
        self._backups = backups / "attachments"
        self._lock = Lock()

    def add(self, data: bytes) -> str:
        """Keep a file, if it is not kept already, and return the hash it is found by. Raises `StorageError`."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self._path(sha256)
        with storage_errors(path), self._lock:
            if self._is_whole(path, sha256):
                os.utime(path)
            else:
                _write(path, data)
        return sha256

    def read(self, sha256: str) -> bytes | None:
        """Return a file as it was added, from the backup if need be; None if it is gone, damaged or cannot be read."""
        if not is_sha256(sha256):
            return None
        for path in (self._path(sha256), self._backup_path(sha256)):
            with suppress(OSError):
                data = path.read_bytes()
                if hashlib.sha256(data).hexdigest() == sha256:
                    return data
        return None

    def add_sent(self, sha256: str, data: bytes) -> None:
        """Keep what of a file is sent. Raises `StorageError`."""
        path = self._sent_path(sha256)
        with storage_errors(path), self._lock:
            _write(path, data)

    def read_sent(self, sha256: str) -> bytes | None:
        """Return what of a file is sent, if that is kept."""
        if is_sha256(sha256):
            with suppress(OSError):
                return self._sent_path(sha256).read_bytes()
        return None

    def remove_unused(self, used: Collection[str]) -> int:
        """Remove for good what nobody refers to and nobody has added lately, and what a crash has left. Returns how many files went."""
        removed = 0
        for path in _files(self._folder):
            if path.name.removesuffix(_SENT) not in used:
                with self._lock, suppress(OSError):
                    if time.time() - path.stat().st_mtime > _UNUSED_SECONDS:
                        path.unlink()
                        removed += 1
        return removed

    def save_copies(self, used: Collection[str], copied: Collection[str]) -> None:
        """Give a second name to each file `used` that has none yet, and take it from those that no copy of the database refers to any more.

        `copied` is what the copies refer to. Raises `StorageError`.
        """
        with storage_errors(self._backups):
            for sha256 in used:
                original, copy = self._path(sha256), self._backup_path(sha256)
                if is_sha256(sha256) and original.is_file() and not copy.is_file():
                    _copy(original, copy)
            for path in _files(self._backups):
                if path.name not in used and path.name not in copied:
                    path.unlink(missing_ok=True)

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


def _write(path: Path, data: bytes) -> None:
    """Write beside it first: a crash leaves the whole file or none. What was there is not written into, for it has a second name."""
    make_private_folder(path.parent)
    unfinished = path.with_name(path.name + _UNFINISHED)
    try:
        unfinished.unlink(missing_ok=True)
        create_private_file(unfinished)
        unfinished.write_bytes(data)
        force_to_disk(unfinished)
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    force_to_disk(path.parent)


def _copy(original: Path, copy: Path) -> None:
    make_private_folder(copy.parent)
    try:
        os.link(original, copy)
    except OSError:  # another drive, or a file system that knows no second names
        unfinished = copy.with_name(copy.name + _UNFINISHED)
        create_private_file(unfinished)
        shutil.copyfile(original, unfinished)
        unfinished.replace(copy)


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files below the folders of a store; nothing that is not ours."""
    for below in folder.iterdir() if folder.is_dir() else ():
        if len(below.name) == 2 and below.is_dir() and not below.is_symlink():
            for path in below.iterdir():
                if is_sha256(path.name.partition(".")[0]):
                    yield path
