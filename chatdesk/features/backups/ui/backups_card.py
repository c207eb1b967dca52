"""The backups on the settings page: where and how often they are made, with or without a passphrase, and their list."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QLocale, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from chatdesk.features.backups.services.backup_services import BackupServices
from chatdesk.features.backups.services.daily_backups import DailyBackups
from chatdesk.features.backups.services.maintenance import LocalBackup
from chatdesk.features.backups.services.remote_backups import RemoteBackup
from chatdesk.features.backups.ui.backup_list import BackupList
from chatdesk.features.backups.ui.backup_row import ListedBackup
from chatdesk.features.backups.ui.passphrase_sheet import PassphraseSheet
from chatdesk.features.backups.ui.server_sheet import ServerSheet
from chatdesk.kernel.errors.backup_errors import BackupNewer, LocationSilent, RemoteLoginRefused
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.recovery import BackupCopy
from chatdesk.ui_kit.errors.error_texts import joined
from chatdesk.ui_kit.errors.folder_errors import folder_error_text, folder_error_texts
from chatdesk.ui_kit.files.folder_lookup import FolderLookup
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.forms.rows import ActionRow, RowCard
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.counts import counted
from chatdesk.ui_kit.text.location_texts import shown_location
from chatdesk.ui_kit.text.open_link import open_folder
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.switch import Switch

_WAIT_SECONDS = 3.0
_CANCEL_DELAY = 1000
"""Milliseconds after which a running backup can be cancelled: a second press of the same button is not meant so before."""


class BackupsCard(Translated, QWidget):
    """The heading with its buttons, and the card below it. `load` reads the backups."""

    restore_requested = Signal(object)
    """A `ListedBackup`."""
    rows_changed = Signal()

    def __init__(
        self, appearance: Appearance, services: BackupServices, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._services = services
        self._tasks = tasks
        self._weekly_error: ChatdeskError | None = None
        self._listing_error: ChatdeskError | None = None
        """Why the backups could not be listed the last time."""
        self._backups: list[ListedBackup] | None = None
        self._verified: dict[LocalBackup, BackupCopy | None] = {}
        self._newer: set[LocalBackup | RemoteBackup] = set()
        """Those of which it was found when they were checked or opened that a newer version of Chatdesk made them."""
        self._damaged: set[LocalBackup | RemoteBackup] = set()
        """Those that were found damaged when they were opened."""
        self._weekly: asyncio.Task[object] | None = None
        self._is_waiting = False
        """Whether the destination has not responded for some seconds while its backups are listed."""
        self._was_busy = False
        self._can_cancel = False
        self._cancel_timer = QTimer(self)
        self._cancel_timer.setSingleShot(True)
        self._cancel_timer.setInterval(_CANCEL_DELAY)
        self._cancel_timer.timeout.connect(self._allow_cancel)
        self._heading = Label(appearance, "label", "text")
        self._progress = Label(appearance, "caption", "textTertiary")
        self._progress.setObjectName("backupProgress")
        self._folder_button = Button(appearance, "", ButtonKind.PLAIN, icon="folder-open")
        self._folder_button.setObjectName("showBackupFolder")
        self._folder_button.clicked.connect(self._open_folder)
        self._now_button = Button(appearance, "")
        self._now_button.setObjectName("backUpNow")
        self._now_button.clicked.connect(self._back_up_or_cancel)
        self._head = QHBoxLayout()
        self._head.addWidget(self._heading, 1)
        for part in (self._progress, self._folder_button, self._now_button):
            self._head.addWidget(part)
        self._problem = Notice(appearance, self, NoticeKind.WARNING)
        self._problem.setObjectName("backupProblem")
        self._problem.acted.connect(self._mend_problem)
        self._card = RowCard(appearance, self)
        self._daily_row = ActionRow(appearance, "backupState")
        self._destination_button = self._daily_row.add_button("backupPlace", "", self._open_destination_menu)
        self._daily_switch = Switch(appearance, "")
        self._daily_switch.setObjectName("dailyBackups")
        self._daily_switch.clicked.connect(self._switch_daily)
        self._daily_row.add_control(self._daily_switch)
        self._passphrase_row = ActionRow(appearance, "passphraseState")
        self._change_button = self._passphrase_row.add_button("changePassphrase", "", self._ask_for_passphrase)
        self._passphrase_switch = Switch(appearance, "")
        self._passphrase_switch.setObjectName("protectBackups")
        self._passphrase_switch.clicked.connect(self._switch_passphrase)
        self._passphrase_row.add_control(self._passphrase_switch)
        for row in (self._daily_row, self._passphrase_row):
            self._card.add_row(row)
        self._passphrase_row.setVisible(services.can_encrypt)
        self._list = BackupList(appearance, self._card, 2, self.restore_requested.emit)
        self._list.rows_changed.connect(self.rows_changed)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._head)
        self._column.addWidget(self._problem)
        self._column.addWidget(self._card)
        self.destroyed.connect(self._daily.changes.subscribe(lambda _: self._follow()))
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def _daily(self) -> DailyBackups:
        return self._services.daily.get()

    def tab_stops(self) -> tuple[QWidget, ...]:
        """Return the parts in reading order."""
        head = (self._folder_button, self._now_button, self._problem, self._daily_row, self._passphrase_row)
        return (*head, *self._list.tab_stops())

    async def load(self) -> None:
        """Read the backups again, and check those in the data folder one after the other."""
        maintenance = self._services.maintenance
        remote: Sequence[RemoteBackup] = ()
        weekly: Sequence[LocalBackup] = ()
        self._listing_error = None
        try:
            weekly = await maintenance.backups()
            with self._waiting(weekly):
                remote = await self._daily.backups.listed()
        except ChatdeskError as error:
            self._listing_error = error
        self._show_found(remote, weekly)
        for backup in weekly:
            if backup not in self._verified and self.isVisible():
                await self._verify(backup)
        self._show_list()

    @contextmanager
    def _waiting(self, weekly: Sequence[LocalBackup]) -> Iterator[None]:
        """Say after a few seconds that the destination is waited for, and show the backups in the data folder meanwhile."""

        def show() -> None:
            self._is_waiting = True
            self._show_found((), weekly)

        timer = asyncio.get_running_loop().call_later(_WAIT_SECONDS, show)
        try:
            yield
        finally:
            timer.cancel()
            self._is_waiting = False

    def _show_found(self, remote: Sequence[RemoteBackup], weekly: Sequence[LocalBackup]) -> None:
        elsewhere = self._daily.backups.destination is not None
        self._backups = [ListedBackup.of(backup) for backup in remote]
        self._backups += [
            ListedBackup(backup, backup.made_at, backup.size, is_checked=False, names_data_folder=elsewhere)
            for backup in weekly
        ]
        self._backups.sort(key=lambda backup: backup.made_at, reverse=True)
        self._show_list()
        self._show_texts()

    def mark_damaged(self, backup: ListedBackup) -> None:
        """Show that a backup was found damaged when it was opened."""
        self._damaged.add(backup.source)
        self._show_list()

    def mark_newer(self, backup: ListedBackup) -> None:
        """Show that a backup was found to be of a newer version of Chatdesk when it was opened."""
        self._newer.add(backup.source)
        self._show_list()

    async def _verify(self, backup: LocalBackup) -> None:
        try:
            self._verified[backup] = await self._services.maintenance.verify(backup)
        except BackupNewer:
            self._verified[backup] = None
            self._newer.add(backup)
        except ChatdeskError:
            self._verified[backup] = None
        self._show_list()

    # What the user does.

    @property
    def _is_busy(self) -> bool:
        return self._daily.share is not None or self._weekly is not None

    def _back_up_or_cancel(self) -> None:
        if not self._is_busy:
            self._back_up_now()
        elif self._can_cancel:
            self._daily.cancel()
            if self._weekly:
                self._weekly.cancel()

    def _back_up_now(self) -> None:
        if self._daily.is_on:
            self._daily.start()
        else:
            self._weekly = self._tasks.start(self._back_up_here(), "back up the chats")
        self._follow()

    async def _back_up_here(self) -> None:
        try:
            await self._services.maintenance.back_up()
            self._weekly_error = None
        except ChatdeskError as error:
            self._weekly_error = error
        finally:
            self._weekly = None
            self._follow()

    def _follow(self) -> None:
        """Show the state of a backup that is being made, and the list when it has ended."""
        is_busy = self._is_busy
        if is_busy != self._was_busy:
            self._was_busy, self._can_cancel = is_busy, False
            if is_busy:
                self._cancel_timer.start()
            else:
                self._cancel_timer.stop()
                self._tasks.start(self.load(), "list the backups")
        self._show_texts()

    def _allow_cancel(self) -> None:
        self._can_cancel = True
        self._show_texts()

    def _switch_daily(self) -> None:
        if self._daily_switch.isChecked() and self._daily.backups.destination is None:
            self._daily_switch.setChecked(False)
            self._open_destination_menu()
            return
        self._daily.switch(on=self._daily_switch.isChecked())
        if self._daily.is_due():
            self._back_up_now()

    @property
    def _shown_problem(self) -> ChatdeskError | None:
        return (self._daily.problem or self._listing_error) if self._daily.is_on else None

    def _mend_problem(self) -> None:
        if isinstance(self._shown_problem, RemoteLoginRefused):
            self._choose_server()
        else:
            self._open_destination_menu()

    def _open_destination_menu(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("backupPlaceMenu")
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(self.tr("Choose a folder…")).triggered.connect(self._choose_folder)
        menu.addAction(self.tr("WebDAV server…")).triggered.connect(self._choose_server)
        button: QWidget = self._destination_button
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _choose_folder(self) -> None:
        if destination := self._responding_folder:
            FolderLookup(destination.parent, self._choose_folder_in, self)
        else:
            self._choose_folder_in(None)

    def _choose_folder_in(self, start: Path | None) -> None:
        """Let the user choose a folder, beginning in `start`: the dialog would block the window with one that does not respond."""
        dialog = QFileDialog(self.window(), self.tr("Folder for backups"), str(start or Path.home()))
        dialog.setObjectName("backupFolderDialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._use_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _use_folder(self, path: str) -> None:
        self._daily.choose_folder(Path(path))
        self._back_up_now()  # at once, so that it is seen to work

    def _choose_server(self) -> None:
        sheet = ServerSheet(self._appearance, self.window(), self._daily, self._tasks)
        sheet.connected.connect(self._back_up_now)
        sheet.open_with_fields()

    def _switch_passphrase(self) -> None:
        if self._passphrase_switch.isChecked():
            self._passphrase_switch.setChecked(False)
            self._ask_for_passphrase()
        else:
            self._daily.stop_protecting()

    def _ask_for_passphrase(self) -> None:
        daily = self._daily
        PassphraseSheet(
            self._appearance, self.window(), daily.protect, self._tasks, is_change=daily.is_protected
        ).open_with_fields()

    def _open_folder(self) -> None:
        destination = self._responding_folder
        open_folder(destination if destination and self._daily.is_on else self._services.maintenance.backup_folder)

    @property
    def _responding_folder(self) -> Path | None:
        """The chosen folder, unless it is on a server, or does not respond: looking at it would block the window."""
        destination = self._daily.backups.destination
        is_silent = any(isinstance(each, LocationSilent) for each in (self._daily.problem, self._listing_error))
        return destination.path if destination and not destination.is_remote and not is_silent else None

    # What is shown.

    def _show_list(self) -> None:
        self._list.show_backups([self._with_result(backup) for backup in self._backups or ()])

    def _with_result(self, backup: ListedBackup) -> ListedBackup:
        source = backup.source
        if source in self._damaged:
            return replace(backup, is_checked=True, is_damaged=True)
        if source in self._newer:
            return replace(backup, is_checked=True, is_newer=True)
        if isinstance(source, RemoteBackup) or source not in self._verified:
            return backup
        found = self._verified[source]
        if found is None:
            return replace(backup, is_checked=True, is_damaged=True)
        return replace(backup, is_checked=True, chats=found.chats, newest=found.newest)

    def _show_texts(self) -> None:
        daily = self._daily
        destination, share = daily.backups.destination, daily.share
        percent = f" {round(100 * share)}{QLocale().percent()}" if share else ""
        is_waiting = self._is_waiting and not self._is_busy
        self._progress.set_text(self._waiting_text() if is_waiting else self.tr("Backing up…") + percent)
        self._progress.setVisible(self._is_busy or is_waiting)
        # It stays enabled, because a button that is disabled loses the focus.
        self._now_button.setText(self.tr("Cancel") if self._is_busy and self._can_cancel else self.tr("Back up now"))
        self._daily_row.set_texts(self.tr("Back up every day"), self._daily_text())
        self._daily_switch.setChecked(daily.is_on)
        self._daily_switch.setAccessibleName(self.tr("Back up every day"))
        self._destination_button.setText(self.tr("Change folder…") if destination else self.tr("Choose folder…"))
        self._passphrase_row.set_texts(
            self.tr("Protect with a passphrase"),
            self.tr("Backups then open only with it, here or with the age program. It cannot be recovered."),
        )
        self._change_button.setText(self.tr("Change…"))
        self._change_button.setAccessibleName(self.tr("Change the passphrase…"))
        self._change_button.setVisible(daily.is_protected)
        self._passphrase_switch.setChecked(daily.is_protected)
        self._passphrase_switch.setAccessibleName(self.tr("Protect with a passphrase"))
        self._passphrase_switch.setEnabled(daily.is_on or daily.is_protected)
        problem = self._shown_problem
        self._problem.setVisible(problem is not None)
        if problem:
            happened, advice = folder_error_texts(problem, is_remote=destination is not None and destination.is_remote)
            words = joined(joined(happened, self._last_text()), advice)
            signs_in = isinstance(problem, RemoteLoginRefused)
            self._problem.show_text(words, self.tr("Sign in…") if signs_in else self.tr("Choose folder"))

    def _waiting_text(self) -> str:
        destination = self._daily.backups.destination
        is_remote = destination is not None and destination.is_remote
        return self.tr("Waiting for the server…") if is_remote else self.tr("Waiting for the folder…")

    def _last_text(self) -> str:
        if self._daily.last is None:
            return self.tr("There is no backup there yet.")
        days = self._daily.days_without()
        if not days:
            return self.tr("The last backup is from today.")
        return counted(lambda count: self.tr("Last backup %n day(s) ago.", "", count), days)

    def _daily_text(self) -> str:
        error = self._weekly_error or (None if self._daily.is_on else self._listing_error)
        if error:
            return folder_error_text(error, is_remote=False)
        destination = self._daily.backups.destination
        if destination and self._daily.is_on:
            return self.tr("To “{place}” · keeps 7 daily, 4 weekly, 12 monthly").format(
                place=shown_location(destination)
            )
        if self._backups == []:
            return self.tr("No backup yet. Chatdesk makes one each week in the data folder and keeps the last three.")
        return self.tr("Off. Chatdesk makes one each week in the data folder and keeps the last three.")

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._head.setContentsMargins(0, theme.length("s"), 0, 0)
        self._head.setSpacing(theme.length("s"))
        self._column.setSpacing(theme.length("s"))
        self._fix_width()
        self._show_texts()

    def _fix_width(self) -> None:
        """Set the width of the button to that of its longer text, so that nothing moves when it changes."""
        widths = []
        for text in (self.tr("Back up now"), self.tr("Cancel")):
            self._now_button.setText(text)
            widths.append(self._now_button.sizeHint().width())
        self._now_button.setMinimumWidth(max(widths))

    def _retranslate(self) -> None:
        self._fix_width()
        self._heading.set_text(self.tr("Backups"))
        self._folder_button.setText(self.tr("Show in folder"))
        self._folder_button.setAccessibleName(self.tr("Show backups in folder"))
        self._list.retranslate()
        self._show_texts()
        self._show_list()
