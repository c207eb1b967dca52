"""The backups at the chosen place, of all computers that write there: their list, and the keys that open them."""

import asyncio
import re
import shutil
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from chatdesk.features.backups.domain.copies import CopyFacts, CopyName
from chatdesk.features.backups.services.backup_place import read_small
from chatdesk.kernel.errors.backup_errors import BackupDamaged, KeyNotKnown, PassphraseWrong, PlaceMissing
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.remote_folder import FolderPlace, MakeFolder, RemoteFolder
from chatdesk.kernel.settings.declarations import BACKUP_FOLDER, BACKUP_KEY, BACKUP_PLACE, BACKUP_USER
from chatdesk.kernel.settings.store import Settings
from chatdesk.storage.database.background import run_in_background
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.files.age_encryption import (
    KEY_NAME,
    MAX_KEY_BYTES,
    AgeKey,
    ProtectedKey,
    decrypt_file,
    open_key,
)
from chatdesk.storage.files.file_writing import make_private_folder
from chatdesk.system.folder_secrets import FolderSecrets

_MAX_FACTS_BYTES = 64 * 1024
_MAX_LIST_BYTES = 64 * 1024 * 1024
_MAX_COMPUTERS = 20
_KEY_FILE = re.compile(r"chatdesk-key(?:-[0-9a-f]{8})?\.age")
_MAX_KEYS = 5
"""Passphrases that were used one after the other. Each attempt takes seconds."""


@dataclass(frozen=True, slots=True)
class StoredCopy:
    """A backup at the place. `facts` are None if they cannot be read: without the passphrase, or because it is not complete."""

    folder: str
    """The folder of the computer that made it."""
    name: CopyName
    size: int
    facts: CopyFacts | None = None
    is_own: bool = True
    """Whether this computer made it."""

    @property
    def is_cut_off(self) -> bool:
        """Whether the file has another size than it had when it was verified."""
        return self.facts is not None and self.facts.size != self.size

    @property
    def path(self) -> str:
        """The name of the database at the place."""
        return f"{self.folder}/{self.name.database}"


class StoredCopies:
    """Reads the backups. `scratch` is a folder for temporary files."""

    def __init__(self, settings: Settings, secrets: FolderSecrets, make_folder: MakeFolder, scratch: Path) -> None:
        self.secrets = secrets
        self._settings = settings
        self._make_folder = make_folder
        self.scratch = scratch
        self._opened_keys: list[AgeKey] = []
        """Of other computers or earlier passphrases, opened by their passphrase until the program ends."""
        self._read: dict[tuple[str, int], CopyFacts] = {}

    @property
    def place(self) -> FolderPlace | None:
        """The chosen place; None before the first choice."""
        location = self._settings.get(BACKUP_PLACE)
        return FolderPlace(location, self._settings.get(BACKUP_USER)) if location else None

    @property
    def own(self) -> str:
        """The folder of this computer at the place."""
        return self._settings.get(BACKUP_FOLDER)

    async def open(self) -> RemoteFolder:
        """Return the access to the chosen place. Raise `ChatdeskError`."""
        place = self.place
        if place is None:
            raise PlaceMissing
        return self._make_folder(place, await self.secrets.password(place.location) if place.is_remote else "")

    async def check(self, place: FolderPlace, password: str) -> None:
        """Raise `ChatdeskError` unless the place responds to this password."""
        await self._make_folder(place, password).list()

    def forget(self) -> None:
        """Forget what was read of backups, and the keys that were opened."""
        self._read.clear()
        self._opened_keys.clear()

    def remember(self, path: str, facts: CopyFacts) -> None:
        """Remember the facts of a backup that was just written."""
        self._read[path, facts.size] = facts

    async def stored(self) -> tuple[StoredCopy, ...]:
        """Return the backups at the place, of all computers, the newest of each first. Raise `ChatdeskError`."""
        own = self.own
        if self.place is None:
            return ()
        folder = await self.open()
        found: list[StoredCopy] = []
        computers = [entry.name for entry in await folder.list() if entry.is_folder]
        async with self.temporary_files("listing") as scratch:
            for computer in sorted(computers, key=lambda name: name != own)[:_MAX_COMPUTERS]:
                entries = {entry.name: entry.size for entry in await folder.list(computer)}
                names = [name for name in map(CopyName.of, entries) if name]
                for name in sorted(names, key=lambda each: each.number, reverse=True):
                    copy = StoredCopy(computer, name, entries[name.database], None, computer == own)
                    facts = await self._facts(folder, copy, scratch) if name.facts in entries else None
                    found.append(StoredCopy(computer, name, copy.size, facts, copy.is_own))
        return tuple(found)

    async def _facts(self, folder: RemoteFolder, copy: StoredCopy, scratch: Path) -> CopyFacts | None:
        if (copy.path, copy.size) not in self._read:
            with suppress(FileNotFoundError, KeyNotKnown, BackupDamaged, ValueError):
                name = f"{copy.folder}/{copy.name.facts}"
                content = await self._read_converted(folder, name, copy.name, scratch, _MAX_FACTS_BYTES)
                self._read[copy.path, copy.size] = CopyFacts.from_json(content)
        return self._read.get((copy.path, copy.size))

    async def attachments_of(
        self, folder: RemoteFolder, own: str, name: CopyName, scratch: Path
    ) -> frozenset[str] | None:
        """Return the names of the attachments of a backup; None if they cannot be read. Raise `ChatdeskError`."""
        with suppress(FileNotFoundError, KeyNotKnown, BackupDamaged, UnicodeDecodeError):
            content = await self._read_converted(folder, f"{own}/{name.attachments}", name, scratch, _MAX_LIST_BYTES)
            return frozenset(content.decode().split())
        return None

    async def _read_converted(
        self, folder: RemoteFolder, path: str, name: CopyName, scratch: Path, limit: int
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

    async def key_for(self, copy: StoredCopy, passphrase: str | None = None) -> AgeKey:
        """Return the key of an encrypted backup: one of this computer, or one at the place, which the passphrase opens.

        Raise `KeyNotKnown` without a passphrase, `PassphraseWrong` or another `ChatdeskError`.
        """
        folder = await self.open()
        async with self.temporary_files("key") as scratch:
            sample = scratch / "sample"
            try:
                await folder.read(f"{copy.folder}/{copy.name.facts}", sample, _MAX_FACTS_BYTES)
            except FileNotFoundError as error:
                raise BackupDamaged(path=copy.path, reason="not complete") from error
            with suppress(KeyNotKnown):
                return (await self._decrypted(sample, await self._keys()))[1]
            if passphrase is None:
                raise KeyNotKnown
            names = [entry.name for entry in await folder.list(copy.folder) if _KEY_FILE.fullmatch(entry.name)]
            for name in sorted(names, key=lambda each: each != KEY_NAME)[:_MAX_KEYS]:
                content = await read_small(folder, f"{copy.folder}/{name}", scratch / "key", MAX_KEY_BYTES)
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
        """Yield an empty private folder, which is removed afterwards; what a crash left in it is removed before."""
        folder = self.scratch / name
        await asyncio.to_thread(_remove_folder, folder)
        with storage_errors(folder):
            make_private_folder(folder)
        try:
            yield folder
        finally:
            await asyncio.to_thread(_remove_folder, folder)


def _remove_folder(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
