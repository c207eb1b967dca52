"""What can go wrong with the database and with files, as types carrying data. Their base is in `errors.py`."""

from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(eq=False)
class StorageError(ChatdeskError):
    """Something about the database. `path` is the file."""

    path: str = ""


@dataclass(eq=False)
class DatabaseNewer(StorageError):
    """Written by a newer Chatdesk; left untouched."""

    found: int = 0
    known: int = 0


@dataclass(eq=False)
class FileNewer(StorageError):
    """A file of its own was written by a newer Chatdesk, in a way that only that one reads. It is kept."""


@dataclass(eq=False)
class DatabaseDamaged(StorageError):
    """Not a database, or its pages are broken; left untouched."""

    reason: str = ""


@dataclass(eq=False)
class TextDamaged(DatabaseDamaged):
    """Some text in it is no text any more; everything else is whole. What is broken is shown as U+FFFD."""


@dataclass(eq=False)
class DatabaseUnavailable(StorageError):
    """Cannot be opened or written: permissions, read-only disk, a lock held by another program."""

    reason: str = ""


@dataclass(eq=False)
class DatabaseLocked(DatabaseUnavailable):
    """Another program holds it, longer than it was waited for."""


@dataclass(eq=False)
class DatabaseReplaced(DatabaseUnavailable):
    """Another program has moved it, removed it or put another file in its place while it was open. Nothing more is written to it."""


@dataclass(eq=False)
class FileUnavailable(StorageError):
    """A file of its own (settings, servers and the like) cannot be read or written."""

    reason: str = ""


@dataclass(eq=False)
class FolderInPlaceOfFile(StorageError):
    """A folder has the name of one of our files."""


@dataclass(eq=False)
class DatabaseMissing(StorageError):
    """There was one and its file is gone. None was made in its place."""


@dataclass(eq=False)
class FolderUnavailable(StorageError):
    """A folder cannot be made, or nothing can be written in it. `path` is the folder."""

    reason: str = ""


@dataclass(eq=False)
class AlreadyRunning(StorageError):
    """Another process has these chats open, and does not answer."""


@dataclass(eq=False)
class RunningUnreachable(AlreadyRunning):
    """Another process has these chats open, and the way to it is not safe from other users. Nothing was handed over."""

    reason: str = ""


@dataclass(eq=False)
class DiskFull(StorageError):
    """No space left to write."""


@dataclass(eq=False)
class FileNotSaved(ChatdeskError):
    """A file the user wanted to save could not be written. `reason` is the system's."""

    name: str = ""
    reason: str = ""
