"""The shared folder: bundles of all computers, and the files that messages refer to, encrypted if the user wants that."""

import asyncio
import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote

from chatdesk.features.sync.files.bundle import MAX_BYTES, BundleName, bundle_name, parse_name
from chatdesk.kernel.chat.attachments import MAX_DOCUMENT_BYTES
from chatdesk.kernel.errors.backup_errors import BackupDamaged
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.remote_folder import RemoteFolder, StorageLocation
from chatdesk.kernel.text.regular_file import read_whole
from chatdesk.storage.files.age_encryption import (
    KEY_NAME,
    MAX_KEY_BYTES,
    AgeKey,
    ProtectedKey,
    decrypt_file,
    encrypt_file,
)
from chatdesk.storage.files.file_writing import make_private_folder
from chatdesk.storage.files.temporary_errors import temporary_file_errors

FOLDER_NAME = "Chatdesk Sync"
"""The folder that is made in the one that the user chooses."""
_FILES = "files"
_PROBE = "chatdesk-write-test"
_ENCRYPTION_BYTES = 64 * 1024
"""By how much an encrypted file may be larger."""


@dataclass(frozen=True, slots=True)
class StoredBundle:
    """A bundle in the folder. `file` is its name there, which is used for nothing but reading it."""

    file: str
    size: int
    name: BundleName


def shared_location(chosen: StorageLocation) -> StorageLocation:
    """Return the shared folder in the one that was chosen, or that one if it is a shared folder itself."""
    if chosen.is_remote:
        address = chosen.address.rstrip("/")
        is_shared = unquote(address.rpartition("/")[2]) == FOLDER_NAME
        return StorageLocation(address if is_shared else f"{address}/{quote(FOLDER_NAME)}", chosen.user)
    path = Path.home() / Path(chosen.address).expanduser()
    return StorageLocation(str(path if path.name == FOLDER_NAME else path / FOLDER_NAME))


