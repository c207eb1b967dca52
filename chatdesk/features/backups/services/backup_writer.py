"""Writing of one backup's files to the destination, encrypted if there is a key; and removal of those that are no longer retained."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path

from chatdesk.features.backups.domain.backup_files import ATTACHMENTS, BackupName
from chatdesk.features.backups.domain.retention import expired
from chatdesk.features.backups.services.remote_backups import RemoteBackups
from chatdesk.kernel.chat.attachments import is_sha256
from chatdesk.kernel.errors.backup_errors import BackupDamaged, LocationFull
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.remote_folder import RemoteFolder
from chatdesk.storage.database.background import Report, run_in_background
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.files.age_encryption import SUFFIX, encrypt_file, encrypted_size, hidden_name
from chatdesk.storage.files.file_writing import replace_file

_SPARE_BYTES = 1024 * 1024
"""Free space that must be left for lists, the manifest and folders."""


@dataclass(frozen=True, slots=True)
class AttachmentPlan:
    """The attachments of a backup. `names` are those at the destination, `missing` the files to write there by these names."""

    names: frozenset[str]
    missing: Mapping[str, Path]
    size: int
    """Bytes of the missing ones."""


class BackupWriter:
    """Writes to the folder `own` of this computer. `scratch` is a folder for temporary files; with a `public` key, files are encrypted."""

    def __init__(self, folder: RemoteFolder, own: str, scratch: Path, public: str) -> None:
        self.scratch = scratch
        self._folder = folder
        self._own = own
        self._public = public

    async def converted(self, path: Path) -> Path:
        """Return the file to store for `path`: itself, or an encrypted copy in the folder for temporary files."""
        if not self._public:
            return path
        target = self.scratch / f"{path.name}{SUFFIX}"

        def encrypt(report: Report) -> None:
            with storage_errors(target):
                encrypt_file(path, target, self._public, lambda: report(0.0))

        await run_in_background(encrypt)
        return target

    async def write(self, name: str, content: bytes) -> None:
        """Store a small file."""
        plain = self.scratch / "small"
        with storage_errors(plain):
            replace_file(plain, content)
        await self._folder.write(f"{self._own}/{name}", await self.converted(plain))

    async def write_database(self, name: str, stored: Path, size: int, sha256: str, done: Callable[[], object]) -> None:
        """Store the database and read it back; `done` is called after each of the two. Raise `BackupDamaged` if it differs."""
        path = f"{self._own}/{name}"
        await self._folder.write(path, stored)
        done()
        with suppress(BackupDamaged, FileNotFoundError):
            if await self._folder.sha256(path, size) == sha256:
                done()
                return
        with suppress(ChatdeskError):
            await self._folder.delete(path)
        raise BackupDamaged(path=name, reason="it could not be read back")

    async def check_space(self, size: int, location: str) -> None:
        """Raise `LocationFull` if it is known that `size` bytes do not fit: the disk is not filled up first. `location` is for the user."""
        free = await self._folder.free_bytes()
        if free is not None and free < size + _SPARE_BYTES:
            raise LocationFull(path=location)

    async def plan_attachments(self, used: Collection[str], path_of: Callable[[str], Path | None]) -> AttachmentPlan:
        """Return what is to be written. One that was cut off there is written again.

        An attachment that is missing here is left out unless it is there from an earlier backup, which it would be removed with.
        """
        names: set[str] = set()
        missing: dict[str, Path] = {}
        listed: dict[str, Mapping[str, int]] = {}
        size = 0
        for sha256 in filter(is_sha256, sorted(used)):
            found = await asyncio.to_thread(_file_with_size, path_of, sha256)
            name = hidden_name(sha256, self._public) if self._public else sha256
            below = name[:2]
            if below not in listed:
                entries = await self._folder.list(f"{self._own}/{ATTACHMENTS}/{below}")
                listed[below] = {entry.name: entry.size for entry in entries}
            if found is None:
                names.update({name} & listed[below].keys())
                continue
            path, length = found
            names.add(name)
            if not self._is_whole(listed[below].get(name), length):
                missing[name] = path
                size += length
        return AttachmentPlan(frozenset(names), missing, size)

    def _is_whole(self, stored: int | None, length: int) -> bool:
        if stored is None:
            return False
        # The header of an encrypted file is of no fixed length.
        return stored > encrypted_size(length) if self._public else stored == length

    async def write_attachments(self, plan: AttachmentPlan, report: Callable[[int], object]) -> None:
        """Store the missing attachments, except those that have vanished here meanwhile. `report` gets the number of bytes of each."""
        for name, path in plan.missing.items():
            size = await asyncio.to_thread(_size_of, path)
            if size is None:
                continue
            try:
                stored = await self.converted(path)
                await self._folder.write(f"{self._own}/{ATTACHMENTS}/{name[:2]}/{name}", stored)
            except StorageError:
                if await asyncio.to_thread(path.exists):
                    raise
                continue
            if stored != path:
                stored.unlink()
            report(size)

    async def remove_expired(self, backups: RemoteBackups, newest: BackupName, attachments: Collection[str]) -> None:
        """Remove backups that are not retained, what earlier attempts left, and attachments that no backup needs.

        `newest` is the backup that was just made, and `attachments` are the names of its attachments.
        """
        entries = await self._folder.list(self._own)
        names = {
            name  # also of a backup of which only a list is left, because its making or removal was interrupted
            for entry in entries
            if (name := BackupName.of_any_file(entry.name)) and name.reason == newest.reason
        }
        complete = {
            backup.name: backup.is_damaged
            for backup in await backups.of_computer(self._folder, self._own, entries, self.scratch)
            if backup.name.reason == newest.reason
        }
        damaged = [name for name, is_damaged in complete.items() if is_damaged and name != newest]
        removed = [*expired(complete.keys(), damaged), *(names - complete.keys())]
        for name in removed:  # the manifest first: without it, a backup is not complete
            for file in (name.manifest, name.database, name.attachments):
                await self._folder.delete(f"{self._own}/{file}")
        if removed:
            await self._remove_unused(backups, complete.keys() - {*removed, newest}, attachments)

    async def _remove_unused(
        self, backups: RemoteBackups, retained: Collection[BackupName], attachments: Collection[str]
    ) -> None:
        needed = set(attachments)
        for name in retained:
            listed = await backups.attachments_of(self._folder, self._own, name, self.scratch)
            if listed is None:
                return  # it is unknown what this backup needs
            needed |= listed
        for below in await self._folder.list(f"{self._own}/{ATTACHMENTS}"):
            parent = f"{self._own}/{ATTACHMENTS}/{below.name}"
            for entry in await self._folder.list(parent) if below.is_folder else ():
                if entry.name not in needed:
                    await self._folder.delete(f"{parent}/{entry.name}")


def _file_with_size(path_of: Callable[[str], Path | None], sha256: str) -> tuple[Path, int] | None:
    path = path_of(sha256)
    size = _size_of(path) if path else None
    return None if path is None or size is None else (path, size)


def _size_of(path: Path) -> int | None:
    """Return the size of a file in bytes; None if it is not there or cannot be read."""
    with suppress(OSError):
        return path.stat().st_size
    return None
