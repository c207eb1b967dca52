"""Daily backups at a place that the user chose, in addition to the weekly ones in the data folder.

The database is copied through SQLite and checked on this computer, then written to the place with the attachments that are not there yet,
and read back. Only then are older backups removed (`domain/copies.py`). A place that is missing is not an error: the next attempt follows
within an hour.
"""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from chatdesk.features.backups.domain.copies import ATTACHMENTS, CopyFacts, CopyName, superseded
from chatdesk.features.backups.services.backup_place import (
    folder_within,
    name_of_this_computer,
    read_small,
)
from chatdesk.features.backups.services.stored_copies import StoredCopies
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.chat.attachments import is_sha256
from chatdesk.kernel.errors.backup_errors import BackupDamaged, PlaceMissing
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.remote_folder import FolderPlace, RemoteFolder
from chatdesk.kernel.settings.declarations import (
    BACKUP_DAILY,
    BACKUP_FOLDER,
    BACKUP_KEY,
    BACKUP_PLACE,
    BACKUP_PLACE_CHOSEN,
    BACKUP_USER,
    LAST_DAILY_BACKUP,
)
from chatdesk.kernel.settings.store import Settings
from chatdesk.storage.database.attachment_references import referenced_in
from chatdesk.storage.database.background import Report, run_in_background
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.inspection import reader
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.files.age_encryption import (
    KEY_NAME,
    MAX_KEY_BYTES,
    SUFFIX,
    encrypt_file,
    hidden_name,
    make_key,
)
from chatdesk.storage.files.file_writing import replace_file
from chatdesk.storage.files.large_files import checksum_of
from chatdesk.storage.recovery.replacement import content_of

_log = logging.getLogger(__name__)

_COPIED, _SENT, _READ_BACK = 0.4, 0.8, 1.0
"""The completed share after each part."""


@dataclass(frozen=True, slots=True)
class BackupsChanged:
    """The progress, the result or the settings of daily backups changed."""


