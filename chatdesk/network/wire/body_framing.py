"""Where the body of an HTTP/1.1 reply ends, and its bytes without their wrapping. The head before it is h11's business.

Why not h11's too: it makes an event of every chunk, and servers send every token as a chunk of its own. For an answer of 50,000 tokens
that took most of what reading it cost. It is as strict as h11. Format: https://www.rfc-editor.org/rfc/rfc9112#section-6
"""

import re
from collections.abc import Iterable
from typing import Protocol

_SIZE = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]*)?")
_LONGEST_LINE = 16 * 1024
_LONGEST_TRAILERS = 64 * 1024
_NO_BODY = {204, 304}
_LINE_END = b"\r\n"


class BrokenBody(Exception):
    """The body is not wrapped as its head says, or ends before its end. `body` is what the same bytes held before the break."""

    def __init__(self, reason: str, body: bytes = b"") -> None:
        super().__init__(reason)
        self.body = body


class BodyFramer(Protocol):
    """Unwraps one body. Any way of cutting the bytes gives the same body."""

    @property
    def is_complete(self) -> bool:
        """Whether the body has come to its end; what comes after it is none of ours."""
        ...

    def feed(self, data: bytes) -> bytes:
        """Return what `data` adds to the body. Raises `BrokenBody`."""
        ...

    def finish(self) -> None:
        """Take in that the connection has ended. Raises `BrokenBody` if the body should have gone on."""
        ...


def body_framer(status: int, headers: Iterable[tuple[bytes, bytes]], method: bytes = b"GET") -> BodyFramer:
    """Return what unwraps the body of a reply whose head h11 found sound: chunked alone, and lengths that agree.

    A reply to HEAD ends with its head, whatever length that tells: it is the one that GET's would have.
    """
    fields = {name.lower(): value for name, value in headers}
    if status in _NO_BODY or method == b"HEAD":
        return SizedBody(0)
    if b"transfer-encoding" in fields:
        return ChunkedBody()
    if b"content-length" in fields:
        return SizedBody(int(fields[b"content-length"].partition(b",")[0]))
    return EndlessBody()


class SizedBody:
    """So many bytes."""

    def __init__(self, size: int) -> None:
        self._missing = size

    @property
    def is_complete(self) -> bool:
        """Whether all of them have come."""
        return self._missing == 0

    def feed(self, data: bytes) -> bytes:
        """Return those that belong to the body."""
        body = data[: self._missing]
        self._missing -= len(body)
        return body

    def finish(self) -> None:
        """Raise `BrokenBody` if some are missing."""
        if self._missing:
            raise BrokenBody(f"the connection ended {self._missing} bytes too early")


class EndlessBody:
    """Whatever comes until the connection ends."""

    is_complete = False

    def feed(self, data: bytes) -> bytes:
        """Return `data`."""
        return data

    def finish(self) -> None:
        """Do nothing: the body ends where the connection does."""


class ChunkedBody:
    """Chunks with their sizes before them. Costs about a microsecond a chunk."""

    def __init__(self) -> None:
        self._rest = b""
        """The beginning of a line."""
        self._missing = 0
        """Bytes of the chunk we are in."""
        self._at_chunk_end = False
        self._in_trailers = False
        self._trailers = 0
        self.is_complete = False

    def feed(self, data: bytes) -> bytes:
        """Return what the chunks in `data` hold. Raises `BrokenBody`, with what the chunks before the break hold."""
        pieces: list[bytes] = []
        try:
            self._unwrap(self._rest + data if self._rest else data, pieces)
        except BrokenBody as error:
            raise BrokenBody(str(error), b"".join(pieces)) from None
        return b"".join(pieces)

    def finish(self) -> None:
        """Raise `BrokenBody` if the last chunk has not come."""
        if not self.is_complete:
            raise BrokenBody("the connection ended before the last chunk")

    def _unwrap(self, data: bytes, pieces: list[bytes]) -> None:
        position = 0
        while not self.is_complete:
            if self._missing:
                piece = data[position : position + self._missing]
                pieces.append(piece)
                position += len(piece)
                self._missing -= len(piece)
                if self._missing:
                    break
                self._at_chunk_end = True
            end = data.find(_LINE_END, position, position + _LONGEST_LINE)
            if end < 0:
                break
            self._take_line(data[position:end])
            position = end + 2
        self._rest = b"" if self.is_complete else data[position:]
        if self._at_chunk_end and not _LINE_END.startswith(self._rest):
            raise BrokenBody("a chunk is longer than its size")
        if len(self._rest) >= _LONGEST_LINE:
            raise BrokenBody("a line between chunks has no end")

    def _take_line(self, line: bytes) -> None:
        if self._at_chunk_end:
            if line:
                raise BrokenBody("a chunk is longer than its size")
            self._at_chunk_end = False
        elif self._in_trailers:
            self._trailers += len(line)
            if self._trailers > _LONGEST_TRAILERS:
                raise BrokenBody("the trailers have no end")
            self.is_complete = not line
        else:
            size = _SIZE.fullmatch(line)
            if size is None:
                raise BrokenBody(f"{line[:40]!r} is no size of a chunk")
            self._missing = int(size[1], 16)
            self._in_trailers = not self._missing
