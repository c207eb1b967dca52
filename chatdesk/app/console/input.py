"""Input of the command line as text: standard input, files and arguments."""

import codecs
import io
import locale
import os
from contextlib import suppress
from typing import TextIO

from chatdesk.app.console.report import WrongUsage
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP

MAX_PIPED_BYTES = 64 * 1024 * 1024
"""Larger than the context window of any model."""
_CHUNK_BYTES = 1024 * 1024
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


async def piped_text(stream: TextIO | None) -> str:
    """Return the text from a pipe; empty for a terminal. Raise `WrongUsage` if it is not text."""
    if stream is None or stream.closed or stream.isatty():
        return ""
    if not isinstance(stream, io.TextIOWrapper):
        return stream.read()
    descriptor = stream.fileno()
    try:
        # On a thread, so that Ctrl+C works. Unbuffered: such a thread would hold the lock of Python's buffer when the program ends.
        data = await run_in_daemon_thread(lambda: _read_all(descriptor), "read standard input")
    except OSError as error:
        raise WrongUsage(
            QT_TRANSLATE_NOOP("Console", "Cannot read standard input: {reason}."),
            reason=error.strerror or str(error),
        ) from error
    if len(data) > MAX_PIPED_BYTES:
        raise WrongUsage(
            QT_TRANSLATE_NOOP("Console", "Standard input is larger than {megabytes} MB."),
            megabytes=MAX_PIPED_BYTES // 1024**2,
        )
    return decode_text(data, "stdin")


def decode_text(data: bytes, name: str) -> str:
    """Decode UTF-8, UTF-16 and UTF-32 with a byte order mark, or the encoding of the locale. Raise `WrongUsage`.

    `name` names the source in error messages.
    """
    mark, encoding = next(((mark, name) for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), (b"", "utf-8"))
    try:
        text = data.removeprefix(mark).decode(encoding)
    except UnicodeDecodeError as error:
        text = "" if mark else _decode_in_locale(data)
        if not text:
            raise WrongUsage(
                QT_TRANSLATE_NOOP(
                    "Console",
                    "“{name}” is not valid UTF-8: invalid byte at position {position}. Convert it first, for example "
                    "with iconv.",
                ),
                name=name,
                position=error.start + 1,
            ) from error
    if "\0" in text:
        raise WrongUsage(QT_TRANSLATE_NOOP("Console", "“{name}” is binary data, not text."), name=name)
    return text


def check_argument(text: str) -> str:
    """Return the argument. Raise `WrongUsage` if it contains bytes that are not valid text."""
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        shown = text.encode("utf-8", "replace").decode("utf-8")
        raise WrongUsage(
            QT_TRANSLATE_NOOP("Console", "The argument “{argument}” is not valid UTF-8."), argument=shown
        ) from None
    return text


def _read_all(descriptor: int) -> bytes:
    chunks: list[bytes] = []
    size = 0
    while size <= MAX_PIPED_BYTES and (chunk := os.read(descriptor, _CHUNK_BYTES)):
        chunks.append(chunk)
        size += len(chunk)
    return b"".join(chunks)


def _decode_in_locale(data: bytes) -> str:
    """Return the text decoded with the encoding of the locale; empty if that is UTF-8 or does not fit."""
    encoding = locale.getencoding()
    if codecs.lookup(encoding).name != "utf-8":
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return ""
