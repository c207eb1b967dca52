"""The backups at the chosen destination, of all computers that write there: their list, and the keys that open them."""

import asyncio
import re
import shutil
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path

from chatdesk.features.backups.domain.backup_files import BackupManifest, BackupName, ManifestNewer
from chatdesk.features.backups.services.backup_destination import read_small
from chatdesk.kernel.errors.backup_errors import BackupDamaged, KeyNotKnown, LocationMissing, PassphraseWrong
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.remote_folder import MakeFolder, RemoteEntry, RemoteFolder, StorageLocation
from chatdesk.kernel.settings.declarations import (
    BACKUP_FOLDER,
    BACKUP_KEY,
    BACKUP_LOCATION,
    BACKUP_USER,
    LAST_DAILY_BACKUP,
)
from chatdesk.kernel.settings.store import Settings
from chatdesk.storage.database.background import run_in_background
from chatdesk.storage.database.migrator import NEWEST
from chatdesk.storage.files.age_encryption import (
    KEY_NAME,
    MAX_KEY_BYTES,
    AgeKey,
    ProtectedKey,
    decrypt_file,
    open_key,
)
from chatdesk.storage.files.file_writing import make_private_folder
from chatdesk.storage.files.temporary_errors import temporary_file_errors
from chatdesk.system.folder_secrets import FolderSecrets

_MAX_MANIFEST_BYTES = 64 * 1024
_MAX_LIST_BYTES = 64 * 1024 * 1024
_MAX_COMPUTERS = 20
_KEY_FILE = re.compile(r"chatdesk-key(?:-[0-9a-f]{8})?\.age")
_MAX_KEYS = 5
"""Passphrases that were used one after the other. Each attempt takes seconds."""


@dataclass(frozen=True, slots=True)
class RemoteBackup:
    """A backup at the destination. `manifest` is None if it cannot be read: without the passphrase, or because it is damaged."""

    folder: str
    """The folder of the computer that made it."""
    name: BackupName
    size: int
    manifest: BackupManifest | None = None
    is_own: bool = True
    """Whether this computer made it."""
    is_newer: bool = False
    """Whether a newer version of Chatdesk made it: the format of its manifest or of its database is not known here."""

    @property
    def is_cut_off(self) -> bool:
        """Whether the file has another size than it had when it was verified."""
        return self.manifest is not None and self.manifest.size != self.size

    @property
    def is_damaged(self) -> bool:
        """Whether it is known that it cannot be opened. An encrypted one whose key is not here may be intact."""
        return self.is_cut_off or (self.manifest is None and not self.name.is_encrypted and not self.is_newer)

    @property
    def path(self) -> str:
        """The name of the database at the destination."""
        return f"{self.folder}/{self.name.database}"


