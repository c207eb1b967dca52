"""Reads files that are too large for memory: their checksum, and their bytes one piece after the other. Never on the loop's thread."""

import asyncio
import hashlib
from collections.abc import AsyncGenerator
from pathlib import Path

from chatdesk.domain.late_dataclass import dataclass
from chatdesk.storage.background import Report

_PIECE = 4 * 1024**2
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
        while piece := file.read(_PIECE):
            head = head or piece[:16]
            summed.update(piece)
            read += len(piece)
            report(min(1.0, read / size) if size else 1.0)
    return Checksum(f"sha256:{summed.hexdigest()}", read, head)


async def pieces_of(path: Path, size: int) -> AsyncGenerator[bytes, None]:
    """Yield the first `size` bytes of a file, each piece read on a thread. Raises `OSError`, `EOFError` if it has become shorter."""
    file = await asyncio.to_thread(path.open, "rb")
    try:
        left = size
        while left:
            piece = await asyncio.to_thread(file.read, min(left, _PIECE))
            if not piece:
                raise EOFError(str(path))
            left -= len(piece)
            yield piece
    finally:
        await asyncio.to_thread(file.close)
