"""What is killed while it takes part in the synchronisation; `operations.py` kills it.

Another computer, new each time, tells what is in the shared folder: after the kill, and once the killed program has gone on.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractContextManager, asynccontextmanager, closing
from functools import partial
from pathlib import Path

from chatdesk.app import composition
from chatdesk.app.composition import DATABASE_NAME, open_program
from chatdesk.app.program import Program
from chatdesk.features.sync.files.bundle import Finding, finding_of, write_findings
from chatdesk.features.sync.services import bundle_writer
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.remote_folder import StorageLocation
from chatdesk.storage.database.connection import open_connection
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from tests.fakes.webdav_server import PASSWORD
from tests.kills.homes import (
    CHATS_BEFORE,
    MESSAGES,
    add_pictures,
    add_presets,
    age,
    folders_of,
    look_at_chats,
    look_at_pictures,
    look_for_leftovers,
    presets,
    write_home,
)
from tests.kills.operations import Findings, Operation
from tests.kills.served import SERVED, location_on_server, make_served_folder, serve
from tests.unit.features.sync.computer import Computer
from tests.unit.storage.damaged import write_chats

_CLOUD, _NEW_CLOUD, _OTHER = "cloud", "new cloud", "other"
_PICTURES, _MORE_CHATS, _PRESETS = 5, 6, 3
_BUNDLE_BYTES, _LARGE_BUNDLE_BYTES = 100_000, 700_000
_SMALL = 4
_TRIES = 3
"""As many rounds as it takes until a bundle that cannot be read is reported."""
Begin = Callable[[], AbstractContextManager[None]]


def _prepare(home: Path) -> None:
    """A home with chats and pictures, and empty folders to share."""
    write_home(home)
    add_pictures(home, _PICTURES)
    add_presets(home, _PRESETS)
    (home / _CLOUD).mkdir()
    (home / _NEW_CLOUD).mkdir()
    make_served_folder(home)


def _prepare_shared(home: Path, *, more: bool) -> None:
    """Such a home whose chats are in the shared folder; then more chats were added if wanted."""
    _prepare(home)
    asyncio.run(_share(home, home / _CLOUD))
    if more:
        write_chats(home / DATABASE_NAME, _MORE_CHATS, MESSAGES)
        add_pictures(home, _PICTURES, "chat0")


def _prepare_small(home: Path) -> None:
    """Such a home with as many small bundles in the shared folder as are joined when the next round begins."""
    _prepare_shared(home, more=False)
    for number in range(_SMALL):
        write_chats(home / DATABASE_NAME, 1, 3, first=1000 + number)
        asyncio.run(_share(home, home / _CLOUD, _LARGE_BUNDLE_BYTES))


def _prepare_two(home: Path) -> None:
    """A home that is not synchronised, and a shared folder with the chats and pictures of another one."""
    write_home(home)
    (home / _CLOUD).mkdir()
    other = home / _OTHER
    write_chats(other / DATABASE_NAME, _MORE_CHATS, MESSAGES)
    add_pictures(other, _PICTURES, "chat0")
    add_presets(other, _PRESETS)
    asyncio.run(_share(other, home / _CLOUD))


def _location(home: Path, cloud: str) -> StorageLocation:
    return location_on_server(home) if cloud == SERVED else StorageLocation(str(home / cloud))


async def _share(home: Path, cloud: Path, bundle_bytes: int = _BUNDLE_BYTES) -> None:
    async with _program(folders_of(home), bundle_bytes) as program:
        await program.sync.get().turn_on(StorageLocation(str(cloud)), home.name, "")
        await program.sync.get().run_round()


def _relocate(home: Path, root: Path) -> None:
    """Let a home that was copied use the shared folder that was copied with it, below `root`."""
    settings = home / "sync.json"
    if settings.exists():
        record = json.loads(settings.read_bytes())
        record["folder"] = str(root / Path(record["folder"]).name)
        settings.write_text(json.dumps(record), "utf-8")


@asynccontextmanager
async def _program(folders: Folders, bundle_bytes: int = _BUNDLE_BYTES) -> AsyncGenerator[Program, None]:
    """Open a program that writes small bundles, and reads them without a process for each."""
    bundle_writer.TEXT_BYTES = bundle_bytes
    composition._read_bundle = _read_bundle
    async with open_program(folders, Resources.locate(), Redactor()) as program:
        yield program


async def _read_bundle(path: Path, milliseconds: int, found: Callable[[Finding], None]) -> bool:
    lines: list[bytes] = []
    write_findings(path, milliseconds, lines.append)
    for line in lines:
        found(finding_of(line, milliseconds))
    return True


# The work, in the process that is killed.


async def _turn_on(home: Path, begin: Begin, *, cloud: str) -> None:
    _relocate(home, home)
    _relocate(home / _OTHER, home)
    async with _program(Folders.locate()) as program:
        with begin():
            await program.sync.get().turn_on(_location(home, cloud), "killed", "", PASSWORD)
            await program.sync.get().run_round()


async def _write(home: Path, begin: Begin) -> None:
    _relocate(home, home)
    async with _program(Folders.locate()) as program:
        with begin():
            await program.sync.get().run_round()


async def _compact(home: Path, begin: Begin) -> None:
    _relocate(home, home)
    bundle_writer._MOST_BUNDLES = 4
    async with _program(Folders.locate(), _LARGE_BUNDLE_BYTES) as program:
        with begin():
            for _ in range(3):
                await program.sync.get().run_round()


async def _join(home: Path, begin: Begin) -> None:
    """Join the small bundles that were written one after the other before."""
    _relocate(home, home)
    bundle_writer._MOST_SMALL = _SMALL
    async with _program(Folders.locate(), _LARGE_BUNDLE_BYTES) as program:
        with begin():
            for _ in range(2):
                await program.sync.get().run_round()


# What is there after a kill.


def _look(home: Path, findings: Findings, *, always_all: bool = False, cloud: str = _CLOUD) -> None:
    """What is in the folder can be merged at any time, and is everything once the killed program has gone on.

    With `always_all`, it is everything even before.
    """
    everything = _everything(home)
    before = asyncio.run(_joined(home, "before", cloud, findings))
    findings.new += before == everything
    findings.old += before != everything
    if always_all and before != everything:
        findings.faults.append("not all chats are in the folder")
    age(home / cloud)  # what nobody has completed for a day is removed
    asyncio.run(_go_on(home, _location(home, cloud), findings))
    if _everything(home) != everything:
        findings.faults.append("the chats of the killed program have changed")
    if asyncio.run(_joined(home, "after", cloud, findings)) != everything:
        findings.faults.append("not all chats are in the folder after the next start")
    look_at_pictures(home / "after", findings)
    look_for_leftovers(home / "cache", findings, "tmp*")
    look_for_leftovers(home / cloud, findings, "*.partial*", "chatdesk-write-test")


async def _go_on(home: Path, location: StorageLocation, findings: Findings) -> None:
    """Start the program again and let it synchronise; the user switches it on again if that was not completed."""
    async with _program(folders_of(home)) as program:
        sync = program.sync.get()
        if (
            location.is_remote or (await sync.status()).settings.location != location
        ):  # the keyring, with the password, is a new one
            await sync.turn_on(location, "killed", "", PASSWORD)
        for _ in range(_TRIES):
            await sync.run_round()
        findings.faults += [f"problem: {problem.kind.name}" for problem in (await sync.status()).problems]


async def _joined(home: Path, name: str, cloud: str, findings: Findings) -> object:
    """Return what a new computer gets from the folder."""
    async with _program(folders_of(home / name)) as program:
        sync = program.sync.get()
        await sync.turn_on(_location(home, cloud), name, "", PASSWORD)
        for _ in range(_TRIES):
            await sync.run_round()
        findings.faults += [f"problem of the new one: {each.kind.name}" for each in (await sync.status()).problems]
    return _everything(home / name)


def _everything(home: Path) -> object:
    with closing(open_connection(home / DATABASE_NAME)) as connection:
        return Computer(9, connection).everything(), presets(home)


def _look_at_compacted(home: Path, findings: Findings) -> None:
    """Everything is in the folder at any time; in the end, in few bundles."""
    _look(home, findings, always_all=True)


def _look_at_joined(home: Path, findings: Findings) -> None:
    """Everything is in the folder at any time; in the end, the small bundles are no longer there."""
    bundle_writer._MOST_SMALL = _SMALL
    _look(home, findings, always_all=True)
    with closing(open_connection(home / DATABASE_NAME)) as connection:
        (small,) = connection.execute("SELECT count(*) FROM sync_written WHERE state != 0").fetchone()
    if small >= _SMALL:
        findings.faults.append("the small bundles were not joined")


def _look_at_merged(home: Path, findings: Findings) -> None:
    """Each chat of the other computer that is here is intact; once the program has gone on, both computers have the same."""
    with closing(open_connection(home / DATABASE_NAME)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM messages").fetchone()
    findings.old += count == CHATS_BEFORE * MESSAGES
    findings.new += count != CHATS_BEFORE * MESSAGES
    asyncio.run(_go_on(home, _location(home, _CLOUD), findings))
    look_at_chats(home, findings, CHATS_BEFORE + _MORE_CHATS)
    look_at_pictures(home, findings)
    asyncio.run(_go_on(home / _OTHER, _location(home, _CLOUD), findings))
    if _everything(home) != _everything(home / _OTHER):
        findings.faults.append("the two computers differ")


_PARTS = ("features/sync", "storage")
OPERATIONS = {
    "sync-begin": Operation(_prepare, partial(_turn_on, cloud=_CLOUD), _look, _PARTS),
    "sync-begin-webdav": Operation(
        _prepare, partial(_turn_on, cloud=SERVED), partial(_look, cloud=SERVED), (*_PARTS, "network/webdav"), serve
    ),
    "sync-write": Operation(partial(_prepare_shared, more=True), _write, _look, _PARTS),
    "sync-compact": Operation(partial(_prepare_shared, more=False), _compact, _look_at_compacted, _PARTS),
    "sync-join": Operation(_prepare_small, _join, _look_at_joined, _PARTS),
    "sync-other-folder": Operation(
        partial(_prepare_shared, more=False),
        partial(_turn_on, cloud=_NEW_CLOUD),
        partial(_look, cloud=_NEW_CLOUD),
        _PARTS,
    ),
    "sync-merge": Operation(_prepare_two, partial(_turn_on, cloud=_CLOUD), _look_at_merged, _PARTS),
}
