"""A hub without a network, for tests of what is done with its bytes."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from chatdesk.kernel.errors.hub_errors import HubUnreachable
from chatdesk.kernel.models.hubs import DownloadFile, HubFile, HubKind, HubListing, HubRepository
from chatdesk.providers.hubs.hub import HubSearchPage


@dataclass
class _Stream:
    first: int
    total: int
    commit: str
    sha256: str
    parts: Callable[[], AsyncGenerator[bytes, None]]

    def chunks(self) -> AsyncGenerator[bytes, None]:
        return self.parts()


@dataclass
class MemoryHub:
    """Serves `contents` by path. `opened` are the offsets asked for, by path."""

    kind: HubKind = HubKind.HUGGING_FACE
    contents: dict[str, bytes] = field(default_factory=dict)
    errors: list[Exception] = field(default_factory=list)
    """Raised by the next requests, one each."""
    cuts: list[int] = field(default_factory=list)
    """The next streams break after so many bytes, one each."""
    ignores_offset: bool = False
    gate: asyncio.Event | None = None
    """Streams wait for it after their first chunk."""
    chunk: int = 1000
    opened: list[tuple[str, int]] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"{self.kind}.example"

    async def search(self, query: str, page: str = "") -> HubSearchPage:
        raise NotImplementedError(query, page)

    async def list_files(self, repository: HubRepository) -> HubListing:
        raise NotImplementedError(repository)

    async def read_range(self, file: HubFile, first: int, length: int) -> bytes:
        return self.contents[file.path][first : first + length]

    def locate(self, repository: HubRepository, file: DownloadFile) -> HubFile:
        return HubFile(file.path, file.size, file.sha256, f"https://{self.host}/{repository.name}/{file.path}")

    @asynccontextmanager
    async def open(self, file: HubFile, first: int = 0) -> AsyncIterator[_Stream]:
        self.opened.append((file.path, first))
        if self.errors:
            raise self.errors.pop(0)
        content = self.contents[file.path]
        start = 0 if self.ignores_offset else first
        cut = self.cuts.pop(0) if self.cuts else None

        async def chunks() -> AsyncGenerator[bytes, None]:
            sent = 0
            for at in range(start, len(content), self.chunk):
                if cut is not None and sent >= cut:
                    raise HubUnreachable(self.host, "", "connection reset")
                piece = content[at : at + self.chunk]
                sent += len(piece)
                yield piece
                if self.gate:
                    await self.gate.wait()
                await asyncio.sleep(0)

        yield _Stream(start, len(content), "c0ffee" * 6 + "0000", file.sha256, chunks)


def repository(kind: HubKind = HubKind.HUGGING_FACE, name: str = "acme/Wren-GGUF") -> HubRepository:
    return HubRepository(kind, name)


def unpinned(source: HubRepository) -> HubRepository:
    """Return a source without its commit."""
    return replace(source, revision="")
