"""Variables of a preset: values that the user fills in before the prompt is sent. `template.py` inserts them into the text."""

from datetime import date
from enum import StrEnum
from math import isfinite

from chatdesk.kernel.fast_dataclass import dataclass


class VariableKind(StrEnum):
    """Type of a variable, and so of its control. The values are used in preset files."""

    TEXT = "text"
    LONG_TEXT = "long-text"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    TOGGLE = "toggle"
    FILE = "file"
    """The text of a file."""
    SELECTION = "selection"
    """The text selected in the transcript when the form opens. The user can edit it there."""
    CLIPBOARD = "clipboard"
    """The text of the clipboard, inserted on request."""


FETCHED = frozenset({VariableKind.FILE, VariableKind.SELECTION, VariableKind.CLIPBOARD})
"""Types whose value is fetched from elsewhere."""


class SystemVariable(StrEnum):
    """Variables that the program fills in when the prompt is sent. Presets cannot declare variables of these names."""

    INPUT = "input"
    """The text in the composer."""
    DATE = "date"
    TIME = "time"
    LOCALE = "locale"
    MODEL = "model"
    LANGUAGE = "language"
    """The language of the chat, by its English name."""


SYSTEM_NAMES = frozenset(SystemVariable)


@dataclass(frozen=True, slots=True)
class Upload:
    """Restrictions for a file that is uploaded to an application. `kinds` are the application's own names of file types."""

    most_bytes: int
    endings: tuple[str, ...] = ()
    """Allowed file name extensions, with the dot, in lower case; empty: any."""
    kinds: tuple[str, ...] = ()
    several: bool = False
    """Whether the application expects a list, even for one file."""
    most: int = 1
    """Maximum number of files."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable, declared in a preset's file or only used in its text (then it is a plain text variable).

    Values are always text, as inserted into the prompt; numbers and dates are written as in the file (`2.5`, `2026-11-25`). A toggle has
    the values "on" and "", and inserts `on` or `off` into the prompt. A choice may have a value that is not in `choices` if `free` is True.
    """

    name: str
    kind: VariableKind = VariableKind.TEXT
    label: str = ""
    """Label in the form; empty to use the name."""
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
    """Only for applications, not for presets: the file itself is uploaded, and the value refers to it there (`SentFile`)."""

    @property
    def title(self) -> str:
        """Title to show to the user."""
        return self.label or self.name

    def fits(self, value: str) -> bool:
        """Return whether the value is valid for its field. An empty value always is; whether it is required is checked separately."""
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
        """Return the text to insert into the prompt for this value."""
        if self.kind is VariableKind.TOGGLE:
            return (self.on or "yes") if value == TOGGLE_ON else self.off
        return value


TOGGLE_ON = "on"

_FIRST_YEAR = 1753
"""Calendars differ before this year, and date fields do not go back further."""


def number_of(value: str) -> float | None:
    """Return a number entered with a decimal point or comma; None for anything else."""
    try:
        number = float(value.strip().replace(",", "."))
    except ValueError:
        return None
    return number if isfinite(number) else None


def day_of(value: str) -> date | None:
    """Return a date entered as in 2026-11-25; None for anything else."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if day.year >= _FIRST_YEAR else None
