"""A row of a form: a label, a field, and a hint below it."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.ui_kit.forms.rows import StackingRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.widgets.label import Label

_LABEL_WIDTH = 104  # px at 100 %


class FormRow(QWidget):
    """A form row. An error is shown by the field itself, or by the row in place of the hint."""

    def __init__(self, appearance: Appearance, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._hint_words = ""
        self._problem = ""
        self._warning = ""
        self._saved_elsewhere: str | None = None
        self._label = Label(appearance, "ui", "textSecondary", wrap=True)
        self._label.setBuddy(field)
        self._control = field
        self._note = Label(appearance, "caption", "textTertiary", wrap=True)
        self._start = start = QWidget(self)
        end = QWidget(self)
        self._end_column = QVBoxLayout(end)
        self._end_column.setContentsMargins(0, 0, 0, 0)
        self._end_column.addWidget(field)
        self._end_column.addWidget(self._note)
        self._end_column.addStretch()  # next to a multi-line label, the field is at the top
        self._start_column = QVBoxLayout(start)
        self._start_column.addWidget(self._label)
        self._start_column.addStretch(1)
        self._row = StackingRow(appearance, start, end, self, start_width=_LABEL_WIDTH)
        self._row.stacked_changed.connect(self._restyle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._row)
        appearance.bind(self._restyle)
        self._show_note()

    @property
    def problem(self) -> str:
        """The current error message."""
        return self._problem

    def set_labels(self, label: str, hint: str = "") -> None:
        """Set the label and the hint."""
        self._label.set_text(label)
        self._hint_words = hint
        self._show_note()

    def hide_label(self) -> None:
        """Show only the field and its hint, for example below a heading that names it."""
        self._start.hide()

    def set_problem(self, text: str) -> None:
        """Show an error message; an empty one clears it."""
        self._problem = text
        self._show_note()

    def set_warning(self, text: str) -> None:
        """Show a warning; an empty one clears it."""
        self._warning = text
        self._show_note()

    def set_saved_elsewhere(self, now: str | None) -> None:
        """Report that the value was changed elsewhere while it is being edited here; `now` is the new value, None clears the warning."""
        self._saved_elsewhere = now
        self._show_note()

    def _show_note(self) -> None:
        warning = self._warning
        if self._saved_elsewhere is not None:
            translate = QCoreApplication.translate  # in a subclass, `tr` would have another context
            now = plain_line(self._saved_elsewhere) or translate("FormRow", "empty")
            text = translate(
                "FormRow", "This value was changed elsewhere to: {now}. Saving replaces it with the value shown here."
            )
            warning = text.format(now=now)
        self._note.set_text(self._problem or warning or self._hint_words)
        self._note.set_color("danger" if self._problem else "warning" if warning else "textTertiary")
        self._note.setVisible(bool(self._note.text()))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._end_column.setSpacing(theme.length("xs"))
        # Align the label with the text in the field, or with a switch, which is lower.
        first_line = min(theme.length("field"), self._control.sizeHint().height())
        top = 0 if self._row.stacked else max(0, first_line - theme.line("ui")) // 2
        self._start_column.setContentsMargins(0, top, 0, 0)
