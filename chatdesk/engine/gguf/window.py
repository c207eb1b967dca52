"""A file seen through a small window that moves on: numbers and strings out of it, and long things passed over without reading them.

What the numbers mean is `metadata.py`'s business.
"""

import struct
from typing import BinaryIO

_WINDOW = 256 * 1024
"""Bytes read at a time."""
_UINT64 = struct.Struct("<Q")


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
        """Where it stands in the file."""
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
        return int(_UINT64.unpack(self.take(_UINT64.size))[0])

    def skip_strings(self, count: int) -> None:
        """Pass over strings, each behind its length: vocabularies hold hundreds of thousands."""
        length_at, step = _UINT64.unpack_from, _UINT64.size
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
