"""Reads a file that the user wants to send along: only a regular file, only so much of it, and never waiting for what does not come.

Blocking: to be called on a thread. Whether what was read can be decoded is not known here.
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

# The name of an attached file, made safe to show and to offer when it is saved. It never leads to a file of
# ours.

_LONGEST = 100
_SEPARATORS = re.compile(r"[/\\]")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories of characters that show nothing, or turn what is around them: `photo<RLO>gnp.exe` is no picture."""


def shown_name(name: str) -> str:
    """Return the last part of a name in one line of what can be seen, its ending kept where it is cut; empty if nothing is left."""
    last = _SEPARATORS.split(name.strip())[-1]
    seen = "".join(sign for sign in last if sign.isspace() or unicodedata.category(sign) not in _HIDDEN)
    words = " ".join(seen.split())
    if len(words) <= _LONGEST:
        return words
    stem, dot, ending = words.rpartition(".")
    if not dot or len(ending) > 10:
        return words[: _LONGEST - 1] + "…"
    return f"{stem[: _LONGEST - len(ending) - 2]}….{ending}"


_MEGABYTE = 1024 * 1024


def read_file(path: Path) -> bytes:
    """Return what is in a file. Raises `AttachmentUnreadable`, `AttachmentNotAFile` and `AttachmentTooLarge`."""
    name = shown_name(path.name)
    try:
        return read_whole(path, MAX_FILE_BYTES)
    except FileTooLarge as error:
        raise _too_large(name) from error
    except NotARegularFile as error:
        raise AttachmentNotAFile(name) from error
    except OSError as error:
        raise AttachmentUnreadable(name, error.strerror or str(error)) from error


def demand_picture(data: bytes, name: str) -> str:
    """Return what kind of picture this is, by its content. Raises `AttachmentNotAPicture` and `AttachmentTooLarge`."""
    if len(data) > MAX_FILE_BYTES:
        raise _too_large(name)
    kind = picture_format(data[:16])
    if kind is None:
        raise AttachmentNotAPicture(name)
    return kind


def _too_large(name: str) -> AttachmentTooLarge:
    return AttachmentTooLarge(name, MAX_FILE_BYTES // _MEGABYTE)
