"""Elements of a large JSON array or object, one after the other: an export of thousands of chats need not fit into memory as a whole."""

import codecs
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Protocol

from chatdesk.features.presets.importing.foreign_text import BYTE_ORDER_MARKS, is_too_deep, reject_constant
from chatdesk.features.presets.importing.limits import MAX_NESTING
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.preset_import import ImportProblem, ImportRefused

_BLOCK = 1024 * 1024
_WHITESPACE = " \t\r\n"
_FOLLOWERS = frozenset(f"{_WHITESPACE},:]}}")
"""What can follow a complete value."""
_CONTAINERS = ("{", "[")
_CLOSING = ("}", "]")
MAX_ELEMENT_LENGTH = 96 * 1024 * 1024
"""Maximum characters of one element: a chat with its pictures, or a value of an object."""

_LONGEST_SIGN = 64
"""More than the length of a word or an escape, which may be cut off at the end of a block."""
_LOOKED_AT = 5
"""Number of objects of an array whose members are looked at."""
_TITLES = frozenset({'"title"', '"name"'})
_TITLE_CHARACTERS = 64 * 1024
"""Number of characters of an unreadable element in which its title is looked for."""
_MAX_TITLE_LENGTH = 200
_SKIPPED = frozenset({ImportProblem.DAMAGED, ImportProblem.TOO_DEEP})
"""Why an element may be unreadable although the next one is not."""

# Possessive, because backtracking in a string that is cut off after a backslash would never end.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{}:,]|[^\s"\[\]{}:,]+', re.DOTALL)

_STRUCTURE = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class UnreadableElement:
    """An object or array among others that has something that is no JSON, such as NaN, or is nested too deeply.

    `title` is its `title` or `name`, empty if it has none; `number` is its position in an array or among lines, from 1 on, and 0 for
    the member of an object; `error` is why it cannot be read.
    """

    title: str
    number: int
    error: ImportRefused


def first_keys(beginning: bytes) -> frozenset[str]:
    """Return the names of the members of a JSON object, or of the first objects in an array, as far as they are in `beginning`.

    Of an array, `_LOOKED_AT` objects with members are looked at, because the first ones may be damaged; of a file with a value
    on each line, the first one with members. Empty for anything else. The beginning is UTF-8, as `Source.outline` returns it.
    """
    text = beginning.decode("utf-8", "replace")
    keys: set[str] = set()
    brackets = ""
    before = ""
    looked_at = 0
    for match in _TOKEN.finditer(text):
        sign = match[0]
        is_member = brackets in {"{", "[{"}
        if sign in {"{", "["}:
            brackets += sign
        elif not brackets:
            break
        elif sign in {"}", "]"}:
            if is_member:
                looked_at += before != "{"
            if brackets == "[" or (is_member and looked_at >= (_LOOKED_AT if brackets == "[{" else 1)):
                break
            brackets = brackets[:-1]
        elif is_member and sign == ":" and before.startswith('"'):
            keys.add(before[1:-1])
        before = sign
    return frozenset(keys)


def _title_in(beginning: str) -> str:
    """Return the `title` or `name` of an object, as far as it is in `beginning`; empty if it has none."""
    depth, before, name = 0, "", ""
    for match in _TOKEN.finditer(beginning):
        sign = match[0]
        if sign in {"{", "["}:
            depth += 1
        elif sign in {"}", "]"}:
            depth -= 1
        elif sign == ":" and depth == 1 and before in _TITLES:
            name = before
        elif name and before == ":" and depth == 1 and sign.startswith('"'):
            with suppress(ValueError):
                return str(json.loads(sign))[:_MAX_TITLE_LENGTH]
        if sign != ":" and before == ":":
            name = ""
        before = sign
    return ""


class Readable(Protocol):
    """A file that is read once from its beginning."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next `size` bytes, fewer only at the end."""


