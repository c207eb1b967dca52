"""One line to type in, with room below for the sentence that says what is wrong with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.style import INVALID_PROPERTY
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label


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
        appearance.changed.connect(self._restyle)
        self._restyle()

    def text(self) -> str:
        """Return what stands in it."""
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
