"""Contents on disk that could be made again, each in a file that is named by a hash of its key."""

import asyncio
import hashlib
import os
import time
from contextlib import suppress
from pathlib import Path

from chatdesk.kernel.text.regular_file import read_whole
from chatdesk.storage.files.file_writing import make_private_folder

_MAX_AGE_SECONDS = 90 * 24 * 3600
_PRUNE_INTERVAL = 50
"""Contents stored between two prunings, which look at every file."""


class FileCache:
    """`folder` contains only these files. Those not used for the longest time are deleted beyond `max_bytes` or `max_files`.

    Whoever changes what belongs to a key changes the key.
    """

    def __init__(self, folder: Path, *, max_bytes: int, max_files: int, max_file_bytes: int) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._max_files = max_files
        self._max_file_bytes = max_file_bytes
        self._stored = 0

    async def get(self, key: str) -> bytes | None:
        """Return a content; None if there is none."""
        return await asyncio.to_thread(self._read, self.path(key))

    async def put(self, key: str, content: bytes) -> None:
        """Store a content, unless it is too large. If that fails, it has to be made again next time."""
        if len(content) <= self._max_file_bytes:
            await asyncio.to_thread(self._write, self.path(key), content)

    def path(self, key: str) -> Path:
        """Return the file of a key, which may not exist."""
        return self._folder / hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()

    def _read(self, path: Path) -> bytes | None:
        with suppress(OSError):
            content = read_whole(path, self._max_file_bytes)
            os.utime(path)
            return content
        return None

    def _write(self, path: Path, content: bytes) -> None:
        with suppress(OSError):
            make_private_folder(self._folder)
            temporary = path.with_suffix(".new")
            temporary.touch(mode=0o600)
            temporary.write_bytes(content)
            temporary.replace(path)
            if self._stored % _PRUNE_INTERVAL == 0:
                self._prune()
            self._stored += 1

    def _prune(self) -> None:
        files = sorted(((path, path.stat()) for path in self._folder.iterdir()), key=lambda each: -each[1].st_mtime)
        total, oldest = 0, time.time() - _MAX_AGE_SECONDS
        for number, (path, status) in enumerate(files):
            total += status.st_size
            if total > self._max_bytes or number >= self._max_files or status.st_mtime < oldest:
                path.unlink(missing_ok=True)
