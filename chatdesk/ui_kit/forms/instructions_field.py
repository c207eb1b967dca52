"""A field for instructions: a label with the estimated tokens, a text box that grows with its text, and an error below it."""

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from chatdesk.kernel.chat.instructions import MAX_INSTRUCTIONS_LENGTH
from chatdesk.kernel.context.token_estimate import estimate_tokens
from chatdesk.ui_kit.forms.folding_edit import FoldingEdit
from chatdesk.ui_kit.forms.lines_edit import LinesEdit
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.counts import about_tokens
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.label import Label

_REPORT_DELAY = 400
"""Milliseconds from a key press until the text is reported, however long the typing goes on."""
_LINES, _MAX_LINES = 4, 12


class InstructionsField(Translated, QWidget):
    """The field. `changed` carries the text when typing pauses, when the focus leaves, and with `flush`."""

    changed = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None, *, object_name: str) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._reported = ""
        self._label = Label(appearance, "ui", "text", self)
        self._tokens = Label(appearance, "caption", "textTertiary", self)
        self.edit = FoldingEdit()
        """The text editor."""
        self.edit.setObjectName(object_name)
        self._lines = LinesEdit(appearance, self, lines=_LINES, max_lines=_MAX_LINES, font="ui", edit=self.edit)
        self._lines.setFocusProxy(None)  # type: ignore[arg-type]  # Qt allows None: screen readers would see the focus twice
        self._problem = Label(appearance, "caption", "danger", self, wrap=True)
        self._problem.hide()
        self._label.setBuddy(self.edit)
        self._head_row = QWidget(self)
        self._head_row.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._head = QHBoxLayout(self._head_row)
        self._head.setContentsMargins(0, 0, 0, 0)
        self._head.addWidget(self._label, 1)
        self._head.addWidget(self._tokens)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._head_row)
        self._column.addWidget(self._lines)
        self._column.addWidget(self._problem)
        self._timer = QTimer(self, singleShot=True, interval=_REPORT_DELAY)
        self._timer.timeout.connect(self.flush)
        self.edit.textChanged.connect(self._on_text_changed)
        self.edit.installEventFilter(self)
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def text(self) -> str:
        """The text as entered."""
        return self.edit.text()

    def set_labels(self, label: str, placeholder: str = "") -> None:
        """Set the label and the placeholder."""
        self._label.set_text(label)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(label)

    def focus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Focus the text."""
        self.edit.setFocus(reason)

    def hide_label(self) -> None:
        """Hide the label, which is then only the accessible name, and the tokens."""
        self._head_row.hide()

    def show_text(self, text: str) -> None:
        """Show a text. Input that has not been reported yet is kept."""
        if text != self._reported and not self._timer.isActive():
            self._reported = text
            self.edit.set_text(text)
            self._timer.stop()
            self._show_state()

    def forget_history(self) -> None:
        """Forget what could be undone: the text belongs to something else now."""
        self.edit.forget_history()

    def flush(self) -> None:
        """Report a text that has not been reported yet. One that is too long is not reported; the error stays."""
        self._timer.stop()
        text = self.text
        if text != self._reported and len(text) <= MAX_INSTRUCTIONS_LENGTH:
            self._reported = text
            self.changed.emit(text)

    def _on_text_changed(self) -> None:
        if not self._timer.isActive():
            self._timer.start()
        self._show_state()

    def _show_state(self) -> None:
        text = self.text
        tokens = estimate_tokens(text.strip())
        self._tokens.set_text(about_tokens(tokens) if tokens else "")
        self._problem.setVisible(len(text) > MAX_INSTRUCTIONS_LENGTH)
        self._lines.set_invalid(invalid=len(text) > MAX_INSTRUCTIONS_LENGTH)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._column.setSpacing(theme.length("s"))
        self._head.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        text = QCoreApplication.translate("InstructionsField", "Enter at most {count} characters.")
        self._problem.set_text(text.format(count=QLocale().toString(MAX_INSTRUCTIONS_LENGTH)))
        self._show_state()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut and self._timer.isActive():
            self.flush()
        return super().eventFilter(watched, event)
