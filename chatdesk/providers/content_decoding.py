"""Undoes gzip and deflate with a bound on what comes out.

We ask for `identity`; a server or gateway that compresses all the same is understood, and a bomb is not unpacked. httpx would
unpack a chunk in one go, whatever its size, so its own decoding is not used.
"""

import zlib
from collections.abc import Iterator

_PIECE = 256 * 1024
"""Bytes unpacked at a time."""
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
        self._may_lack_frame = wanted == ["deflate"]  # some servers send deflate without its zlib frame
        self._inflater = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._limit = limit
        self._unpacked = 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what `data` unpacks to. Raises `UndecodableContent` or `UnpackedTooLarge`."""
        if not self._is_packed:
            yield data
            return
        while data and not self._inflater.eof:
            piece = self._inflate(data)
            data = self._inflater.unconsumed_tail
            self._unpacked += len(piece)
            if self._unpacked > self._limit:
                raise UnpackedTooLarge(self._limit)
            if piece:
                yield piece

    def _inflate(self, data: bytes) -> bytes:
        try:
            return self._inflater.decompress(data, _PIECE)
        except zlib.error as error:
            if not self._may_lack_frame or self._unpacked:
                raise UndecodableContent(str(error)) from error
            self._may_lack_frame = False
            self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            return self._inflate(data)
