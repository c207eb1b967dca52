"""What is asked for again while synchronisation is on: the login for the server in use, or the passphrase of the folder."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.features.sync.services.sync import Sync
from chatdesk.features.sync.services.sync_settings import SyncSettings
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.secret_storage import PasswordState, SecretStorage
from chatdesk.ui_kit.errors.error_texts import joined
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.forms.webdav_fields import WebDavFields
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated


class SignInForm(WebDavFields):
    """The fields to sign in to the server in use, whose address stays."""

    def __init__(self, appearance: Appearance, settings: SyncSettings, parent: QWidget) -> None:
        super().__init__(appearance, settings.location, parent)
        self.address.setEnabled(False)
        self.address.edit.setObjectName("syncSignInAddress")
        self.password.edit.setObjectName("syncSignInPassword")

    @property
    def is_complete(self) -> bool:
        """Whether everything that is needed was entered."""
        return bool(self.user.text().strip())

    def focus_first(self) -> None:
        """Move the cursor to what most likely has to be entered again."""
        self.password.setFocus()

    async def submit(self, sync: Sync) -> None:
        """Use what was entered. Raises as `Sync.sign_in`."""
        await sync.sign_in(self.user.text().strip(), self.password.text())


class PassphraseForm(Translated, QWidget):
    """The field for the passphrase of the folder in use."""

    changed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._saves_key = True
        self._field = TextField(appearance, "", self, secret=True)
        self._field.edit.setObjectName("syncPassphraseOfFolder")
        self._field.changed.connect(self.changed)
        self._row = FormRow(appearance, self._field, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._row)
        self._retranslate()

    @property
    def is_complete(self) -> bool:
        """Whether a passphrase was entered."""
        return bool(self._field.text())

    def set_password_state(self, state: PasswordState) -> None:
        """Set where a password would be stored; the key that the passphrase opens is stored in the same way."""
        self._saves_key = state.storage is SecretStorage.KEYRING
        self._retranslate()

    def focus_first(self) -> None:
        """Move the cursor to the field."""
        self._field.setFocus()

    def focus_cause(self, _error: ChatdeskError) -> None:
        """Move the cursor to the field after an error, with its content selected."""
        self._field.edit.setFocus()
        self._field.edit.selectAll()

    async def submit(self, sync: Sync) -> None:
        """Use what was entered. Raises as `Sync.enter_passphrase`."""
        await sync.enter_passphrase(self._field.text())

    def _retranslate(self) -> None:
        hint = self.tr("The passphrase that was chosen on the first computer.")
        if not self._saves_key:
            hint = joined(
                hint,
                self.tr("If the system keyring is locked or missing, you also need it after each start of Chatdesk."),
            )
        self._row.set_labels(self.tr("Passphrase"), hint)
        self._field.set_name(self.tr("Passphrase"))
