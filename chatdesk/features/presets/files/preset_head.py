"""Header of a preset file: splitting, and typed access to its values with validation. `preset_file.py` interprets them.

Errors contain line numbers of the file; the header starts on line 2.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeVar

from chatdesk.features.presets.files.plain_text import clean_line
from chatdesk.kernel.errors.preset_errors import PresetInvalid, PresetProblem
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.parameters import NumberRange

MAX_HEADER_LENGTH = 200_000
"""Maximum characters of the header, because the parser is slow. Long texts belong below the header."""
MAX_LINE_LENGTH = 2_000
"""Maximum characters of a single-line text after sanitizing."""
MAX_LIST_ITEMS = 500
"""Maximum number of items in a list: choices, tags, models."""
FENCE = "+++"

_MAX_NUMBER = 1e15
"""Maximum number: integers up to this value are exact and fit into a spin box."""

Word = TypeVar("Word", bound=StrEnum)
_END = re.compile(rf"^{re.escape(FENCE)}[^\S\n]*$", re.MULTILINE)
_TOML_LINE = re.compile(r"\(at line (\d+)")
_DEEP_KEY = re.compile(r"""(?<![\w"'-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){100}""")
"""A key with 100 or more parts: the time of the parser is quadratic in their number."""


def split_head(text: str) -> tuple[str, str]:
    """Return the header without its fences, and the body. Raises `PresetInvalid` for an unclosed header."""
    first, _, rest = text.partition("\n")
    if first.rstrip() != FENCE:
        return "", text
    end = _END.search(rest)
    if end:
        return rest[: end.start()] or "\n", rest[end.end() + 1 :]
    raise PresetInvalid(PresetProblem.NOT_CLOSED, 1)


@dataclass(frozen=True, slots=True)
class PresetHead:
    """A table of the header with the source text, for line numbers."""

    table: Mapping[str, object]
    source: str
    prefix: str = ""

    @classmethod
    def of(cls, text: str) -> "PresetHead":
        """Parse a header. Raises `PresetInvalid`."""
        return cls(_parsed(text), text)

    def text(self, key: str) -> str:
        """Return a string as written."""
        value = self.table.get(key, "")
        if not isinstance(value, str):
            raise self.wrong_type(key)
        return value

    def line(self, key: str, max_length: int = MAX_LINE_LENGTH) -> str:
        """Return a string as a single line without line breaks, invisible and directional characters."""
        return self._in_one_line(key, self.text(key), max_length)

    def lines(self, key: str) -> tuple[str, ...]:
        """Return a list of single-line strings."""
        return tuple(self._in_one_line(key, entry, MAX_LINE_LENGTH) for entry in self.texts(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of strings as written."""
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise self.wrong_type(key)
        if len(value) > MAX_LIST_ITEMS:
            raise self.too_long(key)
        return tuple(value)

    def _in_one_line(self, key: str, text: str, max_length: int) -> str:
        line = clean_line(text[: max_length * 5])  # invisible characters do not count
        if len(line) > max_length or len(text) > max_length * 5:
            raise self.too_long(key)
        return line

    def flag(self, key: str, *, default: bool) -> bool:
        """Return a boolean."""
        value = self.table.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong_type(key)
        return value

    def number(self, key: str) -> float | None:
        """Return a number within the limit; None if it is missing."""
        value = self.table.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value or abs(value) > _MAX_NUMBER:
            raise self.wrong_type(key)
        return float(value)

    def number_in(self, key: str, allowed: NumberRange) -> float | None:
        """Return a number within a range; None if it is missing."""
        value = self.number(key)
        if value is None:
            return None
        if allowed.whole and not value.is_integer():
            raise self.wrong_type(key)
        if not allowed.has(value):
            raise self.out_of_range(key, f"{allowed.least:,.15g} – {allowed.most:,.15g}")
        return allowed.made(value)

    def checked(self, key: str, fits: Callable[[str], bool], what: str) -> str | None:
        """Return a string that satisfies `fits`; None if it is missing. `what` describes the valid strings."""
        value = self.text(key)
        if value and not fits(value):
            raise self.out_of_range(key, what)
        return value or None

    def enum_value(self, key: str, kind: type[Word], default: Word) -> Word:
        """Return a member of an enum."""
        value = self.text(key)
        try:
            return kind(value) if value else default
        except ValueError:
            raise PresetInvalid(PresetProblem.UNKNOWN_WORD, self.line_of(key), self.prefix + key) from None

    def wrong_type(self, key: str) -> PresetInvalid:
        """Return the error for a value of the wrong type."""
        return PresetInvalid(PresetProblem.WRONG_TYPE, self.line_of(key), self.prefix + key)

    def out_of_range(self, key: str, what: str) -> PresetInvalid:
        """Return the error for an invalid value; `what` describes the valid ones."""
        return PresetInvalid(PresetProblem.OUT_OF_RANGE, self.line_of(key), f"{self.prefix}{key}: {what}")

    def too_long(self, key: str) -> PresetInvalid:
        """Return the error for a string or a list that is too long."""
        return PresetInvalid(PresetProblem.TOO_LONG, self.line_of(key), self.prefix + key)

    def line_of(self, key: str) -> int:
        """Return the line of the file that sets the key first; 0 if it is not found."""
        key_line = re.search(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*[=.]", self.source, re.MULTILINE)
        return self.source.count("\n", 0, key_line.start()) + 2 if key_line else 0


def _parsed(head: str) -> dict[str, object]:
    if len(head) > MAX_HEADER_LENGTH:
        raise PresetInvalid(PresetProblem.HEAD_TOO_LARGE, 1)
    if deep := _DEEP_KEY.search(head):
        raise PresetInvalid(PresetProblem.NOT_TOML, head.count("\n", 0, deep.start()) + 2, "nested too deep")
    try:
        return tomllib.loads(head)
    except tomllib.TOMLDecodeError as error:
        line = _TOML_LINE.search(str(error))
        at = int(line[1]) if line else head.count("\n")
        raise PresetInvalid(PresetProblem.NOT_TOML, at + 1, str(error)) from error
    except RecursionError as error:
        raise PresetInvalid(PresetProblem.NOT_TOML, 0, "nested too deep") from error
    except ValueError as error:  # a number with thousands of digits
        raise PresetInvalid(PresetProblem.NOT_TOML, 0, str(error)) from error
