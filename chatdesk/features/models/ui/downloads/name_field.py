"""Field for the name of a model to download, with a button and an error message."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.models.domain.model_names import read_model_name
from chatdesk.features.models.ui.judgement_texts import problem_text
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label

_MAX_TEXT_LENGTH = 2000
"""Page URLs are long; a model's name has at most a few hundred characters."""


class NameField(Translated, QWidget):
    """Name field. `named` carries a valid name; invalid input stays with an error message. `changed` is emitted at every change."""

    named = Signal(str)
    changed = Signal(str)
    doctor_requested = Signal()
    """It is to be found out why Ollama does not answer."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._can_get = False
        self._name = TextField(appearance, "", self, icon="download")
        self._name.edit.setObjectName("modelName")
        self._name.edit.setMaxLength(_MAX_TEXT_LENGTH)
        self._name.submitted.connect(self._get)
        self._name.changed.connect(self._enable)
        self._button = Button(appearance, "", ButtonKind.OUTLINED, self)
        self._button.setObjectName("getNamedModel")
        self._button.clicked.connect(self._get)
        self._problem = Label(appearance, "caption", "danger", self, wrap=True)
        self._problem.setObjectName("nameProblem")
        self._problem.hide()
        self._why = Button(appearance, "", ButtonKind.OUTLINED, self, small=True, icon="unplug")
        self._why.setObjectName("nameDoctor")
        self._why.clicked.connect(self.doctor_requested)
        self._why.hide()
        self._hint = Label(appearance, "caption", "textSecondary", self, wrap=True)
        self._hint.setObjectName("nameHint")
        self._hint.hide()
        self._name.changed.connect(self.changed)
        line = QHBoxLayout()
        line.setSpacing(appearance.theme.length("s"))
        line.addWidget(self._name, 1)
        line.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(appearance.theme.length("s"))
        column.addLayout(line)
        trouble = QHBoxLayout()
        trouble.setSpacing(appearance.theme.length("s"))
        trouble.addWidget(self._problem, 1)
        trouble.addWidget(self._why)
        column.addLayout(trouble)
        column.addWidget(self._hint)
        self._retranslate()

    def set_can_get(self, *, can_get: bool) -> None:
        """Set whether a server can download models."""
        if can_get != self._can_get:
            self._can_get = can_get
            self._button.setEnabled(can_get and bool(self._name.edit.text().strip()))
            self._button.setToolTip("" if can_get else self.tr("Ollama is not responding."))
            if can_get and self._problem.text() == self.tr("Ollama is not responding."):
                self._problem.hide()
                self._why.hide()

    @property
    def text(self) -> str:
        return self._name.edit.text()

    def show_hint(self, text: str) -> None:
        """Show what is known about the input; empty for nothing."""
        if text != self._hint.text():
            self._hint.set_text(text)
            self._hint.setVisible(bool(text))
            self._name.edit.setAccessibleDescription(text)

    def focus(self) -> None:
        """Focus the field."""
        self._name.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self, name: str) -> None:
        """Enter a name, and focus the field."""
        self._name.set_text(name)
        self.focus()

    def _get(self) -> None:
        text = self._name.edit.text().strip()
        if not text:
            return
        named = read_model_name(text)
        if named.problem:
            self._show_problem(problem_text(named.problem))
        elif not self._can_get:
            self._show_problem(self.tr("Ollama is not responding."))
            self._why.show()
        else:
            self._name.edit.clear()
            self.named.emit(text)

    def _show_problem(self, text: str) -> None:
        """Show an error; the input stays."""
        self._problem.set_text(text)
        self._problem.show()
        self._name.edit.setAccessibleDescription(text)

    def _enable(self) -> None:
        self._problem.hide()
        self._why.hide()
        self._name.edit.setAccessibleDescription("")
        self._button.setEnabled(self._can_get and bool(self._name.edit.text().strip()))

    def _retranslate(self) -> None:
        text = self.tr("Name such as qwen3:14b, a model page address, or a terminal command")
        self._name.edit.setPlaceholderText(text)
        self._name.edit.setAccessibleName(text)
        self._name.edit.setToolTip(text)
        self._why.setText(self.tr("Troubleshoot"))
        self._button.setText(self.tr("Download"))
        self._button.setToolTip("" if self._can_get else self.tr("Ollama is not responding."))
        self._enable()
