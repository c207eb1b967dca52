"""Reads the part of a GGUF file before its tensor data: key-value pairs, and the list of tensors.

Format: ggml's `docs/gguf.md`, versions 2 and 3, little endian. The files are not trusted: every count and length is checked against a limit
before it is used. `heads.py` interprets the keys.
"""

import struct
from collections import Counter
from dataclasses import field
from enum import IntEnum
from io import BytesIO
from math import prod
from pathlib import Path
from typing import BinaryIO

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model_file import FileProblem

# Reads numbers and strings of a file through a small buffer that only moves forward; long values are skipped without reading them.

_BUFFER_SIZE = 256 * 1024
"""Bytes per read."""
_LENGTH = struct.Struct("<Q")


class FileEnds(Exception):
    """A read or skip goes beyond the end of the file."""


class FileBuffer:
    """Buffered reader of a file of `size` bytes. Anything beyond `size` raises `FileEnds` before it is read or memory is allocated."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._size = size
        self._start = 0
        self._bytes = b""
        self._offset = 0

    @property
    def position(self) -> int:
        """Offset in the file, in bytes."""
        return self._start + self._offset

    def read_exactly(self, count: int) -> bytes:
        """Return the next `count` bytes. The caller limits `count`."""
        if self._offset + count > len(self._bytes):
            self._fill(count)
        data = self._bytes[self._offset : self._offset + count]
        self._offset += count
        return data

    def skip(self, count: int) -> None:
        """Skip any number of bytes."""
        if self.position + count > self._size:
            raise FileEnds
        self._offset += count

    def number(self, layout: struct.Struct) -> int | float | bool:
        """Return the next number."""
        value: int | float | bool = layout.unpack(self.read_exactly(layout.size))[0]
        return value

    def length(self) -> int:
        """Return the next count or length."""
        return int(_LENGTH.unpack(self.read_exactly(_LENGTH.size))[0])

    def skip_strings(self, count: int) -> None:
        """Skip strings, each preceded by its length: vocabularies contain hundreds of thousands."""
        unpack_length, step = _LENGTH.unpack_from, _LENGTH.size
        while count:
            self._require(step)
            buffer, at, last = self._bytes, self._offset, len(self._bytes) - step
            while count and at <= last:
                at += step + unpack_length(buffer, at)[0]
                count -= 1
            self._offset = at
            if self.position > self._size:
                raise FileEnds

    def _require(self, count: int) -> None:
        if self._offset + count > len(self._bytes):
            self._fill(count)

    def _fill(self, count: int) -> None:
        """Fill the buffer from the current position with at least `count` bytes."""
        self._start, self._offset = self.position, 0
        if self._start + count > self._size:
            raise FileEnds
        self._file.seek(self._start)
        self._bytes = self._file.read(max(_BUFFER_SIZE, count))
        if len(self._bytes) < count:  # the file was truncated in the meantime
            raise FileEnds


_MAGIC = b"GGUF"
_VERSIONS = frozenset({2, 3})

_MAX_KEYS = 20_000
_MAX_TENSORS = 200_000
_MAX_HEADER_BYTES = 256 * 1024 * 1024
"""Vocabularies of 260,000 words take 20 MB."""
_MAX_ELEMENTS = 8_000_000
"""Total of all arrays; skipping this many strings takes about a second."""
_MAX_NAME_BYTES = 65_535
_MAX_TEXT_BYTES = 1024 * 1024
"""Longer strings are skipped. Chat templates have up to 50 kB."""
_MAX_STRING_BYTES = 2**30
"""llama.cpp's own limit for strings."""
_MAX_ARRAY_ELEMENTS = 4096
"""Elements, for example one per layer; longer arrays are skipped."""
_MAX_DIMENSIONS = 8
_DEFAULT_ALIGNMENT = 32

Value = str | int | float | bool | tuple[int | float | bool, ...]


class _Type(IntEnum):
    UINT8, INT8, UINT16, INT16, UINT32, INT32, FLOAT32, BOOL, STRING, ARRAY, UINT64, INT64, FLOAT64 = range(13)


_NUMBERS = {
    _Type.UINT8: struct.Struct("<B"),
    _Type.INT8: struct.Struct("<b"),
    _Type.UINT16: struct.Struct("<H"),
    _Type.INT16: struct.Struct("<h"),
    _Type.UINT32: struct.Struct("<I"),
    _Type.INT32: struct.Struct("<i"),
    _Type.FLOAT32: struct.Struct("<f"),
    _Type.BOOL: struct.Struct("<?"),
    _Type.UINT64: struct.Struct("<Q"),
    _Type.INT64: struct.Struct("<q"),
    _Type.FLOAT64: struct.Struct("<d"),
}
_UINT32 = _NUMBERS[_Type.UINT32]
_UINT64 = _NUMBERS[_Type.UINT64]


