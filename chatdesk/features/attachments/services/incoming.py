"""Reads a file that a person wants to send along: only a regular file, only so much of it, and never waiting for what does not come.

Blocking: to be called on a thread. Whether what was read can be decoded is not known here.
"""

import os
import re
import stat
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

# The name of a file that goes along, made fit to be shown and to be offered when it is saved. It never leads
# to a file of ours.

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


_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_CLOEXEC", 0)
"""Opening a pipe that nobody writes to would wait for ever."""
_AS_IT_IS = getattr(os, "O_BINARY", 0)
_MEGABYTE = 1024 * 1024


def read_file(path: Path) -> bytes:
    """Return what is in a file. Raises `AttachmentUnreadable`, `AttachmentNotAFile` and `AttachmentTooLarge`."""
    name = shown_name(path.name)
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # looked at before: opening some devices does something
            raise AttachmentNotAFile(name)
        descriptor = os.open(path, os.O_RDONLY | _WITHOUT_WAITING | _AS_IT_IS)
        with open(descriptor, "rb") as file:  # noqa: PTH123 - of a descriptor
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise AttachmentNotAFile(name)
            if status.st_size > MAX_FILE_BYTES:
                raise _too_large(name)
            data = file.read(MAX_FILE_BYTES + 1)  # it may grow, or not know its own size
    except (OSError, ValueError) as error:  # a name with a NUL in it is a ValueError
        raise AttachmentUnreadable(name, getattr(error, "strerror", None) or str(error)) from error
    if len(data) > MAX_FILE_BYTES:
        raise _too_large(name)
    return data


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
