"""A single-line text field with an error message below it, and a length limit for multi-line fields."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.style import INVALID_PROPERTY
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label

# A length limit for a multi-line text: text that exceeds the limit is not inserted; existing text is kept.

_LOW_SURROGATES = range(0xDC00, 0xE000)


class TextLimit(QObject):
    """Limits the text of `edit` to `longest` characters as counted by Qt, which are never fewer than Python's."""

    reached = Signal(bool)
    """True if some text did not fit; False after a change that did."""

    def __init__(self, edit: QPlainTextEdit, longest: int) -> None:
        super().__init__(edit)
        self._edit = edit
        self._longest = longest
        self._begin = self._end = 0
        """Position of the last insertion. Nothing else is ever removed."""
        self._cutting = False
        self._undoing = QTimer(self, singleShot=True, interval=0)
        """Deferred, because a document cannot be undone during an undo."""
        self._undoing.timeout.connect(edit.undo)
        edit.document().contentsChange.connect(self._note)
        edit.textChanged.connect(self._cut)

    def _note(self, position: int, _removed: int, added: int) -> None:
        if not self._cutting:
            self._begin, self._end = position, position + added

    def _cut(self) -> None:
        if self._cutting:
            return
        document = self._edit.document()
        excess = document.characterCount() - 1 - self._longest
        if excess > 0:
            if document.isRedoAvailable():  # caused by undoing the truncation: undo the insertion as well
                self._undoing.start()
            else:
                self._cutting = True
                self._remove_excess(document, excess)
                self._cutting = False
        self.reached.emit(excess > 0)

    def _remove_excess(self, document: QTextDocument, excess: int) -> None:
        """Remove the end of the last insertion."""
        end = min(self._end, document.characterCount() - 1)
        begin = max(end - excess, self._begin)
        if begin > self._begin and ord(document.characterAt(begin)) in _LOW_SURROGATES:
            begin -= 1  # keep surrogate pairs together
        cursor = QTextCursor(document)
        cursor.setPosition(begin)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()


class TextField(QWidget):
    """A text field, 32 px high, or higher while an error is shown. `name` is the accessible name, that is, the label next to it.

    `edit` is the underlying line edit, for its further functions and signals.
    """

    changed = Signal(str)
    """The text, after every change by the user or the program."""
    submitted = Signal()

    def __init__(
        self,
        appearance: Appearance,
        name: str,
        parent: QWidget | None = None,
        *,
        text: str = "",
        placeholder: str = "",
        icon: str = "",
        mono: bool = False,
        secret: bool = False,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._mono = mono
        self.edit = QLineEdit(text, self)
        self.edit.setPlaceholderText(placeholder)
        self.edit.textChanged.connect(self.changed)
        self.edit.returnPressed.connect(self.submitted)
        self._has_icon = bool(icon)
        self._inside = QHBoxLayout(self.edit)
        if icon:
            self._inside.addWidget(
                IconLabel(appearance, icon, "textSecondary", self.edit), 0, Qt.AlignmentFlag.AlignLeft
            )
        if secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._error = Label(appearance, "caption", "danger", self, wrap=True)
        self._error_row = QWidget(self)
        self._row = QHBoxLayout(self._error_row)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._sign = IconLabel(appearance, "circle-alert", "danger", self._error_row, size="icon.small")
        self._row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._error, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.edit)
        self._column.addWidget(self._error_row)
        self._error_row.hide()
        self.setFocusProxy(self.edit)
        self.set_name(name)
        appearance.bind(self._restyle)

    def text(self) -> str:
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Set the text."""
        self.edit.setText(text)

    def set_name(self, name: str) -> None:
        """Set the accessible name."""
        self.edit.setAccessibleName(name)

    def set_placeholder(self, text: str) -> None:
        """Set the placeholder text."""
        self.edit.setPlaceholderText(text)

    def set_error(self, sentence: str) -> None:
        """Show an error message with its solution; an empty one clears it. Screen readers find it as the accessible description."""
        self._error.set_text(sentence)
        self._error_row.setVisible(bool(sentence))
        self.edit.setProperty(INVALID_PROPERTY, bool(sentence))
        self.edit.setAccessibleDescription(sentence)
        self.edit.update()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.edit.setFont(theme.font("code" if self._mono else "ui"))
        if self._has_icon:
            self._inside.setContentsMargins(theme.length("m"), 0, 0, 0)
            self.edit.setTextMargins(theme.length("icon.ui") + theme.length("s"), 0, 0, 0)
        self._sign.setFixedHeight(theme.line("caption"))
        self._row.setSpacing(theme.length("xs"))
        self._column.setSpacing(theme.length("xs"))
