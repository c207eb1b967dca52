"""Framing: from bytes to lines to frames, for Server-Sent Events and for JSON lines. The frames are decoded elsewhere.

Written by hand because the line splitters of libraries also split at U+0085, U+2028 and similar characters, which may occur unescaped in
JSON strings. Splitting bytes at LF and CR alone is safe, because no other UTF-8 character contains these bytes. Format:
https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

from chatdesk.kernel.fast_dataclass import dataclass

MAX_LINE_BYTES = 8 * 1024 * 1024
MAX_WHOLE_BYTES = 32 * 1024 * 1024
MAX_PICTURE_LINE_BYTES = 32 * 1024 * 1024
"""Maximum size of an event with a picture: the largest picture that is stored, as Base64, plus some overhead."""
_PICTURE_MARKS = (b";base64,", b'"b64_json"', b'"image_generation_call"')
_BOM = b"\xef\xbb\xbf"
_SSE_FIELDS = (b"data", b"event", b"id", b"retry")


class LineTooLong(Exception):
    """A line, an event or a complete reply exceeds `limit` bytes. `lines` and `frames` are those completed before it."""

    def __init__(self, limit: int, lines: Sequence[bytes] = (), frames: "Sequence[Frame]" = ()) -> None:
        super().__init__(limit)
        self.limit = limit
        self.lines = lines
        self.frames = frames


@dataclass(frozen=True, slots=True)
class Frame:
    """One message of the stream. `data` is None for a keep-alive: a comment, a blank line, a named event without data."""

    data: str | None
    name: str = ""
    whole: bool = False
    """The reply is not a stream: `data` is all of it."""
    is_damaged: bool = False
    """Some bytes could not be decoded; U+FFFD replaces them in `data`."""

    @classmethod
    def of_bytes(cls, data: bytes, name: str = "", *, whole: bool = False) -> "Frame":
        """Return a frame for these bytes."""
        try:
            return cls(data.decode("utf-8"), name, whole)
        except UnicodeDecodeError:
            return cls(data.decode("utf-8", "replace"), name, whole, is_damaged=True)


class Framer(Protocol):
    """Splits the bytes of one reply into frames. The result does not depend on how the bytes are split, except for keep-alives."""

    def feed(self, chunk: bytes) -> list[Frame]:
        """Return the frames completed by `chunk`. Raise `LineTooLong` with the frames before the line that is too long."""
        ...

    def finish(self) -> list[Frame]:
        """Return the incomplete rest."""
        ...


class LineSplitter:
    """Splits at LF, CR and CRLF. The cost is linear in the number of bytes, even for a long line in small chunks.

    A line of an event with a picture may have `picture_limit` bytes; its first `limit` bytes must show that it has one.
    """

    def __init__(self, limit: int = MAX_LINE_BYTES, picture_limit: int = 0) -> None:
        self._limit = limit
        self._picture_limit = picture_limit
        self._tail = bytearray()
        self._tail_is_picture = False
        self._after_cr = False
        self._first = True

    def feed(self, chunk: bytes) -> list[bytes]:
        """Return the lines completed by `chunk`, without line ends. Raise `LineTooLong`."""
        if not chunk:
            return []
        if self._after_cr:
            chunk = chunk.removeprefix(b"\n")
        self._after_cr = chunk.endswith(b"\r")  # its LF, if any, is at the start of the next chunk
        if b"\r" in chunk:
            chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        may_be_long = len(self._tail) + len(chunk) > self._limit
        *lines, rest = chunk.split(b"\n")
        if lines and self._tail:
            self._tail += lines[0]
            lines[0] = bytes(self._tail)
            self._tail.clear()
        if lines:
            self._tail_is_picture = False
        self._tail += rest
        if lines and self._first:
            self._first = False
            lines[0] = lines[0].removeprefix(_BOM)
        if may_be_long:
            self._refuse_long(lines)
        return lines

    def _refuse_long(self, lines: list[bytes]) -> None:
        for number, line in enumerate(lines):
            if len(line) > self._limit and not self._is_picture(line):
                self._tail.clear()
                raise LineTooLong(self._limit, lines[:number])
        if len(self._tail) > self._limit:
            self._tail_is_picture = self._is_picture(self._tail, known=self._tail_is_picture)
            if not self._tail_is_picture:
                self._tail.clear()
                raise LineTooLong(self._limit, lines)

    def _is_picture(self, line: bytes | bytearray, *, known: bool = False) -> bool:
        """Return whether a long line is allowed because it contains a picture."""
        if len(line) > self._picture_limit or not line.startswith(b"data:"):
            return False
        return known or any(line.find(mark, 0, self._limit) >= 0 for mark in _PICTURE_MARKS)

    def finish(self) -> list[bytes]:
        """Return the last line if it has no line end."""
        line = bytes(self._tail)
        self._tail.clear()
        if self._first:
            line = line.removeprefix(_BOM)
        return [line] if line else []


class JsonLinesFramer:
    """One JSON text per line (Ollama's native API)."""

    def __init__(self, limit: int = MAX_LINE_BYTES) -> None:
        self._lines = LineSplitter(limit)

    def feed(self, chunk: bytes) -> list[Frame]:
        """Return the frames completed by `chunk`. Raise `LineTooLong`."""
        return collected(_line_frame(line) for line in complete_lines(self._lines, chunk))

    def finish(self) -> list[Frame]:
        """Return the last line if it has no line end."""
        return [_line_frame(line) for line in self._lines.finish()]


class EventFramer:
    """Server-Sent Events. Unlike in the specification, an event truncated by the end of the stream is returned."""

    def __init__(self, limit: int = MAX_LINE_BYTES, picture_limit: int = 0) -> None:
        self._lines = LineSplitter(limit, picture_limit)
        self._limit = limit
        self._picture_limit = picture_limit
        self._name = ""
        self._data: list[bytes] = []
        self._size = 0

    def feed(self, chunk: bytes) -> list[Frame]:
        """Return the frames completed by `chunk`. Raise `LineTooLong`."""
        return collected(frame for line in complete_lines(self._lines, chunk) if (frame := self._frame_of(line)))

    def finish(self) -> list[Frame]:
        """Return the event without its final blank line."""
        frames = [frame for line in self._lines.finish() if (frame := self._frame_of(line))]
        return [*frames, self._dispatch()] if self._data else frames

    def _frame_of(self, line: bytes) -> Frame | None:
        if not line:
            return self._dispatch()
        if line.startswith(b":"):
            return Frame(None)
        field, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if field == b"data":
            self._data.append(value)
            self._size += len(value)
            has_picture = any(
                len(line) > self._limit for line in self._data
            )  # other lines of that length were already rejected
            if self._size > (self._picture_limit if has_picture else self._limit):
                self._data.clear()
                raise LineTooLong(self._limit)
        elif field == b"event":
            self._name = value.decode("utf-8", "replace")
        return None

    def _dispatch(self) -> Frame:
        frame = Frame.of_bytes(b"\n".join(self._data), self._name) if self._data else Frame(None, self._name)
        self._data.clear()
        self._size = 0
        self._name = ""
        return frame


class EventOrWholeFramer:
    """Server-Sent Events, unless the reply is something else: then a single frame with all of it, marked as `whole`.

    Determined by the first non-blank bytes. Content-Type is unreliable: gateways label streams as plain text and errors as streams.
    """

    def __init__(
        self, line_limit: int = MAX_LINE_BYTES, whole_limit: int = MAX_WHOLE_BYTES, picture_limit: int = 0
    ) -> None:
        self._events = EventFramer(line_limit, picture_limit)
        self._start = bytearray()
        self._whole_limit = whole_limit
        self._is_stream: bool | None = None

    def feed(self, chunk: bytes) -> list[Frame]:
        """Return the frames completed by `chunk`. Raise `LineTooLong`."""
        if self._is_stream:
            return self._events.feed(chunk)
        self._start += chunk
        if len(self._start) > self._whole_limit:
            self._start.clear()
            raise LineTooLong(self._whole_limit)
        if self._is_stream is None:
            self._start = self._start.removeprefix(_BOM).lstrip()
            self._is_stream = _looks_like_events(bytes(self._start[:16]))
        if not self._is_stream:
            return []
        start = bytes(self._start)
        self._start.clear()
        return self._events.feed(start)

    def finish(self) -> list[Frame]:
        """Return the rest, which is the whole reply if it is not a stream."""
        if self._is_stream:
            return self._events.finish()
        frame = Frame.of_bytes(bytes(self._start), whole=True)
        self._start.clear()
        return [frame] if frame.data and frame.data.strip() else []


def complete_lines(splitter: LineSplitter, chunk: bytes) -> Iterator[bytes]:
    """Yield the lines completed by `chunk`, including those before one that is too long. Raise `LineTooLong` after them."""
    try:
        yield from splitter.feed(chunk)
    except LineTooLong as error:
        yield from error.lines
        raise LineTooLong(error.limit) from None


def collected(frames: Iterator[Frame]) -> list[Frame]:
    """Return the frames. A `LineTooLong` raised in between contains the frames before it."""
    complete: list[Frame] = []
    try:
        complete.extend(frames)
    except LineTooLong as error:
        raise LineTooLong(error.limit, frames=complete) from None
    return complete


def _line_frame(line: bytes) -> Frame:
    frame = Frame.of_bytes(line)
    return frame if frame.data and frame.data.strip() else Frame(None)


def _looks_like_events(start: bytes) -> bool | None:
    """Return whether the bytes are the start of an event stream; None if more bytes are needed."""
    if start.startswith(b":"):
        return True
    field, colon, _ = start.partition(b":")
    if colon or b"\n" in field or b"\r" in field:
        return field.split()[0] in _SSE_FIELDS
    return None if any(name.startswith(field) for name in (*_SSE_FIELDS, _BOM)) else False
