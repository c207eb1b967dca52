"""What all readers share: what they yield, and how they report that a file cannot be read."""

from collections.abc import Buffer, Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from chatdesk.kernel.chat.message import DocumentUnit
from chatdesk.kernel.chat.request import PreparedPicture
from chatdesk.kernel.documents.document_text import EnclosedFile, Section
from chatdesk.kernel.fast_dataclass import dataclass

MAX_CHARACTERS = 4_000_000
"""Maximum length of the text of a document: about a million tokens, more than any model reads."""


class Task(StrEnum):
    """What the reading process is asked to do, see `child.py`."""

    READ = "read"
    PAGE_PICTURE = "page_picture"
    WORDS_ON_PAGE = "words_on_page"
    UNLOCK = "unlock"
    RECOGNISE = "recognise"
    CONVERT_PICTURE = "convert_picture"
    PREPARE_PICTURE = "prepare_picture"
    LIST_SOURCES = "list_sources"
    ENCLOSED = "enclosed"
    CONVERT = "convert"


class ReadingProblem(StrEnum):
    """Why a file cannot be read. `process.py` turns it into an error."""

    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    UNSAFE = "unsafe"
    NOT_RECOGNISED = "not_recognised"
    TOO_MANY_PIXELS = "too_many_pixels"
    NO_DECODER = "no_decoder"
    NOT_CONVERTED = "not_converted"
    UNREADABLE = "unreadable"
    """The system refuses."""
    NO_COPY = "no_copy"
    """A temporary copy cannot be written. That says nothing about the file."""


class UnreadableDocument(Exception):
    """A file that cannot be read. `detail` is the message of the library."""

    def __init__(self, problem: ReadingProblem, detail: str = "") -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.detail = detail


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """A document that is being read: what its sections are, how many there are if that is known in advance, and the sections.

    `encoding` and `enclosed` are as in `DocumentText`.
    """

    sections: Iterator[Section]
    unit: DocumentUnit = DocumentUnit.NONE
    count: int = 0
    encoding: str = ""
    enclosed: Sequence[EnclosedFile] = ()


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture in memory: 4 bytes for each pixel, blue first, the last one unused, in rows of `row_bytes`."""

    width: int
    height: int
    row_bytes: int
    data: Buffer


@dataclass(frozen=True, slots=True)
class PictureTools:
    """What is done with pictures. It comes from outside, because it needs Qt."""

    encode: Callable[[Pixels], bytes]
    """Returns a picture as a JPEG."""
    convert: Callable[[bytes], bytes]
    """Returns a TIFF, BMP or HEIC picture as a PNG or a JPEG. Raises `UnreadableDocument`."""
    prepare: Callable[[bytes], PreparedPicture]
    """Decodes a whole picture and returns what is sent of it. Raises `UnreadableDocument`."""


Read = Callable[[Path], DocumentReading]
"""Opens a file. It and the iterator that it returns raise `UnreadableDocument`; any other exception counts as damage."""
