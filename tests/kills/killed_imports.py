"""What is killed while it imports chats from a folder or an archive; `operations.py` kills it."""

import asyncio
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from chatdesk.app.composition import DATABASE_NAME, open_program
from chatdesk.features.conversations.services.files.chat_json import JSON
from chatdesk.features.conversations.services.files.exported_chat import ExportLabels, ExportOptions, ExportScope
from chatdesk.kernel.redaction import Redactor
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from tests.kills.homes import (
    CHATS_BEFORE,
    MESSAGES,
    age_unfinished_settings,
    folders_of,
    look_at_chats,
    look_for_leftovers,
    start_again,
    write_home,
)
from tests.kills.operations import Findings, Operation
from tests.unit.storage.damaged import write_chats

CHATS = 30
_FOLDER, _ARCHIVE = "export", "export.zip"


def _prepare(home: Path) -> None:
    """A home with some chats, and an export of another home with more, as a folder and as an archive."""
    write_home(home)
    other = home / "other"
    write_chats(other / DATABASE_NAME, CHATS, MESSAGES)
    asyncio.run(_export(other, home))
    shutil.rmtree(other)


async def _export(home: Path, to: Path) -> None:
    async with open_program(folders_of(home), Resources.locate(), Redactor()) as program:
        scope = ExportScope(tuple(chat.id for chat in program.chat.conversations.all()))
        for name in (_FOLDER, _ARCHIVE):
            await program.conversations.exporting.save_each(
                scope, JSON, ExportOptions(), ExportLabels(), to / name, is_archive=name == _ARCHIVE
            )


async def _import(name: str, home: Path, begin: Callable[[], AbstractContextManager[None]]) -> None:
    async with open_program(Folders.locate(), Resources.locate(), Redactor()) as program:
        imports = program.conversations.imports.get()
        with begin():
            preview = await imports.preview([home / name])
            assert len(preview.chats) == CHATS, preview
            await imports.add(preview, [chat.summary.id for chat in preview.chats])


def _look(home: Path, findings: Findings) -> None:
    """After the next start, all chats of the import are there, or none, and each with all of its messages."""
    age_unfinished_settings(home)
    start_again(home)
    count = look_at_chats(home, findings, CHATS_BEFORE, CHATS_BEFORE + CHATS)
    findings.old += count == CHATS_BEFORE
    findings.new += count == CHATS_BEFORE + CHATS
    look_for_leftovers(home, findings, "*.partial*", "*.new*", "unsaved*")


_PARTS = ("features/conversations", "features/chat/services/store", "storage")
OPERATIONS = {
    "import-folder": Operation(_prepare, partial(_import, _FOLDER), _look, _PARTS),
    "import-zip": Operation(_prepare, partial(_import, _ARCHIVE), _look, _PARTS),
}
