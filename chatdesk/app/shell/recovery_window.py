"""Recovery window, shown instead of the main window if the chats cannot be opened: the cause, what is safe, and the options.

Nothing is changed before the user chooses, and the old file is always kept. app/recovery_options.py does the work; the error texts are in
ui_kit/errors/error_texts.py, those of the options below.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDateTime, QEvent, QLocale, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from chatdesk.app.recovery_options import Recovery
from chatdesk.kernel.errors import base as errors
from chatdesk.kernel.errors import storage_errors
from chatdesk.kernel.recovery import BackupCopy, Recovered
from chatdesk.ui_kit.errors.error_texts import describe_error, joined
from chatdesk.ui_kit.forms.rows import RowCard
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.counts import counted
from chatdesk.ui_kit.text.open_link import open_folder
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_label import IconTile
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.progress_bar import WorkRow
from chatdesk.ui_kit.widgets.tag import Tag, TagKind

# Texts of the recovery window in the current language.


class RecoveryTexts(QObject):
    """Texts of the window: attributes for fixed texts, methods for those with values."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts to the current language."""
        self.verified = self.tr("Verified")
        self.damaged_file = self.tr("The damaged file")
        self.repair = self.tr("Recover what can be read")
        self.recover_label = self.tr("Recover")
        self.empty = self.tr("Start without chats")
        self.start_empty = self.tr("Start empty")
        self.show_in_folder = self.tr("Show in folder")
        self.details_label = self.tr("What happened?")
        self.copy = self.tr("Copy")
        self.try_again = self.tr("Try again")
        self.quit = self.tr("Quit")
        self.repairing = self.tr("Recovering chats…")
        self.going_back = self.tr("Restoring the backup…")
        self.starting_empty = self.tr("Starting without chats…")
        self.nothing_readable = self.tr("No chats could be recovered.")

    def safety_text(self, error: storage_errors.StorageError) -> str:
        """Return what is safe; empty if the error itself says so."""
        match error:
            case storage_errors.DatabaseDamaged():
                return self.tr("Nothing has been overwritten.")
            case storage_errors.DatabaseNewer():
                return self.tr(
                    "Install the newer version to open them. If you choose another option, they are kept in the folder "
                    "under another name."
                )
            case storage_errors.DatabaseLocked():
                return self.tr("Your chats are unchanged. Close the other program, then try again.")
            case storage_errors.DiskFull():
                return self.tr("Your chats are unchanged. Free some disk space, then try again.")
            case _:
                return ""

    def backups_text(self, newest: BackupCopy | None, *, looking: bool) -> str:
        """Return whether a usable backup was found, or is still being searched for."""
        if newest:
            return self.tr("A usable backup was found: {moment}.").format(moment=self.time_text(newest))
        return self.tr("Looking for a backup…") if looking else self.tr("No usable backup was found.")

    def time_text(self, backup: BackupCopy) -> str:
        """Return when a backup was made."""
        return self._moment(backup.made_at)

    def content_text(self, backup: BackupCopy, *, more: bool) -> str:
        """Return what a backup contains; with `more`, also the time of the last message in its newest chat."""
        chats = counted(lambda number: self.tr("%n chat(s)", "", number), backup.chats)
        title = plain_line(backup.newest)
        newest = self.tr("newest chat: {title}").format(title=title) if title else ""
        moment = self._moment(backup.newest_at) if more and backup.newest_at else ""
        return " · ".join(filter(None, (chats, newest, moment)))

    def restore_label(self, *, best: bool) -> str:
        """Return the label of a backup's button."""
        return self.tr("Restore this backup") if best else self.tr("Use", "a copy")

    def repair_help(self, *, has_copy: bool) -> str:
        """Return what recovering the readable chats does."""
        if has_copy:
            return self.tr("Recovers chats from the file, and takes what cannot be read from the backup")
        return self.tr("Recovers chats from the file; what cannot be read is lost")

    def empty_help(self, error: storage_errors.StorageError) -> str:
        """Return what is kept when starting without chats."""
        match error:
            case storage_errors.DatabaseDamaged():
                return self.tr("The damaged file is kept in the same folder under another name")
            case storage_errors.DatabaseNewer():
                return self.tr("The newer file is kept in the same folder under another name")
            case _:
                return self.tr("Settings and providers are kept")

    def folder_text(self, folder: Path) -> str:
        """Return where the files are."""
        return self.tr("Your files are in {folder}").format(folder=folder)

    def _moment(self, moment: datetime) -> str:
        local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
        today = QDateTime.currentDateTime().date()
        time = QLocale().toString(local.time(), QLocale.FormatType.ShortFormat)
        match local.date().daysTo(today):
            case 0:
                return self.tr("Today, {time}").format(time=time)
            case 1:
                return self.tr("Yesterday, {time}").format(time=time)
        pattern = self.tr("d MMMM") if local.date().year() == today.year() else self.tr("d MMMM yyyy")
        return self.tr("{date}, {time}").format(date=QLocale().toString(local.date(), pattern), time=time)


