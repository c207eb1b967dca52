"""The state of synchronisation: its settings, when it was last complete, and what prevents it from being complete."""

import asyncio
from dataclasses import replace
from datetime import datetime
from enum import Enum, auto

from chatdesk.features.sync.services.sync_settings import SettingsLoss, SyncSettings, SyncSettingsFile
from chatdesk.kernel.announcer import Announcer
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass


class ProblemKind(Enum):
    """What prevents this computer from being synchronised completely."""

    FOLDER = auto()
    """The folder cannot be read or written; `Problem.error` says why."""
    COMPUTER = auto()
    """The chats or the temporary files of this computer cannot be read or written; `Problem.error` says why."""
    LOGIN = auto()
    """The server of the folder does not accept the user name and password."""
    DAMAGED = auto()
    NOT_READ = auto()
    """The process that reads bundles ended early: it was killed, needed too much time or memory, or could not read the temporary file."""
    NEWER = auto()
    TOO_LARGE = auto()
    """A bundle is larger than one may be or, without a computer, a change of this computer is."""
    UNENCRYPTED = auto()
    """Another computer writes without encryption, and this one with it, or the other way round."""
    PASSPHRASE = auto()
    """The folder is encrypted, and the passphrase is not known here."""
    NOT_DOWNLOADED = auto()
    """The system has not downloaded a file yet."""
    LISTING_CUT = auto()
    """The server does not list all files of the folder."""
    SETTINGS_DAMAGED = auto()
    """The settings of synchronisation were damaged, so it is off."""
    SETTINGS_NEWER = auto()
    """They were written by a newer version of Chatdesk, so it is off."""
    UNEXPECTED = auto()
    """A bug; the log says more."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. `computer` is the name of the computer that has written what cannot be read; empty if it is not about one."""

    kind: ProblemKind
    computer: str = ""
    error: ChatdeskError | None = None


LOST_SETTINGS = frozenset({ProblemKind.SETTINGS_DAMAGED, ProblemKind.SETTINGS_NEWER})
_LOSSES = {
    SettingsLoss.DAMAGED: ProblemKind.SETTINGS_DAMAGED,
    SettingsLoss.DAMAGED_BEFORE: ProblemKind.SETTINGS_DAMAGED,
    SettingsLoss.NEWER: ProblemKind.SETTINGS_NEWER,
}


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """What is shown of synchronisation. `synchronised` is the end of the last complete round, in UTC; None before it."""

    settings: SyncSettings
    is_busy: bool = False
    synchronised: datetime | None = None
    problems: tuple[Problem, ...] = ()


class SyncState:
    """Keeps the status, saves the settings, and announces each change. Methods belong to the event loop."""

    def __init__(self, file: SyncSettingsFile) -> None:
        self.changes: Announcer[SyncStatus] = Announcer()
        self.losses: Announcer[Problem] = Announcer()
        """Announces that the settings could not be read, except what an earlier run of the program has announced."""
        self._file = file
        self._status: SyncStatus | None = None

    async def status(self) -> SyncStatus:
        """Return the present state. Raises `StorageError`."""
        status = self._status
        if status is None:
            settings, loss = await asyncio.to_thread(self._file.read)
            if self._status is None:  # a new computer must not get two ids
                problems = (Problem(_LOSSES[loss]),) if loss else ()
                self._status = SyncStatus(settings, problems=problems)
                if problems and loss is not SettingsLoss.DAMAGED_BEFORE:
                    self.losses.announce(problems[0])
            status = self._status
        return status

    async def settings(self) -> SyncSettings:
        """Return the present settings. Raises `StorageError`."""
        return (await self.status()).settings

    async def save(self, settings: SyncSettings) -> None:
        """Replace the settings. Raises `StorageError`."""
        await asyncio.to_thread(self._file.write, settings)
        self.set(settings=settings)

    def set(self, **changes: object) -> None:
        """Change fields of the status."""
        if self._status is not None:
            changed = replace(self._status, **changes)  # type: ignore[arg-type]
            if changed != self._status:
                self._status = changed
                self.changes.announce(changed)
