"""Presets and glossaries: the files that a user has written, together in one ZIP archive of a backup, or copied for an export.

For a daily backup, the archive is stored like an attachment, by the hash of its content. The same files give the same archive, so that
backups share it as long as nothing changes. For a weekly backup, it is in a folder beside the database. What comes from a backup is
untrusted: names are checked and sizes are limited.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from chatdesk.kernel.errors.backup_errors import BackupDamaged
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.remote_folder import is_plain_name
from chatdesk.kernel.text.regular_file import read_whole
from chatdesk.kernel.user_files import USER_FILES
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.files.file_writing import (
    create_private_file,
    force_to_disk,
    make_private_folder,
    not_saved,
    replace_file,
    write_exported_file,
)

MAX_FILES = 6_000
MAX_FILE_BYTES = 25_000_000
MAX_TOTAL_BYTES = 200_000_000
MAX_ARCHIVE_BYTES = MAX_TOTAL_BYTES + 10_000_000
_UNFINISHED = ".partial"
_FIXED_TIMESTAMP = (1980, 1, 1, 0, 0, 0)
"""The archive depends on nothing but names and contents."""


@dataclass(frozen=True, slots=True)
class UserFolder:
    """A folder with files of the user whose names end in `suffix`. Others in it, and folders, are not backed up."""

    path: Path
    suffix: str


class UserFiles:
    """`folders` are by their names in the archive. All methods block."""

    def __init__(self, folders: Mapping[str, UserFolder]) -> None:
        self._folders = folders

    def pack(self, target: Path, check: Callable[[], object] = lambda: None) -> bool:
        """Write the archive `target`, and return False if there are no files. `check` is called often and can end it with an exception.

        Files that cannot be read, or are larger than anything that the program reads, are left out. Raise `StorageError`.
        """
        count = 0
        with storage_errors(target):
            create_private_file(target)
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, data in self._contents(check):
                    count += 1
                    _add(archive, name, data)
        return count > 0

    def count(self) -> int:
        """Return the number of files."""
        return sum(1 for _ in self._files())

    def copy_to(self, folder: Path, check: Callable[[], object] = lambda: None) -> int:
        """Copy the files into subfolders of the new folder `folder`, and return their number. Without files, it is not created.

        `check` and the files that are left out are as for `pack`. Files whose names differ only in case get different names. Raise
        `FileNotSaved`.
        """
        used_names: set[str] = set()
        for name, data in self._contents(check):
            target = folder / _unused(name, used_names)
            with not_saved(folder):
                target.parent.mkdir(parents=True, exist_ok=True)
            write_exported_file(target, data)
        return len(used_names)

    def save_beside(self, backup: Path) -> None:
        """Write and verify the archive of a weekly backup, unless there are no files. Raise `StorageError`; then there is none."""
        path = archive_of(backup)
        unfinished = path.with_name(f"{path.name}{_UNFINISHED}")
        with storage_errors(path):
            make_private_folder(path.parent)
            try:
                path.unlink(missing_ok=True)  # left by a backup that did not appear
                if self.pack(unfinished):
                    _verify(unfinished)
                    force_to_disk(unfinished)
                    unfinished.replace(path)
                    force_to_disk(path.parent)
            finally:
                unfinished.unlink(missing_ok=True)

    def missing(self, path: Path) -> tuple[str, ...]:
        """Return the names of files in an archive that are not here. Raise `BackupDamaged` if it is none."""
        with _opened(path) as archive:
            return tuple(entry.filename for entry, _ in self._missing(archive, path.name))

    def add_missing(self, path: Path) -> int:
        """Add the files that are not here; those that are here stay as they are. Return their number. Raise `StorageError`."""
        count = 0
        with _opened(path) as archive:
            for entry, target in self._missing(archive, path.name):
                self._write(target, _content(archive, entry))
                count += 1
        return count

    def is_missing(self, name: str) -> bool:
        """Return whether a name, as in an archive, can be that of a file of the user, and there is none."""
        path = self._path(name)
        return path is not None and not path.exists()

    def add(self, name: str, data: bytes) -> None:
        """Write a file that `is_missing`. Raise `StorageError`."""
        if path := self._path(name):
            self._write(path, data)

    def remove(self, name: str, data: bytes) -> None:
        """Remove a file if it still has this content. Raise `StorageError`."""
        if path := self._path(name):
            with storage_errors(path):
                if _readable(path) == data:
                    path.unlink()

    @staticmethod
    def _write(path: Path, data: bytes) -> None:
        with storage_errors(path):
            make_private_folder(path.parent)
            replace_file(path, data)

    def _files(self) -> Iterator[tuple[str, Path]]:
        for folder, found in sorted(self._folders.items()):
            with suppress(OSError):
                for path in sorted(found.path.iterdir()):
                    if self._path(f"{folder}/{path.name}"):
                        yield f"{folder}/{path.name}", path

    def _contents(self, check: Callable[[], object]) -> Iterator[tuple[str, bytes]]:
        """Yield names and contents, as far as files can be read and are within the limits."""
        count = size = 0
        for name, path in self._files():
            check()
            data = _readable(path)
            if data is not None and count < MAX_FILES and size + len(data) <= MAX_TOTAL_BYTES:
                count, size = count + 1, size + len(data)
                yield name, data

    def _path(self, name: str) -> Path | None:
        """Return the file for a name in an archive; None if it can be no file of the user."""
        folder, _, file = name.partition("/")
        found = self._folders.get(folder)
        is_valid = found and is_plain_name(file) and file.endswith(found.suffix) and not file.startswith(".")
        return found.path / file if found and is_valid else None

    def _missing(self, archive: zipfile.ZipFile, name: str) -> Iterator[tuple[zipfile.ZipInfo, Path]]:
        size = 0
        for entry in archive.infolist()[:MAX_FILES]:
            size += entry.file_size
            if size > MAX_TOTAL_BYTES or entry.file_size > MAX_FILE_BYTES:
                raise BackupDamaged(path=name, reason="larger than expected")
            target = self._path(entry.filename)
            if target and not target.exists():
                yield entry, target


def archive_of(backup: Path) -> Path:
    """Return the path of the archive that belongs to a weekly backup. A backup without presets and glossaries has none."""
    return backup.parent / USER_FILES / f"{backup.stem}.zip"


def remove_unused_archives(backups: Path) -> None:
    """Remove the archives whose backups are no longer in the folder `backups`, and what a crash left. Raise `StorageError`."""
    folder = backups / USER_FILES
    with storage_errors(folder):
        for path in list(folder.iterdir()) if folder.is_dir() else ():
            is_unused = path.suffix == ".zip" and not (backups / f"{path.stem}.sqlite3").exists()
            if is_unused or path.name.endswith(_UNFINISHED):
                path.unlink(missing_ok=True)


def _verify(path: Path) -> None:
    """Read an archive back. Raise `BackupDamaged` if a file in it is not as it was written."""
    with _opened(path) as archive:
        if damaged := archive.testzip():
            raise BackupDamaged(path=path.name, reason=damaged)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open an archive. Raise `BackupDamaged`, also for errors of reading in it: `zipfile` seeks to impossible positions of damaged ones."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise BackupDamaged(path=path.name, reason=str(error)) from error


def _readable(path: Path) -> bytes | None:
    with suppress(OSError):
        return read_whole(path, MAX_FILE_BYTES)
    return None


def _unused(name: str, used_names: set[str]) -> str:
    """Return a name that is not yet among those `used_names`, also for file systems that ignore case, and add it to them."""
    stem, dot, suffix = name.rpartition(".")
    number = 1
    while name.casefold() in used_names:
        number += 1
        name = f"{stem} ({number}){dot}{suffix}"
    used_names.add(name.casefold())
    return name


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _FIXED_TIMESTAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as file:
        data = file.read(entry.file_size + 1)
    if len(data) != entry.file_size:
        raise zipfile.BadZipFile("another size than it says")
    return data
