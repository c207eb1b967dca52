"""What is killed while a backup replaces all chats, as the window does it; `operations.py` kills it."""

import asyncio
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from chatdesk.app.composition import DATABASE_NAME, open_program
from chatdesk.kernel.redaction import Redactor
from chatdesk.storage.database.background import run_in_background
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from tests.kills.homes import (
    CHATS_BEFORE,
    MESSAGES,
    add_pictures,
    add_presets,
    age,
    age_unfinished_settings,
    folders_of,
    look_at_chats,
    look_at_pictures,
    look_for_leftovers,
    preset,
    presets,
    start_again,
    tidy_up,
    write_home,
)
from tests.kills.operations import Findings, Operation
from tests.unit.storage.damaged import write_chats

_CHATS_IN_BACKUP, _PICTURES, _PRESETS = 12, 5, 3


def _prepare(home: Path) -> None:
    """A home with some chats, and a stick with a backup of more chats, pictures and presets."""
    other = home / "other"
    write_chats(other / DATABASE_NAME, _CHATS_IN_BACKUP, MESSAGES)
    add_pictures(other, _PICTURES, "chat0")
    add_presets(other, _PRESETS)
    (home / "stick").mkdir()

    async def back_up() -> None:
        async with open_program(folders_of(other), Resources.locate(), Redactor()) as program:
            daily = program.backups.daily.get()
            daily.choose_folder(home / "stick")
            await daily.make()

    asyncio.run(back_up())
    shutil.rmtree(other)
    write_home(home)


async def _replace(home: Path, begin: Callable[[], AbstractContextManager[None]]) -> None:
    program_opened = open_program(Folders.locate(), Resources.locate(), Redactor())
    program = await program_opened.__aenter__()
    daily, restoring = program.backups.daily.get(), program.backups.restoring.get()
    daily.choose_folder(home / "stick")
    backup = await restoring.opening.open((await daily.backups.listed())[0])
    with begin():
        assert await restoring.restore_files(backup) == _PRESETS
        work = await restoring.prepare_replacing(backup)
        await program_opened.__aexit__(None, None, None)
        await run_in_background(work.run)


def _look(home: Path, findings: Findings) -> None:
    """After the next start, there are the old chats, or those of the backup with their pictures, and the old ones are kept."""
    start_again(home)
    count = look_at_chats(home, findings, CHATS_BEFORE, _CHATS_IN_BACKUP)
    findings.old += count == CHATS_BEFORE
    findings.new += count == _CHATS_IN_BACKUP
    tidy_up(home)
    age(home / "presets")
    age_unfinished_settings(home)
    asyncio.run(_load_presets(home))
    look_at_pictures(home, findings)
    kept = list(home.glob("chats-set-aside-*.sqlite3"))
    if len(kept) != (count == _CHATS_IN_BACKUP):
        findings.faults.append(f"the old chats are kept {len(kept)} times")
    there = presets(home)
    expected = {f"preset-{number}.md": preset(number) for number in range(_PRESETS)}
    findings.faults += [f"{name} is not complete" for name, text in there.items() if text != expected.get(name)]
    if count == _CHATS_IN_BACKUP and there != expected:
        findings.faults.append(f"{len(there)} presets are there")
    look_for_leftovers(home, findings, "*.new*", "opened", "*.partial*")


async def _load_presets(home: Path) -> None:
    async with open_program(folders_of(home), Resources.locate(), Redactor()) as program:
        await program.presets.presets.load("en")


OPERATIONS = {
    "restore-instead": Operation(_prepare, _replace, _look, ("features/backups", "storage", "app/composition")),
}
