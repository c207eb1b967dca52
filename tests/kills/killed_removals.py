"""What is killed while an import is taken back, or the trash is emptied; `operations.py` kills it."""

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

from chatdesk.app.composition import DATABASE_NAME, open_program
from chatdesk.app.program import Program
from chatdesk.features.conversations.services.files.chat_imports import ImportResult
from chatdesk.features.conversations.services.files.import_folders import DestinationKind, ImportDestination
from chatdesk.kernel.redaction import Redactor
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from tests.kills.homes import (
    CHATS_BEFORE,
    MESSAGES,
    add_pictures,
    look_at_chats,
    look_at_pictures,
    start_again,
    tidy_up,
    write_home,
)
from tests.kills.operations import Findings, Operation
from tests.unit.features.conversations.foreign_chats import foreign_chat, write_export
from tests.unit.storage.damaged import write_chats

_IMPORTED, _GROWN_BY = 10, 6
_FOLDER = "From elsewhere"
_TRASHED, _PICTURES = 30, 6
Begin = Callable[[], AbstractContextManager[None]]


# Taking back an import.


def _prepare_imports(home: Path) -> None:
    """A home with some chats, a first import, and a second one with more messages of the same chats, and with new chats."""
    write_home(home)

    def chats(name: str, messages: int) -> list[object]:
        texts = [f"imported {number} " + "and some more words " * 30 for number in range(messages)]
        return [foreign_chat(f"{name}-{number}", texts) for number in range(_IMPORTED)]

    write_export(home / "first.json", *chats("one", MESSAGES))
    write_export(home / "second.json", *chats("one", MESSAGES + _GROWN_BY), *chats("two", MESSAGES))


async def _take_back(home: Path, begin: Begin) -> None:
    async with open_program(Folders.locate(), Resources.locate(), Redactor()) as program:
        await _import(program, home / "first.json")
        result = await _import(program, home / "second.json")
        assert (len(result.added), len(result.grown)) == (_IMPORTED, _IMPORTED)
        with begin():
            assert await program.conversations.imports.get().undo(result) == ()
            await program.chat.conversations.remove_hidden(())  # waits until all are removed


async def _import(program: Program, path: Path) -> ImportResult:
    imports = program.conversations.imports.get()
    preview = await imports.preview([path])
    destination = (
        ImportDestination(DestinationKind.FOLDER, _FOLDER)
        if path.stem == "second"
        else ImportDestination(DestinationKind.NONE)
    )
    return await imports.add(preview, [chat.summary.id for chat in preview.chats], destination)


def _look_at_import(home: Path, findings: Findings) -> None:
    """After the next start, all of the second import is there, with its folder, or nothing of it."""
    start_again(home)
    with closing(sqlite3.connect(home / DATABASE_NAME)) as connection:
        counts = [
            count
            for (count,) in connection.execute(
                "SELECT count(messages.id) FROM conversations LEFT JOIN messages ON conversation_id = conversations.id "
                "GROUP BY conversations.id ORDER BY 1"
            )
        ]
        folders = [name for (name,) in connection.execute("SELECT name FROM folders")]
        lost = connection.execute(
            "SELECT count(*) FROM conversations WHERE hidden_by IS NOT NULL OR NOT EXISTS "
            "(SELECT 1 FROM messages WHERE messages.id = head_id AND conversation_id = conversations.id)"
        ).fetchone()[0]
        check = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        dangling = connection.execute("PRAGMA foreign_key_check").fetchall()
    without = [MESSAGES] * (CHATS_BEFORE + _IMPORTED)
    with_import = [MESSAGES] * (CHATS_BEFORE + _IMPORTED) + [MESSAGES + _GROWN_BY] * _IMPORTED
    findings.old += counts == with_import
    findings.new += counts == without
    if counts not in (without, with_import) or folders != [_FOLDER] * (counts == with_import):
        findings.faults.append(f"chats with so many messages: {counts}, folders: {folders}")
    if lost or check != "ok" or dangling:
        findings.faults.append(f"{lost} chats are hidden or show no message; {check} {dangling}")


# Emptying the trash.


def _prepare_trash(home: Path) -> None:
    """A home with some chats, and with many to delete, some with pictures."""
    write_home(home)
    write_chats(home / DATABASE_NAME, _TRASHED, MESSAGES)
    add_pictures(home, _PICTURES, "chat0")
    add_pictures(home, _PICTURES)


async def _empty_trash(home: Path, begin: Begin) -> None:
    async with open_program(Folders.locate(), Resources.locate(), Redactor()) as program:
        trash = program.conversations.trash
        await trash.trash_chats([f"chat{number}" for number in range(_TRASHED)])
        with begin():
            await trash.delete(await trash.items())
            await program.chat.conversations.remove_hidden(())  # waits until all are removed


def _look_at_trash(home: Path, findings: Findings) -> None:
    """After the next start, all chats are in the trash, complete, or all are gone, with their pictures; the others stay."""
    start_again(home)
    count = look_at_chats(home, findings, CHATS_BEFORE, CHATS_BEFORE + _TRASHED)
    findings.old += count == CHATS_BEFORE + _TRASHED
    findings.new += count == CHATS_BEFORE
    tidy_up(home)
    look_at_pictures(home, findings)
    files = [path for path in (home / "attachments").rglob("*") if path.is_file()]
    if len(files) != _PICTURES * (1 if count == CHATS_BEFORE else 2):
        findings.faults.append(f"{len(files)} pictures are stored")


_PARTS = ("features/conversations", "features/chat/services/store", "storage")
OPERATIONS = {
    "undo-import": Operation(_prepare_imports, _take_back, _look_at_import, _PARTS),
    "empty-trash": Operation(_prepare_trash, _empty_trash, _look_at_trash, _PARTS),
}
