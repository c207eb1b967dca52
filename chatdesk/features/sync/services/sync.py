"""Synchronisation with other computers, in rounds: each writes what has changed here into the shared folder, and merges new bundles.

What fails is tried again in the next round. A crash at any moment loses nothing: changes stay in the log until they are written, and a
bundle counts as merged only when all of it is merged.
"""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from chatdesk.features.sync.domain.stamps import to_milliseconds
from chatdesk.features.sync.files.change_log import ChangeLog
from chatdesk.features.sync.files.merged_bundles import forget_merged
from chatdesk.features.sync.files.written_bundles import forget_all_written, newest_written
from chatdesk.features.sync.services.bundle_reader import BundleReader
from chatdesk.features.sync.services.bundle_writer import BundleWriter
from chatdesk.features.sync.services.shared_folder import SharedFolder, shared_location
from chatdesk.features.sync.services.shared_presets import SharedPresets
from chatdesk.features.sync.services.sync_settings import SyncSettings
from chatdesk.features.sync.services.sync_status import LOST_SETTINGS, Problem, ProblemKind, SyncState, SyncStatus
from chatdesk.kernel.errors.backup_errors import (
    KeyNotKnown,
    LocationFull,
    LocationMissing,
    LocationSilent,
    LocationUnusable,
    NotAWebDavServer,
    RemoteFolderRefused,
    RemoteLoginRefused,
)
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.remote_folder import MakeFolder, StorageLocation
from chatdesk.kernel.secret_storage import PasswordState
from chatdesk.storage.database.attachment_references import referenced_in
from chatdesk.storage.database.connection import Connection
from chatdesk.storage.database.database import Database
from chatdesk.storage.files.age_encryption import AgeKey, make_key, open_key
from chatdesk.system.folder_secrets import FolderSecrets

_log = logging.getLogger(__name__)

_WRITE_SECONDS = 5.0
"""How often changes of this computer are written."""
_READ_SECONDS = 15.0
"""How often new bundles are looked for in a folder of this computer."""
_SERVER_SECONDS = 60.0
"""How often they are looked for on a server, some of which limit the number of requests; also the pause after a failure that may last."""


