"""The popup for the password of a document. It is passed on, not stored."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.pictures.option_button import OptionButton
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.popup import Popup

_WIDTH = 360
"""In pixels at 100 %."""
_MAX_CHARACTERS = 1_000


class PasswordPopup(Translated, Popup):
    """The popup. It stays open until `close_unlocked`, so that another password can be tried."""

    entered = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget, name: str) -> None:
        super().__init__(appearance, parent)
        self.setObjectName("passwordPopup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._name = plain_line(name)
        self._is_closed = False
        self._title = Label(appearance, "ui", "text", self, strong=True, wrap=True)
        self._field = TextField(appearance, "", self, secret=True)
        self._field.edit.setObjectName("documentPassword")
        self._field.edit.setMaxLength(_MAX_CHARACTERS)
        self._field.changed.connect(self._show_state)
        self._field.submitted.connect(self._enter)
        self._note = Label(appearance, "caption", "textSecondary", self, wrap=True)
        self._open_button = Button(appearance, "", ButtonKind.FILLED, self, small=True)
        self._open_button.setObjectName("unlockDocument")
        self._open_button.clicked.connect(self._enter)
        self._body, self._foot = QVBoxLayout(), QHBoxLayout()
        self._foot.addStretch(1)
        self._foot.addWidget(self._open_button)
        for each in (self._title, self._field, self._note):
            self._body.addWidget(each)
        self._body.addLayout(self._foot)
        self.content.addLayout(self._body)
        self.closed.connect(self._note_closed)
        appearance.bind(self._arrange)
        self._retranslate()

    def open_beside(self, button: OptionButton) -> None:
        """Show it at the chip of a button."""
        button.setChecked(True)
        self.closed.connect(button.release)
        self.open_at(button.chip_anchor())
        self._field.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_wrong(self) -> None:
        """Say that the password is wrong."""
        if not self._is_closed:
            self._field.edit.setEnabled(True)
            self._field.set_error(self.tr("This password is wrong."))
            self._field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self._field.edit.selectAll()
            self._fit()

    def close_unlocked(self) -> None:
        """Close it, if the user has not done so."""
        if not self._is_closed:
            self.close()

    def _note_closed(self) -> None:
        self._is_closed = True

    def _enter(self) -> None:
        password = self._field.text()
        if password:
            self._field.set_error("")
            self._field.edit.setEnabled(False)
            self._show_state()
            self.entered.emit(password)

    def _show_state(self) -> None:
        self._open_button.setEnabled(bool(self._field.text()) and self._field.edit.isEnabled())

    def _fit(self) -> None:
        """Grow upwards with the error, because the popup is above its chip."""
        bottom = self.geometry().bottom()
        self.content.activate()
        height = self.content.sizeHint().height()
        self.setGeometry(self.x(), bottom + 1 - height, self.width(), height)

    def _arrange(self) -> None:
        theme = self._appearance.theme
        edge = theme.length("l")
        self._body.setContentsMargins(edge, theme.length("m"), edge, theme.length("m"))
        self._body.setSpacing(theme.length("s"))
        self.setFixedWidth(round(_WIDTH * theme.scale) + 2 * self._margin)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Password of a document"))
        self._title.set_text(self.tr("Password of {name}").format(name=self._name))
        self._field.set_name(self._title.text())
        self._note.set_text(self.tr("The password is not kept. The chat stores the document without it."))
        self._open_button.setText(self.tr("Open"))
        self._show_state()
