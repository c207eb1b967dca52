"""The checksum of a file that is too large for memory. Blocks: on which thread it is read says `storage/files/large_files.py`."""

import hashlib
from pathlib import Path

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.storage.database.background import Report

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
