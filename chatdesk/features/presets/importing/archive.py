"""Reader for ZIP archives. Nothing is extracted to disk, so no file name can lead anywhere.

An archive with unsafe names is refused as a whole all the same: the rest of its content deserves no trust.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO

from chatdesk.features.presets.importing.limits import (
    MAX_ARCHIVE_BYTES,
    MAX_ARCHIVE_ENTRIES,
    MAX_COMPRESSION_RATIO,
    MAX_DIRECTORY_BYTES,
    MAX_TEXT_BYTES,
    MEGABYTE,
    SMALL_FILE_BYTES,
)
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused
from chatdesk.kernel.text.file_name import is_reserved_name

_END, _LOCATOR = b"PK\x05\x06", b"PK\x06\x07"
_END_LENGTH, _LOCATOR_LENGTH, _END64_LENGTH = 22, 20, 56
_MAX_COMMENT_LENGTH = 0xFFFF
_MAX_END_LENGTH = _END_LENGTH + _MAX_COMMENT_LENGTH + _LOCATOR_LENGTH + _END64_LENGTH
_LOCAL_HEADER_LENGTH = 30
_BLOCK = 256 * 1024
_KINDS = (0, stat.S_IFREG, stat.S_IFDIR)
_MAX_NAME_LENGTH = 1_000
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    ValueError,
    OverflowError,
    struct.error,
    OSError,
)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive."""

    name: str
    size: int
    """The size claimed by the archive; `Archive.read` does not rely on it."""


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What is accepted of an archive. `directory_bytes` is the size of its directory, `total_bytes` that of everything read from it."""

    entries: int = MAX_ARCHIVE_ENTRIES
    directory_bytes: int = MAX_DIRECTORY_BYTES
    total_bytes: int = MAX_ARCHIVE_BYTES


PRESET_LIMITS = ArchiveLimits()


class Archive:
    """A ZIP archive in a seekable file, which stays open with it, or given as bytes. All methods raise `ImportRefused`."""

    def __init__(self, file: BinaryIO | bytes, limits: ArchiveLimits = PRESET_LIMITS) -> None:
        file = io.BytesIO(file) if isinstance(file, bytes) else file
        if _directory_length(file) > limits.directory_bytes:
            raise ImportRefused(ImportProblem.UNSAFE)
        try:
            self._zip = zipfile.ZipFile(file)
        except (*_ZIP_ERRORS, RuntimeError) as error:
            raise ImportRefused(ImportProblem.DAMAGED, detail=str(error)[:200]) from error
        entries = self._zip.infolist()
        if len(entries) > limits.entries or _overlap(entries) or not all(map(_is_safe, entries)):
            raise ImportRefused(ImportProblem.UNSAFE)
        self._entries = {entry.filename: entry for entry in entries if not entry.is_dir()}
        self._remaining = limits.total_bytes

    def members(self) -> Iterator[Member]:
        """Yield the files, without metadata and hidden files that operating systems add."""
        for name, entry in self._entries.items():
            parts = name.split("/")
            if parts[0] != "__MACOSX" and not any(part.startswith(".") for part in parts):
                yield Member(name, entry.file_size)

    def folders(self) -> frozenset[str]:
        """Return the names of the top-level folders that are not empty."""
        return frozenset(name.partition("/")[0] for name in self._entries if "/" in name)

    def find(self, *names: str) -> Member | None:
        """Return the first file with one of these names in any folder; None if there is none."""
        return next((member for member in self.members() if member.name.rpartition("/")[2] in names), None)

    def read(self, member: Member, most: int = MAX_TEXT_BYTES) -> bytes:
        """Return the content of a file, enforcing the limits during decompression."""
        with self.open(member, most) as file:
            return file.read()

    @contextmanager
    def open(self, member: Member, most: int = MAX_TEXT_BYTES) -> Iterator["ArchiveStream"]:
        """Open a file for reading from its beginning, enforcing the limits during decompression. It is closed on exit."""
        entry = self._entries[member.name]
        if entry.flag_bits & 1:
            raise ImportRefused(ImportProblem.ENCRYPTED)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ImportRefused(ImportProblem.DAMAGED, detail=f"compression {entry.compress_type}")
        try:
            with self._zip.open(entry) as file:
                stream = ArchiveStream(file, entry, most, self._remaining)
                try:
                    yield stream
                finally:
                    self._remaining -= stream.length
        except RuntimeError as error:  # zipfile reports a password like this
            raise ImportRefused(ImportProblem.ENCRYPTED) from error
        except _ZIP_ERRORS as error:
            raise ImportRefused(ImportProblem.DAMAGED, detail=str(error)[:200]) from error


class ArchiveStream:
    """The content of a file in an archive, read once from its beginning. Reading raises `ImportRefused` beyond the limits."""

    def __init__(self, file: IO[bytes], entry: zipfile.ZipInfo, most: int, remaining: int) -> None:
        self._file = file
        self._entry = entry
        self._most = most
        self._remaining = remaining
        self.length = 0
        """Number of bytes read so far."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next `size` bytes, fewer only at the end; everything that is left for -1."""
        blocks: list[bytes] = []
        left = size
        while left and (block := self._file.read(_BLOCK if left < 0 else min(left, _BLOCK))):
            blocks.append(block)
            left -= len(block) if left > 0 else 0
            self.length += len(block)
            if self.length > SMALL_FILE_BYTES and self.length > MAX_COMPRESSION_RATIO * self._entry.compress_size:
                raise ImportRefused(ImportProblem.UNSAFE)
            if self.length > min(self._most, self._remaining):
                raise ImportRefused(ImportProblem.TOO_LARGE, detail=str(self._most // MEGABYTE))
        return b"".join(blocks)


def _directory_length(file: BinaryIO) -> int:
    """Return the claimed size of the central directory, which zipfile reads completely before any other check is possible."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _MAX_END_LENGTH))
    data = file.read(_MAX_END_LENGTH)
    end = data.rfind(_END)
    if end < 0 or len(data) < end + _END_LENGTH:
        return 0  # zipfile will report that it is no archive
    length = int.from_bytes(data[end + 12 : end + 16], "little")
    locator = end - _LOCATOR_LENGTH
    if locator >= _END64_LENGTH and data[locator : locator + 4] == _LOCATOR:
        end64 = locator - _END64_LENGTH
        return max(int.from_bytes(data[end64 + 40 : end64 + 48], "little"), length % 0xFFFFFFFF)
    return length


def _overlap(entries: list[zipfile.ZipInfo]) -> bool:
    """Return whether two entries share bytes, as in archives that expand to an arbitrary size."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            return True
        end = entry.header_offset + _LOCAL_HEADER_LENGTH + entry.compress_size
    return False


def _is_safe(entry: zipfile.ZipInfo) -> bool:
    """Return whether an entry is a file or folder with a portable name that stays inside the target folder."""
    name = entry.orig_filename
    if (
        len(name) > _MAX_NAME_LENGTH
        or "\\" in name
        or "\0" in name
        or name.startswith("/")
        or re.match(r"[A-Za-z]:", name)
    ):
        return False
    parts = name.rstrip("/").split("/")
    if any(not part or part == ".." or part.endswith((".", " ")) or is_reserved_name(part) for part in parts):
        return False
    return stat.S_IFMT(entry.external_attr >> 16) in _KINDS
