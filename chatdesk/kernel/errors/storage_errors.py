"""Errors of the database and of files."""

from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(eq=False)
class StorageError(ChatdeskError):
    """Base class. `path` is the file or folder."""

    path: str = ""


@dataclass(eq=False)
class DatabaseNewer(StorageError):
    """The database was written by a newer version of Chatdesk. It was not changed."""

    found: int = 0
    known: int = 0


@dataclass(eq=False)
class FileNewer(StorageError):
    """A data file was written by a newer version of Chatdesk in a format that this version cannot read. It is kept."""


@dataclass(eq=False)
class DatabaseDamaged(StorageError):
    """The file is not a database, or its pages are damaged. It was not changed."""

    reason: str = ""


@dataclass(eq=False)
class TextDamaged(DatabaseDamaged):
    """Some text in the database is not valid, everything else is intact. Invalid characters are shown as U+FFFD."""


@dataclass(eq=False)
class DatabaseUnavailable(StorageError):
    """The database cannot be opened or written: permissions, a read-only disk, or a lock held by another program."""

    reason: str = ""


@dataclass(eq=False)
class DatabaseLocked(DatabaseUnavailable):
    """Another program held the lock until the timeout."""


@dataclass(eq=False)
class DatabaseReplaced(DatabaseUnavailable):
    """Another program moved, removed or replaced the file while it was open. Nothing more is written to it."""


@dataclass(eq=False)
class BackupNotSaved(DatabaseUnavailable):
    """A backup of the database cannot be written. `path` is the folder of backups."""


@dataclass(eq=False)
class FileUnavailable(StorageError):
    """A data file (settings, servers and the like) cannot be read or written."""

    reason: str = ""


@dataclass(eq=False)
class AttachmentsNotSaved(FileUnavailable):
    """Pictures or documents of chats cannot be written. `path` is their folder."""


@dataclass(eq=False)
class FolderInPlaceOfFile(StorageError):
    """A folder has the name of a data file."""


@dataclass(eq=False)
class DatabaseMissing(StorageError):
    """The database existed before and its file is missing. No new one was created."""


@dataclass(eq=False)
class FolderUnavailable(StorageError):
    """A folder cannot be created or written to. `path` is the folder."""

    reason: str = ""


@dataclass(eq=False)
class AlreadyRunning(StorageError):
    """Another process uses the same data folder and does not respond."""


@dataclass(eq=False)
class RunningUnreachable(AlreadyRunning):
    """Another process uses the same data folder, and the connection to it is not safe from other users. Nothing was sent to it."""

    reason: str = ""


@dataclass(eq=False)
class DiskFull(StorageError):
    """There is no space left on the disk."""


@dataclass(eq=False)
class FullForNow(DiskFull):
    """There is no space left for a change of a chat or an answer. It is kept in memory, and saving it is retried."""


@dataclass(eq=False)
class LockedForNow(DatabaseLocked):
    """Another program held the lock during such a change. It is kept in memory, and saving it is retried."""


@dataclass(eq=False)
class FullForNewChat(DiskFull):
    """There is no space left for a new chat. It was not created."""


@dataclass(eq=False)
class LockedForNewChat(DatabaseLocked):
    """Another program held the lock while a chat was to be created. It was not created."""


@dataclass(eq=False)
class FullForDeletion(DiskFull):
    """There is no space left to record a deletion. What was not deleted by then is still listed."""


@dataclass(eq=False)
class LockedForDeletion(DatabaseLocked):
    """Another program held the lock during a deletion. What was not deleted by then is still listed."""


@dataclass(eq=False)
class FullForAttachments(DiskFull):
    """There is no space left for pictures and documents of chats. `path` is their folder."""


@dataclass(eq=False)
class FullForChange(DiskFull):
    """There is no space left for a change that is saved completely or not at all, such as an import. Nothing of it was kept."""


@dataclass(eq=False)
class LockedForChange(DatabaseLocked):
    """Another program held the lock during a change that is saved completely or not at all. Nothing of it was kept."""


@dataclass(eq=False)
class FileNotSaved(ChatdeskError):
    """A file that the user wanted to save could not be written. `reason` is the system error."""

    name: str = ""
    reason: str = ""


@dataclass(eq=False)
class NoSpaceToSave(FileNotSaved):
    """The disk of the file is full, or the user's share of it is used up."""


@dataclass(eq=False)
class SavingNotPermitted(FileNotSaved):
    """The user may not write the file, or not into its folder."""


@dataclass(eq=False)
class DiskReadOnly(FileNotSaved):
    """Nothing can be written on the disk of the file."""


@dataclass(eq=False)
class SavingFolderUnavailable(FileNotSaved):
    """The folder of the file does not exist, or its disk does not respond."""


@dataclass(eq=False)
class FileNameRefused(FileNotSaved):
    """The file system does not accept the name, most often because it is too long."""


@dataclass(eq=False)
class FileInUse(FileNotSaved):
    """Another program has the file open, and the system does not allow replacing it."""


@dataclass(eq=False)
class NameConflict(FileNotSaved):
    """There is a folder with the name of the file, or a file with that of the folder."""


@dataclass(eq=False)
class FileTooLargeForDisk(FileNotSaved):
    """The file system does not hold files of this size."""


@dataclass(eq=False)
class PdfNotMade(ChatdeskError):
    """The process that makes PDF files ended without one."""


@dataclass(eq=False)
class NotPrinted(ChatdeskError):
    """The printer cannot be used, or the process that prints ended before its time."""