class Sync:
    """Synchronisation. `make_folder` returns the access to a location, `now` aware UTC time. Methods belong to the event loop."""

    def __init__(
        self,
        database: Database,
        state: SyncState,
        writer: BundleWriter,
        reader: BundleReader,
        presets: SharedPresets,
        secrets: FolderSecrets,
        make_folder: MakeFolder,
        now: Callable[[], datetime],
        temporary: Path,
    ) -> None:
        self.changes = state.changes
        self.losses = state.losses
        self.deletions = reader.deletions
        """Announces the chats that were moved to the trash on other computers."""
        self._database = database
        self._state = state
        self._writer = writer
        self._reader = reader
        self._presets = presets
        self._secrets = secrets
        self._make_folder = make_folder
        self._now = now
        self._temporary = temporary
        self._folder: SharedFolder | None = None
        self._task: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()
        self._round = asyncio.Lock()
        self._failure: Problem | None = None
        """Why the last round ended before its end."""

    # For the user interface.

    async def status(self) -> SyncStatus:
        """Return the present state. Raises `StorageError`."""
        return await self._state.status()

    async def password_state(self) -> PasswordState:
        """Return where the password for the server is stored, if the folder that was used last is on one. Raises `StorageError`."""
        location = (await self._state.settings()).location
        return await self._secrets.password_state(shared_location(location).address if location.is_remote else "")

    async def start(self) -> None:
        """Begin the rounds if synchronisation is switched on. Raises `StorageError`."""
        if (await self._state.settings()).is_on and self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run(), name="synchronisation")

    async def is_encrypted(self, location: StorageLocation, password: str = "") -> bool:
        """Return whether the folder at a location is encrypted already, so that its passphrase is needed. Raises as `turn_on`."""
        return await (await self._open(location, password)).protected_key() is not None

    async def turn_on(self, location: StorageLocation, name: str, passphrase: str, password: str = "") -> None:
        """Synchronise with the other computers that use the folder at a location, under this name.

        An empty `passphrase` means without encryption; an empty `password` means the one that was used there last.
        Raises `PassphraseWrong`, `EncryptionFailed`, `KeyringError`, `StorageError` or a `ServerError`; nothing is changed then, and what
        was synchronised before continues to be. If it is cancelled while it looks into the folder,
        nothing is changed on this computer either.
        """
        key, machines = await self._prepare(location, passphrase, password)
        await self._restart_after(self._apply_settings(location, name, key, password, machines))

    async def _apply_settings(
        self, location: StorageLocation, name: str, key: AgeKey | None, password: str, machines: Collection[str]
    ) -> None:
        """Save the secrets of a location, and the location as the one that is used from now on. `machines` have bundles there."""
        status = await self._state.status()
        before = status.settings
        machine = await self._database.run(lambda connection: self._log(connection).machine)
        if machine and any(problem.kind in LOST_SETTINGS for problem in status.problems):
            before = replace(before, former=(*before.former, machine))  # its id until the settings were lost
        if key:
            await self._secrets.save_key(key.public, key.secret)
        if location.is_remote and password:
            await self._secrets.save_password(shared_location(location).address, password)
        if machine and (before.location != location or machine not in machines):
            # The folder may have nothing of what was written before: it is another one, was emptied, or the settings were lost.
            # This is noted first: once the new folder is saved, a crash would leave no trace of the change.
            await self._database.run(lambda connection: self._log(connection).send_again())
            await self._database.run(forget_merged)
            await self._database.run(forget_all_written)
        await self._state.save(
            replace(
                before,
                is_on=True,
                folder=location.address,
                user=location.user,
                name=name,
                public_key=key.public if key else "",
                first_bundle=1,
                complete_bundle=0,
            )
        )

    async def sign_in(self, user: str, password: str) -> None:
        """Use another user name and password for the server in use. Its folder, the key and what was synchronised stay as they are.

        An empty `password` means the one that was used there last. Raises as `turn_on`; nothing is changed then.
        """
        location = replace((await self._state.settings()).location, user=user)
        await (await self._open(location, password)).check_writable()
        await self._restart_after(self._save_login(location, user, password))

    async def _save_login(self, location: StorageLocation, user: str, password: str) -> None:
        if password:
            await self._secrets.save_password(shared_location(location).address, password)
        await self._state.save(replace(await self._state.settings(), user=user))

    async def enter_passphrase(self, passphrase: str) -> None:
        """Open the key of the encrypted folder in use again, if it is not in the keyring any more. Everything else stays as it is.

        If the folder has another key by now, begin again with that one. Raises as `turn_on`; nothing is changed then.
        """
        settings = await self._state.settings()
        folder = await self._open(settings.location, "")
        await folder.check_there()
        protected = await folder.protected_key()
        key = await open_key(protected, passphrase) if protected else None
        if key is None or key.public != settings.public_key:
            await self.turn_on(settings.location, settings.name, passphrase)
            return
        await self._restart_after(self._secrets.save_key(key.public, key.secret))

    async def turn_off(self) -> None:
        """Stop. Everything stays as it is, here and in the folder. Raises `StorageError`; then it continues."""
        async with self._stopped():
            await self._database.run(lambda connection: self._log(connection).end())
            await self._state.save(replace(await self._state.settings(), is_on=False))
        self._forget_problems()
        self._state.set(is_busy=False, problems=(), synchronised=None)

    def sync_now(self) -> None:
        """Begin the next round at once, and try again what could not be read."""
        self._forget_problems()
        self._wake.set()

    async def close(self) -> None:
        """Write what has changed, and stop. A folder that does not respond gets it after the next start."""
        is_silent = self._failure is not None and isinstance(self._failure.error, LocationSilent)
        was_running = self._task is not None
        await self._end_task()
        if was_running and not is_silent:
            with suppress(TimeoutError, ChatdeskError, OSError):
                async with asyncio.timeout(5):
                    await self._writer.write(await self._open_own())

    def _forget_problems(self) -> None:
        self._reader.try_all_again()
        self._writer.forget_problems()

    # Rounds.

    async def _run(self) -> None:
        read_at = float("-inf")
        while True:
            location = (await self._state.settings()).location
            is_due = time.monotonic() - read_at >= (_SERVER_SECONDS if location.is_remote else _READ_SECONDS)
            reads = is_due or self._wake.is_set() or self._failure is not None
            self._wake.clear()
            await self.run_round(reads=reads)
            if reads:
                read_at = time.monotonic()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), self._pause(location))

    def _pause(self, location: StorageLocation) -> float:
        """Return the seconds until the next round."""
        if self._failure and (location.is_remote or self._failure.kind is ProblemKind.UNEXPECTED):
            return _SERVER_SECONDS
        return _WRITE_SECONDS

    async def run_round(self, *, reads: bool = True) -> None:
        """Write what has changed here and, if `reads`, merge what others have written. Raises nothing: problems are in the status."""
        async with self._round:
            try:
                folder = await self._open_own()
                await self._presets.record_deletions()
                await self._writer.write_and_tidy(folder)
                if reads:
                    await self._reader.merge_new(folder)
                    await self._reader.fetch_files(folder)
                problems = (*self._writer.problems, *await self._reader.problems())
            except Exception as error:  # noqa: BLE001 - whatever ends a round, the next one tries again
                self._failure = self._failure_of(error)
                self._state.set(is_busy=False, problems=(self._failure,))
            else:
                self._failure = None
                self._state.set(is_busy=False)
                if reads:
                    self._state.set(synchronised=self._now(), problems=problems)

    def _failure_of(self, error: Exception) -> Problem:
        """Return the problem that an error of a round is, and log it. What may be unusable is created again in the next round."""
        match error:
            case KeyNotKnown():
                problem = Problem(ProblemKind.PASSPHRASE)
            case RemoteLoginRefused():
                problem = Problem(ProblemKind.LOGIN, error=error)
                self._folder = None  # with the password: the keyring may have been locked
            case LocationMissing() | LocationUnusable() | LocationFull():
                problem = Problem(ProblemKind.FOLDER, error=error)
            case StorageError():
                problem = Problem(ProblemKind.COMPUTER, error=error)
            case ChatdeskError() | OSError():
                problem = Problem(ProblemKind.FOLDER, error=error if isinstance(error, ChatdeskError) else None)
            case _:
                _log.error("Synchronisation has failed", exc_info=error)
                self._folder = None
                return Problem(ProblemKind.UNEXPECTED)
        _log.info("Synchronisation: %s", type(error).__name__)
        return problem

    def _log(self, connection: Connection) -> ChangeLog:
        return ChangeLog(connection, lambda: to_milliseconds(self._now()))

    @asynccontextmanager
    async def _stopped(self) -> AsyncGenerator[None, None]:
        """End the rounds, for a change of what they use. If that fails, they continue as before."""
        was_running = self._task is not None
        await self._end_task()
        try:
            yield
        except BaseException:
            if was_running:
                await self.start()
            raise

    async def _restart_after(self, change: Awaitable[None]) -> None:
        """End the rounds, change what they use, and begin them again without the former problems; all of it even if this is cancelled."""

        async def restart() -> None:
            async with self._stopped():
                await change
            self._state.set(problems=())  # of settings that were lost, or of the former folder, login or passphrase
            await self.start()

        await asyncio.shield(restart())

    async def _end_task(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            self._task = None
        self._folder = None
        self._failure = None

    # The folder.

    async def _open(self, location: StorageLocation, password: str, key: AgeKey | None = None) -> SharedFolder:
        """Return the shared folder at a location. An empty `password` means the one in the keyring."""
        shared = shared_location(location)
        if shared.is_remote and not password:
            password = await self._secrets.password(shared.address)
        return SharedFolder(self._make_folder(shared, password), key, self._temporary)

    async def _open_own(self) -> SharedFolder:
        """Return the folder of the settings, and begin to record changes if that was not done yet."""
        if self._folder is None:
            settings = await self._state.settings()
            public = settings.public_key
            key = AgeKey.matching(await self._secrets.key(public), public) if public else None
            if public and key is None:
                raise KeyNotKnown
            settings = await self._with_own_id(settings)
            await self._database.run(lambda connection: self._log(connection).begin(settings.machine))
            await self._presets.note_all()
            await self._reader.expect_files(await self._database.run(referenced_in))
            folder = await self._open(settings.location, "", key)
            await folder.check_there()
            self._folder = folder
        return self._folder

    async def _with_own_id(self, settings: SyncSettings) -> SyncSettings:
        """Return the settings with an id that is used with this database only.

        Another database than the one that has written the last bundle is a backup, or comes from another computer.
        """
        known, last = await self._database.run(
            lambda connection: (self._log(connection).machine, self._log(connection).last_bundle)
        )
        if settings.bundle and (known != settings.machine or last < settings.bundle):
            settings = settings.with_new_id()
            await self._state.save(settings)
        return settings

    async def _prepare(
        self, location: StorageLocation, passphrase: str, password: str
    ) -> tuple[AgeKey | None, Collection[str]]:
        """Check that a folder can be used. Return its key, and the computers that have bundles in it. Raises as `turn_on`.

        The key is a new one if there is a passphrase and no key yet.
        """
        folder = await self._open(location, password)
        machines = {bundle.name.machine for bundle in await folder.bundles()}
        machine, newest = await self._database.run(newest_written)
        if newest and machine not in machines:
            with suppress(RemoteFolderRefused, NotAWebDavServer):  # if in doubt, everything is written again
                if await folder.find_bundle(machine, newest):
                    machines.add(machine)  # the server does not list all files
        protected = await folder.protected_key()
        if protected is not None:
            key = await open_key(protected, passphrase)
            await folder.check_writable()
            return key, machines
        await folder.check_writable()
        if not passphrase:
            return None, machines
        key, protected = await make_key(passphrase)
        await folder.write_protected_key(protected)
        return key, machines
