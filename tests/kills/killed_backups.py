"""What is killed while it backs up or restores; `operations.py` kills it."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from chatdesk.app.composition import DATABASE_NAME, open_program
from chatdesk.app.program import Program
from chatdesk.features.backups.domain.backup_files import BackupManifest, BackupName
from chatdesk.features.backups.services.backup_destination import check_hash
from chatdesk.features.backups.services.maintenance import LocalBackup
from chatdesk.kernel.errors.storage_errors import DatabaseDamaged
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.user_files import USER_FILES
from chatdesk.storage.database.database import Database
from chatdesk.storage.files.user_files import archive_of
from chatdesk.storage.recovery.replacement import copies_newest_first, good_copy, replace_with, restore
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from tests.kills.homes import (
    CHATS_BEFORE,
    MESSAGES,
    PRESETS,
    add_pictures,
    add_presets,
    age,
    folders_of,
    look_at_chats,
    look_at_packed_presets,
    look_for_leftovers,
    start_again,
    tidy_up,
    write_home,
)
from tests.kills.operations import Findings, Operation
from tests.unit.storage.damaged import PAGE, write_chats

CHATS_IN_BACKUP, _PICTURES = 12, 3
Begin = Callable[[], AbstractContextManager[None]]


def _prepare(home: Path) -> None:
    """A home with some chats, and next to it a stick with a backup of more chats."""
    write_chats(home / "backup" / DATABASE_NAME, CHATS_IN_BACKUP, MESSAGES)
    write_home(home)
    add_pictures(home, _PICTURES)
    add_presets(home, PRESETS)
    (home / "stick").mkdir()


# The work, in the process that is killed.


async def _back_up(home: Path, begin: Begin) -> None:
    async with open_program(Folders.locate(), Resources.locate(), Redactor()) as program:
        program.backups.daily.get().choose_folder(home / "stick")  # saved when it ends
    async with open_program(Folders.locate(), Resources.locate(), Redactor()) as program:
        daily = program.backups.daily.get()
        await daily.make()
        with begin():
            for _ in range(4):
                await daily.make()


async def _back_up_weekly(home: Path, begin: Begin) -> None:
    async with open_program(Folders.locate(), Resources.locate(), Redactor()) as program:
        await program.backups.maintenance.run_maintenance()
        with begin():
            for _ in range(4):
                await program.backups.maintenance.run_maintenance()


async def _restore(home: Path, begin: Begin) -> None:
    async with open_program(Folders.locate(), Resources.locate(), Redactor()) as program:
        restoring = program.backups.restoring.get()
        path = home / "backup" / DATABASE_NAME
        backup = await restoring.opening.open(LocalBackup(path, datetime.now(UTC), 0))
        chosen = [chat.id for chat in await restoring.chats(backup)]
        with begin():
            await restoring.restore(backup, chosen)


async def _replace(home: Path, begin: Begin) -> None:
    with begin():
        replace_with(home / "backup" / DATABASE_NAME, home / DATABASE_NAME)


def _prepare_damaged(home: Path) -> None:
    """A home whose chats are damaged, and next to it a backup of more chats."""
    _prepare(home)
    database = home / DATABASE_NAME
    content = database.read_bytes()
    database.write_bytes(content[:PAGE] + b"\xff" * PAGE + content[2 * PAGE :])


async def _recover(home: Path, begin: Begin) -> None:
    with begin():
        restore(home / "backup" / DATABASE_NAME, home / DATABASE_NAME)


# What is there after a kill.


def _look_at_backups(home: Path, findings: Findings) -> None:
    """Every backup that has its manifest is complete, and one of them is older. The next one, a day later, leaves nothing of the killed."""
    (own,) = (home / "stick" / "Chatdesk").iterdir()
    complete = _complete_backups(own)
    if not complete:
        findings.faults.append("no backup is left")
    for name in complete:
        manifest = BackupManifest.from_json((own / name.manifest).read_bytes())
        try:
            check_hash(own / name.database, manifest.sha256)
        except Exception as error:  # noqa: BLE001 - a finding
            findings.faults.append(f"{name.database}: {error!r}")
        if good_copy(own / name.database) is None:
            findings.faults.append(f"{name.database} cannot be opened")
    findings.old += len(complete) == 1 and complete[0].number == 1
    findings.new += complete != [] and max(name.number for name in complete) > 1
    age(own)  # what nobody has completed for a day is removed
    asyncio.run(_back_up_again(home))
    look_at_chats(home, findings, CHATS_BEFORE)
    look_for_leftovers(home, findings, "*.partial*", "making", "small")
    known = {file for name in _complete_backups(own) for file in (name.manifest, name.database, name.attachments)}
    findings.faults += [f"{path.name} is left" for path in own.iterdir() if path.is_file() and path.name not in known]


def _look_at_weekly_backups(home: Path, findings: Findings) -> None:
    """Every backup can be opened and has the presets, and one of them is older. The next one leaves nothing of the killed one."""
    copies = copies_newest_first(home / "backups")
    findings.old += len(copies) == 1
    findings.new += len(copies) > 1
    findings.faults += [f"{path.name} cannot be opened" for path in copies if good_copy(path) is None]
    for path in copies:
        look_at_packed_presets(archive_of(path), "presets", findings)
    asyncio.run(_back_up_weekly_again(home))
    archives = [path.name for path in (home / "backups" / USER_FILES).iterdir()]
    if sorted(archives) != sorted(archive_of(path).name for path in copies_newest_first(home / "backups")):
        findings.faults.append(f"archives of presets: {archives}")
    if not 1 < len(copies_newest_first(home / "backups")) <= 3:
        findings.faults.append(f"{len(copies)} backups were there")
    tidy_up(home)
    stored = [path for path in (home / "backups" / "attachments").rglob("*") if path.is_file()]
    if len(stored) != _PICTURES:
        findings.faults.append(f"{len(stored)} pictures are in the backup")
    look_at_chats(home, findings, CHATS_BEFORE)
    look_for_leftovers(home, findings, "*.partial*")


async def _back_up_weekly_again(home: Path) -> None:
    async with open_program(folders_of(home), Resources.locate(), Redactor()) as program:
        await program.backups.maintenance.run_maintenance()


def _complete_backups(own: Path) -> list[BackupName]:
    names = (BackupName.of(path.name) for path in own.iterdir())
    return [name for name in names if name and (own / name.manifest).exists()]


async def _back_up_again(home: Path) -> None:
    async with open_program(folders_of(home), Resources.locate(), Redactor()) as program:
        await _make_backup(program)


async def _make_backup(program: Program) -> None:
    await program.backups.daily.get().make()


def _look_at_restored(home: Path, findings: Findings) -> None:
    """After the next start, all chats of the backup are there, or none, and each with all of its messages."""
    start_again(home)
    count = look_at_chats(home, findings, CHATS_BEFORE, CHATS_BEFORE + CHATS_IN_BACKUP)
    findings.old += count == CHATS_BEFORE
    findings.new += count == CHATS_BEFORE + CHATS_IN_BACKUP


def _look_at_replaced(home: Path, findings: Findings) -> None:
    """The database opens as one of the two; if it is the new one, the old one is kept."""

    async def open_again() -> None:
        database = Database(home / DATABASE_NAME)
        await database.open(expected=True)
        await database.check()
        await database.close()

    asyncio.run(open_again())
    count = look_at_chats(home, findings, CHATS_BEFORE, CHATS_IN_BACKUP)
    findings.old += count == CHATS_BEFORE
    findings.new += count == CHATS_IN_BACKUP
    kept = list(home.glob("chats-set-aside-*.sqlite3"))
    if len(kept) != (count == CHATS_IN_BACKUP):
        findings.faults.append(f"the old chats are kept {len(kept)} times")
    look_for_leftovers(home, findings, "*.new*")


def _look_at_recovered(home: Path, findings: Findings) -> None:
    """The database is the damaged one, or that of the backup with the damaged one kept: it is never missing."""

    async def open_again() -> bool:
        database = Database(home / DATABASE_NAME)
        try:
            await database.open(expected=True, suspect=True)
        except DatabaseDamaged:
            return False
        await database.close()
        return True

    is_new = asyncio.run(open_again())
    findings.new += is_new
    findings.old += not is_new
    kept = list(home.glob("chats-set-aside-*.sqlite3"))
    if len(kept) != is_new:
        findings.faults.append(f"the damaged chats are kept {len(kept)} times")
    if is_new:
        look_at_chats(home, findings, CHATS_IN_BACKUP)
        look_for_leftovers(home, findings, "*.new*")


OPERATIONS = {
    "backup": Operation(_prepare, _back_up, _look_at_backups, ("features/backups", "storage")),
    "backup-weekly": Operation(
        _prepare, _back_up_weekly, _look_at_weekly_backups, ("features/backups", "features/attachments", "storage")
    ),
    "restore": Operation(
        _prepare, _restore, _look_at_restored, ("features/backups", "features/conversations", "storage")
    ),
    "replace": Operation(_prepare, _replace, _look_at_replaced, ("storage",)),
    "recover": Operation(_prepare_damaged, _recover, _look_at_recovered, ("storage",)),
}
