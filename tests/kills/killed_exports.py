"""What is killed while it exports chats into a folder, an archive or one file; `operations.py` kills it."""

import asyncio
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pypdfium2

from chatdesk.app.composition import open_program
from chatdesk.app.program import Program
from chatdesk.features.conversations.services.files.chat_json import JSON
from chatdesk.features.conversations.services.files.chat_markdown import MARKDOWN
from chatdesk.features.conversations.services.files.chat_pdf import PDF
from chatdesk.features.conversations.services.files.chat_word import WORD
from chatdesk.features.conversations.services.files.exported_chat import (
    ChatFormat,
    ExportLabels,
    ExportOptions,
    ExportScope,
    Include,
)
from chatdesk.kernel.redaction import Redactor
from chatdesk.kernel.user_files import USER_FILES
from chatdesk.storage.files.file_writing import write_exported_file
from chatdesk.system.folders import Folders
from chatdesk.system.resources import Resources
from tests.kills.homes import (
    CHATS_BEFORE,
    FIRST_BEFORE,
    MESSAGES,
    PRESETS,
    add_pictures,
    add_presets,
    presets,
    write_home,
)
from tests.kills.operations import Findings, Operation

_OLD = b"what was there before"
_FOLDER, _ARCHIVE, _WORD, _PDF = "chats", "chats.zip", "chat.docx", "chat.pdf"
_LAST_WORDS = f"chat{FIRST_BEFORE}-{MESSAGES - 1}"
"""What only the last message of the first chat says."""
_PICTURES = 4
Begin = Callable[[], AbstractContextManager[None]]


def _prepare(home: Path, *, has_old: bool = True) -> None:
    """A home with some chats, some with pictures, presets, and a folder of the user, with older exports in it."""
    write_home(home)
    add_presets(home, PRESETS)
    add_pictures(home, _PICTURES)
    (home / "mine").mkdir()
    for name in (_ARCHIVE, _WORD, _PDF) if has_old else ():
        (home / "mine" / name).write_bytes(_OLD)


# The work, in the process that is killed.


async def _export_each(home: Path, begin: Begin, *, is_archive: bool) -> None:
    async with open_program(Folders.locate(), Resources.locate(), Redactor()) as program:
        path = home / "mine" / (_ARCHIVE if is_archive else _FOLDER)
        with begin():
            await program.conversations.exporting.save_each(
                ExportScope(_chats(program)),
                MARKDOWN,
                ExportOptions(frozenset({Include.QUESTIONS})),
                ExportLabels(),
                path,
                is_archive=is_archive,
            )


async def _export_everything(home: Path, begin: Begin) -> None:
    async with open_program(Folders.locate(), Resources.locate(), Redactor()) as program:
        with begin():
            await program.conversations.exporting.save_each(
                ExportScope(_chats(program)),
                JSON,
                ExportOptions(frozenset(Include)),
                ExportLabels(),
                home / "mine" / _FOLDER,
                is_archive=False,
                with_user_files=True,
            )


async def _export_word(home: Path, begin: Begin) -> None:
    await _export_one(home, begin, WORD, _WORD)


async def _export_pdf(home: Path, begin: Begin) -> None:
    await _export_one(home, begin, PDF, _PDF)


async def _export_one(home: Path, begin: Begin, chat_format: ChatFormat, name: str) -> None:
    async with open_program(Folders.locate(), Resources.locate(), Redactor()) as program:
        scope, options = ExportScope(_chats(program)[:1]), ExportOptions(frozenset({Include.QUESTIONS}))
        with begin():
            await program.conversations.exporting.save(
                scope, chat_format, options, ExportLabels(), home / "mine" / name
            )


def _chats(program: Program) -> tuple[str, ...]:
    return tuple(sorted(chat.id for chat in program.chat.conversations.all()))


# What is there after a kill.


def _look_at_folder(home: Path, findings: Findings) -> None:
    """The folder is not there, or has all files."""
    folder = home / "mine" / _FOLDER
    texts = [path.read_text("utf-8") for path in folder.iterdir() if path.is_file()] if folder.exists() else []
    findings.old += not folder.exists()
    findings.new += folder.exists()
    if folder.exists():
        _look_at_texts(texts, findings)
        shutil.rmtree(folder)
    _look_for_leftovers(home, findings, {_ARCHIVE, _WORD, _PDF})


