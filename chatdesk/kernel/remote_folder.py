"""A folder outside the program: on a disk that may be unplugged, in a synchronised folder, or on a WebDAV server.

Its content is written by others too, so it is untrusted: names are checked, and sizes are limited by the reader.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from chatdesk.kernel.fast_dataclass import dataclass

_MAX_NAME_LENGTH = 255
_MAX_DEPTH = 8
_NOT_ALLOWED = frozenset('\\:*?"<>|')
"""Characters that Windows does not allow in names."""

UNFINISHED = ".chatdesk.partial"
"""Suffix of files that are being written. They are not listed, and removed after a day: no other program may use this suffix."""


@dataclass(frozen=True, slots=True)
class RemoteEntry:
    """A file or folder. `name` is the name without the folder, `size` is in bytes (0 for folders)."""

    name: str
    size: int
    is_folder: bool = False


@dataclass(frozen=True, slots=True)
class StorageLocation:
    """Where such a folder is. `address` is its path, or its URL on a server, where `user` signs in."""

    address: str
    user: str = ""

    @property
    def is_remote(self) -> bool:
        """Whether it is on a server."""
        return self.address.startswith(("http://", "https://"))

    @property
    def path(self) -> Path:
        """The folder, if it is one of this computer."""
        return Path(self.address)


class RemoteFolder(Protocol):
    """The interface of such a folder.

    Names are relative to it, with `/` between folders; ValueError is raised for others. All methods raise `LocationMissing`,
    `LocationUnusable`, `LocationFull` or, for a server, a `ServerError`. Errors of files on this computer are a `DiskFull` or another
    `StorageError` about these.
    """

    async def list(self, folder: str = "", *, expected: bool = False) -> tuple[RemoteEntry, ...]:
        """Return what is directly in `folder`, sorted by name; nothing if that folder does not exist. Unfinished files are left out.

        Raise `LocationMissing` if the folder of this object is `expected` to exist and does not, now or later; so it is once it was seen.
        """
        ...

    async def find(self, name: str) -> RemoteEntry | None:
        """Return a file or folder by its name, without a listing; None if it is not there."""
        ...

    async def read(self, name: str, target: Path, limit: int) -> None:
        """Write the content of a file into the private file `target`, which is replaced.

        Raise `FileNotFoundError` if there is no such file, `BackupDamaged` if it is larger than `limit` bytes.
        """
        ...

    async def sha256(self, name: str, limit: int) -> str:
        """Return the SHA-256 of a file's content in hexadecimal digits, by reading all of it. Raise what `read` raises."""
        ...

    async def write(self, name: str, source: Path) -> None:
        """Create or replace a file, with its folders: readers see the old content or all of the new one."""
        ...

    async def free_bytes(self) -> int | None:
        """Return how many bytes can still be written; None if that is unknown."""
        ...

    async def delete(self, name: str) -> None:
        """Delete a file. Nothing happens if it does not exist."""
        ...


MakeFolder = Callable[[StorageLocation, str], RemoteFolder]
"""Returns access to a location, with the password for its server. Raises `ChatdeskError` if one of them is invalid."""


def checked_name(name: str) -> str:
    """Return a relative name. Raise `ValueError` if it could lead outside the folder or is not valid on every system."""
    parts = name.split("/")
    if len(parts) > _MAX_DEPTH or not all(is_plain_name(part) for part in parts):
        raise ValueError(name)
    return name


def is_plain_name(name: str) -> bool:
    """Return whether this can be the name of a file or folder on every system."""
    return (
        0 < len(name) <= _MAX_NAME_LENGTH
        and name.isprintable()
        and _NOT_ALLOWED.isdisjoint(name)
        and "/" not in name
        and not name.endswith((".", " "))
    )
