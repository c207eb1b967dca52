"""Restores that meet faults; `operations.py` makes them."""

import asyncio
from collections.abc import Collection
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from chatdesk.app.composition import DATABASE_NAME, open_program
from chatdesk.features.backups.services.opened_backup import OpenedBackup
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.settings.declarations import BACKUP_KEY
from chatdesk.storage.database.attachment_references import referenced_in
from chatdesk.storage.database.background import run_in_background
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.files.attachment_files import AttachmentFiles
from chatdesk.storage.recovery.replacement import set_aside_files
from chatdesk.system.resources import Resources
from tests.kills.homes import CHATS_BEFORE, MESSAGES, add_pictures, add_presets, folders_of, write_home
from tests.storage_faults.backups import KEY, make_backup
from tests.storage_faults.operations import Operation, Run
from tests.unit.storage.damaged import write_chats

_CHATS_IN_BACKUP, _PICTURES, _PRESETS = 6, 5, 3


def _prepare(root: Path, *, protected: bool = False) -> None:
    """A home with some chats, and a stick with a backup of more chats, pictures and presets."""
    other = root / "other"
    write_chats(other / DATABASE_NAME, _CHATS_IN_BACKUP, MESSAGES)
    add_pictures(other, _PICTURES, "chat0")
    add_presets(other, _PRESETS)
    make_backup(other, root / "stick", protected=protected)
    write_home(root / "home")


def _prepare_weekly(root: Path) -> None:
    """A home whose weekly backup has chats that are not there any more."""
    home = root / "home"
    write_chats(home / DATABASE_NAME, _CHATS_IN_BACKUP, MESSAGES)
    add_pictures(home, _PICTURES, "chat0")

    async def make() -> None:
        async with open_program(folders_of(home), Resources.locate(), Redactor()) as program:
            await program.backups.maintenance.run_maintenance()
            chats = [chat.id for chat in program.chat.conversations.all()]
            await program.conversations.list_editing.delete_chats(chats)
            await program.conversations.trash.delete(await program.conversations.trash.items())

    asyncio.run(make())
    write_home(home)


async def _start(run: Run, *, protected: bool = False) -> None:
    daily = run.program.backups.daily.get()
    daily.choose_folder(run.scene.stick)
    if protected:
        await daily.backups.secrets.save_key(KEY.public, KEY.secret)
        run.program.settings.set(BACKUP_KEY, KEY.public)


async def _restore(run: Run, chosen: slice = slice(None), *, weekly: bool = False) -> None:
    """List the backups, open one, and restore chats and presets, as the window does it."""
    backup = await _opened(run, weekly=weekly)
    try:
        restoring = run.program.backups.restoring.get()
        chats = sorted(chat.id for chat in await restoring.chats(backup))
        run.kept["changes"] = True
        if await restoring.missing_files(backup):
            await restoring.restore_files(backup)
        result = await restoring.restore(backup, chats[chosen])
        run.kept["missing"] = result.missing_attachments
    finally:
        await backup.close()


async def _opened(run: Run, *, weekly: bool) -> OpenedBackup:
    backups = run.program.backups
    found = await backups.maintenance.backups() if weekly else await backups.daily.get().backups.listed()
    if not found:
        raise LookupError("no backup is listed")
    return await backups.restoring.get().opening.open(found[0])


async def _look(run: Run, faults: list[str], expected: Collection[int] = (0, _CHATS_IN_BACKUP)) -> None:
    """All of the chats that were chosen are there, or none, each complete, and those from before are as they were."""
    _count(run, faults, expected)


def _count(run: Run, faults: list[str], expected: Collection[int]) -> None:
    with closing(open_connection(run.scene.home / DATABASE_NAME)) as connection:
        rows = connection.execute(
            "SELECT conversations.id, count(messages.id) FROM conversations LEFT JOIN messages "
            "ON conversation_id = conversations.id WHERE hidden_by IS NULL GROUP BY conversations.id"
        ).fetchall()
        used = referenced_in(connection)
    faults += [f"{id_} has {count} messages" for id_, count in rows if count != MESSAGES]
    if len(rows) - CHATS_BEFORE not in expected:
        faults.append(f"{len(rows) - CHATS_BEFORE} chats came back")
    files = AttachmentFiles(run.scene.home / "attachments", run.scene.home / "backups")
    if not run.kept.get("missing"):
        faults += [f"the picture {sha256} is missing" for sha256 in used if files.read(sha256) is None]


async def _look_at_end(run: Run, faults: list[str], expected: int = _CHATS_IN_BACKUP) -> None:
    _count(run, faults, (expected,))
    if run.kept.get("missing"):
        faults.append("pictures are missing in the end")
    with closing(open_connection(run.scene.home / DATABASE_NAME)) as connection:
        (hidden,) = connection.execute("SELECT count(*) FROM conversations WHERE hidden_by IS NOT NULL").fetchone()
    if hidden:
        faults.append(f"{hidden} hidden chats are left")
    if (run.scene.cache / "backups" / "opened").exists():
        faults.append("the private copy is left")


async def _start_replacing(run: Run) -> None:
    await _start(run)
    write_home(run.scene.home / "closed")


async def _replace(run: Run) -> None:
    """Prepare the replacement of all chats, and replace those of another database, which is closed."""
    restoring = run.program.backups.restoring.get()
    run.kept["changes"] = True  # of presets
    backup = await _opened(run, weekly=False)
    try:
        await restoring.restore_files(backup)
        work = await restoring.prepare_replacing(backup)
        replace: Any = work.run
        closed = run.scene.home / "closed" / DATABASE_NAME
        await run_in_background(lambda report: replace.func(replace.args[0], closed, report))
    finally:
        await backup.close()


def _replaced(run: Run) -> tuple[int, int]:
    closed = run.scene.home / "closed" / DATABASE_NAME
    with closing(open_connection(closed)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM conversations").fetchone()
        (check,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    return (count if check == "ok" else -1), len(set_aside_files(closed))


async def _look_at_replaced(run: Run, faults: list[str]) -> None:
    """There are the chats from before, or those of the backup with the ones from before in a file."""
    found = _replaced(run)
    if found not in {(CHATS_BEFORE, 0), (_CHATS_IN_BACKUP, 1)}:
        faults.append(f"chats and files with those from before: {found}")


async def _look_at_replaced_at_end(run: Run, faults: list[str]) -> None:
    count, kept = _replaced(run)
    if count != _CHATS_IN_BACKUP or not kept:
        faults.append(f"chats and files with those from before: {count, kept}")


_PARTS = ("features/backups", "features/conversations", "storage")
OPERATIONS = {
    "restore-all": Operation(_prepare, _start, _restore, _look, _look_at_end, _PARTS),
    "restore-one": Operation(
        _prepare,
        _start,
        partial(_restore, chosen=slice(1)),
        partial(_look, expected=(0, 1)),
        partial(_look_at_end, expected=1),
        _PARTS,
    ),
    "restore-encrypted": Operation(
        partial(_prepare, protected=True), partial(_start, protected=True), _restore, _look, _look_at_end, _PARTS
    ),
    "restore-weekly": Operation(_prepare_weekly, _start, partial(_restore, weekly=True), _look, _look_at_end, _PARTS),
    "restore-instead": Operation(
        _prepare, _start_replacing, _replace, _look_at_replaced, _look_at_replaced_at_end, _PARTS
    ),
}