def _look_at_everything(home: Path, findings: Findings) -> None:
    """The folder is not there, or has all presets, and all chats with all messages and pictures."""
    folder = home / "mine" / _FOLDER
    if folder.exists():
        if presets(folder / USER_FILES) != presets(home):
            findings.faults.append("presets are missing")
        chats = [json.loads(path.read_bytes()) for path in folder.iterdir() if path.is_file()]
        if [len(chat["messages"]) for chat in chats] != [MESSAGES] * CHATS_BEFORE:
            findings.faults.append(f"files with so many messages: {[len(chat['messages']) for chat in chats]}")
        if (pictures := json.dumps(chats).count('"data:image/')) != _PICTURES:
            findings.faults.append(f"{pictures} pictures")
    _look_at_folder(home, findings)


def _look_at_archive(home: Path, findings: Findings) -> None:
    """The archive is the old file, or has all files."""
    path = home / "mine" / _ARCHIVE
    if path.read_bytes() == _OLD:
        findings.old += 1
    else:
        findings.new += 1
        with zipfile.ZipFile(path) as archive:
            _look_at_texts([archive.read(name).decode() for name in archive.namelist()], findings)
    _look_for_leftovers(home, findings, {_ARCHIVE, _WORD, _PDF})


def _look_at_texts(texts: list[str], findings: Findings) -> None:
    if len(texts) != CHATS_BEFORE:
        findings.faults.append(f"{len(texts)} files")
    findings.faults += [
        f"a file ends after {len(text)} characters" for text in texts if f"-{MESSAGES - 1} " not in text
    ]


def _look_at_word(home: Path, findings: Findings) -> None:
    def text_of(path: Path) -> str:
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            return archive.read("word/document.xml").decode()

    _look_at_one(home, _WORD, text_of, findings)


def _look_at_pdf(home: Path, findings: Findings) -> None:
    def text_of(path: Path) -> str:
        document = pypdfium2.PdfDocument(path)
        try:
            return "".join(page.get_textpage().get_text_bounded() for page in document)
        finally:
            document.close()

    _look_at_one(home, _PDF, text_of, findings)


def _look_at_one(home: Path, name: str, text_of: Callable[[Path], str], findings: Findings) -> None:
    """The file is the old one, or the new one to its end; if there was none, there is none or the new one."""
    path = home / "mine" / name
    if not path.exists() or path.read_bytes() == _OLD:
        findings.old += 1
    else:
        findings.new += 1
        try:
            if _LAST_WORDS not in text_of(path):
                findings.faults.append(f"the end of {name} is missing")
        except Exception as error:  # noqa: BLE001 - a finding
            findings.faults.append(f"{name} cannot be read: {error!r}")
    _look_for_leftovers(home, findings, {_ARCHIVE, _WORD, _PDF})


def _look_for_leftovers(home: Path, findings: Findings, names: set[str]) -> None:
    """The next export, a while later, leaves nothing of the killed one."""
    mine = home / "mine"
    for path in mine.rglob("*"):
        os.utime(path, (0, 0))
    write_exported_file(mine / "next.txt", b"")
    findings.faults += [f"{path.name} is left" for path in mine.iterdir() if path.name not in names | {"next.txt"}]
    asyncio.run(_start(home))


async def _start(home: Path) -> None:
    async with open_program(Folders.locate({"CHATDESK_HOME": str(home)}), Resources.locate(), Redactor()) as program:
        assert len(program.chat.conversations.all()) == CHATS_BEFORE


_PARTS = ("features/conversations/services/files", "storage/files")
_prepare_nothing = partial(_prepare, has_old=False)
OPERATIONS = {
    "export-folder": Operation(_prepare, partial(_export_each, is_archive=False), _look_at_folder, _PARTS),
    "export-everything": Operation(_prepare, _export_everything, _look_at_everything, _PARTS),
    "export-zip": Operation(_prepare, partial(_export_each, is_archive=True), _look_at_archive, _PARTS),
    "export-word": Operation(_prepare, _export_word, _look_at_word, ("storage/files",)),
    "export-new-word": Operation(_prepare_nothing, _export_word, _look_at_word, ("storage/files",)),
    "export-pdf": Operation(_prepare, _export_pdf, _look_at_pdf, ("storage/files",)),
    "export-new-pdf": Operation(_prepare_nothing, _export_pdf, _look_at_pdf, ("storage/files",)),
}