class DailyBackups:
    """Makes backups at the chosen place.

    `attachment_path` returns the file of an attachment. `key_file` is a copy of the protected key in the settings folder. `now` returns
    aware UTC time.
    """

    def __init__(
        self,
        database: Database,
        settings: Settings,
        copies: StoredCopies,
        attachment_path: Callable[[str], Path | None],
        key_file: Path,
        now: Callable[[], datetime],
    ) -> None:
        self.changes: Announcer[BackupsChanged] = Announcer()
        self.problem: ChatdeskError | None = None
        """Why the last attempt failed; None after a successful one."""
        self.share: float | None = None
        """The completed share of a running backup, from 0 to 1."""
        self.copies = copies
        self._database = database
        self._settings = settings
        self._attachment_path = attachment_path
        self._key_file = key_file
        self._now = now
        self._lock = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    # What is set.

    @property
    def is_on(self) -> bool:
        """Whether a backup is made every day."""
        return self._settings.get(BACKUP_DAILY) and self.copies.place is not None

    @property
    def is_protected(self) -> bool:
        """Whether backups are encrypted."""
        return bool(self._settings.get(BACKUP_KEY))

    @property
    def last(self) -> datetime | None:
        """The time of the last backup."""
        return _time(self._settings.get(LAST_DAILY_BACKUP))

    def is_due(self) -> bool:
        """Return whether a backup is to be made: none was made on this day. A clock that was set back makes one due, too."""
        last = self.last
        return self.is_on and (last is None or last.astimezone().date() != self._now().astimezone().date())

    def days_without(self) -> int:
        """Return the days since the last backup at this place, or since it was chosen; 0 if the clock was set back."""
        since = self.last or _time(self._settings.get(BACKUP_PLACE_CHOSEN))
        return max(timedelta(0), self._now() - since).days if since else 0

    def choose_folder(self, folder: Path) -> None:
        """Use a folder of this computer, and switch daily backups on."""
        self._set_place(FolderPlace(str(folder_within(folder))))

    async def choose_server(self, place: FolderPlace, password: str) -> None:
        """Check a folder on a server, keep its password, use it, and switch daily backups on. Raise `ChatdeskError`."""
        await self.copies.check(place, password)
        await self.copies.secrets.keep_password(place.location, password)
        self._set_place(place)

    def switch(self, *, on: bool) -> None:
        """Switch daily backups on or off. The existing ones stay."""
        self._settings.set(BACKUP_DAILY, value=on)
        self.problem = None
        self._announce()

    async def protect(self, passphrase: str) -> None:
        """Encrypt backups from now on. Those made before stay as they are. Raise `EncryptionFailed` or `StorageError`."""
        key, protected = await make_key(passphrase)
        with storage_errors(self._key_file):
            await asyncio.to_thread(replace_file, self._key_file, protected.content)
        await self.copies.secrets.keep_key(key.public, key.secret)
        self._settings.set(BACKUP_KEY, key.public)
        self._announce()

    def stop_protecting(self) -> None:
        """Do not encrypt backups any more. Those made before still need the passphrase."""
        self._settings.set(BACKUP_KEY, "")
        self._announce()

    def _set_place(self, place: FolderPlace) -> None:
        self._settings.set(BACKUP_PLACE, place.location)
        self._settings.set(BACKUP_USER, place.user)
        if not self._settings.get(BACKUP_FOLDER):
            self._settings.set(BACKUP_FOLDER, name_of_this_computer())
        self._settings.set(LAST_DAILY_BACKUP, "")
        self._settings.set(BACKUP_PLACE_CHOSEN, self._now().isoformat())
        self.switch(on=True)

    # Making one.

    def start(self) -> None:
        """Make a backup in the background, unless one is being made. The result is `problem`."""
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._make_quietly(), name="daily backup")

    async def close(self) -> None:
        """Stop; an incomplete backup is removed by the next one."""
        if self._task:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _make_quietly(self) -> None:
        with suppress(ChatdeskError):
            await self.make()

    async def make(self) -> None:
        """Make a backup now, unless there are no chats. Raise `ChatdeskError`, which is also kept as `problem`."""
        async with self._lock:
            self._progress(0.0)
            try:
                await self._make()
                self.problem = None
            except ChatdeskError as error:
                self.problem = error
                _log.info("No daily backup was made: %s", type(error).__name__)
                raise
            finally:
                self.share = None
                self._announce()

    async def _make(self) -> None:
        folder, own = await self.copies.open(), self.copies.own
        if own not in {entry.name for entry in await folder.list()} and self.last:
            # An empty folder where a disk is usually connected is not the place.
            raise PlaceMissing(path=self._settings.get(BACKUP_PLACE))
        async with self.copies.temporary_files("making") as scratch:
            copy = scratch / "chats.sqlite3"
            await self._database.copy_to(copy, lambda share: self._progress(_COPIED * share))
            content = await run_in_background(lambda _: content_of(copy))
            if content is None:
                return
            used = await run_in_background(lambda _: _references(copy))
            public = self._settings.get(BACKUP_KEY)
            there = [name for entry in await folder.list(own) if (name := CopyName.of(entry.name))]
            name = CopyName(
                1 + max((each.number for each in there), default=0),
                self._now().astimezone().date(),
                is_encrypted=bool(public),
            )
            writing = _Writing(folder, own, scratch, public)
            if public:
                await self._write_key(folder, own, scratch)
            attachments = await writing.add_attachments(used, self._attachment_path)
            await writing.write(name.attachments, "\n".join(sorted(attachments)).encode())
            stored = await writing.converted(copy)
            sums = await run_in_background(lambda report: checksum_of(stored, report))
            self._progress(_SENT)
            await folder.write(f"{own}/{name.database}", stored)
            sha256 = sums.digest.removeprefix("sha256:")
            await _read_back(folder, f"{own}/{name.database}", sums.size, sha256)
            self._progress(_READ_BACK)
            facts = CopyFacts(self._now(), sums.size, sha256, content.chats, content.newest, content.newest_at)
            await writing.write(name.facts, facts.to_json())
            self.copies.remember(f"{own}/{name.database}", facts)
            self._settings.set(LAST_DAILY_BACKUP, self._now().isoformat())
            await self._remove_superseded(folder, own, name, attachments, writing)

    async def _write_key(self, folder: RemoteFolder, own: str, scratch: Path) -> None:
        """Store the protected key next to the backups unless it is there. Under its usual name, an older key keeps its number."""
        with storage_errors(self._key_file):
            content = await asyncio.to_thread(self._key_file.read_bytes)
        there: bytes | None = None
        with suppress(FileNotFoundError):
            there = await read_small(folder, f"{own}/{KEY_NAME}", scratch / "key", MAX_KEY_BYTES)
        if there == content:
            return
        if there is not None:  # of an earlier passphrase, which still opens the backups of its time
            await _write_bytes(folder, f"{own}/{_old_key_name(there)}", there, scratch / "key")
        await _write_bytes(folder, f"{own}/{KEY_NAME}", content, scratch / "key")

    async def _remove_superseded(
        self, folder: RemoteFolder, own: str, newest: CopyName, attachments: Collection[str], writing: "_Writing"
    ) -> None:
        """Remove what rotation does not keep, what earlier attempts left, and attachments that no backup needs."""
        files = {entry.name for entry in await folder.list(own)}
        names = [name for name in map(CopyName.of, files) if name and name.reason == newest.reason]
        complete = [name for name in names if name.facts in files]
        gone = [*superseded(complete), *(name for name in names if name.facts not in files)]
        for name in gone:  # the facts first: without them it is not complete
            for file in (name.facts, name.database, name.attachments):
                await folder.delete(f"{own}/{file}")
        if not gone:
            return
        needed = set(attachments)
        for name in set(complete) - set(gone) - {newest}:
            listed = await self.copies.attachments_of(folder, own, name, writing.scratch)
            if listed is None:
                return  # it is unknown what this backup needs
            needed |= listed
        for below in await folder.list(f"{own}/{ATTACHMENTS}"):
            for entry in await folder.list(f"{own}/{ATTACHMENTS}/{below.name}") if below.is_folder else ():
                if entry.name not in needed:
                    await folder.delete(f"{own}/{ATTACHMENTS}/{below.name}/{entry.name}")

    def _progress(self, share: float) -> None:
        self.share = share
        self._announce()

    def _announce(self) -> None:
        self.changes.announce(BackupsChanged())


