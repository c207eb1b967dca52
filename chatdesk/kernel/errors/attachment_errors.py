"""Why a file that the user wants to send along is not taken. As all errors they carry data, not sentences; see `errors.py`.

AttachmentError
├── AttachmentUnreadable / AttachmentNotAFile / AttachmentTooLarge
├── AttachmentNotAText / AttachmentNotATable / TooManyRows
├── AttachmentNotAPicture / PictureDamaged / PictureTooManyPixels
└── TooManyPictures
"""

from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(eq=False)
class AttachmentError(ChatdeskError):
    """Something about a file the user wants to send along. `name` is what it is called, for showing."""

    name: str = ""


@dataclass(eq=False)
class AttachmentUnreadable(AttachmentError):
    """It is gone, or may not be read, or its drive does not answer. `reason` is the system's."""

    reason: str = ""


@dataclass(eq=False)
class AttachmentNotAFile(AttachmentError):
    """A folder, a device, a pipe: nothing was read."""


@dataclass(eq=False)
class AttachmentTooLarge(AttachmentError):
    """More than `megabytes`."""

    megabytes: int = 0


@dataclass(eq=False)
class AttachmentNotAPicture(AttachmentError):
    """Its content is no picture of a kind that can be sent, whatever its name says."""


@dataclass(eq=False)
class AttachmentNotAText(AttachmentError):
    """Its content is no text in UTF-8, or in UTF-16 with its mark."""


@dataclass(eq=False)
class AttachmentNotATable(AttachmentError):
    """Its text is no table with a head and rows; `line` is where it goes wrong."""

    line: int = 0


@dataclass(eq=False)
class TooManyRows(AttachmentError):
    """A run takes `limit` rows or files."""

    limit: int = 0


@dataclass(eq=False)
class PictureDamaged(AttachmentError):
    """It begins like a picture and cannot be decoded."""


@dataclass(eq=False)
class PictureTooManyPixels(AttachmentError):
    """More than `megapixels` when decoded."""

    megapixels: int = 0


@dataclass(eq=False)
class TooManyPictures(AttachmentError):
    """A message takes `limit` pictures."""

    limit: int = 0
