"""Decompression of gzip and deflate with a size limit.

Requests ask for `identity`; a server or gateway that compresses nevertheless is supported, but decompression bombs are not unpacked. httpx
would decompress a chunk of any size at once, so its decoder is not used.
"""

import zlib
from collections.abc import Iterator
from contextlib import suppress

_CHUNK_BYTES = 256 * 1024
"""Maximum number of bytes decompressed at a time."""
_FRAME_HEADER = 2
_GZIP = b"\x1f\x8b"
"""Start of a gzip member."""
MAX_DECODED_BYTES = 256 * 1024 * 1024
"""Maximum decompressed size of a body in bytes: many times a real answer, but far smaller than a bomb."""


class UndecodableContent(Exception):
    """The body does not match its Content-Encoding, or the encoding is unknown."""


class UnpackedTooLarge(Exception):
    """The decompressed body exceeds `limit` bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class ContentDecoder:
    """Decodes one body in chunks."""

    def __init__(self, encoding: str, limit: int = MAX_DECODED_BYTES) -> None:
        """Create a decoder for the value of Content-Encoding. Raise `UndecodableContent` for an unknown one."""
        names = [name.strip().lower() for name in encoding.split(",")]
        wanted = [name for name in names if name not in {"", "identity"}]
        if len(wanted) > 1 or (wanted and wanted[0] not in {"gzip", "x-gzip", "deflate"}):
            raise UndecodableContent(encoding)
        self._is_packed = bool(wanted)
        self._is_undecided_deflate = wanted == ["deflate"]
        self._start = self._behind = b""
        self._inflater = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._limit = limit
        self._unpacked = 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield the decompressed `data`. Raise `UndecodableContent` or `UnpackedTooLarge`."""
        if not self._is_packed:
            yield data
            return
        if self._is_undecided_deflate:
            data = self._decide(data)
        is_full = False  # if True, the inflater may hold more output although it has read all of `data`
        while (data := self._next_member(data)) or is_full:
            before = self._inflater.copy()
            try:
                chunk = self._inflater.decompress(data, _CHUNK_BYTES)
            except zlib.error as error:
                yield _before_the_damage(before, data)
                raise UndecodableContent(str(error)) from error
            data = self._inflater.unconsumed_tail or self._inflater.unused_data
            is_full = len(chunk) == _CHUNK_BYTES
            self._unpacked += len(chunk)
            if self._unpacked > self._limit:
                raise UnpackedTooLarge(self._limit)
            if chunk:
                yield chunk

    def _next_member(self, data: bytes) -> bytes:
        """Return the compressed data of the next bytes; bytes after the body are ignored.

        A gzip body may consist of several consecutive members (RFC 1952, section 2.2).
        """
        if not self._inflater.eof:
            return data
        data = self._behind + data
        if not data.startswith(_GZIP):
            self._behind = data[: len(_GZIP)]
            return b""
        self._behind = b""
        self._inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
        return data

    def _decide(self, data: bytes) -> bytes:
        """Detect whether deflate has its zlib header (RFC 1950), as it should, or is raw. Return the data to decompress so far."""
        self._start += data
        if len(self._start) < _FRAME_HEADER:
            return b""
        self._is_undecided_deflate = False
        method_and_flags = int.from_bytes(self._start[:_FRAME_HEADER], "big")
        if method_and_flags % 31 or self._start[0] & 0x0F != zlib.DEFLATED:
            self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        return self._start


def _before_the_damage(inflater: "zlib._Decompress", data: bytes) -> bytes:
    """Return the decompressed bytes before the damage: for all bytes at once, zlib would return nothing."""
    unpacked = bytearray()
    with suppress(zlib.error):
        for position in range(len(data)):
            unpacked += inflater.decompress(data[position : position + 1], _CHUNK_BYTES - len(unpacked))
            if len(unpacked) == _CHUNK_BYTES:
                break
    return bytes(unpacked)
