"""Reads a text file that a person chose, bounded, on a thread."""

import asyncio
import codecs
from pathlib import Path

from chatdesk.attachments.incoming import read_file
from chatdesk.attachments.names import shown_name
from chatdesk.domain.attachment_errors import AttachmentNotAText, AttachmentTooLarge

MOST_BYTES = 4_000_000
"""More than any model reads at once."""


async def read_text(path: Path) -> str:
    """Return the text of a file, line ends as LF. Raises an `AttachmentError`."""
    data = await asyncio.to_thread(read_file, path)
    name = shown_name(path.name)
    if len(data) > MOST_BYTES:
        raise AttachmentTooLarge(name, MOST_BYTES // 1_000_000)
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise AttachmentNotAText(name) from error
    if "\0" in text:
        raise AttachmentNotAText(name)
    return text.replace("\r\n", "\n").replace("\r", "\n")
