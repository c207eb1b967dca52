"""Undoes gzip and deflate with a bound on what comes out.

We ask for `identity`; a server or gateway that compresses all the same is understood, and a bomb is not unpacked. httpx would
unpack a chunk in one go, whatever its size, so its own decoding is not used.
"""

import zlib
from collections.abc import Iterator
from contextlib import suppress

_PIECE = 256 * 1024
"""Bytes unpacked at a time."""
_FRAME_HEADER = 2
_GZIP = b"\x1f\x8b"
"""How a member begins."""
LARGEST_UNPACKED = 256 * 1024 * 1024
"""Bytes that one compressed body may unpack to: many times a real answer, and nothing like a bomb."""


class UndecodableContent(Exception):
    """The body is not what its Content-Encoding says, or that is one we do not know."""


class UnpackedTooLarge(Exception):
    """The body unpacks to more than `limit` bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class ContentDecoder:
    """Decodes one body piece by piece."""

    def __init__(self, encoding: str, limit: int = LARGEST_UNPACKED) -> None:
        """Take the value of Content-Encoding. Raises `UndecodableContent` for one we do not know."""
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
        """Yield what `data` unpacks to. Raises `UndecodableContent` or `UnpackedTooLarge`."""
        if not self._is_packed:
            yield data
            return
        if self._is_undecided_deflate:
            data = self._decide(data)
        is_full = False  # then the inflater may hold more, though it has read all of `data`
        while (data := self._next_member(data)) or is_full:
            before = self._inflater.copy()
            try:
                piece = self._inflater.decompress(data, _PIECE)
            except zlib.error as error:
                yield _before_the_damage(before, data)
                raise UndecodableContent(str(error)) from error
            data = self._inflater.unconsumed_tail or self._inflater.unused_data
            is_full = len(piece) == _PIECE
            self._unpacked += len(piece)
            if self._unpacked > self._limit:
                raise UnpackedTooLarge(self._limit)
            if piece:
                yield piece

    def _next_member(self, data: bytes) -> bytes:
        """Return what can be unpacked of the bytes that come next; what follows a body that is no more of it is passed over.

        A body in gzip may be packed in several members, one behind the other (RFC 1952, section 2.2).
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
        """Find out whether deflate comes in its zlib frame (RFC 1950), as it should, or bare; return what can be unpacked by now."""
        self._start += data
        if len(self._start) < _FRAME_HEADER:
            return b""
        self._is_undecided_deflate = False
        method_and_flags = int.from_bytes(self._start[:_FRAME_HEADER], "big")
        if method_and_flags % 31 or self._start[0] & 0x0F != zlib.DEFLATED:
            self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        return self._start


def _before_the_damage(inflater: "zlib._Decompress", data: bytes) -> bytes:
    """Return what the bytes before the damaged one unpack to: asked for all at once, zlib gives nothing of it."""
    unpacked = bytearray()
    with suppress(zlib.error):
        for position in range(len(data)):
            unpacked += inflater.decompress(data[position : position + 1], _PIECE - len(unpacked))
            if len(unpacked) == _PIECE:
                break
    return bytes(unpacked)
