"""What is shown instead of the window when the chats cannot be opened: what happened, what is safe, and the ways on.

Nothing is done before a person chooses, and whatever they choose, the old file stays. The work is services/recovery.py's; the words
of the error are in ui/errors.py.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path

from PySide6.QtCore import QDate, QEvent, QLocale, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from chatdesk.domain import errors, storage_errors
from chatdesk.domain.recovery import BackupCopy, Recovered
from chatdesk.services.recovery import Recovery
from chatdesk.ui.errors import describe_error
from chatdesk.ui.open_link import open_folder
from chatdesk.ui.settings.row_card import RowCard
from chatdesk.ui.shell.recovery_choice import RecoveryChoice
from chatdesk.ui.tasks import Tasks
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.button import Button, ButtonKind
from chatdesk.ui.theme.icon_label import IconLabel
from chatdesk.ui.theme.label import Label
from chatdesk.ui.theme.work_row import WorkRow


class StartProblem(QDialog):
    """Shown, then `begin`; `end` before it is forgotten. `rejected` is quitting. Enter tries again, which changes nothing."""

    try_again_requested = Signal()
    recovered = Signal(Recovered)

    def __init__(
        self, appearance: Appearance, error: storage_errors.StorageError, folder: Path, recovery: Recovery
    ) -> None:
        """`folder` is where the files are."""
        super().__init__()
        self._appearance = appearance
        self._error = error
        self._path = folder
        self._recovery = recovery
        self._backup: BackupCopy | None = None
        self._tasks = Tasks(self._tell)
        self._working = False

        self._title = Label(appearance, "title", "text", self, wrap=True)
        self._safe = Label(appearance, "ui", "textSecondary", self, wrap=True, selectable=True)
        self._place = Label(appearance, "ui", "textSecondary", self, wrap=True, selectable=True)
        self._choices = RowCard(appearance, self)
        self._repair = RecoveryChoice(appearance, "shield-check")
        self._restore = RecoveryChoice(appearance, "archive-restore")
        self._empty = RecoveryChoice(appearance, "square-pen")
        self._work_row = WorkRow(appearance, self)
        self._failure = Label(appearance, "ui", "danger", self, wrap=True, selectable=True)
        self._details = Label(appearance, "code", "textSecondary", self, wrap=True, selectable=True)
        self._folder = Button(appearance, "", ButtonKind.PLAIN, self, icon="folder-open")
        self._more = Button(appearance, "", ButtonKind.PLAIN, self)
        self._quit = Button(appearance, "", ButtonKind.OUTLINED, self)
        self._again = Button(appearance, "", ButtonKind.OUTLINED, self)
        self._arrange()
        self._connect()
        self._retranslate()
        self._show_state()
        self._again.setFocus()

    def begin(self) -> None:
        """Look whether there is a backup to go back to."""
        if self._can_replace:
            self._start(self._look_for_backup, self.tr("Looking for a backup…"))

    async def end(self) -> None:
        """End what is being done, with nothing changed, and go."""
        self._tasks.cancel()
        await self._tasks.finish()
        self.hide()
        self.deleteLater()

    def raise_to_front(self) -> None:
        """Show it above other windows: the program was started a second time."""
        self.show()
        self.raise_()
        self.activateWindow()

    @property
    def _can_replace(self) -> bool:
        """Whether another file would help. A full disk or a lock is nothing that another file would change."""
        return isinstance(
            self._error, storage_errors.DatabaseDamaged | storage_errors.DatabaseMissing | storage_errors.DatabaseNewer
        )

    def _arrange(self) -> None:
        theme = self._appearance.theme
        icon = IconLabel(self._appearance, "triangle-alert", "warning", self, size="toolbar")
        head = QHBoxLayout()
        head.setSpacing(theme.length("m"))
        head.addWidget(icon)
        head.addWidget(self._title, 1)
        for choice in (self._repair, self._restore, self._empty):
            self._choices.add_row(choice)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.length("s"))
        for button in (self._folder, self._more, self._quit, self._again):
            if button is self._quit:
                buttons.addStretch(1)
            buttons.addWidget(button)
            button.setAutoDefault(False)
        self._again.setDefault(True)
        layout = QVBoxLayout(self)
        margin = theme.length("page")
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(theme.length("l"))
        layout.addLayout(head)
        for part in (self._safe, self._place, self._choices, self._work_row, self._failure, self._details):
            layout.addWidget(part)
        layout.addLayout(buttons)
        self._details.hide()
        self.setFixedWidth(theme.length("settingsColumn"))

    def _connect(self) -> None:
        self._repair.chosen.connect(
            lambda: self._start(
                lambda: self._replace(self._recovery.salvage(self._backup, self._work_row.set_share)),
                self.tr("Repairing…"),
            )
        )
        self._restore.chosen.connect(self._go_back)
        self._empty.chosen.connect(
            lambda: self._start(lambda: self._replace(self._recovery.start_empty()), self.tr("Starting without chats…"))
        )
        self._work_row.cancelled.connect(self._tasks.cancel)
        self._more.clicked.connect(self._show_details)
        self._folder.clicked.connect(lambda: open_folder(self._path))
        self._quit.clicked.connect(self.reject)
        self._again.clicked.connect(self.try_again_requested)

    def _go_back(self) -> None:
        if backup := self._backup:
            self._start(
                lambda: self._replace(self._recovery.restore(backup, self._work_row.set_share)),
                self.tr("Going back to the backup…"),
            )

    def _start(self, work: Callable[[], Awaitable[None]], words: str) -> None:
        if not self._working:
            self._tasks.start(self._carry_out(work, words), "recovery")

    async def _carry_out(self, work: Callable[[], Awaitable[None]], words: str) -> None:
        self._working = True
        self._failure.set_text("")
        self._show_state()
        self._work_row.show_work(words)
        self._fit()
        try:
            await work()
        finally:
            self._working = False
            self._show_state()
            self._again.setFocus()

    async def _look_for_backup(self) -> None:
        self._backup = await self._recovery.newest_backup()
        self._retranslate()

    async def _replace(self, work: Awaitable[Recovered]) -> None:
        self.recovered.emit(await work)

    def _tell(self, error: errors.ChatdeskError) -> None:
        text = describe_error(error)
        nothing = isinstance(
            error, storage_errors.DatabaseDamaged
        )  # asked for all that can be read, and there was nothing
        self._failure.set_text(self.tr("Nothing could be read of it.") if nothing else text.sentence)
        self._show_state()

    def _show_state(self) -> None:
        damaged = isinstance(self._error, storage_errors.DatabaseDamaged)
        self._choices.setVisible(self._can_replace)
        self._choices.setEnabled(not self._working)
        self._repair.setVisible(damaged)
        self._restore.setVisible(self._backup is not None)
        self._repair.recommend(best=True)
        self._restore.recommend(best=not damaged)
        self._again.set_kind(ButtonKind.OUTLINED if self._can_replace else ButtonKind.FILLED)
        self._work_row.setVisible(self._working)
        self._failure.setVisible(bool(self._failure.text()))
        for button in (self._quit, self._again):
            button.setEnabled(not self._working)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the words need at this width: a layout of wrapped words does not ask for it by itself."""
        if layout := self.layout():
            layout.activate()
            self.setFixedHeight(max(layout.totalHeightForWidth(self.width()), layout.totalMinimumSize().height()))

    def _show_details(self) -> None:
        self._details.setVisible(self._details.isHidden())
        self._fit()

    def _retranslate(self) -> None:
        text = describe_error(self._error)
        self.setWindowTitle("Chatdesk")
        self._title.set_text(text.sentence)
        safe = self._what_is_safe()
        self._safe.set_text(safe or text.consequence)  # which names the place
        self._place.set_text(self.tr("Your files are in {folder}").format(folder=self._path))
        self._place.setVisible(bool(safe))
        self._details.set_text(text.details)
        self._more.setText(self.tr("Details"))
        self._folder.setText(self.tr("Open folder"))
        self._quit.setText(self.tr("Quit"))
        self._again.setText(self.tr("Try again"))
        self._retranslate_choices()

    def _what_is_safe(self) -> str:
        match self._error:
            case storage_errors.DatabaseDamaged():
                return self.tr(
                    "Nothing was changed or deleted. Whatever you choose, the damaged file stays in the folder under another name."
                )
            case storage_errors.DatabaseNewer():
                return self.tr(
                    "Install the newer version to open them. If you go another way, they stay in the folder under another name."
                )
            case storage_errors.DatabaseLocked():
                return self.tr("Your chats are as they were. Close the other program, then try again.")
            case storage_errors.DiskFull():
                return self.tr("Your chats are as they were. Make some room on the disk, then try again.")
            case _:
                return ""

    def _retranslate_choices(self) -> None:
        date = chats = ""
        if self._backup:
            made_at = self._backup.made_at.astimezone()
            date = QLocale().toString(QDate(made_at.year, made_at.month, made_at.day), QLocale.FormatType.LongFormat)
            chats = self.tr("%n chat(s). What was said later is not in it.", "", self._backup.chats)
        self._repair.set_words(
            self.tr("Repair it and keep all that can be read"),
            self.tr("What cannot be read is taken from the backup of {date}.").format(date=date)
            if self._backup
            else self.tr("There is no backup; what cannot be read stays missing."),
            self.tr("Repair"),
        )
        self._restore.set_words(
            self.tr("Go back to the backup of {date}").format(date=date),
            chats,
            self.tr("Go back"),
        )
        self._empty.set_words(
            self.tr("Start without chats"),
            self.tr("Settings and servers stay as they are."),
            self.tr("Start empty"),
        )

    def reject(self) -> None:
        """End what is being done; if nothing is, quit."""
        if self._working:
            self._tasks.cancel()
        else:
            super().reject()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
