"""Backups that meet faults; `operations.py` makes them."""

import asyncio
from contextlib import closing
from functools import partial
from pathlib import Path

from chatdesk.app.composition import open_program
from chatdesk.app.program import Program
from chatdesk.features.backups.services.remote_backups import RemoteBackup
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.settings.declarations import BACKUP_KEY
from chatdesk.storage.database.attachment_references import referenced_in
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.files.age_encryption import AgeKey
from chatdesk.storage.recovery.replacement import copies_newest_first, good_copy
from chatdesk.system.resources import Resources
from tests.kills.homes import CHATS_BEFORE, add_pictures, add_presets, folders_of, write_home
from tests.storage_faults.operations import Operation, Run

PICTURES, PRESETS = 4, 2
_NEW_PICTURES = 3
KEY = AgeKey.of("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX")


def write_full_home(home: Path) -> None:
    """A home with chats, pictures and presets."""
    write_home(home)
    add_pictures(home, PICTURES)
    add_presets(home, PRESETS)


def _prepare(root: Path) -> None:
    write_full_home(root / "home")


async def choose_stick(program: Program, home: Path, stick: Path, *, protected: bool) -> None:
    """Back up to the stick from now on."""
    daily = program.backups.daily.get()
    daily.choose_folder(stick)
    if protected:
        daily._key_file = home / "chatdesk-key.age"
        daily._key_file.write_bytes(b"the protected key")
        await daily.backups.secrets.save_key(KEY.public, KEY.secret)
        program.settings.set(BACKUP_KEY, KEY.public)


async def _start_daily(run: Run, *, protected: bool = False) -> None:
    await choose_stick(run.program, run.scene.home, run.scene.stick, protected=protected)
    await run.program.backups.daily.get().make()
    add_more(run)


def add_more(run: Run) -> None:
    """Add pictures that no backup has yet."""
    add_pictures(run.scene.home, _NEW_PICTURES, "chat101")


async def _make_daily(run: Run) -> None:
    await run.program.backups.daily.get().make()


async def _look_at_listed(run: Run, faults: list[str], may_lack: int = _NEW_PICTURES) -> None:
    """Every backup that is listed as intact can be opened, and there is one. It lacks what was missing here, unless it was there before."""
    listed = await run.program.backups.daily.get().backups.listed()
    if all(backup.is_damaged for backup in listed):
        faults.append("no intact backup is listed")
    for backup in listed:
        if not backup.is_damaged:
            await _open(run, backup, faults, may_lack)


async def _open(run: Run, backup: RemoteBackup, faults: list[str], may_lack: int) -> None:
    opened = await run.program.backups.restoring.get().opening.open(backup)
    try:
        if len(await opened.chats()) != CHATS_BEFORE:
            faults.append(f"{backup.name.database} has too few chats")
        with closing(open_connection(opened.path)) as connection:
            used = referenced_in(connection)
        missing = [sha256 for sha256 in used if await opened.attachment(sha256) is None]
        if len(missing) > may_lack:
            faults.append(f"{backup.name.database} lacks {len(missing)} of {len(used)} pictures")
        if not backup.manifest or await opened.attachment(backup.manifest.files) is None:
            faults.append(f"{backup.name.database} has no presets")
    finally:
        await opened.close()


async def _look_at_made(run: Run, faults: list[str]) -> None:
    """The repeated backup is there, and nothing is left of the failed one."""
    daily = run.program.backups.daily.get()
    await _look_at_listed(run, faults, 0)
    if daily.problem:
        faults.append(f"the problem stays: {daily.problem!r}")
    own = run.scene.stick / "Chatdesk" / daily.backups.own
    stems = {path.name.split(".")[0] for path in own.glob("chatdesk-*-daily.json*")}
    faults += [
        f"{path.name} is left"
        for path in own.iterdir()
        if path.is_file() and path.name.split(".")[0] not in stems and not path.name.startswith("chatdesk-key")
    ]


async def _start_weekly(run: Run) -> None:
    await run.program.backups.maintenance.run_maintenance()
    add_more(run)


async def _make_weekly(run: Run) -> None:
    await run.program.backups.maintenance.back_up()
    await run.program.chat.attachments.tidy_up()


async def _look_at_weekly(run: Run, faults: list[str]) -> None:
    copies = copies_newest_first(run.scene.home / "backups")
    if not copies:
        faults.append("no weekly backup is left")
    faults += [f"{path.name} cannot be opened" for path in copies if good_copy(path) is None]


_PARTS = ("features/backups", "storage")
OPERATIONS = {
    "backup-daily": Operation(
        _prepare, _start_daily, _make_daily, _look_at_listed, _look_at_made, _PARTS, writes_again=True
    ),
    "backup-encrypted": Operation(
        _prepare,
        partial(_start_daily, protected=True),
        _make_daily,
        _look_at_listed,
        _look_at_made,
        _PARTS,
        writes_again=True,
    ),
    "backup-weekly": Operation(
        _prepare, _start_weekly, _make_weekly, _look_at_weekly, _look_at_weekly, (*_PARTS, "features/attachments")
    ),
}


def make_backup(home: Path, stick: Path, *, protected: bool = False) -> None:
    """Let another home back up to a stick."""

    async def back_up() -> None:
        async with open_program(folders_of(home), Resources.locate(), Redactor()) as program:
            await choose_stick(program, home, stick, protected=protected)
            await program.backups.daily.get().make()

    asyncio.run(back_up())
