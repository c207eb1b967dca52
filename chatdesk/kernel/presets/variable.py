"""A variable of a preset: what the user fills in before the prompt is sent. The text it stands in is `template.py`'s business."""

from datetime import date
from enum import StrEnum
from math import isfinite

from chatdesk.kernel.fast_dataclass import dataclass


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
    """The text on the clipboard when the user asks for it."""


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
class Upload:
    """A file that is sent to an application as it is. `kinds` are the application's own names of what it takes."""

    most_bytes: int
    endings: tuple[str, ...] = ()
    """Of file names, with the dot, in lower case; none: any."""
    kinds: tuple[str, ...] = ()
    several: bool = False
    """Whether the application wants a list, be it of one."""
    most: int = 1
    """Files that it takes."""


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
    upload: Upload | None = None
    """For applications only, no preset has one: the file itself is sent, and the value tells where it is there (`SentFile`)."""

    @property
    def title(self) -> str:
        """What to call it on the screen."""
        return self.label or self.name

    def fits(self, value: str) -> bool:
        """Whether its field can hold the value. None at all always fits; whether one is needed is another question."""
        if not value:
            return True
        match self.kind:
            case VariableKind.CHOICE:
                return self.free or value in self.choices
            case VariableKind.NUMBER:
                number = number_of(value)
                return number is not None and self._reaches(number)
            case VariableKind.DATE:
                return day_of(value) is not None
            case VariableKind.TOGGLE:
                return value == TOGGLE_ON
            case _:
                return True

    def _reaches(self, number: float) -> bool:
        return (self.minimum is None or self.minimum <= number) and (self.maximum is None or number <= self.maximum)

    def words_for(self, value: str) -> str:
        """Return what stands in the prompt for this value."""
        if self.kind is VariableKind.TOGGLE:
            return (self.on or "yes") if value == TOGGLE_ON else self.off
        return value


TOGGLE_ON = "on"

_FIRST_YEAR = 1753
"""Before it calendars of the world differ; no box for days goes further back."""


def number_of(value: str) -> float | None:
    """Return the number that was filled in, with a point or a comma; None for anything else."""
    try:
        number = float(value.strip().replace(",", "."))
    except ValueError:
        return None
    return number if isfinite(number) else None


def day_of(value: str) -> date | None:
    """Return the day that was filled in, as in 2026-11-25; None for anything else."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if day.year >= _FIRST_YEAR else None
