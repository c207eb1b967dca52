"""The fields for a folder on a WebDAV server: address, user name and password."""

import sys

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.kernel.errors.backup_errors import RemoteLoginRefused
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.remote_folder import StorageLocation
from chatdesk.kernel.secret_storage import PasswordState, SecretStorage
from chatdesk.ui_kit.errors.error_texts import joined
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated


class WebDavFields(Translated, QWidget):
    """The fields. `location` fills them in at the beginning; its password is not shown, but can be left as it is if it is known."""

    changed = Signal()
    """One of the texts, after every change."""

    def __init__(self, appearance: Appearance, location: StorageLocation | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._hint = ""
        self._password_state: PasswordState | None = None
        known = location if location and location.is_remote else StorageLocation("")
        self.address = TextField(appearance, "", self, text=known.address, placeholder="https://")
        self.address.edit.setObjectName("webDavAddress")
        self.user = TextField(appearance, "", self, text=known.user)
        self.user.edit.setObjectName("webDavUser")
        self.password = TextField(appearance, "", self, secret=True)
        self.password.edit.setObjectName("webDavPassword")
        self._fields = (self.address, self.user, self.password)
        self._rows = [FormRow(appearance, field, self) for field in self._fields]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for row in self._rows:
            self._column.addWidget(row)
        for field in self._fields:
            field.changed.connect(self.changed)
        appearance.bind(self._restyle)
        self._retranslate()

    def location(self) -> StorageLocation:
        """Return the folder that was entered, over TLS if the address does not say otherwise; its address is empty if none was entered."""
        address = self.address.text().strip()
        if address and not address.startswith(("http://", "https://")):
            address = f"https://{address}"
        return StorageLocation(address, self.user.text().strip())

    def focus_cause(self, error: ChatdeskError) -> None:
        """Move the cursor to the field that has to be corrected after an error, with its content selected."""
        edit = (self.password if isinstance(error, RemoteLoginRefused) else self.address).edit
        edit.setFocus()
        edit.selectAll()

    def set_hint(self, hint: str) -> None:
        """Set the hint below the address."""
        self._hint = hint
        self._retranslate()

    def set_password_state(self, state: PasswordState) -> None:
        """Set where the password is kept. Before, the hint says nothing about that."""
        self._password_state = state
        self._retranslate()

    def _password_hint(self) -> str:
        return joined(self._storage_text(), self.tr("Some servers need a separate one for programs."))

    def _storage_text(self) -> str:
        match self._password_state.storage if self._password_state else None:
            case SecretStorage.KEYRING:
                return self.tr("Kept in the system keyring.")
            case SecretStorage.NO_KEYRING:
                advice = self.tr("To keep it, install GNOME Keyring or KWallet, and log in again.")
                return joined(
                    self.tr("No system keyring was found. The password is kept only until you quit Chatdesk."),
                    advice if sys.platform == "linux" else "",
                )
            case SecretStorage.UNUSABLE:
                return joined(
                    self.tr(
                        "The system keyring is locked or does not respond. The password is kept only until you quit Chatdesk."
                    ),
                    self.tr("To keep it, unlock the keyring, and enter the password again."),
                )
            case None:
                return ""

    def _restyle(self) -> None:
        self._column.setSpacing(self._appearance.theme.length("m"))

    def _retranslate(self) -> None:
        labels = (
            (self.tr("Address"), self._hint),
            (self.tr("User name"), ""),
            (self.tr("Password"), self._password_hint()),
        )
        for row, field, (label, hint) in zip(self._rows, self._fields, labels, strict=True):
            row.set_labels(label, hint)
            field.set_name(label)
        is_known = self._password_state is not None and self._password_state.is_known
        self.password.set_placeholder(self.tr("Unchanged") if is_known else "")
