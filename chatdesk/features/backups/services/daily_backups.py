"""Daily backups at a destination that the user chose, in addition to the weekly ones in the data folder.

The database is copied through SQLite and checked on this computer, then written to the destination with the attachments that are not
there yet, and read back. Only then are older backups removed (`domain/retention.py`). A destination that is missing is not an error: the
next attempt follows within an hour.
"""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from chatdesk.features.backups.domain.backup_files import BackupManifest, BackupName
from chatdesk.features.backups.services.backup_destination import (
    folder_within,
    name_of_this_computer,
    read_small,
)
from chatdesk.features.backups.services.backup_writer import BackupWriter
from chatdesk.features.backups.services.remote_backups import RemoteBackups
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.errors.backup_errors import LocationMissing
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.remote_folder import RemoteFolder, StorageLocation
from chatdesk.kernel.settings.declarations import (
    BACKUP_DAILY,
    BACKUP_FOLDER,
    BACKUP_KEY,
    BACKUP_LOCATION,
    BACKUP_LOCATION_CHOSEN,
    BACKUP_USER,
    LAST_DAILY_BACKUP,
)
from chatdesk.kernel.settings.store import Settings
from chatdesk.kernel.text.regular_file import read_whole
from chatdesk.storage.database.attachment_references import referenced_in
from chatdesk.storage.database.background import run_in_background
from chatdesk.storage.database.database import Database
from chatdesk.storage.database.inspection import reader
from chatdesk.storage.database.migrator import NEWEST
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.files.age_encryption import KEY_NAME, MAX_KEY_BYTES, SUFFIX, AgeKey, ProtectedKey, make_key
from chatdesk.storage.files.file_writing import replace_file
from chatdesk.storage.files.large_files import checksum_of
from chatdesk.storage.files.user_files import UserFiles
from chatdesk.storage.recovery.replacement import content_of

_log = logging.getLogger(__name__)

_COPIED = 0.3
"""The completed share when the database has been copied on this computer; the rest is writing and reading back, by the number of bytes."""
_PROBE = "chatdesk-test"
"""Name of a file that is written to a new destination and deleted again."""


@dataclass(frozen=True, slots=True)
class BackupsChanged:
    """The progress, the result or the settings of daily backups changed."""


