"""The form that synchronisation is set up with: a folder of this computer or on a server, the name of this computer, and the passphrase."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.sync.services.sync_settings import SyncSettings
from chatdesk.kernel.errors.backup_errors import PassphraseWrong
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.remote_folder import StorageLocation
from chatdesk.kernel.secret_storage import PasswordState, SecretStorage
from chatdesk.ui_kit.errors.error_texts import joined
from chatdesk.ui_kit.files.folder_lookup import FolderLookup
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.forms.webdav_fields import WebDavFields
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.segments import Segments
from chatdesk.ui_kit.widgets.switch import Switch

_MIN_PASSPHRASE = 10
_MAX_NAME = 100
_FOLDER, _SERVER = "folder", "server"


class SetUpForm(Translated, QWidget):
    """The form. It is filled with the settings that were used last."""

    changed = Signal()
    """One of its values, after every change."""
    location_changed = Signal()
    """The location, after every change; `changed` follows."""

    def __init__(self, appearance: Appearance, settings: SyncSettings, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._is_encrypted = False
        self._is_busy = False
        self._saves_key = True
        location = settings.location
        self._hint = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._kind = Segments(appearance, "", self)
        self._kind.setObjectName("syncLocationKind")
        self._folder = TextField(appearance, "", self, text="" if location.is_remote else location.address)
        self._folder.edit.setObjectName("syncFolder")
        self._choose = Button(appearance, "", icon="folder-open")
        self._choose.setObjectName("chooseSyncFolder")
        self._choose.clicked.connect(self._choose_folder)
        self._server = WebDavFields(appearance, location, self)
        self._name = TextField(appearance, "", self, text=settings.name)
        self._name.edit.setObjectName("syncName")
        self._name.edit.setMaxLength(_MAX_NAME)
        self._encrypts = Switch(appearance, "", self)
        self._encrypts.setObjectName("syncEncrypts")
        self._encrypts.setChecked(bool(settings.public_key))
        self._first = TextField(appearance, "", self, secret=True)
        self._first.edit.setObjectName("syncPassphrase")
        self._second = TextField(appearance, "", self, secret=True)
        self._second.edit.setObjectName("syncPassphraseAgain")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._hint)
        self._kind_row = self._add_row(self._kind)
        self._folder_row = self._add_row(self._folder_with_button())
        self._column.addWidget(self._server)
        self._name_row = self._add_row(self._name)
        self._encrypts_row = self._add_row(self._encrypts)
        self._first_row = self._add_row(self._first)
        self._second_row = self._add_row(self._second)
        self._kind.chosen.connect(self._on_location_changed)
        self._folder.changed.connect(self._on_location_changed)
        self._server.changed.connect(self._on_location_changed)
        for field in (self._name, self._first, self._second):
            field.changed.connect(self._on_edit)
        self._encrypts.toggled.connect(self._on_edit)
        appearance.bind(self._restyle)
        self._retranslate()
        self._kind.choose(_SERVER if location.is_remote else _FOLDER)
        self._show()

    # Values.

    @property
    def is_remote(self) -> bool:
        """Whether a server is chosen."""
        return self._kind.key() == _SERVER

    @property
    def location(self) -> StorageLocation:
        """The location that was entered; its address is empty if there is none yet."""
        return self._server.location() if self.is_remote else StorageLocation(self._folder.text().strip())

    @property
    def password(self) -> str:
        """The password for the server; empty if it was not entered again."""
        return self._server.password.text() if self.is_remote else ""

    @property
    def name(self) -> str:
        """The name of this computer."""
        return self._name.text().strip()

    @property
    def passphrase(self) -> str:
        """The passphrase; empty without encryption."""
        return self._first.text() if self._encrypts.isChecked() else ""

    @property
    def is_complete(self) -> bool:
        """Whether everything that is needed was entered."""
        return bool(self.location.address and self.name and (self.passphrase or not self._encrypts.isChecked()))

    @property
    def first_field(self) -> QWidget:
        """The field where the form begins."""
        return self._server.address.edit if self.is_remote else self._folder.edit

    # What the sheet does with it.

    def set_encrypted(self, *, is_encrypted: bool) -> None:
        """Ask for the passphrase once if the folder is encrypted already, otherwise twice and only if it is to be encrypted."""
        self._is_encrypted = is_encrypted
        if is_encrypted:
            self._encrypts.setChecked(True)
        self._show()

    def set_password_state(self, state: PasswordState) -> None:
        """Set where the password for a server is stored; the key that the passphrase opens is stored in the same way."""
        self._server.set_password_state(state)
        self._saves_key = state.storage is SecretStorage.KEYRING
        self._show()

    def set_busy(self, *, is_busy: bool) -> None:
        """Enable the fields, or disable them while they are used."""
        self._is_busy = is_busy
        self._show()

    def check(self) -> bool:
        """Return whether the passphrase can be used; otherwise show what is wrong with it."""
        if not self._encrypts.isChecked() or self._is_encrypted:
            return True
        if len(self._first.text()) < _MIN_PASSPHRASE:
            self._first.set_error(self.tr("Use at least %n character(s).", "", _MIN_PASSPHRASE))
            self._first.setFocus()
            return False
        if self._first.text() != self._second.text():
            self._second.set_error(self.tr("The passphrases do not match."))
            self._second.setFocus()
            return False
        return True

    def ask_for_passphrase(self) -> None:
        """Move the cursor to the passphrase, which a folder needs that turned out to be encrypted."""
        self._first.setFocus()

    def focus_cause(self, error: ChatdeskError) -> None:
        """Move the cursor to the field that has to be corrected after an error, with its content selected."""
        if self.is_remote and not isinstance(error, PassphraseWrong):
            self._server.focus_cause(error)
            return
        edit = (self._first if isinstance(error, PassphraseWrong) else self._folder).edit
        edit.setFocus()
        edit.selectAll()

    def clear_secrets(self) -> None:
        """Remove the passphrase and the password from the fields."""
        for field in (self._first, self._second, self._server.password):
            field.set_text("")

    # Inside.

    def _add_row(self, field: QWidget) -> FormRow:
        row = FormRow(self._appearance, field, self)
        self._column.addWidget(row)
        return row

    def _folder_with_button(self) -> QWidget:
        both = QWidget(self)
        self._side_by_side = QHBoxLayout(both)
        self._side_by_side.setContentsMargins(0, 0, 0, 0)
        self._side_by_side.addWidget(self._folder, 1)
        self._side_by_side.addWidget(self._choose)
        return both

    def _choose_folder(self) -> None:
        FolderLookup(Path(self._folder.text() or Path.home()), self._choose_folder_in, self)

    def _choose_folder_in(self, start: Path | None) -> None:
        """Let the user choose a folder, beginning in `start`: the dialog would block the window with one that does not respond."""
        caption = self.tr("Folder that all computers can see")
        dialog = QFileDialog(self.window(), caption, str(start or Path.home()))
        dialog.setObjectName("syncFolderDialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._folder.set_text)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_location_changed(self) -> None:
        self._is_encrypted = False
        self.location_changed.emit()
        self._on_edit()

    def _on_edit(self) -> None:
        for field in (self._first, self._second):
            field.set_error("")
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        encrypts = self._encrypts.isChecked()
        self._folder_row.setVisible(not self.is_remote)
        self._server.setVisible(self.is_remote)
        self._first_row.setVisible(encrypts)
        self._second_row.setVisible(encrypts and not self._is_encrypted)
        for part in (self._kind, self._folder, self._choose, self._server, self._name, self._first, self._second):
            part.setEnabled(not self._is_busy)
        self._encrypts.setEnabled(not self._is_busy and not self._is_encrypted)
        self._encrypts_row.set_labels(self.tr("Encryption"), self._encryption_hint())
        self._first_row.set_labels(self.tr("Passphrase"), self._passphrase_hint())

    def _passphrase_hint(self) -> str:
        hint = (
            self.tr("The passphrase that was chosen on the first computer.")
            if self._is_encrypted
            else self.tr("It cannot be recovered. You need it on every other computer.")
        )
        if self._saves_key:
            return hint
        return joined(
            hint, self.tr("If the system keyring is locked or missing, you also need it after each start of Chatdesk.")
        )

    def _encryption_hint(self) -> str:
        if self._is_encrypted:
            return self.tr("This folder is encrypted.")
        if self._encrypts.isChecked():
            return self.tr("Whoever hosts the folder sees only when something changes, and how much.")
        return self.tr("Without it, whoever hosts the folder can read your chats.")

    def _restyle(self) -> None:
        self._column.setSpacing(self._appearance.theme.length("m"))
        self._side_by_side.setSpacing(self._appearance.theme.length("s"))

    def _retranslate(self) -> None:
        self._hint.set_text(
            self.tr(
                "Chatdesk writes its changes into a folder that all your computers can reach, and reads those of the others there. "
                "Syncthing, iCloud, OneDrive, Nutstore or a network drive keep the folder the same, or it is on a WebDAV server. "
                "Keys and settings are not shared."
            )
        )
        self._kind_row.set_labels(self.tr("Shared folder"))
        self._kind.setAccessibleName(self.tr("Shared folder"))
        self._kind.set_segments(((_FOLDER, self.tr("On this computer")), (_SERVER, self.tr("WebDAV server"))))
        made = self.tr("A folder “Chatdesk Sync” is created in it.")
        self._folder_row.set_labels(self.tr("Folder"), made)
        self._folder.set_name(self.tr("Folder"))
        self._choose.setText(self.tr("Choose…"))
        self._server.set_hint(made)
        self._name_row.set_labels(self.tr("This computer"), self.tr("How the other computers list it."))
        self._name.set_name(self.tr("This computer"))
        self._encrypts.setAccessibleName(self.tr("Encryption"))
        self._first.set_name(self.tr("Passphrase"))
        self._second_row.set_labels(self.tr("Repeat passphrase"))
        self._second.set_name(self.tr("Repeat passphrase"))
        self._show()
