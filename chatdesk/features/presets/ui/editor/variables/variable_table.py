"""Table of the variables of a preset, one row each, in the order of the preset."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from chatdesk.features.presets.ui.editor.variables.declaration_form import DeclarationForm
from chatdesk.features.presets.ui.library.library_texts import kind_name
from chatdesk.features.presets.ui.use.variable_field import VariableField
from chatdesk.features.presets.ui.use.variable_field_factory import make_field
from chatdesk.kernel.presets.variable import Variable, VariableKind
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label

_NAME_WIDTH, _KIND_WIDTH = 104, 72
"""Widths in px at 100 % scale."""
_EXTERNAL_KINDS = frozenset({VariableKind.FILE, VariableKind.SELECTION, VariableKind.CLIPBOARD})
_FIELD_DEPENDENCIES = ("kind", "choices", "free", "hint", "label")
"""Fields of a declaration whose change requires a new form field."""


class VariableRow(Translated, QWidget):
    """Row with name, kind, a value for the preview, and the declaration form, which is created on first use."""

    declared = Signal(object)
    """The changed declaration."""
    renamed = Signal(str, str)
    """The current name and the new one."""
    removed = Signal(str)
    value_changed = Signal()

    def __init__(self, appearance: Appearance, variable: Variable, value: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._variable = variable
        self._form: DeclarationForm | None = None
        self._name = VariableName(appearance, variable.name, self)
        self._kind = Label(appearance, "caption", "textSecondary", self, elide=True)
        self._field = self._make_field(value)
        self._edit = IconButton(appearance, "sliders-horizontal", self, size=IconButtonSize.ROW)
        self._edit.setObjectName(f"declare.{variable.name}")
        self._edit.setCheckable(True)
        self._edit.clicked.connect(self._open)
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        top = Qt.AlignmentFlag.AlignTop
        self._layout.addWidget(self._name, 0, 0, top)
        self._layout.addWidget(self._kind, 0, 1, top)
        self._layout.addWidget(self._field, 0, 2)
        self._layout.addWidget(self._edit, 0, 3, top)
        self._layout.setColumnStretch(2, 1)
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def variable(self) -> Variable:
        """The current declaration."""
        return self._variable

    def value(self) -> str:
        """Return the value for the preview."""
        return self._field.value()

    def show_variable(self, variable: Variable, value: str | None = None) -> None:
        """Show a changed declaration of the variable; if `value` is None, the value is kept."""
        before, self._variable = self._variable, variable
        if any(getattr(before, name) != getattr(variable, name) for name in _FIELD_DEPENDENCIES):
            self._replace_field()
        if value is not None:
            self._field.set_value(value)
        elif before.default != variable.default and self._field.value() in {before.default, ""}:
            self._field.set_value(variable.default)
        if self._form:
            self._form.show_variable(variable)
        self._retranslate()

    def show_name_problem(self) -> None:
        """Show that the entered name is invalid."""
        if self._form:
            self._form.show_name_problem()

    def _make_field(self, value: str) -> VariableField:
        # Values that a chat takes from elsewhere are typed here, for the preview only.
        kind = VariableKind.LONG_TEXT if self._variable.kind in _EXTERNAL_KINDS else self._variable.kind
        field = make_field(self._appearance, replace(self._variable, kind=kind), self, _fetch_nothing, str)
        field.set_value(value)
        field.changed.connect(self.value_changed)
        self._control = _control_of(field)
        return field

    def _replace_field(self) -> None:
        old, before = self._field, self._control
        self._field = self._make_field(old.value())
        QWidget.setTabOrder(before, self._control)
        self._layout.replaceWidget(old, self._field)
        self._field.show()
        old.hide()
        old.deleteLater()

    def in_tab_order(self) -> list[QWidget]:
        """Return the widgets in tab order."""
        form = self._form.in_tab_order() if self._form else []
        return [self._control, self._edit, *form]

    def open(self) -> None:
        """Show the declaration form."""
        self._edit.setChecked(True)
        self._open()
        self._edit.setFocus(Qt.FocusReason.TabFocusReason)

    def _open(self) -> None:
        if self._form is None:
            self._form = DeclarationForm(self._appearance, self._variable, self)
            self._form.changed.connect(self._change)
            self._form.renamed.connect(lambda name: self.renamed.emit(self._variable.name, name))
            self._form.removed.connect(lambda: self.removed.emit(self._variable.name))
            self._layout.addWidget(self._form, 1, 0, 1, 4)
            for before, after in pairwise(self.in_tab_order()):
                QWidget.setTabOrder(before, after)
        self._form.setVisible(self._edit.isChecked())

    def _change(self, variable: Variable) -> None:
        self.show_variable(variable)
        self.declared.emit(variable)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._layout.setHorizontalSpacing(theme.length("s"))
        self._layout.setVerticalSpacing(theme.length("s"))
        self._layout.setColumnMinimumWidth(0, round(_NAME_WIDTH * theme.scale))
        self._name.setFixedSize(round(_NAME_WIDTH * theme.scale), theme.length("field"))
        self._kind.setFixedSize(round(_KIND_WIDTH * theme.scale), theme.length("field"))

    def _retranslate(self) -> None:
        self._kind.set_text(kind_name(self._variable.kind))
        self._edit.set_name(self.tr("Type, default and choices of {name}").format(name=self._variable.name))


def _control_of(field: QWidget) -> QWidget:
    """Return the widget that receives the focus of a field, and remove the focus proxies: otherwise Tab would stop at it twice."""
    while proxy := field.focusProxy():
        field.setFocusProxy(None)  # type: ignore[arg-type]  # Qt allows None
        field = proxy
    return field


def _fetch_nothing(_field: object) -> None:
    """Do nothing: the callback for choosing a file, for which no field here has a button."""


class VariableName(QWidget):
    """Name of a variable, painted as a chip as in the prompt."""

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._label = Label(appearance, "ui", "accentText", self, text=name, elide=True)
        self._label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._label, 0, Qt.AlignmentFlag.AlignVCenter)
        self._layout.addStretch(1)
        appearance.bind(self._restyle)

    def _restyle(self) -> None:
        pad = self._appearance.theme.length("xs")
        self._layout.setContentsMargins(pad, 0, pad, 0)
        self._layout.setSpacing(0)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        pad = theme.length("xs")
        tag_rect = QRectF(self._label.geometry()).adjusted(-pad, 0, pad, 0)
        border = theme.color("accentBorder") if theme.scheme.high_contrast else None
        draw_box(QPainter(self), tag_rect, theme.length("radius.tag"), theme.color("accentSoft"), border)


class VariableTable(QWidget):
    """A row is kept while a variable with its name exists, so that typing in the prompt does not affect other rows."""

    declared = Signal(object)
    """The declaration that the user changed."""
    renamed = Signal(str, str)
    removed = Signal(str)
    values_changed = Signal()

    def __init__(self, appearance: Appearance, after: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._after = after
        """The widget before the table in the tab order."""
        self._rows: dict[str, VariableRow] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        appearance.bind(self._restyle)

    def show_variables(self, variables: Sequence[Variable], values: Mapping[str, str] | None = None) -> None:
        """Show these variables. With `values`, they get these values or their defaults."""
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
        for variable in variables:  # tab order is the visual order, not that of creation
            for part in self._rows[variable.name].in_tab_order():
                QWidget.setTabOrder(before, part)
                before = part

    def open(self, name: str) -> None:
        """Show the declaration form of a variable."""
        if row := self._rows.get(name):
            row.open()

    def show_name_problem(self, name: str) -> None:
        """Show that the name entered for a variable is invalid."""
        if row := self._rows.get(name):
            row.show_name_problem()

    def values(self) -> dict[str, str]:
        """Return the values by variable name."""
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
