"""Failures of the disk that the source of an import is on, and of the one for temporary files.

Readers treat what they cannot understand as damage, and continue with the next chat. A disk that fails must not look like that: the
import would seem complete.
"""

import errno
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused
from chatdesk.kernel.text.regular_file import NotARegularFile

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BUFFER_BYTES = 64 * 1024


class ReadFailures:
    """Records the first failure, even if a reader handles the exception."""

    def __init__(self) -> None:
        self.first: OSError | None = None
        self.of_temporary_files: ImportRefused | None = None

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Note an error of the block, unless a file is missing or is none: readers look for files that may not be there.

        An invalid argument is no error of a disk either: `zipfile` of Python 3.12 seeks to before the beginning of a short file.
        """
        try:
            yield
        except (FileNotFoundError, NotARegularFile):
            raise
        except OSError as error:
            if error.errno != errno.EINVAL:
                self.first = self.first or error
            raise

    @contextmanager
    def temporary_files(self) -> Iterator[None]:
        """Note an error of the block, which is one of a temporary file. Raises `ImportRefused` for it."""
        try:
            yield
        except OSError as error:
            refused = ImportRefused(ImportProblem.NO_COPY, detail=error.strerror or str(error))
            self.of_temporary_files = self.of_temporary_files or refused
            raise refused from error

    def watched(self, file: io.BufferedReader) -> io.BufferedReader:
        """Return a file that reads from another one, from where that is, and notes what fails. It does not close the other one."""
        return io.BufferedReader(_WatchedFile(file, self), _BUFFER_BYTES)


class _WatchedFile(io.RawIOBase):
    def __init__(self, file: io.BufferedReader, failures: ReadFailures) -> None:
        super().__init__()
        self._file = file
        self._failures = failures

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        with self._failures.noted():
            return self._file.readinto(buffer)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        with self._failures.noted():
            return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()
