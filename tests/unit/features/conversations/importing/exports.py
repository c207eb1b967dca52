"""Writes files as other programs do, and reads them as the import process does."""

import json
import zipfile
from base64 import b64decode
from collections.abc import Mapping
from pathlib import Path

import pytest

from chatdesk.features.conversations.importing.foreign_chat import (
    DamagedChat,
    ForeignChat,
    ForeignFile,
    ForeignMessage,
    Loss,
    Program,
)
from chatdesk.features.conversations.importing.programs import Found, chats_in, reader_of
from chatdesk.features.conversations.importing.source import open_source
from chatdesk.kernel.chat.message import ReasoningPart, SourcesPart, TextPart
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused
from chatdesk.storage.files.foreign_database import open_foreign_database

PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
PNG = b64decode(PIXEL.partition(",")[2])


def json_file(folder: Path, value: object, name: str = "conversations.json") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), "utf-8")
    return path


def archive(folder: Path, files: Mapping[str, object], name: str = "export.zip") -> Path:
    """Write a ZIP archive. Content that is not bytes or text becomes JSON."""
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as written:
        for member, content in files.items():
            written.writestr(member, content if isinstance(content, bytes | str) else json.dumps(content))
    return folder / name


def unpacked(folder: Path, files: Mapping[str, object]) -> Path:
    """Write the same as a folder."""
    for member, content in files.items():
        path = folder / "export" / member
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return folder / "export"


def program_of(path: Path) -> Program | None:
    with open_source(path, open_foreign_database) as source:
        reader = reader_of(source)
        return reader.program if reader else None


def found_in(path: Path, program: Program) -> list[Found]:
    """Return everything that the reader of this program finds, with the content of all files."""
    with open_source(path, open_foreign_database) as source:
        reader = reader_of(source)
        assert reader is not None, "no program was recognised"
        assert reader.program is program
        found = list(chats_in(reader, source))
        contents.clear()
        for chat in found:
            for message in chat.messages if isinstance(chat, ForeignChat) else ():
                contents.update({part: part.content() for part in message.parts if isinstance(part, ForeignFile)})
    return found


contents: dict[ForeignFile, bytes] = {}
"""The bytes of the files of the last chats, read while their source was open."""


def chats_of(path: Path, program: Program) -> list[ForeignChat]:
    return [found for found in found_in(path, program) if isinstance(found, ForeignChat)]


def chat_of(path: Path, program: Program) -> ForeignChat:
    (chat,) = found_in(path, program)
    assert isinstance(chat, ForeignChat)
    return chat


def losses_of(path: Path, program: Program) -> list[Loss]:
    """Return the losses; a chat that cannot be read is one, too."""
    found = (Loss.DAMAGED_CHAT if isinstance(each, DamagedChat) else each for each in found_in(path, program))
    return [each for each in found if isinstance(each, Loss)]


def refusal_of(path: Path) -> ImportProblem:
    with pytest.raises(ImportRefused) as refused:
        _read_all(path)
    return refused.value.problem


def _read_all(path: Path) -> None:
    with open_source(path, open_foreign_database) as source:
        reader = reader_of(source)
        if reader is None:
            raise ImportRefused(ImportProblem.UNKNOWN)
        list(chats_in(reader, source))


def text_of(message: ForeignMessage) -> str:
    return "".join(part.text for part in message.parts if isinstance(part, TextPart))


def reasoning_of(message: ForeignMessage) -> str:
    return "".join(part.text for part in message.parts if isinstance(part, ReasoningPart))


def files_of(message: ForeignMessage) -> list[ForeignFile]:
    return [part for part in message.parts if isinstance(part, ForeignFile)]


def titles_of_sources(message: ForeignMessage) -> list[tuple[int, str, str]]:
    sources = [source for part in message.parts if isinstance(part, SourcesPart) for source in part.sources]
    return [(source.number, source.title, source.address) for source in sources]


def shape_of(chat: ForeignChat) -> list[tuple[str, str, str]]:
    """Return the id, parent and text of each message."""
    return [(message.id, message.parent, text_of(message)) for message in chat.messages]
