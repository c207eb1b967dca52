"""Small files as other programs write them, made by hand."""

import base64
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

from chatdesk.features.presets.importing.entries import Draft
from chatdesk.features.presets.importing.reading import Contents, read_contents
from chatdesk.kernel.presets.preset import Preset
from chatdesk.kernel.presets.preset_import import ImportRefused

Rows = Sequence[Mapping[str, object]]


def no_rows(_data: bytes) -> Rows:
    return []


def contents(data: bytes | str | object, name: str = "file") -> Contents:
    """Read bytes, a text, or a value as JSON."""
    if not isinstance(data, bytes):
        data = (data if isinstance(data, str) else json.dumps(data)).encode()
    return read_contents(data, name, no_rows)


def drafts(data: bytes | str | object, name: str = "file") -> list[Draft]:
    return contents(data, name).drafts


def presets(data: bytes | str | object, name: str = "file") -> list[Preset]:
    return [draft.preset for draft in drafts(data, name)]


def problem(data: bytes | str | object, name: str = "file") -> tuple[str, str]:
    """Return why a file is refused, and the name it is refused by."""
    try:
        contents(data, name)
    except ImportRefused as error:
        return str(error.problem), error.file
    return "", ""


def refused(data: object, name: str = "file") -> str:
    reason, file = problem(data, name)
    assert file == (name if reason else "")
    return reason


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def picture(*chunks: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IEND", b"")


def card_chunk(card: object, keyword: bytes = b"chara") -> bytes:
    return chunk(b"tEXt", keyword + b"\0" + base64.b64encode(json.dumps(card).encode()))


CARD = {
    "spec": "chara_card_v2",
    "spec_version": "2.0",
    "data": {
        "name": "Mia",
        "description": "{{char}} is a librarian. <USER> is a guest.",
        "personality": "calm",
        "scenario": "{{user}} looks for a book in {{ place }}.",
        "first_mes": "Hello, {{User}}!",
        "mes_example": "",
        "creator_notes": "Best with 7B models.",
        "system_prompt": "{{original}}Stay in your role.",
        "alternate_greetings": ["Hi.", "Yes?"],
        "character_book": {"entries": [{"keys": ["x"], "content": "y"}]},
        "tags": ["library", "quiet"],
        "extensions": {"tools": {"command": "rm -rf /"}},
    },
}
