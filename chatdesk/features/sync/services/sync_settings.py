"""The settings of synchronisation on this computer: `sync.json` in the data folder.

They are in no backup: a backup that is restored on another computer must not act as this one there. For the same reason the file names the
computer it was made on (`device`); a copy of the whole data folder gets an id of its own on another computer.
"""

import platform
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import UTC, datetime
from enum import Enum, auto
from hashlib import sha256

from chatdesk.features.sync.domain.stamps import MACHINE
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.remote_folder import StorageLocation
from chatdesk.storage.files.json_file import FileOutcome, JsonFile


@dataclass(frozen=True, slots=True)
class OtherComputer:
    """Another computer. `seen` is when something of it was last merged here, in UTC."""

    id: str
    name: str
    seen: datetime


@dataclass(frozen=True, slots=True)
class SyncSettings:
    """The settings. `folder` is the one that was used last, also if synchronisation is off."""

    machine: str
    name: str
    is_on: bool = False
    folder: str = ""
    """Its path, or its address on a server."""
    user: str = ""
    """The name with which this computer signs in at the server."""
    public_key: str = ""
    """The public part of the key that encrypts the bundles; empty if they are not encrypted."""
    bundle: int = 0
    """The number of the last bundle. If the database knows fewer, an older copy of it was restored."""
    first_bundle: int = 1
    """The number of the first bundle that is still needed: those before were replaced by later ones."""
    complete_bundle: int = 0
    """The number of the bundle with which everything had been written again last; 0 until that was done."""
    others: Mapping[str, OtherComputer] = field(default_factory=dict)
    """All other ids of which something was merged, by id."""
    former: tuple[str, ...] = ()
    """Earlier ids of this computer."""

    @property
    def other_computers(self) -> tuple[OtherComputer, ...]:
        """The other computers by name. One that has got a new id, because a backup was restored there, is listed once."""
        found: dict[str, OtherComputer] = {}
        for each in sorted(self.others.values(), key=lambda each: each.seen):
            if each.id not in self.former:
                found[each.name] = each
        return tuple(sorted(found.values(), key=lambda each: each.name.casefold()))

    @property
    def location(self) -> StorageLocation:
        """Where the folder is."""
        return StorageLocation(self.folder, self.user)

    def name_of(self, machine: str) -> str:
        """Return the name of a computer; empty if it is not known."""
        if machine == self.machine:
            return self.name
        return self.others[machine].name if machine in self.others else ""

    def as_new_computer(self) -> "SyncSettings":
        """Return the settings for another computer than the one that they come from: with a new id, under which nothing is written yet."""
        return replace(self, machine=new_machine(), bundle=0, first_bundle=1, complete_bundle=0, former=())

    def with_new_id(self) -> "SyncSettings":
        """Return the settings of this computer with a new id, under which nothing is written yet."""
        return replace(self.as_new_computer(), former=(*self.former, self.machine))


def new_machine() -> str:
    """Return a new id of a computer."""
    return secrets.token_hex(8)


def device() -> str:
    """Return a hash that identifies this computer."""
    return sha256(f"{platform.node()} {uuid.getnode()}".encode()).hexdigest()[:32]


def computer_name() -> str:
    """Return the name of this computer in its network, which is suggested for the list of computers."""
    return platform.node().removesuffix(".local") or "Computer"


class SettingsLoss(Enum):
    """Why the settings could not be read although there were some. Their file is kept, and synchronisation is off until it is set up."""

    DAMAGED = auto()
    DAMAGED_BEFORE = auto()
    """That was found in an earlier run of the program."""
    NEWER = auto()
    """A newer version of Chatdesk has written them."""


class SyncSettingsFile:
    """Reads and writes the file. All methods block and raise `StorageError`."""

    def __init__(self, file: JsonFile) -> None:
        self._file = file

    def read(self) -> tuple[SyncSettings, SettingsLoss | None]:
        """Return the settings; those of a new computer if there are none or they are lost, or if they come from another computer."""
        was_set_aside = self._file.was_set_aside
        data, outcome = self._file.read()
        if outcome is FileOutcome.READ and not _machine(data):
            self._file.set_aside()
            data, outcome = self._file.read()  # the last valid copy, if it is another one
        if outcome is FileOutcome.RESTORED and not _machine(data):
            self._file.set_aside(with_copy=True)
            data, outcome = {}, FileOutcome.LOST
        match outcome:
            case FileOutcome.READ | FileOutcome.RESTORED:
                return self._settings_in(data), None
            case FileOutcome.NEWER:
                loss: SettingsLoss | None = SettingsLoss.NEWER
            case FileOutcome.NEW if was_set_aside:
                loss = SettingsLoss.DAMAGED_BEFORE
            case FileOutcome.NEW if not self._file.was_set_aside:
                loss = None
            case _:
                loss = SettingsLoss.DAMAGED
        return SyncSettings(new_machine(), computer_name()), loss

    def _settings_in(self, data: Mapping[str, object]) -> SyncSettings:
        settings = SyncSettings(
            _machine(data),
            _text(data.get("name")) or computer_name(),
            data.get("on") is True,
            _text(data.get("folder")),
            _text(data.get("user")),
            _text(data.get("public_key")),
            _number(data.get("bundle"), 0),
            _number(data.get("first_bundle"), 1),
            _number(data.get("complete_bundle"), 0),
            _others(data.get("others")),
            _machines(data.get("former")),
        )
        return settings if data.get("device") == device() else settings.as_new_computer()

    def write(self, settings: SyncSettings) -> None:
        """Replace the settings."""
        self._file.write(
            {
                "device": device(),
                "machine": settings.machine,
                "name": settings.name,
                "on": settings.is_on,
                "folder": settings.folder,
                "user": settings.user,
                "public_key": settings.public_key,
                "bundle": settings.bundle,
                "first_bundle": settings.first_bundle,
                "complete_bundle": settings.complete_bundle,
                "others": {
                    each.id: {"name": each.name, "seen": each.seen.isoformat()} for each in settings.others.values()
                },
                "former": list(settings.former),
            }
        )


def _machine(data: Mapping[str, object]) -> str:
    """Return the id of the computer in a record; empty if the record is unusable."""
    machine = data.get("machine")
    return machine if isinstance(machine, str) and MACHINE.fullmatch(machine) else ""


def _number(value: object, default: int) -> int:
    return value if isinstance(value, int) else default


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _machines(value: object) -> tuple[str, ...]:
    return tuple(each for each in value if MACHINE.fullmatch(str(each))) if isinstance(value, list) else ()


def _others(value: object) -> dict[str, OtherComputer]:
    found: dict[str, OtherComputer] = {}
    for id_, record in value.items() if isinstance(value, dict) else ():
        if MACHINE.fullmatch(str(id_)) and isinstance(record, dict):
            try:
                seen = datetime.fromisoformat(str(record.get("seen"))).astimezone(UTC)
            except (ValueError, OverflowError):
                seen = datetime.fromtimestamp(0, UTC)
            found[id_] = OtherComputer(id_, _text(record.get("name")), seen)
    return found
