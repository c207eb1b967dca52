"""Row for a server's proxy: that of the system, none, or a custom one with optional user name and password."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.servers.services.server_secrets import SecretLocation
from chatdesk.features.servers.ui.form.key_row import NO_LEARNING
from chatdesk.kernel.servers.server import ProxyChoice
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.segments import Segments


class ProxyRow(Translated, FormRow):
    """Proxy row. The address is shown only for a custom proxy; its input is kept otherwise."""

    edited = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        both = QWidget()
        self._choice = Segments(appearance, "", both)
        self._choice.setObjectName("serverProxy")
        self._address = TextField(appearance, "", both, placeholder="http://proxy.example:3128", mono=True)
        self._address.edit.setObjectName("serverProxyAddress")
        self._address.edit.setInputMethodHints(Qt.InputMethodHint.ImhUrlCharactersOnly)
        self._column = QVBoxLayout(both)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._choice)
        self._column.addWidget(self._address)
        self._user = TextField(appearance, "", both)
        self._user.edit.setObjectName("serverProxyUser")
        self._password = TextField(appearance, "", both, secret=True)
        self._password.edit.setObjectName("serverProxyPassword")
        self._password.edit.setInputMethodHints(NO_LEARNING)
        self._login = QHBoxLayout()
        self._login.addWidget(self._user, 1)
        self._login.addWidget(self._password, 1)
        self._column.addLayout(self._login)
        self._saved = ("", "")
        """Address and user name of the stored password."""
        self._location: SecretLocation | None = None
        super().__init__(appearance, both, parent)
        self._retranslate()
        self._choice.chosen.connect(self._on_edited)
        for field in (self._address, self._user, self._password):
            field.changed.connect(self._on_edited)
        self._show_parts()

    def choice(self) -> ProxyChoice:
        """Return the chosen kind of proxy."""
        return ProxyChoice(self._choice.key())

    def address(self) -> str:
        """Return the entered address."""
        return self._address.text().strip()

    def user(self) -> str:
        """Return the entered user name."""
        return self._user.text().strip()

    def password(self) -> str:
        """Return the typed password; empty to keep the stored one."""
        return self._password.text()

    def show_values(self, choice: ProxyChoice, address: str, user: str) -> None:
        """Show the saved values, and discard the typed password."""
        self._saved = (address, user)
        self._choice.choose(choice.value)
        self._address.set_text(address)
        self._user.set_text(user)
        self._password.set_text("")
        self._show_parts()

    def set_password_location(self, location: SecretLocation | None) -> None:
        """Set where the password is stored; None if there is none."""
        self._location = location
        self._show_parts()

    def set_address_problem(self, sentence: str) -> None:
        """Show an error of the address; empty for none."""
        self._address.set_error(sentence)

    def focus_address(self) -> None:
        """Focus the address."""
        self._address.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edited(self) -> None:
        self._show_parts()
        self.edited.emit()

    def _show_parts(self) -> None:
        for field in (self._address, self._user, self._password):
            field.setVisible(self.choice() is ProxyChoice.ADDRESS)
        is_stored = self._location is not None and self._saved == (self.address(), self.user()) and bool(self.user())
        self._password.set_placeholder(
            self.tr("Password")
            if not is_stored
            else self.tr("Password (kept until you quit)")
            if self._location is SecretLocation.THIS_RUN
            else self.tr("Password (saved)")
        )
        self._login.setSpacing(self._appearance.theme.length("xs"))
        self._column.setSpacing(self._appearance.theme.length("xs"))

    def _retranslate(self) -> None:
        self.set_labels(self.tr("Proxy"))
        self._choice.setAccessibleName(self.tr("Proxy"))
        self._choice.set_segments(
            [
                (ProxyChoice.SYSTEM.value, self.tr("System proxy")),
                (ProxyChoice.NONE.value, self.tr("None")),
                (ProxyChoice.ADDRESS.value, self.tr("Custom")),
            ]
        )
        self._address.set_name(self.tr("Proxy address"))
        self._user.set_name(self.tr("Proxy user name"))
        self._user.set_placeholder(self.tr("User name"))
        self._password.set_name(self.tr("Proxy password"))
        self._show_parts()
