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
_SAMPLED_BYTES = 200_000


def read_plain_text(path: Path) -> DocumentReading:
    """Read a text file as one section."""
    text, _ = decode(read_whole(path, MAX_DOCUMENT_BYTES))
    return DocumentReading(iter((Section(text.replace("\r\n", "\n").replace("\r", "\n")),)))


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
    guess = best.encoding if best else "cp1252"
    return data.decode(guess, "replace"), guess
