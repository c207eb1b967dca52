"""Detection of the type of opened files by their content; names and extensions are not reliable."""

import re
from collections.abc import Iterable
from enum import Enum, auto
from pathlib import Path

from chatdesk.features.conversations.importing.readers.own_files import FORMAT
from chatdesk.features.presets.importing.character_cards import SIGNATURE as PNG
from chatdesk.features.presets.importing.foreign_text import text_of
from chatdesk.features.presets.importing.own_files import is_own
from chatdesk.features.presets.importing.prompt_lists import columns_of
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.documents.kinds import type_of
from chatdesk.kernel.presets.preset_import import ImportRefused
from chatdesk.kernel.text.regular_file import read_beginning

_EXAMINED_BYTES = 4_096
_READ_TIMEOUT = 10.0
"""Seconds after which a drive that does not respond is abandoned; reading the file later reports the error."""
_MODEL, _ZIP, _DATABASE = b"GGUF", b"PK", b"SQLite format 3\0"
_CHARACTER, _BACKUP = ".charx", ".cherrybackup"
"""Endings of archives: a character, and a backup of Cherry Studio."""
_CHAT = re.compile(r'\s*\{\s*"format"\s*:\s*"' + re.escape(FORMAT) + '"')


class FileKind(Enum):
    """Type of an opened file."""

    CHAT = auto()
    MODEL = auto()
    PRESETS = auto()
    """A preset file or a list of prompts: the import of presets reports what is in it."""
    BACKUP = auto()
    """A database or backup of another program, with chats, presets or both."""
    PICTURE = auto()
    """A picture, which may contain a character, that is a preset."""
    FOREIGN = auto()
    """Chats or presets of another program, or a document or an archive of sources: the whole file has to be read to know."""
    FOLDER = auto()
    """A folder with chats of another program, or with sources."""
    ATTACHMENT = auto()
    """A document or a picture, or an unusable file: attaching it reports the error."""


async def kinds_of(paths: Iterable[Path]) -> dict[Path, FileKind]:
    """Return the type of each file. Unreadable files are attachments: opening them reports the error."""
    examined = tuple(paths)
    try:
        return await run_in_daemon_thread(
            lambda: {path: kind_of(path) for path in examined}, "look at files", _READ_TIMEOUT
        )
    except TimeoutError:
        return dict.fromkeys(examined, FileKind.ATTACHMENT)


def kind_of(path: Path) -> FileKind:
    """Return the type of a file. Blocks."""
    try:
        if path.is_dir():
            return FileKind.FOLDER
        begins = read_beginning(path, _EXAMINED_BYTES)
    except (OSError, ValueError):
        return FileKind.ATTACHMENT
    if begins.startswith(_MODEL):
        return FileKind.MODEL
    if path.name.lower().endswith(_CHARACTER):
        return FileKind.PRESETS
    if begins.startswith(_DATABASE) or path.name.lower().endswith(_BACKUP):
        return FileKind.BACKUP
    if begins.startswith(PNG):
        return FileKind.PICTURE
    if begins.startswith(_ZIP) and type_of(begins, path.name) is None:
        return FileKind.FOREIGN
    try:
        return _kind_of_text(text_of(begins, beginning=True))
    except ImportRefused:
        return FileKind.ATTACHMENT


def _kind_of_text(begins: str) -> FileKind:
    if _CHAT.match(begins):
        return FileKind.CHAT
    if is_own(begins) or columns_of(begins):
        return FileKind.PRESETS
    return FileKind.FOREIGN if begins.lstrip().startswith(("{", "[")) else FileKind.ATTACHMENT
