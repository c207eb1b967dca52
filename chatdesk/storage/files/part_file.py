"""A file that is being downloaded: it is named after the SHA-256 of its final content, and hashed while it is written.

Nothing but its bytes is stored, so that it is valid at any moment, also after the program was killed: `open` hashes what is there.
"""

import hashlib
import os
import threading
from collections.abc import Callable
from pathlib import Path

from chatdesk.kernel.errors.storage_errors import FileUnavailable
from chatdesk.storage.database.storage_errors import storage_errors
from chatdesk.storage.files.file_writing import create_private_file, force_to_disk, make_private_folder
from chatdesk.storage.files.large_files import CHUNK_BYTES

SUFFIX = ".part"


class PartFile:
    """One file. `size` and `sha256` are those of its final content.

    All methods block, and may run on any thread. All but `close` raise a `StorageError`.
    """

    def __init__(self, folder: Path, size: int, sha256: str) -> None:
        self.path = folder / f"{sha256}{SUFFIX}"
        self.size = size
        self.length = 0
        """Number of bytes received so far."""
        self._sha256 = sha256
        self._hash = hashlib.sha256()
        self._descriptor: int | None = None
        self._lock = threading.Lock()
        """Held while the descriptor is used, so that `close` does not close it during an abandoned call on another thread."""

    @property
    def is_complete(self) -> bool:
        """Whether all bytes were received; their hash may still be wrong."""
        return self.length == self.size

    @property
    def is_correct(self) -> bool:
        """Whether it has the expected content."""
        return self.is_complete and self._hash.hexdigest() == self._sha256

    def open(self, report: Callable[[int], None]) -> None:
        """Open the file, or create it, and hash its content.

        `report` is called with the number of bytes hashed so far. An exception that it raises ends the call.
        """
        with self._lock, storage_errors(self.path, FileUnavailable):
            make_private_folder(self.path.parent)
            create_private_file(self.path)
            self._descriptor = os.open(self.path, os.O_RDWR | getattr(os, "O_BINARY", 0))
            if os.fstat(self._descriptor).st_size > self.size:
                os.ftruncate(self._descriptor, 0)
            while chunk := os.read(self._descriptor, CHUNK_BYTES):
                self._hash.update(chunk)
                self.length += len(chunk)
                report(self.length)

    def write(self, data: bytes | bytearray) -> None:
        """Append bytes. If the disk fails, the file keeps what was received before."""
        with self._lock, storage_errors(self.path, FileUnavailable):
            left = memoryview(data)
            try:
                while left:
                    left = left[os.write(self._opened, left) :]
            except OSError:
                os.ftruncate(self._opened, self.length)
                raise
            self._hash.update(data)
            self.length += len(data)

    def restart(self) -> None:
        """Discard the content."""
        with self._lock, storage_errors(self.path, FileUnavailable):
            os.ftruncate(self._opened, 0)
            os.lseek(self._opened, 0, os.SEEK_SET)
            self._hash = hashlib.sha256()
            self.length = 0

    def sync(self) -> None:
        """Wait until the content is on disk."""
        with storage_errors(self.path, FileUnavailable):
            force_to_disk(self.path)

    def delete(self) -> None:
        """Close and delete the file."""
        self.close()
        with storage_errors(self.path, FileUnavailable):
            self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the file; its content stays."""
        with self._lock:
            if self._descriptor is not None:
                os.close(self._descriptor)
                self._descriptor = None

    @property
    def _opened(self) -> int:
        if self._descriptor is None:
            raise ValueError(f"{self.path} is not open")
        return self._descriptor
