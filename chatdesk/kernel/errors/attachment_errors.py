"""Errors of files that the user wants to attach.

AttachmentError
├── AttachmentUnreadable / AttachmentNotAFile / AttachmentTooLarge
├── AttachmentNotAText / AttachmentNotATable / TooManyRows
├── AttachmentNotAPicture / PictureDamaged / PictureTooManyPixels / PictureWithoutDecoder
├── TooManyPictures / TooManyAttachments
└── DocumentError
    ├── DocumentUnsupported / DocumentLegacy / DocumentNotConverted / DocumentUnsafe / DocumentNotCopied
    ├── DocumentDamaged / DocumentEncrypted / DocumentEmpty / DocumentTooLong
    ├── DocumentReaderEnded / DocumentReaderNotStarted / DocumentWithoutText
    └── TextNotRecognised
"""

from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(eq=False)
class AttachmentError(ChatdeskError):
    """Base class. `name` is the file name for display."""

    name: str = ""


@dataclass(eq=False)
class AttachmentUnreadable(AttachmentError):
    """The file is missing, its permissions do not allow reading, or its drive does not respond. `reason` is the system error."""

    reason: str = ""


@dataclass(eq=False)
class AttachmentNotAFile(AttachmentError):
    """The path is a folder, a device or a pipe. Nothing was read."""


@dataclass(eq=False)
class AttachmentTooLarge(AttachmentError):
    """The file is larger than `megabytes`."""

    megabytes: int = 0


@dataclass(eq=False)
class AttachmentNotAPicture(AttachmentError):
    """The content is not a picture of a supported type, whatever the file name says."""


@dataclass(eq=False)
class AttachmentNotAText(AttachmentError):
    """The content is not UTF-8 text, nor UTF-16 text with a byte order mark."""


@dataclass(eq=False)
class AttachmentNotATable(AttachmentError):
    """The text is not a table with a header and rows. `line` is where parsing failed."""

    line: int = 0


@dataclass(eq=False)
class TooManyRows(AttachmentError):
    """A batch run is limited to `limit` rows or files."""

    limit: int = 0


@dataclass(eq=False)
class PictureDamaged(AttachmentError):
    """The file has the signature of a picture but cannot be decoded."""


@dataclass(eq=False)
class PictureTooManyPixels(AttachmentError):
    """The decoded picture has more than `megapixels`."""

    megapixels: int = 0


@dataclass(eq=False)
class PictureWithoutDecoder(AttachmentError):
    """A HEIC picture, where neither the system nor an installed library decodes it."""


@dataclass(eq=False)
class TooManyAttachments(AttachmentError):
    """A message is limited to `limit` pictures and documents."""

    limit: int = 0


@dataclass(eq=False)
class TooManyPictures(AttachmentError):
    """A message is limited to `limit` pictures."""

    limit: int = 0


@dataclass(eq=False)
class DocumentError(AttachmentError):
    """Base class of the errors of documents that cannot be read."""


@dataclass(eq=False)
class DocumentUnsupported(DocumentError):
    """The content is of no format that can be read, whatever the file name says."""


@dataclass(eq=False)
class DocumentLegacy(DocumentError):
    """The format is read only by an office program, which must convert the file first. `is_convertible` is whether one is installed."""

    is_convertible: bool = False


@dataclass(eq=False)
class DocumentNotConverted(DocumentError):
    """LibreOffice could not convert the file. `detail` is its message."""

    detail: str = ""


@dataclass(eq=False)
class DocumentNotCopied(DocumentError):
    """A temporary copy of the file cannot be written, because the disk is full, for example. `reason` is the system error."""

    reason: str = ""


@dataclass(eq=False)
class DocumentDamaged(DocumentError):
    """The file is damaged, incomplete, or of another format than its name says. `detail` is the message of the reader."""

    detail: str = ""


@dataclass(eq=False)
class DocumentEncrypted(DocumentError):
    """The file needs a password, or another one. `takes_password` is whether it can be opened with one."""

    takes_password: bool = False


@dataclass(eq=False)
class DocumentEmpty(DocumentError):
    """The file has no content at all."""


@dataclass(eq=False)
class DocumentWithoutText(DocumentError):
    """The pages of the document are pictures, but its text is needed."""


@dataclass(eq=False)
class DocumentTooLong(DocumentError):
    """The text has more than `characters`."""

    characters: int = 0


@dataclass(eq=False)
class DocumentUnsafe(DocumentError):
    """The file would expand to far more than its size, or contains what no document contains. Nothing of it was read."""


@dataclass(eq=False)
class DocumentReaderEnded(DocumentError):
    """The reader ended or was ended with this file, because it took too much time or memory."""


@dataclass(eq=False)
class DocumentReaderNotStarted(DocumentReaderEnded):
    """The system refused to start the reader, most often for lack of memory. That says nothing about the file."""


@dataclass(eq=False)
class NothingFound(AttachmentError):
    """No passage of the documents called `name` fits a question, which has the `words`. Nothing was sent."""

    words: str = ""


@dataclass(eq=False)
class TextNotRecognised(DocumentError):
    """The program that recognises text has failed with every page. `detail` is its message."""

    detail: str = ""
