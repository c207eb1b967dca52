"""What stands in a GGUF file before its tensors: keys with values, and which tensors there are.

The format: ggml's `docs/gguf.md`, versions 2 and 3, little endian. Every count and length is held against a bound before anything is
done with it: the files are not trusted. What the keys mean: `heads.py`.
"""

import struct
from collections import Counter
from dataclasses import field
from enum import IntEnum
from math import prod
from pathlib import Path
from typing import BinaryIO

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model_file import FileProblem

# A file seen through a small window that moves on: numbers and strings out of it, and long things passed over
# without reading them.
#
# What the numbers mean is `metadata.py`'s business.

_WINDOW = 256 * 1024
"""Bytes read at a time."""
_WINDOW_UINT64 = struct.Struct("<Q")


class FileEnds(Exception):
    """More was wanted than the file holds."""


class Window:
    """`size` is the file's; whatever is asked for beyond it raises `FileEnds`, before anything is read or reserved."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._size = size
        self._start = 0
        self._bytes = b""
        self._at = 0

    @property
    def position(self) -> int:
        """Its offset in the file, in bytes."""
        return self._start + self._at

    def take(self, count: int) -> bytes:
        """Return the next bytes. The caller bounds `count`."""
        if self._at + count > len(self._bytes):
            self._move(count)
        taken = self._bytes[self._at : self._at + count]
        self._at += count
        return taken

    def skip(self, count: int) -> None:
        """Pass over bytes, however many."""
        if self.position + count > self._size:
            raise FileEnds
        self._at += count

    def number(self, layout: struct.Struct) -> int | float | bool:
        """Return the next number."""
        value: int | float | bool = layout.unpack(self.take(layout.size))[0]
        return value

    def length(self) -> int:
        """Return the next count or length."""
        return int(_WINDOW_UINT64.unpack(self.take(_WINDOW_UINT64.size))[0])

    def skip_strings(self, count: int) -> None:
        """Pass over strings, each behind its length: vocabularies hold hundreds of thousands."""
        length_at, step = _WINDOW_UINT64.unpack_from, _WINDOW_UINT64.size
        while count:
            self._at_least(step)
            window, at, last = self._bytes, self._at, len(self._bytes) - step
            while count and at <= last:
                at += step + length_at(window, at)[0]
                count -= 1
            self._at = at
            if self.position > self._size:
                raise FileEnds

    def _at_least(self, count: int) -> None:
        if self._at + count > len(self._bytes):
            self._move(count)

    def _move(self, count: int) -> None:
        """Look at what follows, at least `count` bytes."""
        self._start, self._at = self.position, 0
        if self._start + count > self._size:
            raise FileEnds
        self._file.seek(self._start)
        self._bytes = self._file.read(max(_WINDOW, count))
        if len(self._bytes) < count:  # the file was made shorter meanwhile
            raise FileEnds


_MAGIC = b"GGUF"
_VERSIONS = frozenset({2, 3})

_MOST_KEYS = 20_000
_MOST_TENSORS = 200_000
_MOST_HEAD_BYTES = 256 * 1024 * 1024
"""Vocabularies of 260,000 words take 20 MB."""
_MOST_ELEMENTS = 8_000_000
"""Of all arrays together; walking over so many strings takes about a second."""
_LONGEST_NAME = 65_535
_LONGEST_TEXT = 1024 * 1024
"""Longer strings are passed over. Chat templates have up to 50 kB."""
_LONGEST_STRING = 2**30
"""llama.cpp's own bound: what is longer is no string."""
_LONGEST_KEPT_ARRAY = 4096
"""Numbers, one for each layer say; longer arrays are passed over."""
_MOST_DIMENSIONS = 8
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
    """The file is no GGUF file that can be used; `problem` says why."""

    def __init__(self, problem: FileProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(slots=True)
class Metadata:
    """What was read. Long strings and arrays are left out of `values`."""

    values: dict[str, Value] = field(default_factory=dict)
    parameters: int = 0
    """Numbers in all tensors."""
    tensor_types: Counter[int] = field(default_factory=Counter)
    """Numbers by ggml's number of their type."""


def read_metadata(path: Path) -> Metadata:
    """Read a file's head. Raises `GgufInvalid`."""
    try:
        with path.open("rb", buffering=0) as file:
            size = file.seek(0, 2)
            file.seek(0)
            return _Reader(Window(file, size), size).read()
    except FileEnds:
        raise GgufInvalid(FileProblem.CUT) from None
    except FileNotFoundError:
        raise GgufInvalid(FileProblem.MISSING) from None
    except OSError as error:
        raise GgufInvalid(FileProblem.UNREADABLE) from error


class _Reader:
    """Reads one head, once."""

    def __init__(self, window: Window, size: int) -> None:
        self._window = window
        self._size = size
        self._elements = 0
        self._metadata = Metadata()

    def read(self) -> Metadata:
        window = self._window
        if self._size < len(_MAGIC) or window.take(len(_MAGIC)) != _MAGIC:
            raise GgufInvalid(FileProblem.NOT_GGUF)
        if window.number(_UINT32) not in _VERSIONS:
            raise GgufInvalid(FileProblem.OLD_VERSION)
        tensors = _bounded(window.length(), _MOST_TENSORS)
        for _ in range(_bounded(window.length(), _MOST_KEYS)):
            key = self._name()
            value = self._value(self._type())
            if value is not None:
                self._metadata.values[key] = value
            _bounded(window.position, _MOST_HEAD_BYTES)
        self._read_tensors(tensors)
        return self._metadata

    def _name(self) -> str:
        return self._window.take(_bounded(self._window.length(), _LONGEST_NAME)).decode("utf-8", "replace")

    def _type(self) -> _Type:
        try:
            return _Type(int(self._window.number(_UINT32)))
        except ValueError:
            raise GgufInvalid(FileProblem.DAMAGED) from None

    def _value(self, kind: _Type) -> Value | None:
        """Return a value; None if it is too long to be kept."""
        match kind:
            case _Type.STRING:
                length = _bounded(self._window.length(), _LONGEST_STRING)
                if length > _LONGEST_TEXT:
                    self._window.skip(length)
                    return None
                return self._window.take(length).decode("utf-8", "replace")
            case _Type.ARRAY:
                return self._array(self._type(), self._window.length())
            case _:
                return self._window.number(_NUMBERS[kind])

    def _array(self, kind: _Type, count: int) -> Value | None:
        self._elements = _bounded(self._elements + count, _MOST_ELEMENTS)
        match kind:
            case _Type.ARRAY:  # in the specification, but neither written nor read by llama.cpp
                raise GgufInvalid(FileProblem.DAMAGED)
            case _Type.STRING:
                self._window.skip_strings(count)
                return None
            case _ if count > _LONGEST_KEPT_ARRAY:
                self._window.skip(count * _NUMBERS[kind].size)
                return None
            case _:
                return tuple(self._window.number(_NUMBERS[kind]) for _ in range(count))

    def _read_tensors(self, count: int) -> None:
        """Count numbers, and see whether the file reaches as far as its last tensor's beginning."""
        last = 0
        for _ in range(count):
            self._name()
            dimensions = _bounded(int(self._window.number(_UINT32)), _MOST_DIMENSIONS)
            numbers = prod(int(self._window.number(_UINT64)) for _ in range(dimensions))
            self._metadata.tensor_types[int(self._window.number(_UINT32))] += numbers
            self._metadata.parameters += numbers
            last = max(last, self._window.length())
            _bounded(self._window.position, _MOST_HEAD_BYTES)
        alignment = self._metadata.values.get("general.alignment", _DEFAULT_ALIGNMENT)
        if not isinstance(alignment, int) or alignment <= 0:
            raise GgufInvalid(FileProblem.DAMAGED)
        if count and -(-self._window.position // alignment) * alignment + last >= self._size:
            raise GgufInvalid(FileProblem.CUT)


def _bounded(value: int, most: int) -> int:
    if value > most:
        raise GgufInvalid(FileProblem.DAMAGED)
    return value
