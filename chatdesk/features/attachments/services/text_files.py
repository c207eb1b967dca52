"""Reads a file chosen by the user, limited in size, as bytes or as text.

The file may be on a network share that is gone: reading it is abandoned after `TIMEOUT`, and closing the program does
not wait for it.
"""

import codecs
from functools import partial
from pathlib import Path

from chatdesk.features.attachments.services.incoming import read_file, shown_name
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.chat.attachments import MAX_FILE_BYTES
from chatdesk.kernel.errors.attachment_errors import AttachmentNotAText, AttachmentTooLarge, AttachmentUnreadable

MAX_BYTES = 4_000_000
"""More than any model reads at once."""
_PUNCTUATION = "\u3000、。〈〉《》「」『』【】（），．：；！？“”‘’…—～·"
_MIN_CHINESE_SHARE = 0.95
TIMEOUT = 30.0
"""Seconds."""


async def read_chosen_file(path: Path, max_bytes: int = MAX_FILE_BYTES) -> bytes:
    """Return the content of a file of at most `max_bytes`. Raises `AttachmentError`."""
    try:
        return await run_in_daemon_thread(partial(read_file, path, max_bytes), "read a file", TIMEOUT)
    except TimeoutError as error:
        raise AttachmentUnreadable(shown_name(path.name), "timeout") from error


async def is_folder(path: Path) -> bool:
    """Return whether a path is a folder that responds."""
    try:
        return await run_in_daemon_thread(path.is_dir, "look at a path", TIMEOUT)
    except (OSError, TimeoutError):
        return False


async def read_text(path: Path, *, keep_line_ends: bool = False) -> str:
    """Return the text of a file, with line ends converted to LF unless `keep_line_ends`. Raises `AttachmentError`."""
    data = await read_chosen_file(path)
    name = shown_name(path.name)
    if len(data) > MAX_BYTES:
        raise AttachmentTooLarge(name, MAX_BYTES // 1_000_000)
    text = _decoded(data)
    if text is None or "\0" in text:
        raise AttachmentNotAText(name)
    return text if keep_line_ends else text.replace("\r\n", "\n").replace("\r", "\n")


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
    return text if _looks_chinese(text) else None


def _looks_chinese(text: str) -> bool:
    """Return whether the non-ASCII part consists of common Chinese characters: Western encodings decode to rare characters."""
    non_ascii = [sign for sign in text if not sign.isascii()]
    common = sum("\u4e00" <= sign <= "\u9fff" or sign in _PUNCTUATION for sign in non_ascii)
    return len(non_ascii) > 1 and common > _MIN_CHINESE_SHARE * len(non_ascii)
