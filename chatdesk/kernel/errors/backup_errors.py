"""Errors of folders for backups and synchronisation, and of files that are protected with a passphrase."""

from chatdesk.kernel.errors.base import ChatdeskError, ServerError
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(eq=False)
class PassphraseWrong(ChatdeskError):
    """The passphrase does not open the key."""


@dataclass(eq=False)
class KeyNotKnown(ChatdeskError):
    """A file is encrypted, and its key is not on this computer: the passphrase is needed."""


@dataclass(eq=False)
class EncryptionFailed(ChatdeskError):
    """A key could not be made or opened: the system refused the process or the memory (up to 1 GB) that this takes."""


@dataclass(eq=False)
class BackupDamaged(StorageError):
    """A backup or another encrypted file is cut off, altered or not what its name says."""

    reason: str = ""


@dataclass(eq=False)
class BackupNewer(StorageError):
    """A backup was made by a newer version of Chatdesk, in a format that this one does not know."""


@dataclass(eq=False)
class LocationMissing(StorageError):
    """The folder that the user chose is not there, because its disk is not connected, for example."""


@dataclass(eq=False)
class LocationUnusable(StorageError):
    """The folder that the user chose cannot be read or written. `reason` is the system error."""

    reason: str = ""


@dataclass(eq=False)
class LocationSilent(LocationUnusable):
    """The folder that the user chose does not respond: its disk or the server of its share hangs."""


@dataclass(eq=False)
class LocationFull(StorageError):
    """There is not enough free space in the folder that the user chose."""


@dataclass(eq=False)
class TemporaryFilesFailed(StorageError):
    """Temporary files cannot be written or read. `path` is the folder that contains them, `reason` the system error."""

    reason: str = ""


@dataclass(eq=False)
class TemporaryFilesFull(TemporaryFilesFailed):
    """There is not enough free space for temporary files."""


@dataclass(eq=False)
class RemoteLoginRefused(ServerError):
    """The server of the folder did not accept the user name and password."""


@dataclass(eq=False)
class RemoteFolderRefused(ServerError):
    """The server of the folder refused a request. `status` is its code."""

    status: int = 0


@dataclass(eq=False)
class NotAWebDavServer(ServerError):
    """The address responds, but not as WebDAV does."""
