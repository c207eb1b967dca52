"""A variable of a preset: what a person fills in before the prompt is sent. The text it stands in is `template.py`'s business."""

from dataclasses import dataclass
from enum import StrEnum


class VariableKind(StrEnum):
    """What is filled in, and with which control. The words are those of preset files."""

    TEXT = "text"
    LONG_TEXT = "long-text"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    TOGGLE = "toggle"
    FILE = "file"
    """The text of a file."""
    SELECTION = "selection"
    """What is selected in the transcript when the form opens; it can be changed there."""
    CLIPBOARD = "clipboard"
    """The text on the clipboard when a person asks for it."""


FETCHED = frozenset({VariableKind.FILE, VariableKind.SELECTION, VariableKind.CLIPBOARD})
"""What is filled with a text from elsewhere."""


class SystemVariable(StrEnum):
    """Filled in by the program when the prompt is sent. A preset cannot declare variables of these names."""

    INPUT = "input"
    """What is written in the composer."""
    DATE = "date"
    TIME = "time"
    LOCALE = "locale"
    MODEL = "model"
    LANGUAGE = "language"
    """The language of the chat, by its English name."""


SYSTEM_NAMES = frozenset(SystemVariable)


@dataclass(frozen=True, slots=True)
class Variable:
    """Declared in a preset's file, or only used in its text: then a text without anything more.

    Every value is text, as it is put into the prompt; numbers and dates are written as in the file (`2.5`, `2026-11-25`). A toggle has the
    values "on" and "", and puts `on` or `off` into the prompt. A choice may also hold what is not among `choices` if `free` says so.
    """

    name: str
    kind: VariableKind = VariableKind.TEXT
    label: str = ""
    """What the form says beside the field; the name if empty."""
    hint: str = ""
    default: str = ""
    choices: tuple[str, ...] = ()
    free: bool = False
    required: bool = False
    remember: bool = True
    """Whether the last value is offered the next time."""
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    on: str = ""
    off: str = ""

    @property
    def title(self) -> str:
        """What to call it on the screen."""
        return self.label or self.name

    def words_for(self, value: str) -> str:
        """Return what stands in the prompt for this value."""
        if self.kind is VariableKind.TOGGLE:
            return (self.on or "yes") if value == TOGGLE_ON else self.off
        return value


TOGGLE_ON = "on"
