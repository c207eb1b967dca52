"""Reads a file chosen by the user, limited in size, as bytes or as text.

The file may be on a network share that is gone: reading it is abandoned after `TIMEOUT`, and closing the program does
not wait for it.
"""

import codecs
from functools import partial
from pathlib import Path

from chatdesk.features.attachments.services.incoming import read_file, shown_name
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.errors.attachment_errors import AttachmentNotAText, AttachmentTooLarge, AttachmentUnreadable

MOST_BYTES = 4_000_000
"""More than any model reads at once."""
_PUNCTUATION = "\u3000、。〈〉《》「」『』【】（），．：；！？“”‘’…—～·"
_MOST = 0.95
TIMEOUT = 30.0
"""Seconds."""


async def read_chosen_file(path: Path) -> bytes:
    """Return the content of a file. Raises `AttachmentError`."""
    try:
        return await run_in_daemon_thread(partial(read_file, path), "read a file", TIMEOUT)
    except TimeoutError as error:
        raise AttachmentUnreadable(shown_name(path.name), "timeout") from error


async def read_text(path: Path, *, as_it_is: bool = False) -> str:
    """Return the text of a file, with line ends converted to LF unless `as_it_is`. Raises `AttachmentError`."""
    data = await read_chosen_file(path)
    name = shown_name(path.name)
    if len(data) > MOST_BYTES:
        raise AttachmentTooLarge(name, MOST_BYTES // 1_000_000)
    text = _decoded(data)
    if text is None or "\0" in text:
        raise AttachmentNotAText(name)
    return text if as_it_is else text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str | None:
    """Return the decoded text by byte order mark, as UTF-8 or in the encoding of Chinese Windows; None if none fits."""
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return text if _reads_as_chinese(text) else None


def _reads_as_chinese(text: str) -> bool:
    """Return whether the non-ASCII part consists of common Chinese characters: Western encodings decode to rare characters."""
    beyond = [sign for sign in text if not sign.isascii()]
    usual = sum("\u4e00" <= sign <= "\u9fff" or sign in _PUNCTUATION for sign in beyond)
    return len(beyond) > 1 and usual > _MOST * len(beyond)
