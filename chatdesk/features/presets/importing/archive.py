"""In-memory reader for ZIP archives. Nothing is extracted to disk, so no file name can lead anywhere.

An archive with unsafe names is refused as a whole all the same: the rest of its content deserves no trust.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

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


class Archive:
    """A ZIP archive given as bytes. All methods raise `ImportRefused`."""

    def __init__(self, data: bytes) -> None:
        if _directory_length(data) > MAX_DIRECTORY_BYTES:
            raise ImportRefused(ImportProblem.UNSAFE)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (*_ZIP_ERRORS, RuntimeError) as error:
            raise ImportRefused(ImportProblem.DAMAGED, detail=str(error)[:200]) from error
        entries = self._zip.infolist()
        if len(entries) > MAX_ARCHIVE_ENTRIES or _overlap(entries) or not all(map(_is_safe, entries)):
            raise ImportRefused(ImportProblem.UNSAFE)
        self._entries = {entry.filename: entry for entry in entries if not entry.is_dir()}
        self._remaining = MAX_ARCHIVE_BYTES

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
        entry = self._entries[member.name]
        if entry.flag_bits & 1:
            raise ImportRefused(ImportProblem.ENCRYPTED)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ImportRefused(ImportProblem.DAMAGED, detail=f"compression {entry.compress_type}")
        limit = min(most, self._remaining)
        blocks, length = [], 0
        try:
            with self._zip.open(entry) as file:
                while block := file.read(_BLOCK):
                    blocks.append(block)
                    length += len(block)
                    if length > SMALL_FILE_BYTES and length > MAX_COMPRESSION_RATIO * entry.compress_size:
                        raise ImportRefused(ImportProblem.UNSAFE)
                    if length > limit:
                        raise ImportRefused(ImportProblem.TOO_LARGE, detail=str(most // MEGABYTE))
        except RuntimeError as error:  # zipfile reports a password like this
            raise ImportRefused(ImportProblem.ENCRYPTED) from error
        except _ZIP_ERRORS as error:
            raise ImportRefused(ImportProblem.DAMAGED, detail=str(error)[:200]) from error
        self._remaining -= length
        return b"".join(blocks)


def _directory_length(data: bytes) -> int:
    """Return the claimed size of the central directory, which zipfile reads completely before any other check is possible."""
    end = data.rfind(_END, max(0, len(data) - _END_LENGTH - _MAX_COMMENT_LENGTH))
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