class DailyBackups:
    """Makes backups at the chosen destination.

    `attachment_path` returns the file of an attachment, `user_files` are the presets and glossaries. `key_file` is a copy of the protected
    key in the settings folder. `now` returns aware UTC time.
    """

    def __init__(
        self,
        database: Database,
        settings: Settings,
        backups: RemoteBackups,
        attachment_path: Callable[[str], Path | None],
        user_files: UserFiles,
        key_file: Path,
        now: Callable[[], datetime],
    ) -> None:
        self.changes: Announcer[BackupsChanged] = Announcer()
        self.problem: ChatdeskError | None = None
        """Why the last attempt failed; None after a successful one."""
        self.share: float | None = None
        """The completed share of a running backup, from 0 to 1."""
        self.backups = backups
        self._database = database
        self._settings = settings
        self._attachment_path = attachment_path
        self._user_files = user_files
        self._key_file = key_file
        self._now = now
        self._lock = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._making: asyncio.Task[None] | None = None

    # What is set.

    @property
    def is_on(self) -> bool:
        """Whether a backup is made every day."""
        return self._settings.get(BACKUP_DAILY) and self.backups.destination is not None

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
        """Return the days since the last backup at this destination, or since it was chosen; 0 if the clock was set back."""
        since = self.last or _time(self._settings.get(BACKUP_LOCATION_CHOSEN))
        return max(timedelta(0), self._now() - since).days if since else 0

    def choose_folder(self, folder: Path) -> None:
        """Use a folder of this computer, and switch daily backups on."""
        self._set_destination(StorageLocation(str(folder_within(folder))))

    async def choose_server(self, destination: StorageLocation, password: str | None) -> None:
        """Check that files can be written in a folder on a server, use it, and switch daily backups on.

        `password` is saved once it has worked; None means the one that is saved already. Raise `ChatdeskError`; then nothing has changed.
        """
        folder = await self.backups.open(destination, password)
        await folder.list()
        async with self.backups.temporary_files("probe") as scratch:
            await _write_bytes(folder, _PROBE, b"", scratch / _PROBE)
        await folder.delete(_PROBE)
        if password is not None:
            await self.backups.secrets.save_password(destination.address, password)
        self._set_destination(destination)

    def switch(self, *, on: bool) -> None:
        """Switch daily backups on or off. The existing ones stay."""
        self._settings.set(BACKUP_DAILY, value=on)
        self.problem = None
        self._announce()

    async def protect(self, passphrase: str) -> None:
        """Encrypt backups from now on with a new key. Those made before stay as they are. Raise `EncryptionFailed` or `StorageError`."""
        key, protected = await make_key(passphrase)
        # From here on it is not cancelled: a key that is used must be stored in both locations.
        await asyncio.shield(self._use_key(key, protected))

    async def _use_key(self, key: AgeKey, protected: ProtectedKey) -> None:
        with storage_errors(self._key_file):
            await asyncio.to_thread(self._replace_key_file, protected.content)
        await self.backups.secrets.save_key(key.public, key.secret)
        self._settings.set(BACKUP_KEY, key.public)
        self._announce()

    def _replace_key_file(self, content: bytes) -> None:
        """Replace the protected key, and keep the one in use under another name: after a crash, the settings may still name that one."""
        used = self._settings.get(BACKUP_KEY)
        if used and self._key_file.exists() and not self._earlier_key_file(used).exists():
            replace_file(self._earlier_key_file(used), read_whole(self._key_file, MAX_KEY_BYTES))
        replace_file(self._key_file, content)

    def _earlier_key_file(self, public: str) -> Path:
        """Return the file of a protected key that was, or was to be, replaced by a later one."""
        return self._key_file.with_name(f"chatdesk-key-{hashlib.sha256(public.encode()).hexdigest()[:8]}{SUFFIX}")

    def _read_key_file(self, public: str) -> bytes:
        earlier = self._earlier_key_file(public)
        return read_whole(earlier if earlier.exists() else self._key_file, MAX_KEY_BYTES)

    def stop_protecting(self) -> None:
        """Do not encrypt backups any more. Those made before still need the passphrase."""
        self._settings.set(BACKUP_KEY, "")
        self._announce()

    def _set_destination(self, destination: StorageLocation) -> None:
        self.cancel()
        self._settings.set(BACKUP_LOCATION, destination.address)
        self._settings.set(BACKUP_USER, destination.user)
        if not self._settings.get(BACKUP_FOLDER):
            self._settings.set(BACKUP_FOLDER, name_of_this_computer())
        self._settings.set(LAST_DAILY_BACKUP, "")
        self._settings.set(BACKUP_LOCATION_CHOSEN, self._now().isoformat())
        self.switch(on=True)

    # Making one.

    @property
    def is_busy(self) -> bool:
        """Whether a backup is being made, or one that was started waits for that."""
        return self._making is not None or bool(self._tasks)

    def start(self) -> None:
        """Make a backup in the background, unless one is being made. The result is `problem`."""
        if self._making is None or self._making.cancelling():
            task = asyncio.get_running_loop().create_task(self._make_quietly(), name="daily backup")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def cancel(self) -> None:
        """Stop the backup that is being made, if there is one. The next one removes what it has written."""
        if self._making:
            self._making.cancel()

    async def close(self) -> None:
        """Stop; an incomplete backup is removed by the next one."""
        for task in (tasks := tuple(self._tasks)):
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _make_quietly(self) -> None:
        with suppress(ChatdeskError):
            await self.make()

    async def make(self) -> None:
        """Make a backup now, unless there are no chats, or `cancel` is called. Raise `ChatdeskError`, which is also kept as `problem`."""
        async with self._lock:
            self._progress(0.0)
            self._making = asyncio.get_running_loop().create_task(self._make(), name="make a daily backup")
            try:
                await self._making
                self.problem = None
            except asyncio.CancelledError:
                if (task := asyncio.current_task()) and task.cancelling():
                    raise  # not by `cancel`: this task is to end, too
            except ChatdeskError as error:
                self.problem = error
                _log.info("No daily backup was made: %s", type(error).__name__)
                raise
            finally:
                self._making = self.share = None
                self._announce()

    async def _make(self) -> None:
        folder, own = await self.backups.open(), self.backups.own
        if own not in {entry.name for entry in await folder.list()} and self.last:
            # An empty folder where a disk is usually connected is not the destination.
            raise LocationMissing(path=self._settings.get(BACKUP_LOCATION))
        async with self.backups.temporary_files("making") as scratch:
            copy = scratch / "chats.sqlite3"
            await self._database.copy_to(copy, lambda share: self._progress(_COPIED * share))
            content = await run_in_background(lambda _: content_of(copy))
            if content is None:
                return
            used = await run_in_background(lambda _: _references(copy))
            public = self._settings.get(BACKUP_KEY)
            existing = [name for entry in await folder.list(own) if (name := BackupName.of_any_file(entry.name))]
            name = BackupName(
                1 + max((each.number for each in existing), default=0),
                self._now().astimezone().date(),
                is_encrypted=bool(public),
            )
            writer = BackupWriter(folder, own, scratch, public)
            files = await self._pack_files(scratch)
            attachments = await writer.plan_attachments(
                {*used, *files}, lambda sha256: files.get(sha256) or self._attachment_path(sha256)
            )
            stored = await writer.converted(copy)
            sums = await run_in_background(lambda report: checksum_of(stored, report))
            sha256 = sums.digest.removeprefix("sha256:")
            await writer.check_space(sums.size + attachments.size, self._settings.get(BACKUP_LOCATION))
            written = self._count_bytes(attachments.size + 2 * sums.size)
            if public:
                await self._write_key(folder, own, scratch, public)
            await writer.write_attachments(attachments, written)
            await writer.write(name.attachments, "\n".join(sorted(attachments.names)).encode())
            await writer.write_database(name.database, stored, sums.size, sha256, lambda: written(sums.size))
            manifest = BackupManifest(
                self._now(),
                sums.size,
                sha256,
                content.chats,
                content.newest,
                content.newest_at,
                "".join(files),
                NEWEST,
            )
            await writer.write(name.manifest, manifest.to_json())
            self.backups.remember(f"{own}/{name.database}", manifest)
            self._settings.set(LAST_DAILY_BACKUP, self._now().isoformat())
            await writer.remove_expired(self.backups, name, attachments.names)

    async def _pack_files(self, scratch: Path) -> Mapping[str, Path]:
        """Return the archive of presets and glossaries by its SHA-256; nothing if there are none."""
        archive = scratch / "files.zip"
        if not await run_in_background(lambda report: self._user_files.pack(archive, lambda: report(0.0))):
            return {}
        sums = await run_in_background(lambda report: checksum_of(archive, report))
        return {sums.digest.removeprefix("sha256:"): archive}

    def _count_bytes(self, total: int) -> Callable[[int], None]:
        """Return what reports the progress of writing `total` bytes, by the number of bytes that were written."""
        done = 0

        def count(written: int) -> None:
            nonlocal done
            done += written
            self._progress(_COPIED + (1 - _COPIED) * done / max(total, 1))

        return count

    async def _write_key(self, folder: RemoteFolder, own: str, scratch: Path, public: str) -> None:
        """Store the protected key next to the backups unless it is there. An older key under its usual name gets another name."""
        with storage_errors(self._key_file):
            content = await asyncio.to_thread(self._read_key_file, public)
        there: bytes | None = None
        with suppress(FileNotFoundError):
            there = await read_small(folder, f"{own}/{KEY_NAME}", scratch / "key", MAX_KEY_BYTES)
        if there == content:
            return
        if there is not None:  # of an earlier passphrase, which still opens the backups of its time
            await _write_bytes(folder, f"{own}/{_old_key_name(there)}", there, scratch / "key")
        await _write_bytes(folder, f"{own}/{KEY_NAME}", content, scratch / "key")

    def _progress(self, share: float) -> None:
        self.share = share
        self._announce()

    def _announce(self) -> None:
        self.changes.announce(BackupsChanged())


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
