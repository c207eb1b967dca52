"""The fields for a folder on a WebDAV server: address, user name and password."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.kernel.remote_folder import FolderPlace
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated


class WebDavFields(Translated, QWidget):
    """The fields. `place` fills them in at the beginning; its password is not shown, but can be left as it is."""

    changed = Signal()
    """One of the texts, after every change."""

    def __init__(self, appearance: Appearance, place: FolderPlace | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._hint = ""
        self._has_password = place is not None and place.is_remote
        known = place if place and place.is_remote else FolderPlace("")
        self.address = TextField(appearance, "", self, text=known.location, placeholder="https://")
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

    def place(self) -> FolderPlace:
        """Return the folder that was entered, over TLS if the address does not say otherwise; its location is empty without an address."""
        address = self.address.text().strip()
        if address and not address.startswith(("http://", "https://")):
            address = f"https://{address}"
        return FolderPlace(address, self.user.text().strip())

    def set_hint(self, hint: str) -> None:
        """Set the hint below the address."""
        self._hint = hint
        self._retranslate()

    def _restyle(self) -> None:
        self._column.setSpacing(self._appearance.theme.length("m"))

    def _retranslate(self) -> None:
        labels = (
            (self.tr("Address"), self._hint),
            (self.tr("User name"), ""),
            (self.tr("Password"), self.tr("Kept in the keyring. Some servers need a separate one for programs.")),
        )
        for row, field, (label, hint) in zip(self._rows, self._fields, labels, strict=True):
            row.set_labels(label, hint)
            field.set_name(label)
        self.password.set_placeholder(self.tr("Unchanged") if self._has_password else "")
