"""Pictures of diagrams on disk, so that a chat opened again shows them without starting the engine that draws them."""

import asyncio
import hashlib
import os
import time
from contextlib import suppress
from pathlib import Path

from chatdesk.kernel.text.regular_file import read_whole
from chatdesk.storage.files.file_writing import make_private_folder

_MAX_BYTES = 64 << 20
_MAX_FILES = 500
_MAX_AGE_SECONDS = 90 * 24 * 3600
_MAX_PICTURE_BYTES = 16 << 20


class DiagramCache:
    """`folder` contains only these files. A file is named by a hash of what it shows, and by its scale in thousandths."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def get(self, key: str) -> tuple[bytes, float] | None:
        """Return a picture and its scale; None if there is none."""
        return await asyncio.to_thread(self._read, _name(key))

    async def put(self, key: str, picture: bytes, scale: float) -> None:
        """Store a picture. If that fails, it is drawn again next time."""
        if len(picture) <= _MAX_PICTURE_BYTES:
            await asyncio.to_thread(self._write, _name(key), picture, scale)

    def _read(self, name: str) -> tuple[bytes, float] | None:
        with suppress(OSError, ValueError):
            for path in self._folder.glob(f"{name}-*.png"):
                os.utime(path)
                return read_whole(path, _MAX_PICTURE_BYTES), int(path.stem.rpartition("-")[2]) / 1000
        return None

    def _write(self, name: str, picture: bytes, scale: float) -> None:
        with suppress(OSError):
            make_private_folder(self._folder)
            temporary = self._folder / f"{name}.new"
            temporary.touch(mode=0o600)
            temporary.write_bytes(picture)
            temporary.replace(self._folder / f"{name}-{round(scale * 1000)}.png")
            self._prune()

    def _prune(self) -> None:
        """Delete the files that were not used for the longest time until the rest is within the limits."""
        files = sorted(((path, path.stat()) for path in self._folder.iterdir()), key=lambda each: -each[1].st_mtime)
        total, oldest = 0, time.time() - _MAX_AGE_SECONDS
        for number, (path, status) in enumerate(files):
            total += status.st_size
            if total > _MAX_BYTES or number >= _MAX_FILES or status.st_mtime < oldest:
                path.unlink(missing_ok=True)


def _name(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
