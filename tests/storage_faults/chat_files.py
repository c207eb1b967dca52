"""Exports to a stick and imports from it, which meet faults; `operations.py` makes them."""

import asyncio
import os
import shutil
import zipfile
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from chatdesk.app.composition import DATABASE_NAME, open_program
from chatdesk.app.program import Program
from chatdesk.features.conversations.services.files.chat_json import JSON
from chatdesk.features.conversations.services.files.exported_chat import (
    ExportLabels,
    ExportOptions,
    ExportScope,
    Include,
)
from chatdesk.kernel.presets.preset_import import ImportRefused
from chatdesk.kernel.redaction import Redactor
from chatdesk.storage.database.connection import open_connection
from chatdesk.system.resources import Resources
from tests.io_faults.sweep import message_of
from tests.kills.homes import CHATS_BEFORE, MESSAGES, add_pictures, folders_of, write_home
from tests.storage_faults.backups import write_full_home
from tests.storage_faults.operations import Operation, ProblemShown, Run
from tests.unit.storage.damaged import write_chats

_CHATS, _PICTURES = 6, 5
_UNFINISHED = ".chatdesk-unfinished"


async def _nothing(_run: Run) -> None:
    pass


async def _export(program: Program, target: Path) -> None:
    scope = ExportScope(tuple(sorted(chat.id for chat in program.chat.conversations.all())))
    options = ExportOptions(frozenset(Include))
    is_archive = target.suffix == ".zip"
    await program.conversations.exporting.save_each(scope, JSON, options, ExportLabels(), target, is_archive=is_archive)


def _prepare_export(root: Path) -> None:
    write_full_home(root / "home")
    (root / "stick" / "other").write_bytes(b"a file of the user")


async def _save(run: Run, name: str) -> None:
    shutil.rmtree(run.scene.stick / name, ignore_errors=True)
    await _export(run.program, run.scene.stick / name)


def _exported(target: Path) -> int:
    """Return the number of chats in an export that is there, 0 if there is none, and -1 if it is not complete."""
    if target.is_dir():
        return len(list(target.glob("*.json")))
    if not target.exists():
        return 0
    try:
        with zipfile.ZipFile(target) as archive:
            return -1 if archive.testzip() else sum(each.endswith(".json") for each in archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return -1


async def _look_at_export(run: Run, faults: list[str], name: str, expected: Sequence[int] = (0, CHATS_BEFORE)) -> None:
    stick = run.scene.stick
    if (found := _exported(stick / name)) not in expected:
        faults.append(f"an export with {found} chats")
    for left in stick.glob(f".*{_UNFINISHED}"):
        _age(left)
    if (stick / "other").read_bytes() != b"a file of the user":
        faults.append("another file has changed")


def _age(unfinished: Path) -> None:
    """Let an hour pass for what could not be removed: the next export removes it then."""
    for path in (*unfinished.rglob("*"), unfinished):
        os.utime(path, (0, 0))


async def _look_at_last_export(run: Run, faults: list[str], name: str) -> None:
    await _look_at_export(run, faults, name, (CHATS_BEFORE,))
    faults += [f"{each.name} is left" for each in run.scene.stick.rglob(f"*{_UNFINISHED}*")]


def _prepare_import(root: Path, name: str) -> None:
    other = root / "other"
    write_chats(other / DATABASE_NAME, _CHATS, MESSAGES)
    add_pictures(other, _PICTURES, "chat0")

    async def export() -> None:
        async with open_program(folders_of(other), Resources.locate(), Redactor()) as program:
            await _export(program, root / "stick" / name)

    asyncio.run(export())
    shutil.rmtree(other)
    write_home(root / "home")


async def _import(run: Run, name: str) -> None:
    run.kept["changes"] = True
    imports = run.program.conversations.imports.get()
    try:
        preview = await imports.preview([run.scene.stick / name])
        if preview.refused:
            raise preview.refused[0]
        await imports.add(preview, [chat.summary.id for chat in preview.chats])
    except ImportRefused as error:
        raise ProblemShown(error.problem, None, message_of(error)) from error


async def _look_at_import(run: Run, faults: list[str], expected: Sequence[int] = (0, _CHATS)) -> None:
    with closing(open_connection(run.scene.home / DATABASE_NAME)) as connection:
        rows = connection.execute(
            "SELECT conversations.id, count(messages.id) FROM conversations LEFT JOIN messages "
            "ON conversation_id = conversations.id WHERE hidden_by IS NULL GROUP BY conversations.id"
        ).fetchall()
    faults += [f"{id_} has {count} messages" for id_, count in rows if count != MESSAGES]
    if len(rows) - CHATS_BEFORE not in expected or len(run.program.chat.conversations.all()) != len(rows):
        faults.append(f"{len(rows) - CHATS_BEFORE} chats were imported")


_PARTS = ("features/conversations", "storage")
OPERATIONS = {
    **{
        f"export-{kind}": Operation(
            _prepare_export,
            _nothing,
            partial(_save, name=name),
            partial(_look_at_export, name=name),
            partial(_look_at_last_export, name=name),
            _PARTS,
            writes_again=True,
        )
        for kind, name in (("folder", "All chats"), ("archive", "All chats.zip"))
    },
    **{
        f"import-{kind}": Operation(
            partial(_prepare_import, name=name),
            _nothing,
            partial(_import, name=name),
            _look_at_import,
            partial(_look_at_import, expected=(_CHATS,)),
            (*_PARTS, "features/attachments"),
        )
        for kind, name in (("folder", "All chats"), ("archive", "All chats.zip"))
    },
}
