"""Names of the variables for menus and completion: those of the preset, then the system variables."""

from collections.abc import Sequence
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.presets.variable import SystemVariable, Variable


@dataclass(frozen=True, slots=True)
class VariableName:
    """A name and a short description of its value."""

    name: str
    note: str = ""


def offered_names(variables: Sequence[Variable]) -> tuple[VariableName, ...]:
    """Return the names that can be written between braces."""
    own = (VariableName(variable.name, variable.label or variable.hint) for variable in variables)
    return (*own, *(VariableName(variable, system_note(variable)) for variable in SystemVariable))


def matching(names: Sequence[VariableName], typed: str) -> tuple[VariableName, ...]:
    """Return the names that start with the typed text, followed by those that contain it."""
    folded = typed.casefold()
    first = [each for each in names if each.name.casefold().startswith(folded)]
    return (*first, *(each for each in names if folded in each.name.casefold() and each not in first))


def system_note(variable: SystemVariable) -> str:
    """Return the description of a system variable."""
    translate = QCoreApplication.translate
    match variable:
        case SystemVariable.INPUT:
            return translate("Variables", "your text in the composer")
        case SystemVariable.DATE:
            return translate("Variables", "current date")
        case SystemVariable.TIME:
            return translate("Variables", "current time")
        case SystemVariable.LOCALE:
            return translate("Variables", "locale of this computer")
        case SystemVariable.MODEL:
            return translate("Variables", "name of the current model")
        case SystemVariable.LANGUAGE:
            return translate("Variables", "language of the chat")
        case _:
            assert_never(variable)
