"""Imports of an archive, a folder and another program's database: the disk of the data, of the source or for temporary files fails."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from chatdesk.app.composition import DATABASE_NAME, open_program
from chatdesk.app.program import Program
from chatdesk.features.conversations.services.files.chat_imports import ImportResult
from chatdesk.features.conversations.services.files.chat_json import JSON
from chatdesk.features.conversations.services.files.exported_chat import (
    ExportLabels,
    ExportOptions,
    ExportScope,
    Include,
)
from chatdesk.kernel.redaction import Redactor
from chatdesk.system.resources import Resources
from tests.io_faults.failing_calls import (
    ERROR_ONCE,
    FAULTS,
    NO_PERMISSION,
    SHARE_GONE,
    UNPLUGGED,
    Fault,
)
from tests.io_faults.sweep import Operation
from tests.kills.homes import CHATS_BEFORE, add_pictures, folders_of, write_home
from tests.unit.features.conversations.importing.readers import test_ollama
from tests.unit.storage.damaged import write_chats

_CHATS, _MESSAGES = 3, 20
_PICTURES = 2


class _Import:
    """An import of `source`, of which all chats must be there afterwards, or none."""

    def __init__(self, program: Program, home: Path, source: Path, chats: int, roots: Sequence[Path]) -> None:
        self._program = program
        self._home = home
        self._source = source
        self._chats = chats
        self._messages = 0
        self._result: ImportResult | None = None
        self.roots = roots

    async def reset(self) -> None:
        for left in self._leftovers():  # what could not be removed while the disk was unusable, the next start removes
            shutil.rmtree(left, ignore_errors=True)
            left.unlink(missing_ok=True)
        imports = self._program.conversations.imports.get()
        if self._result:
            assert await imports.undo(self._result) == ()
            while imports._tasks:
                await asyncio.wait(imports._tasks)
            self._result = None

    async def run(self) -> None:
        imports = self._program.conversations.imports.get()
        preview = await imports.preview([self._source])
        if preview.refused:
            raise preview.refused[0]
        assert len(preview.chats) == self._chats, preview
        self._messages = sum(chat.summary.messages for chat in preview.chats)
        self._result = await imports.add(preview, [chat.summary.id for chat in preview.chats])

    async def faults_after(self, error: BaseException | None, *, can_remove: bool) -> Sequence[str]:
        expected = CHATS_BEFORE + (self._chats if error is None else 0)
        shown = len(self._program.chat.conversations.all())
        faults = [] if shown == expected else [f"{shown} chats are shown"]
        imports = self._program.conversations.imports.get()
        stored = await imports._database.run(
            lambda connection: connection.execute(
                "SELECT count(*) FROM conversations WHERE hidden_by IS NULL"
            ).fetchone()[0]
        )
        faults += [] if stored == expected else [f"{stored} chats are stored"]
        if self._result and self._result.messages != self._messages:
            faults.append(f"{self._result.messages} messages of {self._messages}")
        return [*faults, *(f"{each} is left" for each in (self._leftovers() if can_remove else ()))]

    def _leftovers(self) -> list[Path]:
        left = list(Path(tempfile.gettempdir()).iterdir())
        left += list((self._home / "attachments").rglob("*.partial"))
        left += list((self._home / "cache").rglob("import-*"))
        return left


def _write_sources(folder: Path) -> None:
    """An export as a folder and as an archive, with pictures, and the database of another program."""
    home, sources = folder / "other", folder / "sources"
    write_chats(home / DATABASE_NAME, _CHATS, _MESSAGES)
    add_pictures(home, _PICTURES, "chat0")
    sources.mkdir()
    asyncio.run(_export(home, sources))
    (sources / "ollama").mkdir()
    import sqlite3  # noqa: PLC0415

    connection = sqlite3.connect(sources / "ollama" / "db.sqlite")
    connection.executescript(test_ollama.SCHEMA)
    connection.close()


async def _export(home: Path, sources: Path) -> None:
    async with open_program(folders_of(home), Resources.locate(), Redactor()) as program:
        scope = ExportScope(tuple(chat.id for chat in program.chat.conversations.all()))
        for name in ("chats", "chats.zip"):
            await program.conversations.exporting.save_each(
                scope,
                JSON,
                ExportOptions(frozenset(Include)),
                ExportLabels(),
                sources / name,
                is_archive=name.endswith(".zip"),
            )


@asynccontextmanager
async def _open(
    name: str, chats: int, roots_of: Callable[[Path], Sequence[Path]], folder: Path
) -> AsyncIterator[_Import]:
    home = folder / "home"
    write_home(home)
    await asyncio.to_thread(_write_sources, folder)
    async with open_program(folders_of(home), Resources.locate(), Redactor()) as program:
        yield _Import(program, home, folder / "sources" / name, chats, roots_of(folder))
    shutil.rmtree(folder)


def _data(folder: Path) -> Sequence[Path]:
    return (folder / "home",)


def _source(folder: Path) -> Sequence[Path]:
    return (folder / "sources",)


def _temporary(folder: Path) -> Sequence[Path]:
    return (Path(os.environ["TMPDIR"]), folder / "home" / "cache")


_READING: Sequence[Fault] = (NO_PERMISSION, UNPLUGGED, SHARE_GONE, ERROR_ONCE)
OPERATIONS = {
    "import-zip-data": Operation(partial(_open, "chats.zip", _CHATS, _data), most=60),
    "import-zip-source": Operation(partial(_open, "chats.zip", _CHATS, _source), _READING, most=40),
    "import-folder-source": Operation(partial(_open, "chats", _CHATS, _source), _READING, most=40),
    "import-database-source": Operation(partial(_open, "ollama", 1, _source), _READING, most=40),
    "import-database-temporary": Operation(partial(_open, "ollama", 1, _temporary), FAULTS, most=40),
}
