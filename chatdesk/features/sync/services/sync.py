"""Synchronisation with other computers: writes what has changed here into the shared folder, and merges what others have written.

One round after another, in the background; what fails is tried again in the next one. A crash at any moment loses nothing: changes stay in
the log until they are written, and a bundle counts as read only when all of it is merged.
"""

import asyncio
import logging
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from enum import Enum, auto
from functools import partial
from pathlib import Path

from chatdesk.features.sync.domain.operations import FieldSet, Kind, MessageAdded, Operation
from chatdesk.features.sync.files.bundle import (
    MAX_BYTES,
    TEXT_BYTES,
    BundleHead,
    BundleProblem,
    BundleRefused,
    Finding,
    NameKind,
    pack,
)
from chatdesk.features.sync.files.change_log import ChangeLog, Sent, told_files
from chatdesk.features.sync.files.merging import Merged, Merging, combined
from chatdesk.features.sync.files.records import FindServer
from chatdesk.features.sync.services.live_chats import LiveChats
from chatdesk.features.sync.services.shared_folder import MakeFolder, SharedFolder, StoredBundle
from chatdesk.features.sync.services.shared_presets import SharedPresets
from chatdesk.features.sync.services.sync_keys import SyncKeys
from chatdesk.features.sync.services.sync_settings import OtherComputer, SyncSettings, SyncSettingsFile
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.errors.backup_errors import BackupDamaged, KeyNotKnown
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.database.attachment_references import referenced_in
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.database import Database
from chatdesk.storage.files.age_encryption import AgeKey, make_key, open_key
from chatdesk.storage.files.attachment_files import AttachmentFiles

_log = logging.getLogger(__name__)

_LOCAL_SECONDS = 5.0
"""How often changes of this computer are written."""
_ROUNDS_BETWEEN_READS = 3
"""Of so many rounds, one looks for new bundles."""
_BATCH = 100
"""Maximum number of operations merged in one transaction."""
_TRIES = 3
"""How often a damaged bundle is read before it is reported: it may not have been copied completely."""
_MOST_BUNDLES = 300
"""Number of bundles of this computer after which they are compacted into a few."""
_SETTLED_SECONDS = 60.0
"""A bundle that could not be read is not read again before, unless its size changes."""

ReadBundle = Callable[[Path, int, Callable[[Finding], None]], Awaitable[bool]]
"""Reads a bundle in a process of its own and passes on what it finds; returns whether it was read to the end.

The number is the time in milliseconds since 1970.
"""


class ProblemKind(Enum):
    """What keeps this computer from being synchronised completely."""

    FOLDER = auto()
    """The folder cannot be read or written; `Problem.error` says why."""
    DAMAGED = auto()
    NEWER = auto()
    TOO_LARGE = auto()
    """A change of this computer is larger than a bundle may be, or a bundle is larger than that."""
    UNENCRYPTED = auto()
    """Another computer writes without encryption, and this one with it, or the other way round."""
    PASSPHRASE = auto()
    """The folder is encrypted, and the passphrase is not known here."""
    NOT_DOWNLOADED = auto()
    """The system has not downloaded a file yet."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. `computer` is the name of the computer that has written what cannot be read; empty if it is not about one."""

    kind: ProblemKind
    computer: str = ""
    error: ChatdeskError | None = None


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """What is shown of synchronisation. `synchronised` is the end of the last complete round, in UTC; None before it."""

    settings: SyncSettings
    is_busy: bool = False
    synchronised: datetime | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Attempt:
    """A bundle that could not be merged. `at` is monotonic time."""

    size: int
    at: float
    tries: int
    problem: ProblemKind | None = ProblemKind.DAMAGED
    """None if nothing is wrong with it, but something that it is about is missing."""


