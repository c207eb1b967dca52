"""A folder that the user chose: on a stick, a share, or one that another program synchronises."""

import errno
import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import partial
from io import RawIOBase
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import BinaryIO

from chatdesk.kernel.errors.backup_errors import (
    BackupDamaged,
    LocationFull,
    LocationMissing,
    LocationSilent,
    LocationUnusable,
)
from chatdesk.kernel.errors.storage_errors import FileUnavailable
from chatdesk.kernel.remote_folder import UNFINISHED, RemoteEntry, checked_name, is_plain_name
from chatdesk.kernel.text.regular_file import open_regular
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.files.file_writing import (
    create_private_file,
    force_entries_to_disk,
    force_to_disk,
    make_private_folder,
)
from chatdesk.storage.files.folder_calls import Activity, FolderCalls, NoResponse

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG}) if hasattr(errno, "EDQUOT") else frozenset({errno.ENOSPC})
_CHUNK_BYTES = 1024 * 1024
_FORCED_BYTES = 16 * _CHUNK_BYTES
_REST_SECONDS = 0.005
"""Pause after each of them, for other threads and the disk."""
_MAX_ENTRIES = 200_000
_ABANDONED_SECONDS = 24 * 3600.0
_SILENCE_SECONDS = 60.0
"""A share whose server has gone may never respond. A slow stick needs up to half a minute to force what was written to it."""


class LocalFolder:
    """A `RemoteFolder` on this computer. `path` is created with the first file, but the folder that contains it must exist.

    Methods raise `LocationSilent` if the folder does not respond.
    """

    def __init__(self, path: Path, calls: FolderCalls | None = None) -> None:
        """Create the access. `calls` is shared with other accesses to the same folder."""
        self.path = path
        self._calls = calls or FolderCalls()
        self._was_there = False
        """Whether `path` existed once. From then on it is missing if it does not: a mount point without its disk is an empty folder."""

    async def list(self, folder: str = "", *, expected: bool = False) -> tuple[RemoteEntry, ...]:
        """See `RemoteFolder`."""
        self._was_there = self._was_there or expected
        return await self._run(lambda note: self._list(self._file(folder) if folder else self.path, note))

    async def find(self, name: str) -> RemoteEntry | None:
        """See `RemoteFolder`."""
        path = self._file(name)

        def look(_note: Callable[[], None]) -> RemoteEntry | None:
            found = path.lstat()
            if not S_ISDIR(found.st_mode) and not S_ISREG(found.st_mode):
                return None
            return RemoteEntry(path.name, found.st_size if S_ISREG(found.st_mode) else 0, S_ISDIR(found.st_mode))

        try:
            return await self._run(look, may_be_missing=True)
        except FileNotFoundError:
            return None

    async def read(self, name: str, target: Path, limit: int) -> None:
        """See `RemoteFolder`."""
        path = self._file(name)

        def copy(note: Callable[[], None]) -> None:
            _check_size(path, limit)
            with open_regular(path) as reading:
                with _local_errors(target):
                    target.unlink(missing_ok=True)
                    create_private_file(target)
                    writing = target.open("wb", buffering=0)
                with writing:
                    _copy(reading, writing, note, writing_errors=partial(_local_errors, target))

        try:
            await self._run(copy, may_be_missing=True)
        except BaseException:
            with suppress(OSError):
                target.unlink(missing_ok=True)  # noqa: ASYNC240 - a single call on a local disk
            raise

    async def sha256(self, name: str, limit: int) -> str:
        """See `RemoteFolder`."""
        path = self._file(name)

        def digest(note: Callable[[], None]) -> str:
            _check_size(path, limit)
            summed = hashlib.sha256()
            with open_regular(path) as file:
                while chunk := file.read(_CHUNK_BYTES):
                    note()
                    summed.update(chunk)
            return summed.hexdigest()

        return await self._run(digest, may_be_missing=True)

    async def write(self, name: str, source: Path) -> None:
        """See `RemoteFolder`. The file is on the disk when this returns."""
        path = self._file(name)
        unfinished = path.with_name(path.name + UNFINISHED)

        def copy(note: Callable[[], None]) -> None:
            with _local_errors(source):
                reading = source.open("rb")
            with reading:
                self._make_folders(path.parent)
                try:
                    unfinished.unlink(missing_ok=True)
                    create_private_file(unfinished)
                    with unfinished.open("wb", buffering=0) as writing:
                        _copy(reading, writing, note, reading_errors=partial(_local_errors, source))
                    force_to_disk(unfinished)
                    unfinished.replace(path)
                except BaseException:
                    with suppress(OSError):
                        unfinished.unlink(missing_ok=True)
                    raise
            force_to_disk(path.parent)

        await self._run(copy)

    async def free_bytes(self) -> int | None:
        """See `RemoteFolder`. Some network drives have no size."""

        def measure(_note: Callable[[], None]) -> int | None:
            usage = shutil.disk_usage(self.path if self.path.is_dir() else self.path.parent)
            return usage.free if usage.total else None

        return await self._run(measure)

    async def delete(self, name: str) -> None:
        """See `RemoteFolder`."""
        path = self._file(name)
        await self._run(lambda _note: path.unlink(missing_ok=True))

    def _file(self, name: str) -> Path:
        return self.path.joinpath(*checked_name(name).split("/"))

    def _make_folders(self, folder: Path) -> None:
        """Make what is missing of a folder. Raise `FileNotFoundError` rather than make `path` again."""
        if not self._was_there:
            make_private_folder(self.path)
            self._was_there = True
        missing = [each for each in (folder, *folder.parents) if each.is_relative_to(self.path) and not each.exists()]
        for each in reversed(missing):
            if each == self.path:
                raise FileNotFoundError(str(each))
            each.mkdir(mode=0o700, exist_ok=True)
            force_entries_to_disk(each.parent)

    def _list(self, folder: Path, note: Callable[[], None]) -> tuple[RemoteEntry, ...]:
        if not folder.is_dir():
            return ()
        found: list[RemoteEntry] = []
        for path in folder.iterdir():
            note()
            if len(found) == _MAX_ENTRIES:
                raise LocationUnusable(path=str(folder), reason="too many files")
            if path.name.endswith(UNFINISHED):
                _remove_abandoned(path)
            elif is_plain_name(path.name) and not path.is_symlink():
                with suppress(FileNotFoundError):  # removed meanwhile
                    status = path.stat()
                    is_folder = S_ISDIR(status.st_mode)
                    if is_folder or S_ISREG(status.st_mode):  # opening a pipe would block
                        found.append(RemoteEntry(path.name, 0 if is_folder else status.st_size, is_folder))
        return tuple(sorted(found, key=lambda entry: entry.name))

    async def _run[Result](
        self, work: Callable[[Callable[[], None]], Result], *, may_be_missing: bool = False
    ) -> Result:
        """Run `work` on a thread, with a function that it calls often to tell that it makes progress.

        A `FileNotFoundError` of it is passed on if a file `may_be_missing`. If this is cancelled, `work` is stopped.
        """

        def guarded(activity: Activity) -> Result:
            with self._errors(may_be_missing=may_be_missing):
                return work(activity.note)

        try:
            return await self._calls.run(self.path, guarded, _SILENCE_SECONDS)
        except NoResponse as error:
            raise LocationSilent(path=str(self.path), reason="no response") from error

    @contextmanager
    def _errors(self, *, may_be_missing: bool) -> Iterator[None]:
        if self._is_missing():  # never create the folder of a disk that is not connected
            raise LocationMissing(path=str(self.path))
        try:
            yield
        except UnicodeEncodeError as error:  # half a surrogate pair: no system accepts such a path
            raise LocationMissing(path=str(self.path)) from error
        except OSError as error:
            if self._is_missing():
                raise LocationMissing(path=str(self.path)) from error
            if may_be_missing and isinstance(error, FileNotFoundError):
                raise
            if error.errno in _FULL:
                raise LocationFull(path=str(self.path)) from error
            raise LocationUnusable(path=str(self.path), reason=error.strerror or str(error)) from error

    def _is_missing(self) -> bool:
        is_there = _exists(self.path)
        if self._was_there:
            return not is_there
        self._was_there = is_there
        return not os.path.isdir(self.path.parent)  # noqa: PTH112 - raises nothing