class RemoteBackups:
    """Reads the backups. `scratch` is a folder for temporary files."""

    def __init__(self, settings: Settings, secrets: FolderSecrets, make_folder: MakeFolder, scratch: Path) -> None:
        self.secrets = secrets
        self._settings = settings
        self._make_folder = make_folder
        self.scratch = scratch
        self._opened_keys: list[AgeKey] = []
        """Of other computers or earlier passphrases, opened by their passphrase until the program ends."""
        self._read: dict[tuple[str, int], BackupManifest] = {}
        self._newer: set[tuple[str, int]] = set()
        """Backups of newer versions, by name and size."""

    @property
    def destination(self) -> StorageLocation | None:
        """The chosen destination; None before the first choice."""
        address = self._settings.get(BACKUP_LOCATION)
        return StorageLocation(address, self._settings.get(BACKUP_USER)) if address else None

    @property
    def own(self) -> str:
        """The folder of this computer at the destination."""
        return self._settings.get(BACKUP_FOLDER)

    async def open(self, destination: StorageLocation | None = None, password: str | None = None) -> RemoteFolder:
        """Return the access to a destination, by default the chosen one, and with its stored password. Raise `ChatdeskError`."""
        chosen = destination or self.destination
        if chosen is None:
            raise LocationMissing
        if password is None:
            password = await self.secrets.password(chosen.address) if chosen.is_remote else ""
        return self._make_folder(chosen, password)

    def forget(self) -> None:
        """Forget what was read of backups, and the keys that were opened."""
        self._read.clear()
        self._newer.clear()
        self._opened_keys.clear()

    def remember(self, path: str, manifest: BackupManifest) -> None:
        """Remember the manifest of a backup that was just written."""
        self._read[path, manifest.size] = manifest

    async def listed(self) -> tuple[RemoteBackup, ...]:
        """Return the complete backups of all computers, the newest of each first, those of this one first. Raise `ChatdeskError`."""
        own = self.own
        if self.destination is None:
            return ()
        folder = await self.open()
        found: list[RemoteBackup] = []
        was_used = bool(self._settings.get(LAST_DAILY_BACKUP))  # then it is missing rather than empty
        computers = [entry.name for entry in await folder.list(expected=was_used) if entry.is_folder]
        async with self.temporary_files("listing") as scratch:
            for computer in sorted(computers, key=lambda name: name != own)[:_MAX_COMPUTERS]:
                found += await self.of_computer(folder, computer, await folder.list(computer), scratch)
        return tuple(found)

    async def of_computer(
        self, folder: RemoteFolder, computer: str, entries: Sequence[RemoteEntry], scratch: Path
    ) -> list[RemoteBackup]:
        """Return the complete backups among the `entries` of a computer's folder, the newest first. Raise `ChatdeskError`."""
        sizes = {entry.name: entry.size for entry in entries}
        complete = [name for name in map(BackupName.of, sizes) if name and name.manifest in sizes]
        found: list[RemoteBackup] = []
        for name in sorted(complete, key=lambda each: each.number, reverse=True):
            backup = RemoteBackup(computer, name, sizes[name.database], None, computer == self.own)
            found.append(await self._with_manifest(folder, backup, scratch))
        return found

    async def _with_manifest(self, folder: RemoteFolder, backup: RemoteBackup, scratch: Path) -> RemoteBackup:
        stored = backup.path, backup.size
        if stored not in self._read and stored not in self._newer:
            with suppress(FileNotFoundError, KeyNotKnown, BackupDamaged, ValueError):
                name = f"{backup.folder}/{backup.name.manifest}"
                content = await self._read_converted(folder, name, backup.name, scratch, _MAX_MANIFEST_BYTES)
                try:
                    self._read[stored] = BackupManifest.from_json(content)
                except ManifestNewer:
                    self._newer.add(stored)
        manifest = self._read.get(stored)
        is_newer = stored in self._newer or (manifest is not None and manifest.database > NEWEST)
        return replace(backup, manifest=manifest, is_newer=is_newer)

    async def with_manifest(self, backup: RemoteBackup) -> RemoteBackup:
        """Return a backup with its manifest, if a key for it is on this computer now. Raise `ChatdeskError`."""
        async with self.temporary_files("manifest") as scratch:
            return await self._with_manifest(await self.open(), backup, scratch)

    async def attachments_of(
        self, folder: RemoteFolder, own: str, name: BackupName, scratch: Path
    ) -> frozenset[str] | None:
        """Return the names of the attachments of a backup; None if they cannot be read. Raise `ChatdeskError`."""
        with suppress(FileNotFoundError, KeyNotKnown, BackupDamaged, UnicodeDecodeError):
            content = await self._read_converted(folder, f"{own}/{name.attachments}", name, scratch, _MAX_LIST_BYTES)
            return frozenset(content.decode().split())
        return None

    async def _read_converted(
        self, folder: RemoteFolder, path: str, name: BackupName, scratch: Path, limit: int
    ) -> bytes:
        """Return the content of a small file of a backup. Raise `KeyNotKnown` if its key is not on this computer."""
        if not name.is_encrypted:
            return await read_small(folder, path, scratch / "small", limit)
        await folder.read(path, scratch / "small", limit)
        return (await self._decrypted(scratch / "small", await self._keys()))[0]

    async def _decrypted(self, path: Path, keys: Sequence[AgeKey]) -> tuple[bytes, AgeKey]:
        """Return the content of a small encrypted file, and the key that opens it. Raise `KeyNotKnown` or `BackupDamaged`."""
        plain = path.with_name("plain")
        for key in keys:
            with suppress(KeyNotKnown):
                await run_in_background(lambda _, key=key: decrypt_file(path, plain, key))  # type: ignore[misc]
                try:
                    return plain.read_bytes(), key
                finally:
                    plain.unlink()
        raise KeyNotKnown

    async def _keys(self) -> list[AgeKey]:
        """Return the keys that are on this computer."""
        public = self._settings.get(BACKUP_KEY)
        key = AgeKey.matching(await self.secrets.key(public), public) if public else None
        return [*([key] if key else []), *self._opened_keys]

    async def key_for(self, backup: RemoteBackup, passphrase: str | None = None) -> AgeKey:
        """Return the key of an encrypted backup: one of this computer, or one at the destination, which the passphrase opens.

        Raise `KeyNotKnown` without a passphrase, `PassphraseWrong` or another `ChatdeskError`.
        """
        folder = await self.open()
        async with self.temporary_files("key") as scratch:
            sample = scratch / "sample"
            try:
                await folder.read(f"{backup.folder}/{backup.name.manifest}", sample, _MAX_MANIFEST_BYTES)
            except FileNotFoundError as error:
                raise BackupDamaged(path=backup.path, reason="not complete") from error
            with suppress(KeyNotKnown):
                return (await self._decrypted(sample, await self._keys()))[1]
            if passphrase is None:
                raise KeyNotKnown
            names = [entry.name for entry in await folder.list(backup.folder) if _KEY_FILE.fullmatch(entry.name)]
            for name in sorted(names, key=lambda each: each != KEY_NAME)[:_MAX_KEYS]:
                content = await read_small(folder, f"{backup.folder}/{name}", scratch / "key", MAX_KEY_BYTES)
                with suppress(PassphraseWrong, KeyNotKnown):
                    key = await open_key(ProtectedKey(content), passphrase)
                    await self._decrypted(sample, [key])
                    self._opened_keys.append(key)
                    return key
        if not names:
            raise BackupDamaged(path=KEY_NAME, reason="the key is missing")
        raise PassphraseWrong

    @asynccontextmanager
    async def temporary_files(self, name: str) -> AsyncGenerator[Path, None]:
        """Yield an empty private folder, which is removed afterwards; what a crash left in it is removed before.

        Raise `TemporaryFilesFailed`, also for errors of the files in it.
        """
        folder = self.scratch / name
        await asyncio.to_thread(_remove_folder, folder)
        with temporary_file_errors(self.scratch):
            make_private_folder(folder)
            try:
                yield folder
            finally:
                await asyncio.to_thread(_remove_folder, folder)


def _remove_folder(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
