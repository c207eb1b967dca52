"""Form fields for variables, whose values are texts. `long_text_field.py` is the field for long texts."""

from datetime import date

from PySide6.QtCore import QDate, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QVBoxLayout, QWidget

from chatdesk.kernel.presets.variable import TOGGLE_ON, Variable, VariableKind, day_of, number_of
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.widgets.switch import Switch

_MAX_DIGITS = 15
"""Maximum digits of a number that is changed with the arrow keys; more digits are not exact."""


class VariableField(QWidget):
    """Base class. `changed` is emitted for every change by the user; `submitted` for Enter if `submits_with_enter`."""

    changed = Signal()
    submitted = Signal()
    submits_with_enter = True

    def __init__(self, variable: Variable, control: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.variable = variable
        control.setParent(self)
        control.setObjectName(f"variable_{variable.name}")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(control)
        self.setFocusProxy(control)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.submits_with_enter and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.submitted.emit()
        else:
            super().keyPressEvent(event)

    def value(self) -> str:
        """Return the value."""
        raise NotImplementedError

    def set_value(self, value: str) -> None:
        """Set the value without emitting `changed`."""
        raise NotImplementedError


class LineField(VariableField):
    """Single-line field for a text or a number."""

    def __init__(self, appearance: Appearance, variable: Variable, parent: QWidget) -> None:
        self._field = TextField(appearance, plain_line(variable.title), placeholder=plain_line(variable.hint))
        super().__init__(variable, self._field, parent)
        self._field.edit.textEdited.connect(self._edited)

    def value(self) -> str:
        """Return the text."""
        return self._field.text().strip() if self.variable.kind is VariableKind.NUMBER else self._field.text()

    def set_value(self, value: str) -> None:
        """Show a text."""
        if value != self._field.text():
            self._field.set_text(value)

    def problem(self) -> str:
        """Return the error of an invalid number; empty if it is valid."""
        value, variable = self.value(), self.variable
        if variable.kind is not VariableKind.NUMBER or not value:
            return ""
        number = number_of(value)
        if number is None:
            return self.tr("This is not a number.")
        if variable.minimum is not None and number < variable.minimum:
            return self.tr("The minimum is {number}.").format(number=_number_text(variable.minimum))
        if variable.maximum is not None and number > variable.maximum:
            return self.tr("The maximum is {number}.").format(number=_number_text(variable.maximum))
        return ""

    def _edited(self) -> None:
        self._field.set_error(self.problem())
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step a number with the arrow keys."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step and self.variable.kind is VariableKind.NUMBER and not self.problem():
            number = (number_of(self.value()) or 0) + step * (self.variable.step or 1)
            self._field.set_text(_number_text(number))
            self._edited()
        else:
            super().keyPressEvent(event)


class _ChoiceBox(QComboBox):
    """Combo box whose text is selected when it gets the focus, so that typing replaces it."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if edit := self.lineEdit():
            edit.selectAll()
            if event.reason() is Qt.FocusReason.MouseFocusReason:
                QTimer.singleShot(0, edit, edit.selectAll)  # the click that gave the focus sets the cursor


class ChoiceField(VariableField):
    """Combo box, editable if other values are allowed."""

    def __init__(self, variable: Variable, parent: QWidget) -> None:
        self._box = _ChoiceBox()
        super().__init__(variable, self._box, parent)
        self._box.setEditable(variable.free)
        self._box.addItems(list(variable.choices))
        self._box.setAccessibleName(plain_line(variable.title))
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.activated.connect(self.changed)
        if edit := self._box.lineEdit():
            edit.setPlaceholderText(plain_line(variable.hint))
            edit.setAccessibleName(plain_line(variable.title))
            edit.textEdited.connect(self.changed)
            self.submits_with_enter = False  # the text keeps the key if it accepts a completion
            edit.returnPressed.connect(self.submitted)

    def value(self) -> str:
        """Return the selected or typed text."""
        return self._box.currentText()

    def set_value(self, value: str) -> None:
        """Select a value; a value that is not among the choices is shown only if the box is editable."""
        if value == self._box.currentText():
            return
        index = self._box.findText(value)
        if index >= 0 or not self._box.isEditable():
            self._box.setCurrentIndex(index)
        else:
            self._box.setEditText(value)


class ToggleField(VariableField):
    """Switch."""

    def __init__(self, appearance: Appearance, variable: Variable, parent: QWidget) -> None:
        self._switch = Switch(appearance, plain_line(variable.title))
        super().__init__(variable, self._switch, parent)
        self.column.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.setFixedHeight(appearance.theme.length("field"))
        self._switch.clicked.connect(self.changed)

    def value(self) -> str:
        """Return `TOGGLE_ON` or an empty text."""
        return TOGGLE_ON if self._switch.isChecked() else ""

    def set_value(self, value: str) -> None:
        """Set the state of the switch."""
        self._switch.setChecked(value == TOGGLE_ON)


class DateField(VariableField):
    """Date field; today if no date is given."""

    def __init__(self, variable: Variable, parent: QWidget) -> None:
        self._edit = QDateEdit()
        super().__init__(variable, self._edit, parent)
        self._edit.setAccessibleName(plain_line(variable.title))
        self._edit.setDate(QDate.currentDate())
        self._edit.userDateChanged.connect(self.changed)

    def value(self) -> str:
        """Return the date in ISO format, such as 2026-11-25."""
        return self._edit.date().toString(Qt.DateFormat.ISODate)

    def set_value(self, value: str) -> None:
        """Show a date; today if `value` is not a date."""
        day = day_of(value) or date.today()  # noqa: DTZ011 - the local date
        self._edit.blockSignals(True)
        self._edit.setDate(QDate(day.year, day.month, day.day))
        self._edit.blockSignals(False)


def _number_text(number: float) -> str:
    """Return a number for a prompt: integers without a decimal point, large numbers without an exponent."""
    return f"{number:.{_MAX_DIGITS}g}"
