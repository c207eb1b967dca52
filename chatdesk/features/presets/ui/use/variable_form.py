"""Form for the variables of a preset, which can be filled in by keyboard."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.features.presets.ui.use.variable_field import VariableField
from chatdesk.features.presets.ui.use.variable_field_factory import make_field
from chatdesk.kernel.presets.variable import Variable, VariableKind
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated


class VariableForm(Translated, QWidget):
    """One row for each variable. `completed`: Enter was pressed in the last field."""

    changed = Signal()
    completed = Signal()
    file_requested = Signal(object)
    """The `LongTextField` or `UploadField` that requests a file."""

    def __init__(
        self,
        appearance: Appearance,
        parent: QWidget | None = None,
        selected_text: Callable[[], str] = str,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._selected_text = selected_text
        self._variables: tuple[Variable, ...] = ()
        self._fields: list[VariableField] = []
        self._rows: list[FormRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        appearance.bind(self._restyle)

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The variables of the form."""
        return self._variables

    def show_variables(self, variables: Sequence[Variable], values: Mapping[str, str]) -> None:
        """Show a form for these variables, filled with `values`. If the variables are unchanged, the fields and the focus are kept."""
        if tuple(variables) != self._variables:
            self._variables = tuple(variables)
            self._make_rows()
        for field in self._fields:
            field.set_value(values.get(field.variable.name, field.variable.default))

    def values(self) -> dict[str, str]:
        """Return the entered values by variable name."""
        return {field.variable.name: field.value() for field in self._fields}

    def show_missing(self, missing: Sequence[Variable]) -> None:
        """Mark the variables that must be filled in, and focus the first one."""
        names = {variable.name for variable in missing}
        for field, row in zip(self._fields, self._rows, strict=True):
            # Otherwise the field shows its own error.
            is_empty = field.variable.name in names and not field.value().strip()
            row.set_problem(self.tr("Required.") if is_empty else "")
        self.focus_field(missing)

    def focus_field(self, variables: Sequence[Variable]) -> bool:
        """Focus the field of the first of these variables; returns False if there is none."""
        names = {variable.name for variable in variables}
        return self._focus([field for field in self._fields if field.variable.name in names])

    def focus_first_field(self) -> bool:
        """Focus the first empty field, or else the first field; returns False if there is none."""
        return self._focus([field for field in self._fields if not field.value()] or self._fields)

    def _focus(self, fields: Sequence[VariableField]) -> bool:
        """Focus the first of these fields as Tab does, with its content selected."""
        if fields:
            fields[0].setFocus(Qt.FocusReason.TabFocusReason)
        return bool(fields)

    def _make_rows(self) -> None:
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows, self._fields = [], []
        for variable in self._variables:
            field = make_field(self._appearance, variable, self, self.file_requested.emit, self._selected_text)
            field.changed.connect(self._changed)
            field.submitted.connect(lambda field=field: self._next(field))
            row = FormRow(self._appearance, field, self)
            self._fields.append(field)
            self._rows.append(row)
            self._column.addWidget(row)
        for before, after in zip(self._fields, self._fields[1:], strict=False):
            QWidget.setTabOrder(before.focusProxy() or before, after.focusProxy() or after)
        self._retranslate()

    def _changed(self) -> None:
        for field, row in zip(self._fields, self._rows, strict=True):
            if row.problem and field.value().strip():
                row.set_problem("")
        self.changed.emit()

    def _next(self, field: VariableField) -> None:
        index = self._fields.index(field) + 1
        if index < len(self._fields):
            self._fields[index].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.completed.emit()

    def _restyle(self) -> None:
        self._column.setSpacing(self._appearance.theme.length("s"))

    def _retranslate(self) -> None:
        for variable, row in zip(self._variables, self._rows, strict=True):
            optional = "" if variable.required else self.tr("optional")
            has_value = variable.default or variable.choices or variable.kind is VariableKind.TOGGLE
            row.set_labels(plain_line(variable.title), "" if has_value or variable.hint else optional)