# Row with one option.


class RecoveryRow(QWidget):
    """Row of a card with an option and its button. `strong` emphasises it."""

    chosen = Signal()

    def __init__(
        self, appearance: Appearance, icon: str, parent: QWidget | None = None, *, strong: bool = False
    ) -> None:
        super().__init__(parent)
        self._title = Label(appearance, "label" if strong else "ui", "text", self, elide=True)
        self._tag = Tag(appearance, "", TagKind.SUCCESS, self)
        self._tag.hide()
        self._caption = Label(appearance, "caption", "textTertiary", self, elide=True)
        self.button = Button(appearance, "", ButtonKind.OUTLINED, self)
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.chosen)
        theme = appearance.theme
        header = QHBoxLayout()
        header.setSpacing(theme.length("s"))
        header.addWidget(self._title)
        header.addWidget(self._tag)
        header.addStretch(1)
        texts = QVBoxLayout()
        texts.setSpacing(theme.length("hair"))
        texts.addLayout(header)
        texts.addWidget(self._caption)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.length("l"), theme.length("s"), theme.length("l"), theme.length("s"))
        row.setSpacing(theme.length("m"))
        row.addWidget(IconTile(appearance, icon, self))
        row.addLayout(texts, 1)
        row.addWidget(self.button)
        self.setMinimumHeight(theme.length("size.rowModel") + theme.length("xs"))

    def set_labels(self, title: str, caption: str, button: str, tag: str = "") -> None:
        """Set the title, the consequence, the label of the button, and a tag for a verified backup."""
        self._title.set_text(title)
        self._caption.set_text(caption)
        self._tag.set_text(tag)
        self._tag.setVisible(bool(tag))
        self.button.setText(button)
        self.button.setAccessibleDescription(" · ".join(filter(None, (title, tag, caption))))

    def recommend(self, *, best: bool) -> None:
        """Emphasise the row's button and make it the default one, or not."""
        self.button.set_kind(ButtonKind.FILLED if best else ButtonKind.OUTLINED)
        self.button.setDefault(best)


_SIZE = (1280, 820)
_TOP = 88
"""Space above the heading in a tall window, in pixels at 100 %."""


