"""Which field a variable has."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from chatdesk.domain.presets.variable import Variable, VariableKind
from chatdesk.ui.presets.long_text_field import LongTextField
from chatdesk.ui.presets.upload_field import UploadField
from chatdesk.ui.presets.variable_field import ChoiceField, DateField, LineField, ToggleField, VariableField
from chatdesk.ui.theme.appearance import Appearance


def make_field(
    appearance: Appearance,
    variable: Variable,
    parent: QWidget,
    choose_file: Callable[[LongTextField | UploadField], None],
    selected_text: Callable[[], str],
) -> VariableField:
    """Return the field that fits. `choose_file` fills a field with a file's text; `selected_text` is what the transcript has selected."""
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
