"""Detection of the type of opened files by their content; names and extensions are not reliable."""

import re
from collections.abc import Iterable
from enum import Enum, auto
from pathlib import Path

from chatdesk.features.conversations.services.files.chat_json import FORMAT
from chatdesk.features.presets.importing.foreign_text import text_of
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.presets.preset_import import ImportRefused
from chatdesk.kernel.text.regular_file import read_beginning

_EXAMINED_BYTES = 4_096
_READ_TIMEOUT = 10.0
"""Seconds after which a drive that does not respond is given up; reading the file later reports the error."""
_MODEL = b"GGUF"
_CHAT = re.compile(r'\s*\{\s*"format"\s*:\s*"' + re.escape(FORMAT) + '"')


class FileKind(Enum):
    """Type of an opened file."""

    CHAT = auto()
    MODEL = auto()
    OTHER = auto()
    """Presets in any known format, or an unknown file, which the preset import reports."""


async def kinds_of(paths: Iterable[Path]) -> dict[Path, FileKind]:
    """Return the type of each file. Unreadable files are OTHER: opening them reports the error."""
    examined = tuple(paths)
    try:
        return await run_in_daemon_thread(
            lambda: {path: kind_of(path) for path in examined}, "look at files", _READ_TIMEOUT
        )
    except TimeoutError:
        return dict.fromkeys(examined, FileKind.OTHER)


def kind_of(path: Path) -> FileKind:
    """Return the type of a file. Blocks."""
    try:
        begins = read_beginning(path, _EXAMINED_BYTES)
    except OSError:
        return FileKind.OTHER
    if begins.startswith(_MODEL):
        return FileKind.MODEL
    try:
        return FileKind.CHAT if _CHAT.match(text_of(begins, beginning=True)) else FileKind.OTHER
    except ImportRefused:
        return FileKind.OTHER