class _Writing:
    """Writing of one backup's files, encrypted if there is a `public` key."""

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

    async def add_attachments(self, used: Collection[str], path_of: Callable[[str], Path | None]) -> frozenset[str]:
        """Store the attachments that are not there yet. Return the names of all; one that is missing here is left out."""
        names: set[str] = set()
        listed: dict[str, frozenset[str]] = {}
        for sha256 in filter(is_sha256, sorted(used)):
            path = await asyncio.to_thread(path_of, sha256)
            if path is None:
                continue
            name = hidden_name(sha256, self._public) if self._public else sha256
            below = f"{self._own}/{ATTACHMENTS}/{name[:2]}"
            if below not in listed:
                listed[below] = frozenset(entry.name for entry in await self._folder.list(below))
            if name not in listed[below]:
                stored = await self.converted(path)
                await self._folder.write(f"{below}/{name}", stored)
                if stored != path:
                    stored.unlink()
            names.add(name)
        return frozenset(names)


async def _read_back(folder: RemoteFolder, name: str, size: int, sha256: str) -> None:
    """Raise `BackupDamaged` unless the place returns what was written. Then the file is deleted there."""
    with suppress(BackupDamaged, FileNotFoundError):
        if await folder.sha256(name, size) == sha256:
            return
    with suppress(ChatdeskError):
        await folder.delete(name)
    raise BackupDamaged(path=name, reason="it could not be read back")


async def _write_bytes(folder: RemoteFolder, name: str, content: bytes, scratch: Path) -> None:
    with storage_errors(scratch):
        replace_file(scratch, content)
    await folder.write(name, scratch)


def _time(text: str) -> datetime | None:
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else None
    return None


def _old_key_name(content: bytes) -> str:
    return f"chatdesk-key-{hashlib.sha256(content).hexdigest()[:8]}{SUFFIX}"


def _references(copy: Path) -> frozenset[str]:
    with storage_errors(copy), reader(copy, log=False) as connection:
        return referenced_in(connection)
