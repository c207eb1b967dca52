"""What the tests of all readers do: write a file as a program does, and read it."""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from chatdesk.features.conversations.importing.chat_records import summary_of
from chatdesk.features.conversations.importing.foreign_chat import (
    DamagedChat,
    ForeignChat,
    ForeignFile,
    ForeignPart,
    Loss,
    Program,
)
from chatdesk.features.conversations.importing.foreign_servers import ForeignServer
from chatdesk.features.conversations.importing.programs import Found, reader_of
from chatdesk.features.conversations.importing.programs import chats_in as chats_in_order
from chatdesk.features.conversations.importing.source import open_source
from chatdesk.kernel.chat.message import ReasoningPart, SourcesPart, TextPart, ToolCallPart, ToolResultPart
from chatdesk.storage.files.foreign_database import open_foreign_database

PNG = b"\x89PNG\r\n\x1a\nfake"
PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def written(folder: Path, value: object, name: str = "export.json") -> Path:
    """Write bytes, a text, or a value as JSON."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    data = value if isinstance(value, bytes) else (value if isinstance(value, str) else json.dumps(value)).encode()
    path.write_bytes(data)
    return path


def zipped(files: Mapping[str, object]) -> bytes:
    """Return an archive of bytes, texts, and values as JSON."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content if isinstance(content, bytes | str) else json.dumps(content))
    return made.getvalue()


def found_in(path: Path, program: Program) -> list[Found]:
    """Return what the reader of a program, which must be recognised, finds."""
    with open_source(path, open_foreign_database) as source:
        reader = reader_of(source)
        assert reader is not None
        assert reader.program is program
        return [_loaded(each) if isinstance(each, ForeignChat) else each for each in chats_in_order(reader, source)]


def _loaded(chat: ForeignChat) -> ForeignChat:
    """Return a chat with its title as shown, and the bytes of its files, which can be read as long as the source is open."""

    def loaded(part: ForeignPart) -> ForeignPart:
        return replace(part, data=part.content(), load=None) if isinstance(part, ForeignFile) else part

    return replace(
        chat,
        title=summary_of(chat).title,
        messages=tuple(replace(each, parts=tuple(map(loaded, each.parts))) for each in chat.messages),
    )


def read(path: Path, program: Program) -> list[ForeignChat | Loss]:
    """Return the chats and losses; a chat that cannot be read is one, too."""
    found = (each for each in found_in(path, program) if not isinstance(each, ForeignServer))
    return [Loss.DAMAGED_CHAT if isinstance(each, DamagedChat) else each for each in found]


def servers_in(path: Path, program: Program) -> list[tuple[str, str, str, str]]:
    """Return the servers: their names, addresses, vendors and keys."""
    servers = [each for each in found_in(path, program) if isinstance(each, ForeignServer)]
    assert all(each.has_key == bool(each.key) and each.key not in repr(each).split("'") for each in servers if each.key)
    return [(each.name, each.address, each.vendor, each.key) for each in servers]


def chats_in(path: Path, program: Program) -> list[ForeignChat]:
    """Return the chats alone."""
    return [each for each in read(path, program) if isinstance(each, ForeignChat)]


def shown(parts: tuple[ForeignPart, ...]) -> list[str]:
    """Return parts as short texts, to be compared in one line."""
    return [_shown(part) for part in parts]


def _shown(part: ForeignPart) -> str:
    match part:
        case TextPart():
            return part.text
        case ReasoningPart():
            return f"thought {part.text} {part.milliseconds}" if part.milliseconds else f"thought {part.text}"
        case ToolCallPart():
            return f"call {part.call_id} {part.name} {part.arguments}"
        case ToolResultPart():
            return f"result {part.call_id} {part.text}"
        case SourcesPart():
            return "sources " + " ".join(f"{each.title}<{each.address}>" for each in part.sources)
        case ForeignFile():
            kind = "picture" if part.is_picture else "document"
            return f"{kind} {part.name} {part.media_type} {len(part.data) or part.text or 'missing'}"
        case _:
            return repr(part)


def tree(chat: ForeignChat) -> list[tuple[str, str]]:
    """Return the ids of the messages and of their parents."""
    return [(message.id, message.parent) for message in chat.messages]
