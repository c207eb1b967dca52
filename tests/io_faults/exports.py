"""Exports of one chat and of several, beside older files, onto a disk that fails."""

import os
import shutil
import tempfile
import zipfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from chatdesk.app.composition import DATABASE_NAME, open_program
from chatdesk.app.program import Program
from chatdesk.features.conversations.services.files.chat_html import HTML
from chatdesk.features.conversations.services.files.chat_json import JSON
from chatdesk.features.conversations.services.files.chat_markdown import MARKDOWN
from chatdesk.features.conversations.services.files.chat_pdf import PDF, Printing, print_pages
from chatdesk.features.conversations.services.files.chat_text import TEXT
from chatdesk.features.conversations.services.files.chat_word import WORD
from chatdesk.features.conversations.services.files.exported_chat import (
    ChatFormat,
    ExportLabels,
    ExportOptions,
    ExportScope,
    Include,
)
from chatdesk.kernel.chat.message import DocumentPart
from chatdesk.kernel.redaction import Redactor
from chatdesk.storage.database.connection import open_connection
from chatdesk.storage.database.message_repository import MessageRepository
from chatdesk.system.resources import Resources
from tests.io_faults.sweep import Operation
from tests.kills.homes import CHATS_BEFORE, FIRST_BEFORE, add_pictures, folders_of, write_home

_OLD = b"what was there before"
_UNFINISHED = ".chatdesk-unfinished"
_INCLUDE = frozenset({Include.QUESTIONS, Include.ATTACHMENTS})
_A4 = (595.0, 842.0)


class _Export:
    """An export to `target`, which is run by `export`."""

    def __init__(self, folder: Path, name: str, program: Program, export: "_Run", *, is_new: bool) -> None:
        self._mine = folder / "mine"
        self._target = self._mine / name
        self._program = program
        self._export = export
        self._is_new = is_new
        self._before: dict[str, bytes] = {}
        self.roots = (self._mine,)

    async def reset(self) -> None:
        shutil.rmtree(self._mine, ignore_errors=True)
        (self._mine / "other").mkdir(parents=True)
        (self._mine / "other" / "file").write_bytes(_OLD)
        if not self._is_new:
            self._target.write_bytes(_OLD)
        self._before = _content(self._mine)

    async def run(self) -> None:
        await self._export(self._program, self._target)

    async def faults_after(self, error: BaseException | None, *, can_remove: bool) -> Sequence[str]:
        now, target = _content(self._mine), self._target.name
        faults = [f"{name} is left in the temporary folder" for name in os.listdir(tempfile.gettempdir())]  # noqa: PTH208
        if error is None:
            made = {name: content for name, content in now.items() if self._before.get(name) != content}
            faults += [] if _is_complete(target, made) else [f"incomplete: {sorted(made)}"]
            faults += [f"{name} is left" for name in made if _UNFINISHED in name and can_remove]
            return faults
        faults += [f"{name} has changed" for name, content in self._before.items() if now.get(name) != content]
        left = sorted(now.keys() - self._before.keys())
        if not can_remove:  # the next export removes unfinished files
            # The folder remains if the disk is disconnected between its renaming and that of the file.
            left = [name for name in left if _UNFINISHED not in name and name != _document_of(target)]
        return [*faults, *(f"{name} is left" for name in left)]


_Run = Callable[[Program, Path], "object"]


def _content(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file() or not any(path.iterdir()))
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b"" for path in paths}


def _is_complete(target: str, made: Mapping[str, bytes]) -> bool:
    if target.endswith(".zip"):
        import io  # noqa: PLC0415

        with zipfile.ZipFile(io.BytesIO(made[target])) as archive:
            return archive.testzip() is None and len(archive.namelist()) == CHATS_BEFORE
    if "." not in target:
        return sum(name.startswith(f"{target}/") for name in made) == CHATS_BEFORE
    return len(made.get(target, b"")) > 1000 and (not target.endswith("md") or _document_of(target) in made)


def _document_of(target: str) -> str:
    """Return where an export as Markdown writes the document of the chat."""
    return f"{target.removesuffix('.md')}_files/notes.txt"


@asynccontextmanager
async def _open(name: str, export: _Run, folder: Path, *, is_new: bool = False) -> AsyncIterator[_Export]:
    home = folder / "home"
    write_home(home)
    add_pictures(home, 2)
    async with open_program(folders_of(home), Resources.locate(), Redactor()) as program:
        document = await program.chat.attachments.documents.add(b"Some notes.\n" * 2000, "notes.txt")
    with closing(open_connection(home / DATABASE_NAME)) as connection:
        connection.execute("BEGIN")
        _attach(MessageRepository(connection), document)
        connection.execute("COMMIT")
    async with open_program(folders_of(home), Resources.locate(), Redactor()) as program:
        yield _Export(folder, name, program, export, is_new=is_new)


def _attach(messages: MessageRepository, document: DocumentPart) -> None:
    message = messages.get(f"chat{FIRST_BEFORE}-0")
    messages.update(replace(message, parts=(*message.parts, document)))


async def _one(program: Program, path: Path, *, chat_format: ChatFormat) -> None:
    scope = ExportScope((f"chat{FIRST_BEFORE}",))
    await program.conversations.exporting.save(scope, chat_format, ExportOptions(_INCLUDE), ExportLabels(), path)


async def _several(program: Program, path: Path, *, chat_format: ChatFormat) -> None:
    scope = ExportScope(tuple(sorted(chat.id for chat in program.chat.conversations.all())))
    await program.conversations.exporting.save(scope, chat_format, ExportOptions(_INCLUDE), ExportLabels(), path)


async def _each(program: Program, path: Path, *, chat_format: ChatFormat) -> None:
    scope = ExportScope(tuple(sorted(chat.id for chat in program.chat.conversations.all())))
    await program.conversations.exporting.save_each(
        scope, chat_format, ExportOptions(frozenset()), ExportLabels(), path, is_archive=path.suffix == ".zip"
    )


async def _print(program: Program, path: Path) -> None:
    scope = ExportScope((f"chat{FIRST_BEFORE}",))
    export = await program.conversations.exporting.export(scope, PDF, ExportOptions(_INCLUDE), ExportLabels())
    await print_pages(export, Printing(*_A4, file=path))


_FILES: Mapping[str, tuple[str, _Run]] = {
    "word": ("chat.docx", partial(_one, chat_format=WORD)),
    "html": ("chat.html", partial(_one, chat_format=HTML)),
    "json": ("chat.json", partial(_one, chat_format=JSON)),
    "text": ("chat.txt", partial(_one, chat_format=TEXT)),
    "markdown": ("chat.md", partial(_one, chat_format=MARKDOWN)),
    "several": ("chats.md", partial(_several, chat_format=MARKDOWN)),
    "zip": ("chats.zip", partial(_each, chat_format=MARKDOWN)),
}
_SLOW: Mapping[str, tuple[str, _Run]] = {
    "pdf": ("chat.pdf", partial(_one, chat_format=PDF)),
    "print": ("print.pdf", _print),
}
OPERATIONS = {
    **{f"export-{name}": Operation(partial(_open, *each)) for name, each in _FILES.items()},
    **{f"export-new-{name}": Operation(partial(_open, *each, is_new=True)) for name, each in _FILES.items()},
    "export-folder": Operation(partial(_open, "chats", partial(_each, chat_format=JSON), is_new=True)),
    **{f"export-{name}": Operation(partial(_open, *each), most=12) for name, each in _SLOW.items()},
}
