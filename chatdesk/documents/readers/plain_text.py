"""Text in any common encoding: by byte order mark, as UTF-8, or by its characters."""

import codecs
from pathlib import Path

from chatdesk.documents.readers.reading import DocumentReading, ReadingProblem, UnreadableDocument
from chatdesk.kernel.chat.attachments import MAX_DOCUMENT_BYTES
from chatdesk.kernel.documents.document_text import Section
from chatdesk.kernel.text.regular_file import read_whole

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNICODE = frozenset({"utf-8", "utf-8-sig", "utf-16", "utf-32"})
"""Encodings that are certain when they are found."""
_WESTERN = "cp1252"
"""The most common of several encodings in which a text may be the same."""
_SAMPLED_BYTES = 200_000


def read_plain_text(path: Path, encoding: str = "") -> DocumentReading:
    """Read a text file as one section, in the given encoding if there is one."""
    text, found = read_text(path, encoding)
    return DocumentReading(iter((Section(text),)), encoding=found)


def read_text(path: Path, encoding: str = "") -> tuple[str, str]:
    """Return the text of a file and its encoding: the given one, or the one that was guessed; empty for Unicode."""
    data = read_whole(path, MAX_DOCUMENT_BYTES)
    text, found = (data.decode(encoding, "replace"), encoding) if encoding else guessed(data)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), found


def guessed(data: bytes) -> tuple[str, str]:
    """Return the text of bytes and its encoding, which is empty for Unicode. Raises `UnreadableDocument` if they are no text."""
    text, found = decode(data)
    return text, "" if found in _UNICODE else found


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of bytes and the name of its encoding. Raises `UnreadableDocument` if they are no text."""
    if not data.strip():
        raise UnreadableDocument(ReadingProblem.EMPTY)
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        if b"\0" in data:
            raise UnreadableDocument(ReadingProblem.DAMAGED, "binary data") from error
    from charset_normalizer import from_bytes  # noqa: PLC0415 - most files are UTF-8

    best = from_bytes(data[:_SAMPLED_BYTES]).best()
    guess = best.encoding if best else _WESTERN
    text = data.decode(guess, "replace")
    return text, _WESTERN if data.decode(_WESTERN, "replace") == text else guess
