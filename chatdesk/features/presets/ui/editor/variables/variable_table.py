"""The variables of the preset that is looked at, a row each, in the order of the preset."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.features.presets.ui.editor.variables.variable_row import VariableRow
from chatdesk.kernel.presets.variable import Variable
from chatdesk.ui_kit.style.appearance import Appearance


class VariableTable(QWidget):
    """A row stays while there is a variable of its name, so that typing in the prompt disturbs no other."""

    declared = Signal(object)
    """The declaration that a person changed."""
    renamed = Signal(str, str)
    removed = Signal(str)
    values_changed = Signal()

    def __init__(self, appearance: Appearance, after: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._after = after
        """What the keyboard comes from."""
        self._rows: dict[str, VariableRow] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def show_variables(self, variables: Sequence[Variable], values: Mapping[str, str] | None = None) -> None:
        """Show these. With `values` they are filled in anew, with these or their defaults."""
        names = {variable.name for variable in variables}
        for name in self._rows.keys() - names:
            row = self._rows.pop(name)
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        for number, variable in enumerate(variables):
            filled = None if values is None else values.get(variable.name, variable.default)
            row = self._rows.get(variable.name) or self._add(variable, filled)
            row.show_variable(variable, filled)
            if self._layout.indexOf(row) != number:
                self._layout.insertWidget(number, row)
            row.show()
        before = self._after
        for variable in variables:  # Tab goes as one reads, whenever a row was made
            for part in self._rows[variable.name].in_tab_order():
                QWidget.setTabOrder(before, part)
                before = part

    def open(self, name: str) -> None:
        """Show how a variable is declared."""
        if row := self._rows.get(name):
            row.open()

    def show_name_problem(self, name: str) -> None:
        """Say at a variable that the name written for it cannot be taken."""
        if row := self._rows.get(name):
            row.show_name_problem()

    def values(self) -> dict[str, str]:
        """Return what is filled in, by variable."""
        return {name: row.value() for name, row in self._rows.items()}

    def _add(self, variable: Variable, value: str | None) -> VariableRow:
        row = VariableRow(self._appearance, variable, variable.default if value is None else value, self)
        row.declared.connect(self.declared)
        row.renamed.connect(self.renamed)
        row.removed.connect(self.removed)
        row.value_changed.connect(self.values_changed)
        self._rows[variable.name] = row
        return row

    def _restyle(self) -> None:
        self._layout.setSpacing(self._appearance.theme.length("s"))
