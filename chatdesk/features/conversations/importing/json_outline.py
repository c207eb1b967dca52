"""The outline of a JSON file, from which its program is recognised: its beginning, with long strings and large members cut short.

A chat may begin with instructions of megabytes, and the member that identifies its program may be far from the beginning. The outline
has the members all the same. It is found in one pass with bounded memory, and is not always valid JSON: a string may end within an escape.
"""

import codecs
import re
from collections.abc import Iterator

from chatdesk.features.conversations.importing.json_elements import Readable
from chatdesk.features.presets.importing.foreign_text import BYTE_ORDER_MARKS

MOST_READ = 32 * 1024 * 1024
"""Maximum bytes of a file that are looked at."""
_MOST_TOKENS = 500_000
"""Maximum number of strings, brackets and what is between them that are looked at, which takes less than a second."""
_BLOCK = 256 * 1024
_LONGEST_STRING = 256
_LONGEST_STRETCH = 256
"""Maximum length of what is between two strings or brackets, such as numbers."""
_LONGEST_MEMBER = 8 * 1024
"""Maximum length of the value of a member, or of an element that is an array."""
_MOST_NESTING = 10_000
_BEGINS = re.compile(rb"\s*[\[{]")
_SPACE = re.compile(rb"\s{2,}")
_CLOSING = {ord("{"): b"}", ord("["): b"]"}

# Possessive, because backtracking in a string that is cut off after a backslash would never end.
_IN_STRING = rb"(?:[^\"\\]++|\\.)*+"
_REST_OF_STRING = re.compile(_IN_STRING, re.DOTALL)
_TOKEN = re.compile(rb'"(' + _IN_STRING + rb')("?)|[\[\]{}]|[^"\[\]{}]+', re.DOTALL)


def outline_of(file: Readable, length: int) -> bytes:
    """Return about `length` bytes: the outline of a file with JSON, the plain beginning of any other file.

    If the file is a text with a byte order mark, the result is UTF-8 without it. Raises what reading raises.
    """
    blocks = _utf8_blocks(file, max(length, _BLOCK))
    first = b""
    while len(first) < length and not first.strip() and (block := next(blocks, b"")):
        first += block
    if not _BEGINS.match(first):
        return first[:length]
    outline = _Outline(first)
    outline.add(first)
    read = len(first)
    while outline.length < length and not outline.is_enough and read < MOST_READ and (block := next(blocks, b"")):
        read += len(block)
        outline.add(block)
    return outline.text()[:length]


def _utf8_blocks(file: Readable, size: int) -> Iterator[bytes]:
    """Yield the content of a file in blocks that are not empty, those of a text in UTF-16 as UTF-8."""
    block = file.read(size)
    mark, encoding = next((each for each in BYTE_ORDER_MARKS if block.startswith(each[0])), (b"", ""))
    decode = codecs.getincrementaldecoder(encoding)("replace").decode if encoding else None
    if encoding:
        block = block[len(mark) :]
    while block:
        yield decode(block).encode("utf-8", "replace") if decode else block
        block = file.read(_BLOCK)


class _Outline:
    """Receives the blocks of a file one after the other. `beginning` shows whether the file is an array."""

    def __init__(self, beginning: bytes) -> None:
        self._shown = bytearray()
        self._open = bytearray()
        """The brackets that are open."""
        self._member_level = 2 if beginning.lstrip().startswith(b"[") else 1
        """The number of open brackets between the members of the object, or of the objects in the array."""
        self._member_start = 0
        self._closing = b""
        """The brackets that end a member that is being cut; empty if none is."""
        self._string: bytes | None = None
        """The beginning of a string that continues in the next block."""
        self._rest = b""
        self._tokens = 0

    @property
    def length(self) -> int:
        """The length of the outline of the blocks until now."""
        return len(self._shown)

    @property
    def is_enough(self) -> bool:
        """Whether the values are so many, or nested so deeply, that more would take too long."""
        return len(self._open) > _MOST_NESTING or self._tokens > _MOST_TOKENS

    def text(self) -> bytes:
        """Return the outline."""
        unfinished = b"" if self._string is None or self._closing else b'"' + self._string
        return bytes(self._shown) + unfinished

    def add(self, block: bytes) -> None:
        """Add the next block."""
        data = self._rest + block
        self._rest = b""
        position = self._end_of_string(data) if self._string is not None else 0
        for token in _TOKEN.finditer(data, position):
            self._tokens += 1
            if token.lastindex:
                if token[2]:
                    self._show_string(token[1])
                else:
                    self._string = _cut(token[1])
                    self._rest = data[token.end() :]  # half of an escape
                    return
            elif len(text := token[0]) == 1 and text in b"{[":
                self._begin(text)
            elif len(text) == 1 and text in b"}]":
                self._end(text)
            elif not self._closing:
                self._shown += _SPACE.sub(_one_space, text)[:_LONGEST_STRETCH]

    def _end_of_string(self, data: bytes) -> int:
        """Return the position after the string that began in an earlier block, or the length of the data if it has not ended."""
        rest = _REST_OF_STRING.match(data)
        chunk = rest[0] if rest else b""
        before = self._string or b""
        self._string = _cut(before + chunk[:_LONGEST_STRING])
        if data[len(chunk) : len(chunk) + 1] == b'"':
            self._show_string(self._string)
            self._string = None
            return len(chunk) + 1
        self._rest = data[len(chunk) :]
        return len(data)

    def _show_string(self, content: bytes) -> None:
        if not self._closing:
            self._shown += b'"' + _cut(content) + b'"'

    def _begin(self, bracket: bytes) -> None:
        if not self._closing:
            if len(self._open) == self._member_level:
                self._member_start = len(self._shown)
            elif len(self._open) > self._member_level and len(self._shown) - self._member_start > _LONGEST_MEMBER:
                self._cut_member()
        if not self._closing:
            self._shown += bracket
        self._open += bracket

    def _end(self, bracket: bytes) -> None:
        if self._open:
            self._open.pop()
        if not self._closing:
            self._shown += bracket
            if len(self._open) > self._member_level and len(self._shown) - self._member_start > _LONGEST_MEMBER:
                self._cut_member()
        elif len(self._open) <= self._member_level:
            self._shown += self._closing
            self._closing = b""

    def _cut_member(self) -> None:
        """Show no more of a member than what ends it."""
        self._closing = b"".join(_CLOSING[bracket] for bracket in reversed(self._open[self._member_level :]))


def _cut(content: bytes) -> bytes:
    """Return the beginning of a string, without half of an escape."""
    if len(content) <= _LONGEST_STRING:
        return content
    beginning = _REST_OF_STRING.match(content[:_LONGEST_STRING])
    return beginning[0] if beginning else b""


def _one_space(match: re.Match[bytes]) -> bytes:
    return b"\n" if b"\n" in match[0] else b" "
