"""Form for the declaration of a variable: kind, texts, default value and choices."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from chatdesk.features.presets.ui.editor.prompt.prompt_field import PromptField
from chatdesk.features.presets.ui.library.library_texts import kind_name
from chatdesk.kernel.presets.template import MAX_VARIABLE_NAME_LENGTH
from chatdesk.kernel.presets.variable import Variable, VariableKind
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import ring_reach
from chatdesk.ui_kit.text.parameter_numbers import number_of, written
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.switch import Switch

_KIND_OF_FIELD = {
    "choices": VariableKind.CHOICE,
    "free": VariableKind.CHOICE,
    "minimum": VariableKind.NUMBER,
    "maximum": VariableKind.NUMBER,
    "step": VariableKind.NUMBER,
    "on": VariableKind.TOGGLE,
    "off": VariableKind.TOGGLE,
}
_LINES = ("label", "hint", "default", "minimum", "maximum", "step", "on", "off")
_SWITCHES = ("free", "required", "remember")
_ORDER = (
    "label",
    "kind",
    "default",
    "choices",
    "free",
    "minimum",
    "maximum",
    "step",
    "on",
    "off",
    "hint",
    *_SWITCHES[1:],
)


class DeclarationForm(Translated, Card):
    """`changed` carries the current declaration."""

    changed = Signal(object)
    renamed = Signal(str)
    """A new name was entered; the receiver checks whether it is valid and unused."""
    removed = Signal()

    def __init__(self, appearance: Appearance, variable: Variable, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent, fill="page", radius="radius.control")
        self._variable = variable
        self._lines = {name: QLineEdit(self) for name in _LINES}
        self._switches = {name: Switch(appearance, "", self) for name in _SWITCHES}
        self._kind = QComboBox(self)
        self._choices = PromptField(appearance, self, grows=True)
        self._choices.setFocusProxy(None)  # type: ignore[arg-type]  # otherwise Tab would stop at it twice
        fields: dict[str, QWidget] = {**self._lines, "kind": self._kind, "choices": self._choices}
        fields |= {name: _at_start(appearance, switch) for name, switch in self._switches.items()}
        self._rows = {name: FormRow(appearance, fields[name], self) for name in _ORDER}
        self._name = QLineEdit(variable.name, self)
        self._name.setObjectName("variable.name")
        self._name.setMaxLength(MAX_VARIABLE_NAME_LENGTH)
        self._name.editingFinished.connect(self._rename)
        self._name_row = FormRow(appearance, self._name, self)
        self._remove = Button(appearance, "", parent=self, icon="trash-2", small=True)
        self._remove.setObjectName("removeVariable")
        self._remove.clicked.connect(self.removed)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._name_row)
        for row in self._rows.values():
            self._layout.addWidget(row)
        self._layout.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignTrailing)
        for kind in VariableKind:
            self._kind.addItem("", kind)
        for name, field in self._lines.items():
            field.setObjectName(f"variable.{name}")
            field.textEdited.connect(self._emit_changed)
        for name, switch in self._switches.items():
            switch.setObjectName(f"variable.{name}")
            switch.clicked.connect(self._emit_changed)
        self._kind.setObjectName("variable.kind")
        self._kind.activated.connect(self._emit_changed)
        self._choices.edit.setObjectName("variable.choices")
        self._choices.edit.changed.connect(self._emit_changed)
        appearance.bind(self._restyle)
        self._retranslate()
        self.show_variable(variable)

    def show_variable(self, variable: Variable) -> None:
        """Show a declaration without emitting `changed`."""
        self._variable = variable
        for name, field in self._lines.items():
            text = _text(variable, name)
            if field.text() != text:
                field.setText(text)
        for name, switch in self._switches.items():
            switch.setChecked(bool(getattr(variable, name)))
        self._kind.setCurrentIndex(self._kind.findData(variable.kind))
        if self._chosen_choices() != variable.choices:
            self._choices.edit.set_text("\n".join(variable.choices))
        for name, kind in _KIND_OF_FIELD.items():
            self._rows[name].setVisible(variable.kind is kind)

    def in_tab_order(self) -> list[QWidget]:
        """Return the widgets in tab order."""
        fields: dict[str, QWidget] = {
            **self._lines,
            **self._switches,
            "kind": self._kind,
            "choices": self._choices.edit,
        }
        return [self._name, *(fields[name] for name in self._rows), self._remove]

    def show_name_problem(self) -> None:
        """Show that the name is invalid."""
        self._name_row.set_problem(
            self.tr("Use letters, digits, _ and -, starting with a letter. The name must be unique.")
        )

    def _rename(self) -> None:
        name = self._name.text().strip()
        self._name_row.set_problem("")
        if name != self._variable.name:
            self.renamed.emit(name)

    def _emit_changed(self) -> None:
        values: dict[str, object] = {
            name: field.text() if isinstance(getattr(self._variable, name), str) else number_of(field.text())
            for name, field in self._lines.items()
        }
        values |= {name: switch.isChecked() for name, switch in self._switches.items()}
        kind = VariableKind(self._kind.currentData())  # Qt returns a plain string
        changed_variable = replace(self._variable, kind=kind, choices=self._chosen_choices(), **values)  # type: ignore[arg-type]
        if changed_variable == self._variable:
            return
        self._variable = changed_variable
        for name, only in _KIND_OF_FIELD.items():
            self._rows[name].setVisible(kind is only)
        self.changed.emit(changed_variable)

    def _chosen_choices(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self._choices.edit.text().splitlines() if line.strip())

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._layout.setContentsMargins(*[theme.length("m")] * 4)
        self._layout.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        texts: dict[str, tuple[str, str]] = {
            "label": (self.tr("Label"), self.tr("Shown in the form. Leave empty to use the variable name.")),
            "kind": (self.tr("Type"), ""),
            "default": (self.tr("Default"), self.tr("Initial value in the form.")),
            "choices": (self.tr("Choices"), self.tr("One per line.")),
            "free": (self.tr("Allow other values"), self.tr("You can also type a value that is not listed.")),
            "minimum": (self.tr("Minimum"), ""),
            "maximum": (self.tr("Maximum"), ""),
            "step": (self.tr("Step"), ""),
            "on": (self.tr("Text if yes"), self.tr("Inserted in the prompt if yes is chosen.")),
            "off": (self.tr("Text if no"), self.tr("Leave empty to insert nothing.")),
            "hint": (self.tr("Hint"), ""),
            "required": (self.tr("Required"), self.tr("A value is needed before you can send.")),
            "remember": (self.tr("Remember"), self.tr("Suggest the last value next time.")),
        }
        controls: dict[str, QWidget] = {
            **self._lines,
            **self._switches,
            "kind": self._kind,
            "choices": self._choices.edit,
        }
        self._name_row.set_labels(self.tr("Name"), self.tr("Renamed everywhere in the prompt."))
        self._name.setAccessibleName(self.tr("Name"))
        self._remove.setText(self.tr("Remove"))
        for name, (label, hint) in texts.items():
            self._rows[name].set_labels(label, hint)
            controls[name].setAccessibleName(label)
        for index, kind in enumerate(VariableKind):
            self._kind.setItemText(index, kind_name(kind))


def _text(variable: Variable, name: str) -> str:
    value = getattr(variable, name)
    return value if isinstance(value, str) else written(value)


def _at_start(appearance: Appearance, switch: Switch) -> QWidget:
    """Return a container with the switch at its start and space for the focus ring."""
    holder = QWidget()
    layout = QHBoxLayout(holder)
    restyle: Callable[[], None] = lambda: layout.setContentsMargins(0, *[ring_reach(appearance.theme)] * 3)  # noqa: E731
    restyle()
    layout.addWidget(switch)
    layout.addStretch(1)
    return holder