def _remove_abandoned(unfinished: Path) -> None:
    """Remove a file that nobody has written to for a day: the program ended in the middle, and the next file may have another name."""
    with suppress(OSError):
        if time.time() - unfinished.lstat().st_mtime > _ABANDONED_SECONDS:
            unfinished.unlink()


def _exists(path: Path) -> bool:
    """Return whether a file or folder may exist: it does if that must not be known."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):  # the last: a path that no system accepts
        return False
    except OSError:
        return True
    return True


def _check_size(path: Path, limit: int) -> None:
    if path.stat().st_size > limit:
        raise BackupDamaged(path=str(path), reason="larger than expected")


def _copy(
    reading: BinaryIO,
    writing: RawIOBase,
    note: Callable[[], None],
    *,
    reading_errors: Callable[[], AbstractContextManager[None]] = nullcontext,
    writing_errors: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> None:
    """Copy in chunks that are forced to the disk one after the other: a large file, forced at once, would delay other writes by seconds."""
    copied = 0
    while True:
        with reading_errors():
            chunk = reading.read(_CHUNK_BYTES)
        if not chunk:
            return
        note()
        with writing_errors():
            rest = memoryview(chunk)
            while rest:
                rest = rest[writing.write(rest) :]
            copied += len(chunk)
            if copied % _FORCED_BYTES == 0:
                os.fsync(writing.fileno())
                time.sleep(_REST_SECONDS)


def _local_errors(path: Path) -> AbstractContextManager[None]:
    """Raise errors of a file on this computer as such: they are not those of the folder of the user."""
    return storage_errors(path, FileUnavailable)
