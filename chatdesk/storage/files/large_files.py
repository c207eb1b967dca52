"""Reads files that are too large for memory and may lie on a share that is gone: the end of the program waits for none of them."""

import asyncio
import hashlib
import threading
from collections.abc import AsyncGenerator, Callable
from functools import partial
from pathlib import Path

from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.database.background import Report

# The checksum of a file that is too large for memory. Blocks: on which thread it is read says
# `storage/files/large_files.py`.

PIECE = 4 * 1024**2
"""Large enough that Python lets go of its lock while a piece is summed up, small enough to end soon."""


@dataclass(frozen=True, slots=True)
class Checksum:
    """Of a file as it was read: `sha256:…`, its size in bytes, and its first bytes."""

    digest: str
    size: int
    head: bytes


def checksum_of(path: Path, report: Report) -> Checksum:
    """Read a file to its end. Blocks. Raises `OSError`."""
    summed, read, head = hashlib.sha256(), 0, b""
    size = path.stat().st_size
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            head = head or piece[:16]
            summed.update(piece)
            read += len(piece)
            report(min(1.0, read / size) if size else 1.0)
    return Checksum(f"sha256:{summed.hexdigest()}", read, head)


_PATIENCE = 120.0
"""Seconds for one piece: a disk that sleeps, or a slow line."""


class _UnwantedError(Exception):
    """Nobody wants the checksum any more."""


async def read_checksum(path: Path, on_progress: Callable[[float], None]) -> Checksum:
    """Return the checksum of a file; `on_progress` is told on the loop which share is read, from 0 to 1. Raises `OSError`."""
    loop = asyncio.get_running_loop()
    unwanted = threading.Event()

    def tell(share: float) -> None:
        if unwanted.is_set():
            raise _UnwantedError
        loop.call_soon_threadsafe(on_progress, share)

    try:
        return await run_in_daemon_thread(lambda: checksum_of(path, tell), "checksum")
    finally:
        unwanted.set()


async def pieces_of(path: Path, size: int) -> AsyncGenerator[bytes, None]:
    """Yield the first `size` bytes of a file. Raises `OSError`, `TimeoutError` among them, and `EOFError` if it is shorter now."""
    begin = 0
    while begin < size:
        wanted = min(size - begin, PIECE)
        piece = await run_in_daemon_thread(partial(_piece_at, path, begin, wanted), "read a file", _PATIENCE)
        if not piece:
            raise EOFError(str(path))
        begin += len(piece)
        yield piece


def _piece_at(path: Path, begin: int, size: int) -> bytes:
    """Return a piece of a file, which is opened for it: a thread that is left behind leaves nothing open."""
    with path.open("rb") as file:
        file.seek(begin)
        return file.read(size)
