"""Sheet that asks for a WebDAV folder for backups and checks it before it is used."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from chatdesk.features.backups.services.backup_place import BackupPlace
from chatdesk.features.backups.services.daily_backups import DailyBackups
from chatdesk.kernel.errors.base import ChatdeskError, ServerUnreachable
from chatdesk.ui_kit.errors.error_texts import describe_error, in_one_piece
from chatdesk.ui_kit.forms.form_row import FormRow
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.widgets.button import ButtonKind
from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind


class ServerSheet(Sheet):
    """The form. `connected` is emitted when the folder is in use."""

    connected = Signal()

    def __init__(self, appearance: Appearance, window: QWidget, daily: DailyBackups, tasks: Tasks) -> None:
        super().__init__(appearance, window, SheetKind.REPORT)
        self.setObjectName("webDavSheet")
        self._daily = daily
        self._tasks = tasks
        self._is_busy = False
        place = daily.copies.place
        is_known = place is not None and place.is_remote
        self._address = TextField(appearance, "", self, text=place.location if place and is_known else "")
        self._address.edit.setObjectName("webDavAddress")
        self._user = TextField(appearance, "", self, text=place.user if place and is_known else "")
        self._user.edit.setObjectName("webDavUser")
        self._password = TextField(appearance, "", self, secret=True)
        self._password.edit.setObjectName("webDavPassword")
        self._fields = (self._address, self._user, self._password)
        self._rows = [FormRow(appearance, field, self) for field in self._fields]
        self._failure = Notice(appearance, self, NoticeKind.DANGER)
        self._failure.setObjectName("webDavFailure")
        self._failure.hide()
        self._dismiss = self.add_button("")
        self._dismiss.clicked.connect(self.cancel)
        self._connect = self.add_button("", ButtonKind.FILLED)
        self._connect.setObjectName("webDavConnect")
        self._connect.clicked.connect(self._submit)
        for field in self._fields:
            field.changed.connect(self._on_edit)
        self.body.setSpacing(appearance.theme.length("m"))
        for part in (*self._rows, self._failure):
            self.body.addWidget(part)
        self._retranslate()

    def open_with_fields(self) -> None:
        """Open the sheet with the cursor in the first field."""
        self.open(self._address.edit)

    def _on_edit(self) -> None:
        self.start()
        self._show()

    def _submit(self) -> None:
        if not self._is_busy:
            self._is_busy = True
            self._failure.hide()
            self._show()
            self._tasks.start(self._finish(), "connect to a WebDAV server")

    async def _finish(self) -> None:
        address = self._address.text().strip()
        location = address if address.startswith(("http://", "https://")) else f"https://{address}"
        try:
            await self._daily.choose_server(BackupPlace(location, self._user.text().strip()), self._password.text())
        except ServerUnreachable as error:
            self._fail(
                self.tr("{server} does not respond. ({reason})").format(server=error.server, reason=error.reason)
            )
        except ChatdeskError as error:
            self._fail(in_one_piece(describe_error(error)))
        else:
            self.leave()
            self.connected.emit()
        self._is_busy = False
        self._show()

    def _fail(self, words: str) -> None:
        self._failure.show_text(words)
        self._failure.show()

    def _show(self) -> None:
        self._connect.setText(self.tr("Connecting…") if self._is_busy else self.tr("Connect"))
        self._connect.setEnabled(not self._is_busy and bool(self._address.text().strip()))
        self.foot.fit()

    def _retranslate(self) -> None:
        super()._retranslate()
        self.set_heading(self.tr("Back up to a WebDAV server"))
        labels = (
            (self.tr("Address"), self.tr("The folder for backups, as the server names it for WebDAV.")),
            (self.tr("User name"), ""),
            (self.tr("Password"), self.tr("Kept in the keyring. Some servers need a separate one for programs.")),
        )
        for row, field, (label, hint) in zip(self._rows, self._fields, labels, strict=True):
            row.set_labels(label, hint)
            field.set_name(label)
        self._address.set_placeholder("https://")
        self._dismiss.setText(self.tr("Cancel"))
        self._show()
