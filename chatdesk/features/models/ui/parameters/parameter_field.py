"""Field for one parameter of a chat: name, text field, and a note on the current value, an error, or that it is not sent."""

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from chatdesk.features.models.domain.parameter_state import Inherited, Origin
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.style import INVALID_PROPERTY
from chatdesk.ui_kit.text.parameter_numbers import parameter_in
from chatdesk.ui_kit.text.parameter_texts import hint_of, name_of, range_text, value_text
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label

_REPORT_DELAY = 400
"""Milliseconds without a key press until a value is reported."""


class ParameterField(Translated, QWidget):
    """Parameter field. An empty field means the default, which the placeholder shows."""

    changed = Signal(str, object)
    """The parameter's name and value; None if it is not set."""

    def __init__(self, appearance: Appearance, parameter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._parameter = parameter
        self._value: object = None
        self._inherited = Inherited()
        self._sent = True
        self._server = ""
        self._preset = ""
        self._name = Label(appearance, "ui", "text", self)
        self.edit = QLineEdit(self)
        self.edit.setObjectName(f"parameter.{parameter}")
        self.edit.textEdited.connect(self._typed)
        self.edit.editingFinished.connect(self._report)
        self._reset = IconButton(appearance, "undo-2", self, size=IconButtonSize.ROW)
        self._reset.setObjectName(f"reset.{parameter}")
        self._reset.clicked.connect(self._reset_value)
        self._note = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._timer = QTimer(self, singleShot=True, interval=_REPORT_DELAY)
        self._timer.timeout.connect(self._report)
        self._head = QHBoxLayout()
        self._head.addWidget(self._name, 1)
        self._head.addWidget(self._reset)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._head)
        self._column.addWidget(self.edit)
        self._column.addWidget(self._note)
        appearance.bind(self._restyle)

    @property
    def has_error(self) -> bool:
        """Whether the field contains something that is not a value."""
        return bool(self.edit.text().strip()) and self._read() is None

    def show_value(self, value: object, inherited: Inherited, *, sent: bool, server: str, preset: str) -> None:
        """Show the value, the value that applies if it is None, and whether the parameter is sent. Unreported input stays."""
        self._inherited, self._sent, self._server, self._preset = inherited, sent, server, preset
        if value != self._value or not self.edit.hasFocus():
            self._timer.stop()
            self._value = value
            self.edit.setText(value_text(value))
            self.edit.setCursorPosition(0)
        self._retranslate()

    def flush(self) -> None:
        """Report input that has not been reported yet, and remove invalid input."""
        if self._timer.isActive():
            self._report()
        self.edit.setText(value_text(self._value))

    def _typed(self) -> None:
        self._timer.start()
        self._update_note()

    def _report(self) -> None:
        self._timer.stop()
        value = self._read()
        if value != self._value and (value is not None or not self.edit.text().strip()):
            self._value = value
            self.changed.emit(self._parameter, value)
        self._update_note()

    def _reset_value(self) -> None:
        self.edit.clear()
        self._report()
        self.edit.setFocus()

    def _read(self) -> object:
        """Return the value of the text; None for an empty or invalid one."""
        return parameter_in(self._parameter, self.edit.text())

    def _update_note(self) -> None:
        """Show the most important note below the field."""
        typed, wrong = bool(self.edit.text().strip()), self.has_error
        translate = QCoreApplication.translate
        if wrong:
            text, color = range_text(self._parameter), "danger"
        elif not self._sent:
            text = translate("Parameters", "Not supported by {server}").format(server=self._server)
            color = "warning" if typed else "textTertiary"
        else:
            text, color = self._origin_text() if not typed else hint_of(self._parameter), "textTertiary"
        self._note.set_text(text)
        self._note.set_color(color)
        self.edit.setAccessibleDescription(text)
        self.edit.setProperty(INVALID_PROPERTY, wrong)
        self.edit.update()
        self._reset.setVisible(typed)

    def _origin_text(self) -> str:
        translate = QCoreApplication.translate
        hint = hint_of(self._parameter)
        match self._inherited.origin:
            case Origin.PRESET:
                return translate("Parameters", "From the preset “{preset}”").format(preset=self._preset)
            case Origin.MODEL:
                return translate("Parameters", "As set for this model on the Models page")
            case Origin.MAKERS:
                return translate("Parameters", "Recommended by the model's developer")
            case _:
                return hint

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._head.setSpacing(theme.length("xs"))
        self._column.setSpacing(theme.length("xs"))
        self._name.setMinimumHeight(theme.length("hitSmall"))  # keeps the height of the row if the button is hidden

    def _retranslate(self) -> None:
        translate = QCoreApplication.translate
        name = name_of(self._parameter)
        self._name.set_text(name)
        self.edit.setAccessibleName(name)
        value = value_text(self._inherited.value)
        self.edit.setPlaceholderText(value or translate("Parameters", "Default"))
        self._reset.set_name(translate("Parameters", "Reset {name}").format(name=name))
        self._update_note()

    def focusNextPrevChild(self, next_one: bool) -> bool:
        """Let Tab skip the reset button, which appears and disappears with the input. Shift+Tab reaches it."""
        if next_one and self.edit.hasFocus():
            self._reset.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        try:
            return super().focusNextPrevChild(next_one)
        finally:
            self._reset.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
