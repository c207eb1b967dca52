"""Reading of files that are too large for memory and may be on an unavailable share, without delaying the end of the program."""

import asyncio
import hashlib
import threading
from collections.abc import AsyncGenerator, Callable
from functools import partial
from pathlib import Path

from chatdesk.kernel.aio.daemon_thread import run_in_daemon_thread
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.database.background import Report

# The checksum of a file that is too large for memory.

CHUNK_BYTES = 4 * 1024**2
"""In bytes. Large enough for Python to release its lock while a chunk is hashed, small enough to end soon."""


@dataclass(frozen=True, slots=True)
class Checksum:
    """Checksum of a file's content: `sha256:…`, its size in bytes, and its first bytes."""

    digest: str
    size: int
    head: bytes


def checksum_of(path: Path, report: Report) -> Checksum:
    """Read a file completely. Blocks. Raise `OSError`."""
    summed, read, head = hashlib.sha256(), 0, b""
    size = path.stat().st_size
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            head = head or chunk[:16]
            summed.update(chunk)
            read += len(chunk)
            report(min(1.0, read / size) if size else 1.0)
    return Checksum(f"sha256:{summed.hexdigest()}", read, head)


_TIMEOUT = 120.0
"""Time limit for one chunk in seconds, for a sleeping disk or a slow connection."""


class _CancelledError(Exception):
    """The checksum is no longer needed."""


async def read_checksum(path: Path, on_progress: Callable[[float], None]) -> Checksum:
    """Return the checksum of a file; `on_progress` is called on the loop with the share read, from 0 to 1. Raise `OSError`."""
    loop = asyncio.get_running_loop()
    cancelled = threading.Event()

    def report(share: float) -> None:
        if cancelled.is_set():
            raise _CancelledError
        loop.call_soon_threadsafe(on_progress, share)

    try:
        return await run_in_daemon_thread(lambda: checksum_of(path, report), "checksum")
    finally:
        cancelled.set()


async def chunks_of(path: Path, size: int) -> AsyncGenerator[bytes, None]:
    """Yield the first `size` bytes of a file. Raise `OSError` (including `TimeoutError`), or `EOFError` if it has become shorter."""
    begin = 0
    while begin < size:
        wanted = min(size - begin, CHUNK_BYTES)
        chunk = await run_in_daemon_thread(partial(_chunk_at, path, begin, wanted), "read a file", _TIMEOUT)
        if not chunk:
            raise EOFError(str(path))
        begin += len(chunk)
        yield chunk


def _chunk_at(path: Path, begin: int, size: int) -> bytes:
    """Return a chunk of a file, which is opened for each chunk, so that an abandoned thread keeps nothing open."""
    with path.open("rb") as file:
        file.seek(begin)
        return file.read(size)
