"""The field of one variable: what is typed, chosen or switched, as text."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from chatdesk.domain.presets.variable import TOGGLE_ON, Variable, VariableKind
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.button import Button
from chatdesk.ui.theme.button_kind import ButtonKind
from chatdesk.ui.theme.switch import Switch
from chatdesk.ui.theme.text_field import TextField

_LINES = 4
"""Of a long text, before it scrolls."""


class VariableField(QWidget):
    """`changed` comes with every change by a person. Enter in a field of one line is `submitted`."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, variable: Variable, control: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.variable = variable
        control.setParent(self)
        control.setObjectName(f"variable_{variable.name}")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(control)
        self.setFocusProxy(control)

    def value(self) -> str:
        """Return what is filled in."""
        raise NotImplementedError

    def set_value(self, value: str) -> None:
        """Fill it in. Says nothing."""
        raise NotImplementedError


def make_field(
    appearance: Appearance,
    variable: Variable,
    parent: QWidget,
    choose_file: Callable[["LongTextField"], None],
    selected_text: Callable[[], str],
) -> VariableField:
    """Return the field that fits. `choose_file` fills a field with a file's text; `selected_text` is what the transcript has selected."""
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


class LineField(VariableField):
    """One line of text, or a number."""

    def __init__(self, appearance: Appearance, variable: Variable, parent: QWidget) -> None:
        self._field = TextField(appearance, variable.title, placeholder=variable.hint)
        super().__init__(variable, self._field, parent)
        self._field.edit.textEdited.connect(self._edited)
        self._field.submitted.connect(self.submitted)

    def value(self) -> str:
        """Return the text."""
        return self._field.text().strip() if self.variable.kind is VariableKind.NUMBER else self._field.text()

    def set_value(self, value: str) -> None:
        """Show it."""
        if value != self._field.text():
            self._field.set_text(value)

    def problem(self) -> str:
        """Return what is wrong with a number; nothing if nothing is."""
        value, variable = self.value(), self.variable
        if variable.kind is not VariableKind.NUMBER or not value:
            return ""
        try:
            number = float(value.replace(",", "."))
        except ValueError:
            return self.tr("This is not a number.")
        if variable.minimum is not None and number < variable.minimum:
            return self.tr("At least {number}.").format(number=f"{variable.minimum:g}")
        if variable.maximum is not None and number > variable.maximum:
            return self.tr("At most {number}.").format(number=f"{variable.maximum:g}")
        return ""

    def _edited(self) -> None:
        self._field.set_error(self.problem())
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step a number with the arrows."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step and self.variable.kind is VariableKind.NUMBER and not self.problem():
            number = float(self.value().replace(",", ".") or 0) + step * (self.variable.step or 1)
            self._field.set_text(f"{number:g}")
            self._edited()
        else:
            super().keyPressEvent(event)


class ChoiceField(VariableField):
    """A box to choose from, and to type in if other words are allowed."""

    def __init__(self, variable: Variable, parent: QWidget) -> None:
        self._box = QComboBox()
        super().__init__(variable, self._box, parent)
        self._box.setEditable(variable.free)
        self._box.addItems(list(variable.choices))
        self._box.setAccessibleName(variable.title)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.activated.connect(self.changed)
        if edit := self._box.lineEdit():
            edit.setPlaceholderText(variable.hint)
            edit.textEdited.connect(self.changed)
            edit.returnPressed.connect(self.submitted)

    def value(self) -> str:
        """Return the words chosen or typed."""
        return self._box.currentText()

    def set_value(self, value: str) -> None:
        """Show them; what is not to choose from is shown if it may be typed."""
        if value == self._box.currentText():
            return
        index = self._box.findText(value)
        if index >= 0 or not self._box.isEditable():
            self._box.setCurrentIndex(index)
        else:
            self._box.setEditText(value)


