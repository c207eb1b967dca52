"""Factory for the form fields of variables."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from chatdesk.features.presets.ui.use.long_text_field import LongTextField
from chatdesk.features.presets.ui.use.upload_field import UploadField
from chatdesk.features.presets.ui.use.variable_field import (
    ChoiceField,
    DateField,
    LineField,
    ToggleField,
    VariableField,
)
from chatdesk.kernel.presets.variable import Variable, VariableKind
from chatdesk.ui_kit.style.appearance import Appearance


def make_field(
    appearance: Appearance,
    variable: Variable,
    parent: QWidget,
    choose_file: Callable[[LongTextField | UploadField], None],
    selected_text: Callable[[], str],
) -> VariableField:
    """Return the field for a variable. `choose_file` fills a field from a file; `selected_text` returns the selection of the transcript."""
    if variable.upload:
        return UploadField(appearance, variable, parent, choose_file)
    match variable.kind:
        case VariableKind.CHOICE:
            return ChoiceField(variable, parent)
        case VariableKind.TOGGLE:
            return ToggleField(appearance, variable, parent)
        case VariableKind.DATE:
            return DateField(variable, parent)
        case VariableKind.LONG_TEXT | VariableKind.SELECTION | VariableKind.CLIPBOARD | VariableKind.FILE:
            return LongTextField(appearance, variable, parent, choose_file, selected_text)
        case VariableKind.TEXT | VariableKind.NUMBER:
            return LineField(appearance, variable, parent)
