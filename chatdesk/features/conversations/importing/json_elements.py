"""Elements of a large JSON array or object, one after the other: an export of thousands of chats need not fit into memory as a whole."""

import codecs
import json
from collections.abc import Iterator
from typing import Protocol

from chatdesk.features.presets.importing.foreign_text import BYTE_ORDER_MARKS, is_too_deep, reject_constant
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused

_BLOCK = 1024 * 1024
_WHITESPACE = " \t\r\n"
_FOLLOWERS = frozenset(f"{_WHITESPACE},:]}}")
"""What can follow a complete value."""
MAX_ELEMENT_LENGTH = 96 * 1024 * 1024
"""Maximum characters of one element: a chat with its pictures, or a value of an object."""


class Readable(Protocol):
    """A file that is read once from its beginning."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next `size` bytes, fewer only at the end."""


class JsonElements:
    """The elements of a JSON file. All methods raise `ImportRefused` for what is not valid JSON, and `OSError`.

    `opens_with` is the first character of the value: `[` for an array, `{` for an object, another one for anything else.
    """

    def __init__(self, file: Readable) -> None:
        self._file = file
        self._decoder = json.JSONDecoder(parse_constant=reject_constant)
        self._text = ""
        self._position = 0
        self._is_complete = False
        beginning = file.read(_BLOCK)
        mark, encoding = next((each for each in BYTE_ORDER_MARKS if beginning.startswith(each[0])), (b"", "utf-8"))
        if not encoding:
            raise ImportRefused(ImportProblem.NOT_TEXT)
        self._decode = codecs.getincrementaldecoder(encoding)().decode
        self._append(beginning[len(mark) :])
        self.opens_with = self._next_character()

    def elements(self) -> Iterator[object]:
        """Yield the elements of the array."""
        for _ in self._places("[", "]"):
            yield self._value()

    def members(self) -> Iterator[tuple[str, object]]:
        """Yield the names and values of the object."""
        for _ in self._places("{", "}"):
            name = self._value()
            if not isinstance(name, str) or self._next_character() != ":":
                raise ImportRefused(ImportProblem.DAMAGED)
            self._position += 1
            yield name, self._value()

    def value(self) -> object:
        """Return the value as a whole, which may be of any type."""
        value = self._value()
        if self._next_character():
            raise ImportRefused(ImportProblem.DAMAGED)
        return value

    def _places(self, opening: str, closing: str) -> Iterator[None]:
        """Yield before each element, with the position at its beginning."""
        if self._next_character() != opening:
            raise ImportRefused(ImportProblem.DAMAGED)
        self._position += 1
        if self._next_character() != closing:
            while True:
                yield
                separator = self._next_character()
                if separator == closing:
                    break
                if separator != ",":
                    raise ImportRefused(ImportProblem.DAMAGED)
                self._position += 1
        self._position += 1
        if self._next_character():
            raise ImportRefused(ImportProblem.DAMAGED)

    def _value(self) -> object:
        self._next_character()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._position)
            except RecursionError as error:
                raise ImportRefused(ImportProblem.TOO_DEEP) from error
            except ValueError as error:  # usually, the element continues in the next block
                if not self._read_more():
                    raise ImportRefused(ImportProblem.DAMAGED, detail=str(error)[:200]) from error
                continue
            if self._text[end : end + 1] not in _FOLLOWERS and self._read_more():  # a number may continue
                continue
            self._position = end
            if is_too_deep(value):
                raise ImportRefused(ImportProblem.TOO_DEEP)
            return value

    def _next_character(self) -> str:
        """Skip whitespace, and return the next character without consuming it; empty at the end."""
        while True:
            while self._position < len(self._text):
                character = self._text[self._position]
                if character not in _WHITESPACE:
                    return character
                self._position += 1
            if not self._read_more():
                return ""

    def _read_more(self) -> bool:
        """Append another block, at least as long as the rest, so that a long element is not parsed too often. False at the end."""
        if self._is_complete:
            return False
        rest = len(self._text) - self._position
        if rest > MAX_ELEMENT_LENGTH:
            raise ImportRefused(ImportProblem.TOO_LARGE, detail=str(MAX_ELEMENT_LENGTH // (1024 * 1024)))
        self._text = self._text[self._position :]
        self._position = 0
        return self._append(self._file.read(max(_BLOCK, rest)))

    def _append(self, data: bytes) -> bool:
        self._is_complete = not data
        try:
            text = self._decode(data, not data)
        except UnicodeDecodeError as error:
            raise ImportRefused(ImportProblem.NOT_TEXT) from error
        self._text += text
        return bool(data)
