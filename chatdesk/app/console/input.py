"""What is piped in, and the files and arguments the user names, as text; or why it is none."""

import codecs
import io
import locale
import os
from contextlib import suppress
from typing import TextIO

from chatdesk.app.console.problem import WrongUsage
from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP

MOST_PIPED = 64 * 1024 * 1024
"""Bytes; no model reads as much."""
_PIECE = 1024 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins as that of UTF-16 does, so it comes first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


async def piped_text(stream: TextIO | None) -> str:
    """Return what is piped in; nothing from a terminal. Raises `WrongUsage` for what is no text."""
    if stream is None or stream.closed or stream.isatty():
        return ""
    if not isinstance(stream, io.TextIOWrapper):
        return stream.read()
    descriptor = stream.fileno()
    try:
        # On a thread, for Ctrl+C; past Python's own buffer, whose lock such a thread would hold when the program ends.
        data = await run_in_daemon_thread(lambda: _all_of(descriptor), "read standard input")
    except OSError as error:
        raise WrongUsage(
            QT_TRANSLATE_NOOP("Console", "Cannot read standard input: {reason}."),
            reason=error.strerror or str(error),
        ) from error
    if len(data) > MOST_PIPED:
        raise WrongUsage(
            QT_TRANSLATE_NOOP("Console", "Standard input is larger than {megabytes} MB."),
            megabytes=MOST_PIPED // 1024**2,
        )
    return decoded(data, "stdin")


def decoded(data: bytes, name: str) -> str:
    """Return the text of some bytes: UTF-8, or UTF-16 and UTF-32 that say so, or the encoding of the locale. Raises `WrongUsage`.

    `name` says where they are from.
    """
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    try:
        text = data.removeprefix(mark).decode(encoding)
    except UnicodeDecodeError as error:
        text = "" if mark else _in_the_locale(data)
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
    """Return an argument that is text. Raises `WrongUsage` for bytes that Python could only pass on as they were."""
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


def _all_of(descriptor: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while size <= MOST_PIPED and (piece := os.read(descriptor, _PIECE)):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def _in_the_locale(data: bytes) -> str:
    """Return the text in the encoding that the user's locale names, if that is another than UTF-8."""
    encoding = locale.getencoding()
    if codecs.lookup(encoding).name != "utf-8":
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return ""
