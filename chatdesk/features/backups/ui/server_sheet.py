"""Sheet that asks for a WebDAV folder for backups and checks it before it is used."""

import asyncio

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from chatdesk.features.backups.services.daily_backups import DailyBackups
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.ui_kit.errors.folder_errors import folder_error_text
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.forms.webdav_fields import WebDavFields
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.widgets.button import ButtonKind
from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind


class ServerSheet(Sheet):
    """The form. `connected` is emitted when the folder is in use. Closing it stops an attempt, and nothing has changed then."""

    connected = Signal()

    def __init__(self, appearance: Appearance, window: QWidget, daily: DailyBackups, tasks: Tasks) -> None:
        super().__init__(appearance, window, SheetKind.REPORT)
        self.setObjectName("webDavSheet")
        self._daily = daily
        self._tasks = tasks
        self._is_busy = False
        self._task: asyncio.Task[object] | None = None
        current = daily.backups.destination
        self._current = current if current and current.is_remote else None
        """The server that is in use, whose password need not be typed again."""
        self._fields = WebDavFields(appearance, self._current, self)
        self._failure = Notice(appearance, self, NoticeKind.DANGER)
        self._failure.setObjectName("webDavFailure")
        self._failure.hide()
        self._dismiss = self.add_button("")
        self._dismiss.clicked.connect(self.cancel)
        self._connect = self.add_button("", ButtonKind.FILLED)
        self._connect.setObjectName("webDavConnect")
        self._connect.clicked.connect(self._submit)
        self._fields.changed.connect(self._on_edit)
        self.body.setSpacing(appearance.theme.length("m"))
        for part in (self._fields, self._failure):
            self.body.addWidget(part)
        self.closed.connect(self._stop)
        self._retranslate()

    def open_with_fields(self) -> None:
        """Open the sheet with the cursor in the first field."""
        self.open(self._fields.address.edit)
        self._tasks.start(self._show_password_state(), "look where the password of a server is stored")

    async def _show_password_state(self) -> None:
        state = await self._daily.backups.secrets.password_state(self._current.address if self._current else "")
        if shiboken6.isValid(self):
            self._fields.set_password_state(state)

    def _on_edit(self) -> None:
        self.start()
        self._failure.hide()
        self._show()

    def _submit(self) -> None:
        if not self._is_busy:
            self._is_busy = True
            self._failure.hide()
            self._show()
            self._task = self._tasks.start(self._finish(), "connect to a WebDAV server")

    async def _finish(self) -> None:
        destination = self._fields.location()
        password = self._fields.password.text()
        is_unchanged = destination == self._current and not password
        try:
            await self._daily.choose_server(destination, None if is_unchanged else password)
        except ChatdeskError as error:
            failed = error
            self._failure.show_text(folder_error_text(error, is_remote=True, beside_fields=True))
            self._failure.show()
        else:
            self._is_busy = False
            self.leave()
            self.connected.emit()
            return
        self._is_busy = False
        self._show()
        self._fields.focus_cause(failed)

    def _stop(self) -> None:
        if self._task and self._is_busy:
            self._task.cancel()

    def _show(self) -> None:
        self._connect.setText(self.tr("Connecting…") if self._is_busy else self.tr("Connect"))
        self._connect.setEnabled(not self._is_busy and bool(self._fields.location().address))
        self.foot.fit()

    def _retranslate(self) -> None:
        super()._retranslate()
        self.set_heading(self.tr("Back up to a WebDAV server"))
        self._fields.set_hint(self.tr("The folder for backups, as the server names it for WebDAV."))
        self._dismiss.setText(self.tr("Cancel"))
        self._show()
