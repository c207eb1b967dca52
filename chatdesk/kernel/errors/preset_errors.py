"""What can be wrong with a preset's file, as data. The screen and the command line word it."""

from enum import StrEnum

from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.fast_dataclass import dataclass


class PresetProblem(StrEnum):
    """`detail` of `PresetInvalid` says what it is about."""

    NOT_TEXT = "not-text"
    """No UTF-8."""
    TOO_LARGE = "too-large"
    HEAD_TOO_LARGE = "head-too-large"
    TOO_LONG = "too-long"
    """Detail is the key of a text that is too long, or of a list that has too many."""
    TOO_MANY = "too-many"
    """The folder holds more than can be read."""
    NOT_CLOSED = "not-closed"
    """The head begins with `+++` and never ends."""
    NOT_TOML = "not-toml"
    """Detail is what the parser says, in English."""
    NEWER_SCHEMA = "newer-schema"
    """Detail is the file's schema."""
    WRONG_TYPE = "wrong-type"
    """Detail is the key."""
    UNKNOWN_WORD = "unknown-word"
    """Detail is the key; the value is none of those it can have."""
    OUT_OF_RANGE = "out-of-range"
    """Detail is the key and what it may be, as in `parameters.top_p: 0 – 1`."""
    BAD_NAME = "bad-name"
    """Detail is a variable's name that cannot be one, or that the program has taken."""
    TWICE = "twice"
    """Detail is a variable that is declared twice."""
    EMPTY = "empty"
    """No prompt, no opening message, no greeting."""
    BAD_FILE_NAME = "bad-file-name"
    """The name of the file is no text."""
    UNREADABLE = "unreadable"
    """The file system refused; detail is its reason."""


@dataclass(eq=False)
class PresetInvalid(ChatdeskError):
    """A file is no preset. `line` counts from 1; 0 where no line is to blame. `file` is its name, if it has one."""

    problem: PresetProblem
    line: int = 0
    detail: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class BrokenPreset:
    """A file of the library that cannot be read as a preset. It is listed, and never touched."""

    file: str
    problem: PresetProblem
    line: int = 0
    detail: str = ""
