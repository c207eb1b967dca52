"""The backups on the settings page: where and how often they are made, with or without a passphrase, and their list."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from chatdesk.features.backups.services.backup_services import BackupServices
from chatdesk.features.backups.services.daily_backups import DailyBackups
from chatdesk.features.backups.services.stored_copies import StoredCopy
from chatdesk.features.backups.services.upkeep import StoredBackup
from chatdesk.features.backups.ui.copy_row import CopyRow, ShownCopy
from chatdesk.features.backups.ui.passphrase_sheet import PassphraseSheet
from chatdesk.features.backups.ui.server_sheet import ServerSheet
from chatdesk.kernel.errors.backup_errors import PlaceMissing
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.kernel.recovery import BackupCopy
from chatdesk.ui_kit.errors.error_texts import describe_error, in_one_piece
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.forms.rows import ActionRow, RowCard
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.counts import counted
from chatdesk.ui_kit.text.open_link import open_folder
from chatdesk.ui_kit.text.place_texts import shown_place
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.switch import Switch

_FIRST_ROWS = 4


class BackupsCard(Translated, QWidget):
    """The heading with its buttons, and the card below it. `load` reads the backups."""

    restore_requested = Signal(object)
    """A `ShownCopy`."""

    def __init__(
        self, appearance: Appearance, services: BackupServices, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._services = services
        self._tasks = tasks
        self._error: ChatdeskError | None = None
        """Why the last weekly backup failed, or the backups could not be listed."""
        self._copies: list[ShownCopy] | None = None
        self._verified: dict[StoredBackup, BackupCopy | None] = {}
        self._shows_all = False
        self._is_backing_up = False
        self._heading = Label(appearance, "label", "text")
        self._folder_button = Button(appearance, "", ButtonKind.PLAIN, icon="folder-open")
        self._folder_button.setObjectName("showBackupFolder")
        self._folder_button.clicked.connect(self._open_folder)
        self._now_button = Button(appearance, "")
        self._now_button.setObjectName("backUpNow")
        self._now_button.clicked.connect(self._back_up_now)
        self._head = QHBoxLayout()
        self._head.addWidget(self._heading, 1)
        self._head.addWidget(self._folder_button)
        self._head.addWidget(self._now_button)
        self._problem = Notice(appearance, self, NoticeKind.WARNING)
        self._problem.setObjectName("backupProblem")
        self._problem.acted.connect(self._open_place_menu)
        self._card = RowCard(appearance, self)
        self._daily_row = ActionRow(appearance, "backupState")
        self._place_button = self._daily_row.add_button("backupPlace", "", self._open_place_menu)
        self._daily_switch = Switch(appearance, "")
        self._daily_switch.setObjectName("dailyBackups")
        self._daily_switch.clicked.connect(self._switch_daily)
        self._daily_row.add_control(self._daily_switch)
        self._passphrase_row = ActionRow(appearance, "passphraseState")
        self._passphrase_switch = Switch(appearance, "")
        self._passphrase_switch.setObjectName("protectBackups")
        self._passphrase_switch.clicked.connect(self._switch_passphrase)
        self._passphrase_row.add_control(self._passphrase_switch)
        self._more = ActionRow(appearance, "moreBackups")
        self._more_button = self._more.add_button("showAllBackups", "", self._show_all)
        for row in (self._daily_row, self._passphrase_row, self._more):
            self._card.add_row(row)
        self._passphrase_row.setVisible(services.can_encrypt)
        self._rows: list[CopyRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._head)
        self._column.addWidget(self._problem)
        self._column.addWidget(self._card)
        self.destroyed.connect(self._daily.changes.subscribe(lambda _: self._show_texts()))
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def _daily(self) -> DailyBackups:
        return self._services.daily.get()

    async def load(self) -> None:
        """Read the backups again, and check those in the data folder one after the other."""
        upkeep = self._services.upkeep
        stored: Sequence[StoredCopy] = ()
        weekly: Sequence[StoredBackup] = ()
        try:
            weekly = await upkeep.backups()
            stored = await self._daily.copies.stored()
        except ChatdeskError as error:
            if not (isinstance(error, PlaceMissing) and self._daily.is_on):  # the strip says so
                self._error = self._error or error
        self._copies = [ShownCopy.of(copy) for copy in stored]
        self._copies += [ShownCopy(copy, copy.made_at, copy.size, is_checked=False) for copy in weekly]
        self._copies.sort(key=lambda copy: copy.made_at, reverse=True)
        self._show_rows()
        self._show_texts()
        for copy in weekly:
            if copy not in self._verified and self.isVisible():
                await self._verify(copy)
        self._show_rows()

    async def _verify(self, copy: StoredBackup) -> None:
        try:
            self._verified[copy] = await self._services.upkeep.verify(copy)
        except ChatdeskError:
            self._verified[copy] = None
        self._show_rows()

    # What the user does.

    def _back_up_now(self) -> None:
        if not self._is_backing_up:
            self._is_backing_up = True
            self._show_texts()
            self._tasks.start(self._back_up(), "back up the chats")

    async def _back_up(self) -> None:
        try:
            await (self._daily.make() if self._daily.is_on else self._services.upkeep.back_up())
            self._error = None
        except ChatdeskError as error:
            self._error = None if self._daily.is_on else error  # a daily one shows its own in the strip
        finally:
            self._is_backing_up = False
        await self.load()

    def _switch_daily(self) -> None:
        if self._daily_switch.isChecked() and self._daily.copies.place is None:
            self._daily_switch.setChecked(False)
            self._open_place_menu()
            return
        self._daily.switch(on=self._daily_switch.isChecked())
        if self._daily.is_due():
            self._start_first()

    def _open_place_menu(self) -> None:
        menu = QMenu(self)
        menu.setObjectName("backupPlaceMenu")
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(self.tr("Choose a folder…")).triggered.connect(self._choose_folder)
        menu.addAction(self.tr("WebDAV server…")).triggered.connect(self._choose_server)
        button: QWidget = self._place_button
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _choose_folder(self) -> None:
        place = self._daily.copies.place
        start = str(place.path.parent) if place and not place.is_remote else str(Path.home())
        dialog = QFileDialog(self.window(), self.tr("Folder for backups"), start)
        dialog.setObjectName("backupFolderDialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._use_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _use_folder(self, path: str) -> None:
        self._daily.choose_folder(Path(path))
        self._start_first()

    def _choose_server(self) -> None:
        sheet = ServerSheet(self._appearance, self.window(), self._daily, self._tasks)
        sheet.connected.connect(self._start_first)
        sheet.open_with_fields()

    def _start_first(self) -> None:
        """Make a backup at once, so that it is seen to work."""
        self._back_up_now()

    def _switch_passphrase(self) -> None:
        if not self._passphrase_switch.isChecked():
            self._daily.stop_protecting()
            return
        self._passphrase_switch.setChecked(False)
        sheet = PassphraseSheet(self._appearance, self.window(), self._daily.protect, self._tasks)
        sheet.open_with_fields()

    def _open_folder(self) -> None:
        place = self._daily.copies.place
        is_shown = place is not None and not place.is_remote and self._daily.is_on
        open_folder(place.path if place and is_shown else self._services.upkeep.backup_folder)

    def _show_all(self) -> None:
        self._shows_all = True
        self._show_rows()

    # What is shown.

    def _show_rows(self) -> None:
        """Show a row for each backup; rows of backups that are still there stay."""
        copies = [self._with_result(copy) for copy in self._copies or ()]
        shown = copies if self._shows_all else copies[:_FIRST_ROWS]
        there = {row.shown.source: row for row in self._rows}
        rows: list[CopyRow] = []
        for copy in shown:
            row = there.pop(copy.source, None)
            if row is None:
                row = CopyRow(self._appearance, copy, self._restoring(copy), self)
                self._card.insert_row(2 + len(rows), row)
            row.show_copy(copy)
            rows.append(row)
        for row in there.values():
            self._card.remove_row(row)
        self._rows = rows
        left = len(copies) - len(shown)
        self._more.setVisible(left > 0)
        self._more.set_texts(counted(lambda count: self.tr("%n older backup(s)", "", count), left), "")

    def _restoring(self, copy: ShownCopy) -> Callable[[], None]:
        return lambda: self.restore_requested.emit(copy)

    def _with_result(self, copy: ShownCopy) -> ShownCopy:
        source = copy.source
        if isinstance(source, StoredCopy) or source not in self._verified:
            return copy
        found = self._verified[source]
        if found is None:
            return ShownCopy(source, copy.made_at, copy.size, is_damaged=True)
        return ShownCopy(source, copy.made_at, copy.size, found.chats, found.newest)

    def _show_texts(self) -> None:
        daily = self._daily
        place, share = daily.copies.place, daily.share
        is_busy = self._is_backing_up or share is not None
        self._now_button.setEnabled(not is_busy)
        percent = f" {round(100 * share)}{QLocale().percent()}" if share else ""
        self._now_button.setText(self.tr("Backing up…") + percent if is_busy else self.tr("Back up now"))
        self._daily_row.set_texts(self.tr("Back up every day"), self._daily_text())
        self._daily_switch.setChecked(daily.is_on)
        self._daily_switch.setAccessibleName(self.tr("Back up every day"))
        self._place_button.setText(self.tr("Change folder…") if place else self.tr("Choose folder…"))
        self._passphrase_row.set_texts(
            self.tr("Protect with a passphrase"),
            self.tr("The copies then open only with it, here or with the age program. It cannot be recovered."),
        )
        self._passphrase_switch.setChecked(daily.is_protected)
        self._passphrase_switch.setAccessibleName(self.tr("Protect with a passphrase"))
        self._passphrase_switch.setEnabled(daily.is_on or daily.is_protected)
        problem = daily.problem if daily.is_on else None
        self._problem.setVisible(problem is not None)
        if problem:
            self._problem.show_text(f"{describe_error(problem).sentence} {self._last_text()}", self.tr("Choose folder"))

    def _last_text(self) -> str:
        if self._daily.last is None:
            return self.tr("There is no backup yet.")
        days = self._daily.days_without()
        if not days:
            return self.tr("The last backup is from today.")
        return counted(lambda count: self.tr("Last backup %n day(s) ago.", "", count), days)

    def _daily_text(self) -> str:
        if self._error:
            return in_one_piece(describe_error(self._error))
        place = self._daily.copies.place
        if place and self._daily.is_on:
            return self.tr("To “{place}” · keeps 7 daily, 4 weekly, 12 monthly").format(place=shown_place(place))
        if self._copies == []:
            return self.tr("No backup yet. Chatdesk makes one each week in the data folder and keeps the last three.")
        return self.tr("Off. Chatdesk makes one each week in the data folder and keeps the last three.")

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._head.setContentsMargins(0, theme.length("s"), 0, 0)
        self._head.setSpacing(theme.length("s"))
        self._column.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        self._heading.set_text(self.tr("Backups"))
        self._folder_button.setText(self.tr("Show in folder"))
        self._folder_button.setAccessibleName(self.tr("Show backups in folder"))
        self._more_button.setText(self.tr("Show all"))
        self._show_texts()
        self._show_rows()
