"""Errors of preset files. The features that show them word each problem."""

from enum import StrEnum

from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass


class PresetProblem(StrEnum):
    """What is wrong with a preset file. `detail` of `PresetInvalid` says more."""

    NOT_TEXT = "not-text"
    """The file is not UTF-8."""
    TOO_LARGE = "too-large"
    HEAD_TOO_LARGE = "head-too-large"
    TOO_LONG = "too-long"
    """Detail is the key of a text that is too long, or of a list with too many elements."""
    TOO_MANY = "too-many"
    """The folder has more presets than can be read."""
    NOT_CLOSED = "not-closed"
    """The header begins with `+++` and has no end."""
    NOT_TOML = "not-toml"
    """Detail is the message of the parser, in English."""
    NEWER_SCHEMA = "newer-schema"
    """Detail is the schema version of the file."""
    WRONG_TYPE = "wrong-type"
    """Detail is the key."""
    UNKNOWN_WORD = "unknown-word"
    """Detail is the key; its value is not one of the allowed ones."""
    OUT_OF_RANGE = "out-of-range"
    """Detail is the key and its range, as in `parameters.top_p: 0 – 1`."""
    BAD_NAME = "bad-name"
    """Detail is a variable name that is not valid or is reserved."""
    TWICE = "twice"
    """Detail is the name of a variable that is declared twice."""
    EMPTY = "empty"
    """There is no prompt, opening message or greeting."""
    BAD_FILE_NAME = "bad-file-name"
    """The name of the file is not valid text."""
    UNREADABLE = "unreadable"
    """The file cannot be read; detail is the system error."""


@dataclass(eq=False)
class PresetInvalid(ChatdeskError):
    """A file is not a valid preset. `line` counts from 1; 0 if the problem has no line. `file` is its name, if it has one."""

    problem: PresetProblem
    line: int = 0
    detail: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class BrokenPreset:
    """A file in the library that is not a valid preset. It is listed and never changed."""

    file: str
    problem: PresetProblem
    line: int = 0
    detail: str = ""