class JsonElements:
    """The elements of a JSON file. All methods raise `ImportRefused` for what is not valid JSON, and `OSError`.

    `opens_with` is the first character of the value: `[` for an array, `{` for an object, another one for anything else. Values nested
    more deeply than `most_nesting` are refused.
    """

    def __init__(self, file: Readable, most_nesting: int = MAX_NESTING) -> None:
        self._file = file
        self._most_nesting = most_nesting
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
        """Yield the elements of the array. An object or array that cannot be read is an `UnreadableElement`."""
        for number, _ in enumerate(self._elements("[", "]"), start=1):
            yield self._value_or_unreadable(number)

    def members(self) -> Iterator[tuple[str, object]]:
        """Yield the names and values of the object."""
        for _ in self._elements("{", "}"):
            name = self._name()
            yield name, self._value()

    def nested(self, *inside: str) -> Iterator[tuple[str, object]]:
        """Yield the members of the object, and instead of those named in `inside` what is in them, under their path.

        Paths join names with dots; the elements of an array come one by one under the path of the array. An object or array
        that cannot be read is an `UnreadableElement`.
        """
        yield from self._nested("", frozenset(inside))
        self._end()

    def _nested(self, path: str, inside: frozenset[str]) -> Iterator[tuple[str, object]]:
        is_object = self._next_character() == "{"
        for number, _ in enumerate(self._items("{", "}") if is_object else self._items("[", "]"), start=1):
            if not is_object:
                yield path, self._value_or_unreadable(number)
                continue
            name = self._name()
            where = f"{path}.{name}" if path else name
            if where in inside and self._next_character() in _CONTAINERS:
                yield from self._nested(where, inside)
            else:
                yield where, self._value_or_unreadable(0)

    def lines(self) -> Iterator[object]:
        """Yield the values of a file with one on each line, which need no separator. See `elements` for those that cannot be read."""
        number = 0
        while self._next_character():
            number += 1
            yield self._value_or_unreadable(number)

    def value(self) -> object:
        """Return the value as a whole, which may be of any type."""
        value = self._value()
        self._end()
        return value

    def _name(self) -> str:
        """Read the name of a member and its colon."""
        name = self._value()
        if not isinstance(name, str) or self._next_character() != ":":
            raise ImportRefused(ImportProblem.DAMAGED)
        self._position += 1
        return name

    def _end(self) -> None:
        if self._next_character():
            raise ImportRefused(ImportProblem.DAMAGED)

    def _elements(self, opening: str, closing: str) -> Iterator[None]:
        """Yield before each element of the whole value, with the position at its beginning."""
        yield from self._items(opening, closing)
        self._end()

    def _items(self, opening: str, closing: str) -> Iterator[None]:
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

    def _value_or_unreadable(self, number: int) -> object:
        is_container = self._next_character() in _CONTAINERS
        try:
            return self._value()
        except ImportRefused as error:
            beginning = self._text[self._position : self._position + _TITLE_CHARACTERS]
            if error.problem not in _SKIPPED or not is_container or not self._skip():
                raise
            return UnreadableElement(_title_in(beginning), number, error)

    def _skip(self) -> bool:
        """Skip an object or array by its brackets, whatever is between them. Return False if it does not end."""
        depth = 0
        while True:
            end = len(self._text)
            for match in _STRUCTURE.finditer(self._text, self._position):
                sign = match[0]
                if sign in _CONTAINERS:
                    depth += 1
                elif sign in _CLOSING:
                    depth -= 1
                    if not depth:
                        self._position = match.end()
                        return True
                elif match.end() == len(self._text):  # a string that may continue in the next block
                    end = match.start()
            self._position = end
            if not self._read_more():
                return False

    def _value(self) -> object:
        self._next_character()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._position)
            except RecursionError as error:
                raise ImportRefused(ImportProblem.TOO_DEEP) from error
            except ValueError as error:  # usually, the element continues in the next block
                if self._is_definite(error) or not self._read_more():
                    raise ImportRefused(ImportProblem.DAMAGED, detail=str(error)[:200]) from error
                continue
            if self._text[end : end + 1] not in _FOLLOWERS and self._read_more():  # a number may continue
                continue
            if is_too_deep(value, self._most_nesting):
                raise ImportRefused(ImportProblem.TOO_DEEP)
            self._position = end
            return value

    def _is_definite(self, error: ValueError) -> bool:
        """Return whether an error remains whatever the next block contains: a number that is too long, or a sign far from the end."""
        if not isinstance(error, json.JSONDecodeError):
            return True
        return not error.msg.startswith("Unterminated") and error.pos < len(self._text) - _LONGEST_SIGN

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
