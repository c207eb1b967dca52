"""What is killed while it backs up with a passphrase, or to a WebDAV server; `operations.py` kills it."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

from chatdesk.app.composition import open_program
from chatdesk.app.program import Program
from chatdesk.features.backups.services.daily_backups import DailyBackups
from chatdesk.features.backups.services.remote_backups import RemoteBackup
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.settings.declarations import BACKUP_KEY
from chatdesk.storage.database.attachment_references import referenced_in
from chatdesk.storage.database.connection import open_connection
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from tests.fakes.webdav_server import PASSWORD
from tests.kills.homes import CHATS_BEFORE, add_pictures, age, folders_of, look_for_leftovers, write_home
from tests.kills.operations import Findings, Operation
from tests.kills.served import SERVED, location_on_server, make_served_folder, serve

_PICTURES = 6
_BACKUPS = 3
_KEY = "key"
"""The file with the secret key, in a home."""
Begin = Callable[[], AbstractContextManager[None]]


def _prepare(home: Path) -> None:
    """A home with chats and pictures, an empty stick, and a server with an empty folder."""
    write_home(home)
    add_pictures(home, _PICTURES)
    (home / "stick").mkdir()
    make_served_folder(home)


def _prepare_protected(home: Path) -> None:
    """Such a home whose backups are encrypted."""
    _prepare(home)

    async def protect() -> None:
        async with open_program(folders_of(home), Resources.locate(), Redactor()) as program:
            daily = program.backups.daily.get()
            daily.choose_folder(home / "stick")
            await daily.protect("four words are enough")
            (home / _KEY).write_text(await daily.backups.secrets.key(program.settings.get(BACKUP_KEY)))

    asyncio.run(protect())


# The work, in the process that is killed.


async def _back_up_protected(home: Path, begin: Begin) -> None:
    async with open_program(Folders.locate(), Resources.locate(), Redactor()) as program:
        await _make_several(await _with_key(program, home), begin)


async def _back_up_to_server(home: Path, begin: Begin) -> None:
    async with open_program(Folders.locate(), Resources.locate(), Redactor()) as program:
        await program.backups.daily.get().choose_server(location_on_server(home), PASSWORD)  # saved when it ends
    async with open_program(Folders.locate(), Resources.locate(), Redactor()) as program:
        await _make_several(await _with_password(program, home), begin)


async def _make_several(daily: DailyBackups, begin: Begin) -> None:
    await daily.make()
    with begin():
        for _ in range(_BACKUPS):
            await daily.make()


async def _with_key(program: Program, home: Path) -> DailyBackups:
    """Put the key where the keyring would have it, and back up to the stick that was copied with the home."""
    daily = program.backups.daily.get()
    daily.choose_folder(home / "stick")
    await daily.backups.secrets.save_key(program.settings.get(BACKUP_KEY), (home / _KEY).read_text())
    return daily


async def _with_password(program: Program, home: Path) -> DailyBackups:
    daily = program.backups.daily.get()
    await daily.backups.secrets.save_password(location_on_server(home).address, PASSWORD)
    return daily


# What is there after a kill.


def _look(home: Path, findings: Findings, *, is_remote: bool) -> None:
    """Every listed backup can be restored, one of them is older, and the next one, a day later, leaves nothing of the killed one."""
    asyncio.run(_look_at_listed(home, findings, is_remote=is_remote))
    own = next((home / (SERVED if is_remote else "stick")).rglob("chatdesk-*-daily.*")).parent
    stems = {path.name.split(".")[0] for path in own.glob("chatdesk-*-daily.json*")}
    findings.faults += [
        f"{path.name} is left"
        for path in own.iterdir()
        if path.is_file() and path.name.split(".")[0] not in stems | {"chatdesk-key"}
    ]
    look_for_leftovers(home, findings, "*.partial*", "making", "listing")


async def _look_at_listed(home: Path, findings: Findings, *, is_remote: bool) -> None:
    async with open_program(folders_of(home), Resources.locate(), Redactor()) as program:
        daily = await (_with_password(program, home) if is_remote else _with_key(program, home))
        listed = await daily.backups.listed()
        if not listed:
            findings.faults.append("no backup is left")
        findings.old += bool(listed) and listed[0].name.number == 1
        findings.new += bool(listed) and listed[0].name.number > 1
        for backup in listed:
            await _look_at_backup(program, backup, findings)
        age(home / (SERVED if is_remote else "stick"))  # what nobody has completed for a day is removed
        await daily.make()
        await _look_at_backup(program, (await daily.backups.listed())[0], findings)


async def _look_at_backup(program: Program, backup: RemoteBackup, findings: Findings) -> None:
    try:
        opened = await program.backups.restoring.get().opening.open(backup)
    except ChatdeskError as error:
        findings.faults.append(f"{backup.name.database}: {error!r}")
        return
    try:
        if len(await opened.chats()) != CHATS_BEFORE:
            findings.faults.append(f"{backup.name.database} has too few chats")
        with closing(open_connection(opened.path)) as connection:
            pictures = referenced_in(connection)
        missing = [sha256 for sha256 in pictures if await opened.attachment(sha256) is None]
        if missing or len(pictures) != _PICTURES:
            findings.faults.append(f"{backup.name.database} lacks {len(missing)} of {len(pictures)} pictures")
    finally:
        await opened.close()


_PARTS = ("features/backups", "storage")
OPERATIONS = {
    "backup-encrypted": Operation(
        _prepare_protected, _back_up_protected, lambda home, findings: _look(home, findings, is_remote=False), _PARTS
    ),
    "backup-webdav": Operation(
        _prepare,
        _back_up_to_server,
        lambda home, findings: _look(home, findings, is_remote=True),
        (*_PARTS, "network/webdav"),
        serve,
    ),
}