class ToggleField(VariableField):
    """A switch."""

    def __init__(self, appearance: Appearance, variable: Variable, parent: QWidget) -> None:
        self._switch = Switch(appearance, variable.title)
        super().__init__(variable, self._switch, parent)
        self.column.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.setFixedHeight(appearance.theme.length("field"))
        self._switch.clicked.connect(self.changed)

    def value(self) -> str:
        """Return "on" or nothing."""
        return TOGGLE_ON if self._switch.isChecked() else ""

    def set_value(self, value: str) -> None:
        """Put it on or off."""
        self._switch.setChecked(value == TOGGLE_ON)


class DateField(VariableField):
    """A day; today if none is given."""

    def __init__(self, variable: Variable, parent: QWidget) -> None:
        self._edit = QDateEdit()
        super().__init__(variable, self._edit, parent)
        self._edit.setAccessibleName(variable.title)
        self._edit.setDate(QDate.currentDate())
        self._edit.userDateChanged.connect(self.changed)

    def value(self) -> str:
        """Return it as 2026-11-25."""
        return self._edit.date().toString(Qt.DateFormat.ISODate)

    def set_value(self, value: str) -> None:
        """Show a day; today if `value` is none."""
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = date.today()  # noqa: DTZ011 - the day on the wall
        self._edit.blockSignals(True)
        self._edit.setDate(QDate(day.year, day.month, day.day))
        self._edit.blockSignals(False)


class LongTextField(VariableField):
    """Several lines, with a button that fetches them where the kind says so: the clipboard, the selection, a file."""

    def __init__(
        self,
        appearance: Appearance,
        variable: Variable,
        parent: QWidget,
        choose_file: Callable[["LongTextField"], None],
        selected_text: Callable[[], str],
    ) -> None:
        self._edit = QPlainTextEdit()
        super().__init__(variable, self._edit, parent)
        self._appearance = appearance
        self._choose_file = choose_file
        self._selected_text = selected_text
        self._edit.setAccessibleName(variable.title)
        self._edit.setPlaceholderText(variable.hint)
        self._edit.setTabChangesFocus(True)
        self._edit.textChanged.connect(self._fit)
        self._silent = False
        self._edit.textChanged.connect(self._tell)
        self._fetch: Button | None = None
        if variable.kind is not VariableKind.LONG_TEXT:
            self._fetch = Button(appearance, "", ButtonKind.OUTLINED, self, small=True)
            self._fetch.setObjectName(f"fetch_{variable.name}")
            self._fetch.clicked.connect(self._get)
            row = QHBoxLayout()
            row.addWidget(self._fetch)
            row.addStretch(1)
            self.column.addLayout(row)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()

    def value(self) -> str:
        """Return the text."""
        return self._edit.toPlainText()

    def set_value(self, value: str) -> None:
        """Show it; an empty selection is filled with what is selected now."""
        if not value and self.variable.kind is VariableKind.SELECTION:
            value = self._selected_text()
        if value != self.value():
            self._silent = True
            self._edit.setPlainText(value)
            self._silent = False

    def fetched(self, text: str) -> None:
        """Show what was fetched, for the person to change; undo brings back what was there."""
        cursor = self._edit.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _get(self) -> None:
        match self.variable.kind:
            case VariableKind.CLIPBOARD:
                self.fetched(QGuiApplication.clipboard().text())
            case VariableKind.SELECTION:
                self.fetched(self._selected_text())
            case _:
                self._choose_file(self)

    def _tell(self) -> None:
        if not self._silent:
            self.changed.emit()

    def _fit(self) -> None:
        theme = self._appearance.theme
        lines = min(max(self._edit.document().lineCount(), 2), _LINES)
        self._edit.setFixedHeight(lines * self._edit.fontMetrics().lineSpacing() + 2 * theme.length("s"))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._edit.setFont(theme.font("ui"))
        self._edit.document().setDocumentMargin(theme.length("xs"))
        self.column.setSpacing(theme.length("xs"))
        self._fit()

    def _retranslate(self) -> None:
        if self._fetch:
            words = {
                VariableKind.CLIPBOARD: self.tr("Paste"),
                VariableKind.SELECTION: self.tr("Take the selection"),
                VariableKind.FILE: self.tr("Choose a file…"),
            }
            self._fetch.setText(words[self.variable.kind])

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