class Sync:
    """Synchronisation. `now` returns aware UTC time. Methods belong to the event loop."""

    def __init__(
        self,
        database: Database,
        file: SyncSettingsFile,
        files: AttachmentFiles,
        live: LiveChats,
        presets: SharedPresets,
        keys: SyncKeys,
        make_folder: MakeFolder,
        read_bundle: ReadBundle,
        find_server: FindServer,
        now: Callable[[], datetime],
        temporary: Path,
    ) -> None:
        self.changes: Announcer[SyncStatus] = Announcer()
        self._database = database
        self._file = file
        self._files = files
        self._live = live
        self._presets = presets
        self._keys = keys
        self._make_folder = make_folder
        self._read_bundle = read_bundle
        self._find_server = find_server
        self._now = now
        self._temporary = temporary
        self._status: SyncStatus | None = None
        self._folder: SharedFolder | None = None
        self._task: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()
        self._round = asyncio.Lock()
        self._attempts: dict[str, _Attempt] = {}
        self._wanted: set[str] = set()
        """Hashes of files that messages refer to and that are not here yet."""

    # For the user interface.

    async def status(self) -> SyncStatus:
        """Return the present state. Raises `StorageError`."""
        if self._status is None:
            self._status = SyncStatus(await asyncio.to_thread(self._file.read))
        return self._status

    async def start(self) -> None:
        """Go on if it is switched on. Raises `StorageError`."""
        if (await self.status()).settings.is_on and self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run(), name="synchronisation")

    async def is_encrypted(self, folder: str) -> bool:
        """Return whether a folder is encrypted already, so that its passphrase is needed. Raises as `turn_on`."""
        return await SharedFolder(self._make_folder(folder), None, self._temporary).protected_key() is not None

    async def turn_on(self, folder: str, name: str, passphrase: str) -> None:
        """Synchronise with the other computers that use this folder. An empty `passphrase` means without encryption.

        Raises `PassphraseWrong`, `EncryptionFailed`, `StorageError`, or a `ServerError`; nothing is changed then.
        """
        await self._end_task()
        settings = (await self.status()).settings
        await SharedFolder(self._make_folder(folder), None, self._temporary).bundles()
        key = await self._open_or_make_key(folder, passphrase)
        if key:
            await self._keys.keep(key)
        before = settings.folder
        await self._save(
            replace(
                settings, is_on=True, folder=folder, name=name, public_key=key.public if key else "", first_bundle=1
            )
        )
        if before and before != folder:  # which knows nothing of what was written into the other one
            await self._database.run(lambda connection: self._log(connection).send_again())
            await self._database.run(lambda connection: connection.execute("DELETE FROM sync_bundles"))
        await self.start()

    async def turn_off(self) -> None:
        """Stop. Everything stays as it is, here and in the folder. Raises `StorageError`."""
        await self._end_task()
        await self._database.run(lambda connection: self._log(connection).end())
        settings = (await self.status()).settings
        await self._save(replace(settings, is_on=False))
        self._attempts.clear()
        self._set(problems=(), synchronised=None)

    async def rename(self, name: str) -> None:
        """Change the name under which the other computers list this one. Raises `StorageError`."""
        await self._save(replace((await self.status()).settings, name=name))

    def sync_now(self) -> None:
        """Begin the next round at once, and try again what could not be read."""
        self._attempts.clear()
        self._wake.set()

    async def close(self) -> None:
        """Write what has changed, and stop."""
        was_running = self._task is not None
        await self._end_task()
        if was_running:
            with suppress(TimeoutError, ChatdeskError, OSError):
                async with asyncio.timeout(5):
                    await self._write(await self._open_folder())

    # Rounds.

    async def _run(self) -> None:
        rounds = 0
        while True:
            reads = rounds % _ROUNDS_BETWEEN_READS == 0 or self._wake.is_set()
            self._wake.clear()
            await self.run_round(reads=reads)
            rounds += 1
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), _LOCAL_SECONDS)

    async def run_round(self, *, reads: bool = True) -> None:
        """Write what has changed here and, if `reads`, merge what others have written. Raises nothing: problems are in the status."""
        async with self._round:
            try:
                folder = await self._open_folder()
                await self._write(folder)
                if reads:
                    await self._merge_new(folder)
                    await self._fetch_files(folder)
            except (ChatdeskError, OSError) as error:
                _log.info("Synchronisation: %s", type(error).__name__)
                kind = ProblemKind.PASSPHRASE if isinstance(error, KeyNotKnown) else ProblemKind.FOLDER
                problem = Problem(kind, error=error if isinstance(error, ChatdeskError) else None)
                self._set(is_busy=False, problems=(problem,))
            else:
                if reads:
                    self._set(is_busy=False, synchronised=self._now(), problems=self._problems())

    async def _open_folder(self) -> SharedFolder:
        """Return the folder, and begin recording if that was not done yet."""
        if self._folder is None:
            settings = (await self.status()).settings
            key = await self._keys.key(settings.public_key) if settings.public_key else None
            if settings.public_key and key is None:
                raise KeyNotKnown
            known, last = await self._database.run(
                lambda connection: (self._log(connection).machine, self._log(connection).last_bundle)
            )
            if known != settings.machine or last < settings.bundle:
                # Another database than the one that has written the last bundle: a backup, or one from another computer.
                settings = settings.as_new_computer() if settings.bundle else settings
                await self._save(settings)
            machine = settings.machine
            await self._database.run(lambda connection: self._log(connection).begin(machine))
            await self._presets.note()
            referenced = await self._database.run(referenced_in)
            self._wanted |= await asyncio.to_thread(self._missing, referenced)
            self._folder = SharedFolder(self._make_folder(settings.folder), key, self._temporary)
        return self._folder

    def _log(self, connection: Connection) -> ChangeLog:
        return ChangeLog(connection, self._milliseconds)

    def _milliseconds(self) -> int:
        return round(self._now().timestamp() * 1000)

    # Writing.

    async def _write(self, folder: SharedFolder) -> None:
        while await self._database.run(lambda connection: self._log(connection).record_some()):
            pass
        while True:
            operations, sent = await self._database.run(lambda connection: self._log(connection).unsent(TEXT_BYTES))
            if not sent:
                break
            if operations:
                self._set(is_busy=True)
                await self._write_bundle(folder, operations, sent)
            await self._database.run(partial(self._mark_sent, sent))
        await self._delete_replaced(folder)

    def _mark_sent(self, sent: Sequence[Sent], connection: Connection) -> None:
        self._log(connection).mark_sent(sent)

    async def _write_bundle(self, folder: SharedFolder, operations: Sequence[Operation], sent: Sequence[Sent]) -> None:
        for sha256 in told_files(operations):
            data = None if await folder.has_file(sha256) else await asyncio.to_thread(self._files.read, sha256)
            if data is not None:
                await folder.write_file(sha256, data)
        settings = (await self.status()).settings
        number = await self._database.run(lambda connection: self._log(connection).next_bundle())
        head = BundleHead(settings.machine, settings.name, number)
        data = await asyncio.to_thread(pack, head, operations, self._find_server)
        if len(data) > MAX_BYTES:
            if len(operations) > 1:  # rare: texts that cannot be compressed
                middle = len(operations) // 2
                await self._write_bundle(folder, operations[:middle], sent)
                await self._write_bundle(folder, operations[middle:], sent)
            else:
                self._attempts[f"own {operations[0].stamp.counter}"] = _Attempt(
                    len(data), time.monotonic(), _TRIES, ProblemKind.TOO_LARGE
                )
            return
        await self._save(replace(settings, bundle=number))
        await folder.write_bundle(settings.machine, number, data)
        await self._note_read(settings.machine, number)

    async def _delete_replaced(self, folder: SharedFolder) -> None:
        """Compact the bundles of this computer if there are many, and delete the replaced ones."""
        settings = (await self.status()).settings
        if settings.bundle - settings.first_bundle >= _MOST_BUNDLES:
            await self._save(replace(settings, first_bundle=settings.bundle + 1))
            await self._database.run(lambda connection: self._log(connection).send_again())
            return  # the next round writes them
        if settings.first_bundle > 1:
            for bundle in await folder.bundles():
                if bundle.name.machine == settings.machine and bundle.name.number < settings.first_bundle:
                    await folder.delete_bundle(bundle)

    # Merging.

    async def _merge_new(self, folder: SharedFolder) -> None:
        read = await self._database.run(_read_bundles)
        bundles = await folder.bundles()
        for bundle in sorted(bundles, key=lambda each: (each.name.number, each.file)):
            place = (bundle.name.machine, bundle.name.number)
            if place in read or not self._is_due(bundle):
                if place in read:
                    self._attempts.pop(bundle.file, None)
                continue
            self._set(is_busy=True)
            await self._merge_bundle(folder, bundle)
        self._attempts = {
            file: attempt
            for file, attempt in self._attempts.items()
            if file.startswith("own ") or file in {each.file for each in bundles}
        }

    async def _merge_bundle(self, folder: SharedFolder, bundle: StoredBundle) -> None:
        if bundle.name.kind is NameKind.PLACEHOLDER:
            self._attempts[bundle.file] = _Attempt(bundle.size, time.monotonic(), 0, ProblemKind.NOT_DOWNLOADED)
            return
        found: list[Finding] = []
        machine, milliseconds = bundle.name.machine, self._milliseconds()
        with tempfile.TemporaryDirectory(dir=self._temporary) as temporary:
            path = Path(temporary) / "bundle"
            try:
                await folder.read_bundle(bundle, path)
            except FileNotFoundError:
                return
            except BackupDamaged:
                is_other = bundle.name.is_encrypted != folder.is_encrypted
                self._fail(bundle, ProblemKind.UNENCRYPTED if is_other else ProblemKind.DAMAGED)
                return
            except KeyNotKnown:
                self._fail(bundle, ProblemKind.PASSPHRASE)
                return
            is_complete = await self._read_bundle(path, milliseconds, found.append)
        refused = next((each for each in found if isinstance(each, BundleRefused)), None)
        head = next((each for each in found if isinstance(each, BundleHead)), None)
        if refused or head is None or not is_complete or head.machine != machine:
            self._fail(bundle, _PROBLEMS.get(refused.problem, ProblemKind.DAMAGED) if refused else ProblemKind.DAMAGED)
            return
        if bundle.name.kind is NameKind.BUNDLE and head.number != bundle.name.number:
            self._fail(bundle, ProblemKind.DAMAGED)
            return
        operations = [each for each in found if not isinstance(each, BundleHead | BundleRefused)]
        merged = await self._merge([each for each in operations if not _is_preset(each)])
        for operation in operations:
            if isinstance(operation, FieldSet) and _is_preset(operation):
                await self._presets.merge(operation, head.name, (await self.status()).settings.name)
        self._wanted |= await asyncio.to_thread(self._missing, merged.files)
        self._attempts.pop(bundle.file, None)
        if merged.postponed:
            self._fail(bundle, None)
        elif not merged.gone:
            await self._note_read(head.machine, head.number)
        await self._note_computer(head)

    async def _merge(self, operations: Sequence[Operation]) -> Merged:
        everything, waiting = Merged(), Merged()
        fields = [each.id for each in operations if isinstance(each, FieldSet) and each.kind is Kind.MESSAGE]
        chats = await self._database.run(partial(_chats_of, fields))
        for chat_ids, batch in _batches(operations, chats):
            async with self._live.merging(chat_ids):
                merged = await self._database.run(partial(self._merge_batch, batch))
            waiting = combined(waiting, merged)
            everything = combined(everything, merged)
            if any(self._live.is_known(chat_id) for chat_id in merged.chats):
                await self._show(waiting)
                waiting = Merged()
        await self._show(waiting)
        return everything

    def _merge_batch(self, batch: Sequence[Operation], connection: Connection) -> Merged:
        return Merging(connection, self._milliseconds).merge(batch)

    async def _show(self, merged: Merged) -> None:
        await self._live.show(merged)
        if ids := tuple(merged.chat_fields):
            await self._database.run(lambda connection: Merging(connection, self._milliseconds).assert_fields(ids))

    async def _note_read(self, machine: str, number: int) -> None:
        await self._database.run(
            lambda connection: connection.execute(
                "INSERT OR IGNORE INTO sync_bundles (machine, number) VALUES (?, ?)", (machine, number)
            )
        )

    async def _note_computer(self, head: BundleHead) -> None:
        settings = (await self.status()).settings
        if head.machine != settings.machine:
            other = OtherComputer(head.machine, head.name, self._now())
            await self._save(replace(settings, others={**settings.others, head.machine: other}))

    def _is_due(self, bundle: StoredBundle) -> bool:
        attempt = self._attempts.get(bundle.file)
        if attempt is None or attempt.size != bundle.size or attempt.problem is ProblemKind.NOT_DOWNLOADED:
            return True
        return attempt.tries < _TRIES or time.monotonic() - attempt.at > _SETTLED_SECONDS

    def _fail(self, bundle: StoredBundle, problem: ProblemKind | None) -> None:
        attempt = self._attempts.get(bundle.file)
        tries = attempt.tries + 1 if attempt and attempt.size == bundle.size else 1
        self._attempts[bundle.file] = _Attempt(bundle.size, time.monotonic(), tries, problem)

    def _problems(self) -> tuple[Problem, ...]:
        """Return the problems to report: a bundle that is damaged may still be on its way."""
        settings = self._status.settings if self._status else None
        found: dict[Problem, None] = {}
        for file, attempt in self._attempts.items():
            is_sure = attempt.tries >= _TRIES or attempt.problem not in {
                ProblemKind.DAMAGED,
                ProblemKind.NOT_DOWNLOADED,
            }
            if attempt.problem and is_sure:
                machine = file.lstrip(".")[:16]
                other = settings.others.get(machine) if settings else None
                found[Problem(attempt.problem, other.name if other else "")] = None
        return tuple(found)

    # Files.

    def _missing(self, hashes: frozenset[str] | set[str]) -> set[str]:
        return {sha256 for sha256 in hashes if self._files.path(sha256) is None}

    async def _fetch_files(self, folder: SharedFolder) -> None:
        """Fetch the files of messages that have arrived. One that is not there yet is tried again in the next round."""
        folder.forget_listing()
        for sha256 in tuple(self._wanted):
            if await folder.has_file(sha256):
                data = await folder.read_file(sha256)
                if data is not None:
                    await asyncio.to_thread(self._files.add, data)
                    self._wanted.discard(sha256)

    # Settings.

    async def _open_or_make_key(self, folder: str, passphrase: str) -> AgeKey | None:
        place = SharedFolder(self._make_folder(folder), None, self._temporary)
        protected = await place.protected_key()
        if protected is not None:
            return await open_key(protected, passphrase)
        if not passphrase:
            return None
        key, protected = await make_key(passphrase)
        await place.write_protected_key(protected)
        return key

    async def _save(self, settings: SyncSettings) -> None:
        await asyncio.to_thread(self._file.write, settings)
        self._set(settings=settings)

    def _set(self, **changes: object) -> None:
        if self._status is not None:
            changed = replace(self._status, **changes)  # type: ignore[arg-type]
            if changed != self._status:
                self._status = changed
                self.changes.announce(changed)

    async def _end_task(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            self._task = None
        self._folder = None


_PROBLEMS = {
    BundleProblem.NEWER: ProblemKind.NEWER,
    BundleProblem.TOO_LARGE: ProblemKind.TOO_LARGE,
}


def _read_bundles(connection: Connection) -> frozenset[tuple[str, int]]:
    return frozenset(connection.execute("SELECT machine, number FROM sync_bundles").fetchall())


def _is_preset(operation: Operation) -> bool:
    return isinstance(operation, FieldSet) and operation.kind is Kind.PRESET


def _chats_of(message_ids: Sequence[str], connection: Connection) -> dict[str, str]:
    """Return the chats of messages that are known."""
    found: dict[str, str] = {}
    for message_id in message_ids:
        row = connection.execute("SELECT conversation_id FROM messages WHERE id = ?", (message_id,)).fetchone()
        if row:
            found[message_id] = row[0]
    return found


def _batches(
    operations: Sequence[Operation], chats: Mapping[str, str]
) -> Iterator[tuple[frozenset[str], list[Operation]]]:
    """Yield operations in short batches, each with the chats whose messages it changes. Those of one chat come together.

    `chats` are the chats of messages that are known.
    """

    def chat_of(operation: Operation) -> str:
        if isinstance(operation, MessageAdded):
            return operation.message.conversation_id
        return chats.get(operation.id, "") if operation.kind is Kind.MESSAGE else ""

    ordered = sorted(operations, key=lambda each: (chat_of(each), each.stamp))
    for start in range(0, len(ordered), _BATCH):
        together = ordered[start : start + _BATCH]
        yield frozenset(map(chat_of, together)) - {""}, together