class GgufInvalid(Exception):
    """The file is not a usable GGUF file; `problem` is the reason."""

    def __init__(self, problem: FileProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(slots=True)
class Metadata:
    """Contents of a header. `values` does not contain long strings and arrays."""

    values: dict[str, Value] = field(default_factory=dict)
    parameters: int = 0
    """Total number of elements of all tensors."""
    tensor_types: Counter[int] = field(default_factory=Counter)
    """Number of elements by ggml's tensor type."""


def read_metadata(path: Path) -> Metadata:
    """Read the header of a file. Raises `GgufInvalid`."""
    try:
        with path.open("rb", buffering=0) as file:
            size = file.seek(0, 2)
            file.seek(0)
            return _Reader(FileBuffer(file, size), size).read()
    except FileEnds:
        raise GgufInvalid(FileProblem.CUT) from None
    except FileNotFoundError:
        raise GgufInvalid(FileProblem.MISSING) from None
    except OSError as error:
        raise GgufInvalid(FileProblem.UNREADABLE) from error


def read_beginning(data: bytes, size: int) -> tuple[Metadata, bool]:
    """Return what the first bytes of a file of `size` bytes contain, and whether that is the whole header. Raises `GgufInvalid`."""
    reader = _Reader(FileBuffer(BytesIO(data), len(data)), size)
    try:
        return reader.read(), True
    except FileEnds:
        if len(data) >= size:
            raise GgufInvalid(FileProblem.CUT) from None
        return reader.metadata, False


class _Reader:
    """Reads one header. Used once."""

    def __init__(self, buffer: FileBuffer, size: int) -> None:
        self._buffer = buffer
        self._size = size
        self._elements = 0
        self.metadata = Metadata()

    def read(self) -> Metadata:
        buffer = self._buffer
        if self._size < len(_MAGIC) or buffer.read_exactly(len(_MAGIC)) != _MAGIC:
            raise GgufInvalid(FileProblem.NOT_GGUF)
        if buffer.number(_UINT32) not in _VERSIONS:
            raise GgufInvalid(FileProblem.OLD_VERSION)
        tensors = _bounded(buffer.length(), _MAX_TENSORS)
        for _ in range(_bounded(buffer.length(), _MAX_KEYS)):
            key = self._name()
            value = self._value(self._type())
            if value is not None:
                self.metadata.values[key] = value
            _bounded(buffer.position, _MAX_HEADER_BYTES)
        self._read_tensors(tensors)
        return self.metadata

    def _name(self) -> str:
        return self._buffer.read_exactly(_bounded(self._buffer.length(), _MAX_NAME_BYTES)).decode("utf-8", "replace")

    def _type(self) -> _Type:
        try:
            return _Type(int(self._buffer.number(_UINT32)))
        except ValueError:
            raise GgufInvalid(FileProblem.DAMAGED) from None

    def _value(self, kind: _Type) -> Value | None:
        """Return a value; None if it is too long to be stored."""
        match kind:
            case _Type.STRING:
                length = _bounded(self._buffer.length(), _MAX_STRING_BYTES)
                if length > _MAX_TEXT_BYTES:
                    self._buffer.skip(length)
                    return None
                return self._buffer.read_exactly(length).decode("utf-8", "replace")
            case _Type.ARRAY:
                return self._array(self._type(), self._buffer.length())
            case _:
                return self._buffer.number(_NUMBERS[kind])

    def _array(self, kind: _Type, count: int) -> Value | None:
        self._elements = _bounded(self._elements + count, _MAX_ELEMENTS)
        match kind:
            case _Type.ARRAY:  # specified, but neither written nor read by llama.cpp
                raise GgufInvalid(FileProblem.DAMAGED)
            case _Type.STRING:
                self._buffer.skip_strings(count)
                return None
            case _ if count > _MAX_ARRAY_ELEMENTS:
                self._buffer.skip(count * _NUMBERS[kind].size)
                return None
            case _:
                return tuple(self._buffer.number(_NUMBERS[kind]) for _ in range(count))

    def _read_tensors(self, count: int) -> None:
        """Count the elements, and check that the file extends at least to the start of its last tensor."""
        last = 0
        for _ in range(count):
            self._name()
            dimensions = _bounded(int(self._buffer.number(_UINT32)), _MAX_DIMENSIONS)
            numbers = prod(int(self._buffer.number(_UINT64)) for _ in range(dimensions))
            self.metadata.tensor_types[int(self._buffer.number(_UINT32))] += numbers
            self.metadata.parameters += numbers
            last = max(last, self._buffer.length())
            _bounded(self._buffer.position, _MAX_HEADER_BYTES)
        alignment = self.metadata.values.get("general.alignment", _DEFAULT_ALIGNMENT)
        if not isinstance(alignment, int) or alignment <= 0:
            raise GgufInvalid(FileProblem.DAMAGED)
        if count and -(-self._buffer.position // alignment) * alignment + last >= self._size:
            raise GgufInvalid(FileProblem.CUT)


def _bounded(value: int, limit: int) -> int:
    if value > limit:
        raise GgufInvalid(FileProblem.DAMAGED)
    return value