class SharedFolder:
    """The folder. `key` is set if everything is encrypted. Methods raise what those of `RemoteFolder` do."""

    def __init__(self, folder: RemoteFolder, key: AgeKey | None, temporary: Path) -> None:
        self._folder = folder
        self._key = key
        self._temporary = temporary
        self._known_files: dict[str, set[str]] = {}
        self.listed_entries = 0
        """Number of all entries in the last listing of the folder."""

    @property
    def is_encrypted(self) -> bool:
        """Whether everything that is written is encrypted."""
        return self._key is not None

    async def bundles(self) -> tuple[StoredBundle, ...]:
        """Return the bundles, including copies and those that are not downloaded yet."""
        entries = await self._folder.list()
        self.listed_entries = len(entries)
        found = [(entry, parse_name(entry.name)) for entry in entries if not entry.is_folder]
        return tuple(StoredBundle(entry.name, entry.size, name) for entry, name in found if name is not None)

    async def find_bundle(self, machine: str, number: int) -> StoredBundle | None:
        """Return a bundle by its name, without a listing of the folder; None if it is not there."""
        file = self.file_of(machine, number)
        entry, name = await self._folder.find(file), parse_name(file)
        return StoredBundle(file, entry.size, name) if entry and name and not entry.is_folder else None

    async def check_there(self) -> None:
        """Raise `LocationMissing` if the folder does not exist, now or later: it is not made again where its disk was."""
        await self._folder.list(expected=True)

    async def check_writable(self) -> None:
        """Write a file and delete it, so that a folder which can only be read is found at once."""
        with temporary_file(self._temporary) as path:
            await asyncio.to_thread(path.write_bytes, b"ok")
            await self._folder.write(_PROBE, path)
        await self._folder.delete(_PROBE)

    async def protected_key(self) -> ProtectedKey | None:
        """Return the key that encrypts the folder, protected by a passphrase; None if there is none."""
        with temporary_file(self._temporary) as path:
            try:
                await self._folder.read(KEY_NAME, path, MAX_KEY_BYTES)
            except FileNotFoundError:
                return None
            return ProtectedKey(await asyncio.to_thread(read_whole, path, MAX_KEY_BYTES))

    async def write_protected_key(self, key: ProtectedKey) -> None:
        """Store the key of a new folder."""
        with temporary_file(self._temporary) as path:
            await asyncio.to_thread(path.write_bytes, key.content)
            await self._folder.write(KEY_NAME, path)

    async def write_bundle(self, machine: str, number: int, data: bytes) -> None:
        """Write a bundle; the others see all of it or nothing."""
        await self._write(self.file_of(machine, number), data)

    def file_of(self, machine: str, number: int) -> str:
        """Return the name of the file that a bundle is written into."""
        return bundle_name(machine, number, encrypted=self.is_encrypted)

    async def delete_bundle(self, file: str) -> None:
        """Delete a bundle of this computer that was replaced by others. Nothing happens if it does not exist."""
        await self._folder.delete(file)

    async def read_bundle(self, bundle: StoredBundle, target: Path) -> None:
        """Write the decrypted content of a bundle into `target`."""
        await self._read(bundle.file, target, MAX_BYTES, encrypted=bundle.name.is_encrypted)

    async def has_file(self, sha256: str) -> bool:
        """Return whether the folder has a file that messages refer to."""
        folder, _, name = self._file_name(sha256).rpartition("/")
        if folder not in self._known_files:
            self._known_files[folder] = {entry.name for entry in await self._folder.list(folder)}
        return name in self._known_files[folder]

    async def write_file(self, sha256: str, data: bytes) -> None:
        """Write a file that messages refer to, unless it is there."""
        if not await self.has_file(sha256):
            path = self._file_name(sha256)
            await self._write(path, data)
            folder, _, name = path.rpartition("/")
            self._known_files[folder].add(name)

    async def read_file(self, sha256: str) -> bytes | None:
        """Return a file that messages refer to; None if it is not there, or not the one."""
        with temporary_file(self._temporary) as path:
            try:
                await self._read(self._file_name(sha256), path, MAX_DOCUMENT_BYTES, encrypted=self.is_encrypted)
            except (FileNotFoundError, BackupDamaged):
                return None
            data = await asyncio.to_thread(read_whole, path, MAX_DOCUMENT_BYTES)
        return data if await asyncio.to_thread(_hash, data) == sha256 else None

    def forget_listing(self) -> None:
        """Look again which files are there."""
        self._known_files.clear()

    def _file_name(self, sha256: str) -> str:
        name = f"{self._key.name_for(sha256)}.age" if self._key else sha256
        return f"{_FILES}/{name[:2]}/{name}"

    async def _write(self, name: str, data: bytes) -> None:
        with temporary_file(self._temporary) as plain, temporary_file(self._temporary) as encrypted:
            await asyncio.to_thread(plain.write_bytes, data)
            if self._key:
                await asyncio.to_thread(encrypt_file, plain, encrypted, self._key.public)
            await self._folder.write(name, encrypted if self._key else plain)

    async def _read(self, name: str, target: Path, limit: int, *, encrypted: bool) -> None:
        """Read a file. Raise `BackupDamaged` if it is encrypted and the folder is not, or the other way round."""
        if encrypted != self.is_encrypted:
            raise BackupDamaged(reason="encrypted in another way")
        if self._key is None:
            await self._folder.read(name, target, limit)
            return
        with temporary_file(self._temporary) as source:
            await self._folder.read(name, source, limit + _ENCRYPTION_BYTES)
            await asyncio.to_thread(decrypt_file, source, target, self._key)


@contextmanager
def temporary_file(folder: Path) -> Iterator[Path]:
    """Return a path for a private file below `folder`, which is made if needed. It is removed at the end.

    Raise `TemporaryFilesFailed`, also for errors of the file.
    """
    with temporary_file_errors(folder.parent):
        make_private_folder(folder)
        with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as made:
            yield Path(made) / "file"


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
