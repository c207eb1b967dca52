"""One line to type in, with room below for the sentence that says what is wrong with it."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.style import INVALID_PROPERTY
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label

# Keeps a text that is written in a field of several lines from growing too long: what does not fit is not
# taken, all before it stays.

_LOW_SURROGATES = range(0xDC00, 0xE000)


class TextLimit(QObject):
    """Of `edit`, which holds at most `longest` characters, as Qt counts them: never more than Python does."""

    reached = Signal(bool)
    """Something did not fit (True), or something changed since, and all of it did (False)."""

    def __init__(self, edit: QPlainTextEdit, longest: int) -> None:
        super().__init__(edit)
        self._edit = edit
        self._longest = longest
        self._begin = self._end = 0
        """Where the latest insertion stands: nothing else is ever taken out."""
        self._cutting = False
        self._undoing = QTimer(self, singleShot=True, interval=0)
        """A document is not undone while it is being undone."""
        self._undoing.timeout.connect(edit.undo)
        edit.document().contentsChange.connect(self._note)
        edit.textChanged.connect(self._cut)

    def _note(self, place: int, _removed: int, added: int) -> None:
        if not self._cutting:
            self._begin, self._end = place, place + added

    def _cut(self) -> None:
        if self._cutting:
            return
        document = self._edit.document()
        too_many = document.characterCount() - 1 - self._longest
        if too_many > 0:
            if document.isRedoAvailable():  # it comes of undoing what was cut: what was put in goes, too
                self._undoing.start()
            else:
                self._cutting = True
                self._take_out(document, too_many)
                self._cutting = False
        self.reached.emit(too_many > 0)

    def _take_out(self, document: QTextDocument, too_many: int) -> None:
        """Take the end of what was put in last out again."""
        end = min(self._end, document.characterCount() - 1)
        begin = max(end - too_many, self._begin)
        if begin > self._begin and ord(document.characterAt(begin)) in _LOW_SURROGATES:
            begin -= 1  # no half of a character stays
        cursor = QTextCursor(document)
        cursor.setPosition(begin)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()


class TextField(QWidget):
    """32 px high, and higher while there is an error to tell. `name` is what a screen reader says: the words that stand beside it.

    `edit` is the line edit itself, for whatever it can do besides; its signals are there too.
    """

    changed = Signal(str)
    """The text, after every change whoever made it."""
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
        """Put `text` in it."""
        self.edit.setText(text)

    def set_name(self, name: str) -> None:
        """Set what a screen reader says."""
        self.edit.setAccessibleName(name)

    def set_placeholder(self, text: str) -> None:
        """Set what stands in it while it is empty."""
        self.edit.setPlaceholderText(text)

    def set_error(self, sentence: str) -> None:
        """Say what is wrong, and how to mend it; an empty sentence is nothing. A screen reader finds it as the field's description."""
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
