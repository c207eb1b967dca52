"""Reads files to attach: only regular files, up to a maximum size, and without waiting for data that never comes.

Blocks: call it on a worker thread. Whether the data can be decoded is not checked here.
"""

import re
import unicodedata
from pathlib import Path

from chatdesk.kernel.chat.attachments import MAX_FILE_BYTES
from chatdesk.kernel.chat.pictures import picture_format
from chatdesk.kernel.errors.attachment_errors import (
    AttachmentNotAFile,
    AttachmentNotAPicture,
    AttachmentTooLarge,
    AttachmentUnreadable,
)
from chatdesk.kernel.text.regular_file import FileTooLarge, NotARegularFile, read_whole

# Names of attached files are made safe to show and to suggest for saving. They never point to a file of the program.

_MAX_LENGTH = 100
_SEPARATORS = re.compile(r"[/\\]")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories that are invisible or reverse the text around them: `photo<RLO>gnp.exe` is no picture."""


def shown_name(name: str) -> str:
    """Return the last part of a path as one line of visible text, shortened before its extension; empty if nothing is left."""
    last = _SEPARATORS.split(name.strip())[-1]
    seen = "".join(sign for sign in last if sign.isspace() or unicodedata.category(sign) not in _HIDDEN)
    line = " ".join(seen.split())
    if len(line) <= _MAX_LENGTH:
        return line
    stem, dot, ending = line.rpartition(".")
    if not dot or len(ending) > 10:
        return line[: _MAX_LENGTH - 1] + "…"
    return f"{stem[: _MAX_LENGTH - len(ending) - 2]}….{ending}"


_MEGABYTE = 1024 * 1024


def read_file(path: Path, max_bytes: int = MAX_FILE_BYTES) -> bytes:
    """Return the content of a file of at most `max_bytes`. Raises `AttachmentUnreadable`, `AttachmentNotAFile` and `AttachmentTooLarge`."""
    name = shown_name(path.name)
    try:
        return read_whole(path, max_bytes)
    except FileTooLarge as error:
        raise _too_large(name, max_bytes) from error
    except NotARegularFile as error:
        raise AttachmentNotAFile(name) from error
    except OSError as error:
        raise AttachmentUnreadable(name, error.strerror or str(error)) from error


def require_picture(data: bytes, name: str) -> str:
    """Return the picture format detected from the content. Raises `AttachmentNotAPicture` and `AttachmentTooLarge`."""
    if len(data) > MAX_FILE_BYTES:
        raise _too_large(name, MAX_FILE_BYTES)
    kind = picture_format(data[:16])
    if kind is None:
        raise AttachmentNotAPicture(name)
    return kind


def _too_large(name: str, max_bytes: int) -> AttachmentTooLarge:
    return AttachmentTooLarge(name, max_bytes // _MEGABYTE)