class RecoveryWindow(QDialog):
    """Recovery window. Show it, call `begin`, and `end` before it is discarded. `rejected` means that the user quits."""

    try_again_requested = Signal()
    recovered = Signal(Recovered)

    def __init__(
        self, appearance: Appearance, error: storage_errors.StorageError, folder: Path, recovery: Recovery
    ) -> None:
        """`folder` contains the files."""
        super().__init__()
        self._appearance = appearance
        self._error = error
        self._path = folder
        self._recovery = recovery
        self._texts = RecoveryTexts(self)
        self._backups: list[BackupCopy] = []
        self._backup_rows: list[RecoveryRow] = []
        self._tasks = Tasks(self._show_error)
        self._working = False
        self._is_searching = False

        self._title = Label(appearance, "title", "text", self, wrap=True)
        self._safe_label = Label(appearance, "ui", "textSecondary", self, wrap=True, selectable=True)
        self._backups_card = RowCard(appearance, self)
        self._file_heading = Label(appearance, "label", "text", self)
        self._file = RowCard(appearance, self)
        self._repair = RecoveryRow(appearance, "wrench")
        self._empty = RecoveryRow(appearance, "square-pen")
        self._work_row = WorkRow(appearance, self)
        self._failure = Label(appearance, "ui", "danger", self, wrap=True, selectable=True)
        self._details = Label(appearance, "code", "textSecondary", self, wrap=True, selectable=True)
        self._copy_details = Button(appearance, "", ButtonKind.OUTLINED, self)
        self._folder = Button(appearance, "", ButtonKind.PLAIN, self, icon="folder-open")
        self._details_button = Button(appearance, "", ButtonKind.PLAIN, self, icon="info")
        self._retry_button = Button(appearance, "", ButtonKind.PLAIN, self)
        self._quit = Button(appearance, "", ButtonKind.PLAIN, self)
        self._arrange()
        self._connect()
        self._retranslate()
        self._show_state()
        self._retry_button.setFocus()

    def begin(self) -> None:
        """Search for backups."""
        if self._can_replace_file:
            self._is_searching = True
            self._show_state()
            self._tasks.start(self._find_backups(), "look for copies")

    async def end(self) -> None:
        """Cancel the work in progress, without changes, and close the window."""
        self._tasks.cancel()
        await self._tasks.finish()
        self.hide()
        self.deleteLater()

    def raise_to_front(self) -> None:
        """Bring the window to the front, for example because the program was started a second time."""
        self.show()
        self.raise_()
        self.activateWindow()

    @property
    def _can_replace_file(self) -> bool:
        """Whether replacing the file would help. It does not change a full disk or a lock."""
        return isinstance(
            self._error, storage_errors.DatabaseDamaged | storage_errors.DatabaseMissing | storage_errors.DatabaseNewer
        )

    def _arrange(self) -> None:
        theme = self._appearance.theme
        header = QHBoxLayout()
        header.setSpacing(theme.length("l"))
        tile = IconTile(self._appearance, "triangle-alert", self, color="warning", ground="warningSoft", large=True)
        header.addWidget(tile, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(theme.length("hair"))
        texts.addWidget(self._title)
        texts.addWidget(self._safe_label)
        header.addLayout(texts, 1)
        for row in (self._repair, self._empty):
            self._file.add_row(row)
        footer = QHBoxLayout()
        footer.setSpacing(theme.length("s"))
        for button in (self._folder, self._details_button, self._retry_button, self._quit):
            if button is self._retry_button:
                footer.addStretch(1)
            footer.addWidget(button)
            button.setAutoDefault(False)
        self._copy_details.setAutoDefault(False)
        column = QVBoxLayout()
        column.setSpacing(theme.length("l"))
        column.addSpacing(round(_TOP * theme.scale) - theme.length("xxl"))
        column.addLayout(header)
        column.addSpacing(theme.length("s"))
        file_column = QVBoxLayout()
        file_column.setSpacing(theme.length("s"))
        file_column.addWidget(self._file_heading)
        file_column.addWidget(self._file)
        for part in (self._backups_card, self._work_row, self._failure):
            column.addWidget(part)
        column.addSpacing(theme.length("xs"))
        column.addLayout(file_column)
        column.addLayout(footer)
        column.addWidget(self._details)
        column.addWidget(self._copy_details, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._add_centred_scroll_area(column)
        self._details.hide()
        self._copy_details.hide()
        self.resize(*_SIZE)
        self.setMinimumSize(*theme.size("windowMin"))

    def _add_centred_scroll_area(self, column: QVBoxLayout) -> None:
        """Show the column centred, with a readable width, and scrollable."""
        theme = self._appearance.theme
        middle, inside = QWidget(), QWidget()
        middle.setMaximumWidth(theme.length("sheetForm"))
        middle.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout(inside)
        row.setContentsMargins(*[theme.length("columnMargin")] * 4)
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)
        area = QScrollArea(self)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def _connect(self) -> None:
        self._repair.chosen.connect(
            lambda: self._start(
                lambda: self._replace(self._recovery.salvage(self._newest, self._work_row.set_share)),
                self._texts.repairing,
            )
        )
        self._empty.chosen.connect(
            lambda: self._start(lambda: self._replace(self._recovery.start_empty()), self._texts.starting_empty)
        )
        self._work_row.cancelled.connect(self._tasks.cancel)
        self._details_button.clicked.connect(self._show_details)
        self._copy_details.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._details.text()))
        self._folder.clicked.connect(lambda: open_folder(self._path))
        self._quit.clicked.connect(self.reject)
        self._retry_button.clicked.connect(self.try_again_requested)

    @property
    def _newest(self) -> BackupCopy | None:
        return self._backups[0] if self._backups else None

    def _restore_backup(self, backup: BackupCopy) -> None:
        self._start(
            lambda: self._replace(self._recovery.restore(backup, self._work_row.set_share)), self._texts.going_back
        )

    def _start(self, work: Callable[[], Awaitable[None]], text: str) -> None:
        if not self._working:
            self._tasks.cancel()  # a search for older backups
            self._tasks.start(self._run_batch(work, text), "recovery")

    async def _run_batch(self, work: Callable[[], Awaitable[None]], text: str) -> None:
        self._working = True
        self._failure.set_text("")
        self._show_state()
        self._work_row.show_work(text)
        try:
            await work()
        finally:
            self._working = False
            self._show_state()
            self._quit.setFocus()

    async def _find_backups(self) -> None:
        try:
            async for backup in self._recovery.backups():
                self._backups.append(backup)
                self._add_row(backup)
        finally:
            self._is_searching = False
            self._show_state()
        if not self._backups and isinstance(self._error, storage_errors.DatabaseDamaged):
            self._repair.button.setFocus()

    def _add_row(self, backup: BackupCopy) -> None:
        first = not self._backup_rows
        row = RecoveryRow(self._appearance, "history", strong=first)
        row.chosen.connect(partial(self._restore_backup, backup))
        self._backup_rows.append(row)
        self._backups_card.add_row(row)
        row.show()  # a layout would show it later
        self._show_state()
        if first:
            row.button.setFocus()

    async def _replace(self, work: Awaitable[Recovered]) -> None:
        self.recovered.emit(await work)

    def _show_error(self, error: errors.ChatdeskError) -> None:
        text = describe_error(error)
        nothing = isinstance(error, storage_errors.DatabaseDamaged)  # nothing could be recovered
        self._failure.set_text(self._texts.nothing_readable if nothing else text.sentence)
        self._show_state()

    def _show_state(self) -> None:
        damaged = isinstance(self._error, storage_errors.DatabaseDamaged)
        self._backups_card.setVisible(bool(self._backup_rows))
        self._file.setVisible(self._can_replace_file)
        self._file_heading.setVisible(damaged)
        self._repair.setVisible(damaged)
        self._repair.setEnabled(bool(self._backups) or not self._is_searching)
        for row in self._backup_rows:
            row.recommend(best=row is self._backup_rows[0])
        self._repair.recommend(best=damaged and not self._backup_rows and not self._is_searching)
        self._retry_button.set_kind(ButtonKind.PLAIN if self._can_replace_file else ButtonKind.FILLED)
        self._retry_button.setVisible(not damaged)
        self._retry_button.setDefault(not self._can_replace_file)
        for part in (self._backups_card, self._file, self._quit, self._retry_button):
            part.setEnabled(not self._working)
        self._work_row.setVisible(self._working)
        self._failure.setVisible(bool(self._failure.text()))
        self._retranslate()

    def _show_details(self) -> None:
        shown = self._details.isHidden()
        self._details.setVisible(shown)
        self._copy_details.setVisible(shown)

    def _retranslate(self) -> None:
        texts, text = self._texts, describe_error(self._error)
        self.setWindowTitle("Chatdesk")
        self._title.set_text(text.sentence)
        safe = texts.safety_text(self._error)
        backups_text = texts.backups_text(self._newest, looking=self._is_searching) if self._can_replace_file else ""
        # The error's explanation ends with a path, so what follows starts a new line.
        self._safe_label.set_text(joined(safe, backups_text) if safe else f"{text.consequence}\n{backups_text}".strip())
        self._details.set_text("\n\n".join((text.details, texts.folder_text(self._path))))
        for row, backup in zip(self._backup_rows, self._backups, strict=True):
            best = row is self._backup_rows[0]
            row.set_labels(
                texts.time_text(backup),
                texts.content_text(backup, more=best),
                texts.restore_label(best=best),
                texts.verified,
            )
        self._file_heading.set_text(texts.damaged_file)
        self._repair.set_labels(texts.repair, texts.repair_help(has_copy=bool(self._backups)), texts.recover_label)
        self._empty.set_labels(texts.empty, texts.empty_help(self._error), texts.start_empty)
        self._details_button.setText(texts.details_label)
        self._copy_details.setText(texts.copy)
        self._folder.setText(texts.show_in_folder)
        self._retry_button.setText(texts.try_again)
        self._quit.setText(texts.quit)

    def reject(self) -> None:
        """Cancel the work in progress; otherwise quit."""
        if self._working:
            self._tasks.cancel()
        else:
            super().reject()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._texts.retranslate()
            self._retranslate()
        super().changeEvent(event)
