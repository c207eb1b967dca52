"""What a client of a model hub offers."""

import re
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.hubs import DownloadFile, HubFile, HubHit, HubKind, HubListing, HubRepository

MAX_FILES = 5000
"""Files of a repository that are listed."""
_REPOSITORY_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,95}/[A-Za-z0-9_.-]{1,96}")


@dataclass(frozen=True, slots=True)
class HubSearchPage:
    """Results of a search. `next_page` is passed to `Hub.search` for more; empty: there are no more."""

    hits: tuple[HubHit, ...] = ()
    next_page: str = ""


class HubStream(Protocol):
    """The bytes of a file as they arrive."""

    first: int
    """Offset of the first byte. 0 if the hub ignored the requested offset: discard what was received before."""
    total: int
    """Size of the whole file in bytes."""
    commit: str
    """Commit that the file belongs to; empty if the hub does not report it."""
    sha256: str
    """Hash of the file according to the hub; empty if it does not report it. Never the ETag of a storage server."""

    def chunks(self) -> AsyncGenerator[bytes, None]:
        """Yield the bytes; only once. Never yields more than `total - first` bytes.

        Raises `HubUnreachable` if the connection breaks, the body ends early, or nothing arrives for a while.
        """
        ...


class Hub(Protocol):
    """A client of a hub. Its methods run on the network thread, and raise a `ServerError`: mostly those of `kernel/errors/hub_errors.py`.

    Redirects are followed, over https only; a token is sent to no host but the hub's own.
    """

    @property
    def kind(self) -> HubKind:
        """Which hub it is."""
        ...

    @property
    def host(self) -> str:
        """Host name to show to the user."""
        ...

    async def search(self, query: str, page: str = "") -> HubSearchPage:
        """Search repositories with GGUF files. Empty if the hub has no search."""
        ...

    async def list_files(self, repository: HubRepository) -> HubListing:
        """List the files of a repository. The revision of the listing is a commit if the hub has one."""
        ...

    def locate(self, repository: HubRepository, file: DownloadFile) -> HubFile:
        """Return a known file in a repository, without a request."""
        ...

    async def read_range(self, file: HubFile, first: int, length: int) -> bytes:
        """Read a part of a file; less than `length` bytes only at its end. `length` is at most 16 MiB."""
        ...

    def open(self, file: HubFile, first: int = 0) -> AbstractAsyncContextManager[HubStream]:
        """Open a file from the offset `first` on. Leaving the block closes the connection.

        Raises `HubFileChanged` if the size or hash that the hub reports differs from those of `file`.
        """
        ...


# What several hubs have in common.


def is_repository_name(name: str) -> bool:
    """Return whether a text is `owner/name`, as Hugging Face and ModelScope allow it."""
    return bool(_REPOSITORY_NAME.fullmatch(name)) and ".." not in name


def read_time(text: str) -> datetime | None:
    """Return a time with a time zone; None if it is not one."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
