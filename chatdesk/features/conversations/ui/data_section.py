"""Data section of the settings: where chats are stored and how much, their documents, the deleted ones, and the backups."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.features.conversations.services.trash import Trash
from chatdesk.features.conversations.services.upkeep import StoredBackup, Upkeep, Usage
from chatdesk.kernel.chat.trash import TrashKind
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.recovery import BackupCopy
from chatdesk.ui_kit.errors.error_texts import describe_error, in_one_piece
from chatdesk.ui_kit.forms.rows import ActionRow, RowCard
from chatdesk.ui_kit.forms.section_page import SectionPage
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.counts import counted
from chatdesk.ui_kit.text.open_link import open_folder
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.tag import Tag, TagKind

if TYPE_CHECKING:
    from chatdesk.features.attachments.services.stored_documents import StoredDocument

_SI = QLocale.DataSizeFormat.DataSizeSIFormat


class DataSection(Translated, SectionPage):
    """Data section. What it shows is read each time it is shown, and backups are verified one after the other."""

    def __init__(
        self,
        appearance: Appearance,
        upkeep: Upkeep,
        trash: Trash,
        tasks: Tasks,
        show_deleted: Callable[[], object],
        show_documents: "Callable[[Sequence[StoredDocument]], object]",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(appearance, parent)
        self._upkeep = upkeep
        self._trash = trash
        self._tasks = tasks
        self._usage: Usage | None = None
        self._documents: Sequence[StoredDocument] | None = None
        self._deleted: int | None = None
        self._backups: tuple[StoredBackup, ...] | None = None
        self._verified: dict[StoredBackup, BackupCopy | None] = {}
        self._error: StorageError | None = None
        """Why the last backup failed, or else why the backups could not be listed."""
        self._is_backing_up = False
        self._location = ActionRow(appearance, "dataFolder")
        self._folder_button = self._location.add_button("showDataFolder", "folder-open", self._open_folder)
        self._documents_row = ActionRow(appearance, "storedDocuments")
        self._documents_button = self._documents_row.add_button(
            "showDocuments", "", lambda: show_documents(self._documents or ())
        )
        self._deleted_row = ActionRow(appearance, "deletedChats")
        self._deleted_button = self._deleted_row.add_button("showDeleted", "", show_deleted)
        stored = RowCard(appearance, self)
        stored.add_row(self._location)
        stored.add_row(self._documents_row)
        stored.add_row(self._deleted_row)
        self._heading = Label(appearance, "label", "text")
        self._backups_button = Button(appearance, "", ButtonKind.PLAIN, icon="folder-open")
        self._backups_button.clicked.connect(self._open_backups)
        self._now_button = Button(appearance, "")
        self._now_button.setObjectName("backUpNow")
        self._now_button.clicked.connect(self._start_backup)
        self._head_row = QHBoxLayout()
        self._head_row.addWidget(self._heading, 1)
        self._head_row.addWidget(self._backups_button)
        self._head_row.addWidget(self._now_button)
        self._backups_card = RowCard(appearance, self)
        self._state = ActionRow(appearance, "backupState")
        self._backups_card.add_row(self._state)
        self._rows: list[_BackupRow] = []
        self.column.addWidget(stored)
        self.column.addLayout(self._head_row)
        self.column.addWidget(self._backups_card)
        appearance.bind(self._restyle_head)
        self._retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Read everything again."""
        super().showEvent(event)
        self._error = None
        self._tasks.start(self._load(), "read what is stored")

    async def _load(self) -> None:
        try:
            self._usage = await self._upkeep.usage()
            self._documents = await self._upkeep.documents()
            self._deleted = sum(
                item.count if item.kind is TrashKind.FOLDER else 1 for item in await self._trash.items()
            )
            self._backups = await self._upkeep.backups()
        except StorageError as error:
            self._error = self._error or error
        self._show_backups()
        self._show_texts()
        for backup in self._backups or ():
            if backup not in self._verified and self.isVisible():
                await self._verify(backup)

    async def _verify(self, backup: StoredBackup) -> None:
        try:
            self._verified[backup] = await self._upkeep.verify(backup)
        except StorageError:
            self._verified[backup] = None
        self._show_texts()

    def _start_backup(self) -> None:
        if not self._is_backing_up:
            self._is_backing_up = True
            self._show_texts()
            self._tasks.start(self._back_up(), "back up the chats")

    async def _back_up(self) -> None:
        try:
            await self._upkeep.back_up()
            self._error = None
        except StorageError as error:
            self._error = error
        finally:
            self._is_backing_up = False
        if self._error is None:
            await self._load()
        self._show_texts()

    def _open_folder(self) -> None:
        if self._usage:
            open_folder(self._usage.folder)

    def _open_backups(self) -> None:
        open_folder(self._upkeep.backup_folder)

    def _show_backups(self) -> None:
        """Show a row for each backup; rows of backups that are still there stay."""
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [_BackupRow(self._appearance, backup) for backup in self._backups or ()]
        for row in self._rows:
            self._backups_card.add_row(row)

    def _show_texts(self) -> None:
        locale = QLocale()
        if usage := self._usage:
            facts = (
                locale.formattedDataSize(usage.size, 1, _SI),
                counted(lambda count: self.tr("%n chat(s)", "", count), usage.chats),
                self.tr("{size} free").format(size=locale.formattedDataSize(usage.free, 0, _SI)),
            )
            self._location.set_texts(str(usage.folder), " · ".join(facts))
        else:
            self._location.set_texts(self.tr("Chats on this computer"), self.tr("Checking…"))
        self._documents_row.set_texts(self.tr("Documents in chats"), self._document_facts())
        self._documents_button.setEnabled(bool(self._documents))
        deleted = counted(lambda count: self.tr("%n chat(s), kept for 30 days", "", count), self._deleted or 0)
        self._deleted_row.set_texts(self.tr("Recently deleted"), deleted if self._deleted else self.tr("Empty"))
        self._now_button.setEnabled(not self._is_backing_up)
        self._now_button.setText(self.tr("Backing up…") if self._is_backing_up else self.tr("Back up now"))
        self._state.set_texts(self.tr("Weekly backups"), self._backup_state())
        for row in self._rows:
            row.show_state(self._verified.get(row.backup), is_verified=row.backup in self._verified)

    def _document_facts(self) -> str:
        if self._documents is None:
            return self.tr("Checking…")
        if not self._documents:
            return self.tr("None")
        count = counted(lambda count: self.tr("%n document(s)", "", count), len(self._documents))
        size = QLocale().formattedDataSize(sum(each.size for each in self._documents), 1, _SI)
        return f"{count} · {size}"

    def _backup_state(self) -> str:
        if self._error:
            return in_one_piece(describe_error(self._error))
        if self._backups == ():
            return self.tr("No backup yet. Chatdesk makes one each week and keeps the last three.")
        return self.tr("Chatdesk makes one each week and keeps the last three.")

    def _restyle_head(self) -> None:
        theme = self._appearance.theme
        self._head_row.setContentsMargins(0, theme.length("s"), 0, 0)
        self._head_row.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        self.set_labels(self.tr("Data"), self.tr("Everything stays on this computer unless you send it somewhere."))
        self._folder_button.setText(self.tr("Show in folder"))
        self._documents_button.setText(self.tr("Show…"))
        self._deleted_button.setText(self.tr("Open"))
        self._heading.set_text(self.tr("Backups"))
        self._backups_button.setText(self.tr("Show in folder"))
        self._backups_button.setAccessibleName(self.tr("Show backups in folder"))
        self._show_texts()


class _BackupRow(Translated, QWidget):
    """A backup: its time, its content once verified, its state and its size."""

    def __init__(self, appearance: Appearance, backup: StoredBackup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.backup = backup
        self._copy: BackupCopy | None = None
        self._is_verified = False
        self._time = Label(appearance, "ui", "text")
        self._content = Label(appearance, "ui", "textSecondary", elide=True)
        self._tag = Tag(appearance, "")
        self._size = Label(appearance, "caption", "textTertiary")
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._time)
        self._layout.addWidget(self._content, 1)
        self._layout.addWidget(self._tag)
        self._layout.addWidget(self._size)
        appearance.bind(self._restyle)
        self._retranslate()

    def show_state(self, copy: BackupCopy | None, *, is_verified: bool) -> None:
        """Show the content of a verified backup, or that it is damaged."""
        self._copy, self._is_verified = copy, is_verified
        self._retranslate()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setMinimumHeight(theme.length("rowCheck"))
        self._layout.setContentsMargins(theme.length("l"), 0, theme.length("l"), 0)
        self._layout.setSpacing(theme.length("l"))

    def _retranslate(self) -> None:
        locale = QLocale()
        made_at = QDateTime.fromSecsSinceEpoch(int(self.backup.made_at.timestamp()))
        self._time.set_text(locale.toString(made_at, QLocale.FormatType.ShortFormat))
        self._size.set_text(locale.formattedDataSize(self.backup.size, 1, _SI))
        if not self._is_verified:
            self._tag.set_text(self.tr("Checking…"))
            self._tag.set_kind(TagKind.NEUTRAL)
            self._content.set_text("")
        elif self._copy is None:
            self._tag.set_text(self.tr("Damaged"))
            self._tag.set_kind(TagKind.DANGER)
            self._content.set_text(self.tr("Cannot be opened"))
        else:
            self._tag.set_text(self.tr("Verified"))
            self._tag.set_kind(TagKind.SUCCESS)
            chats = counted(lambda count: self.tr("%n chat(s)", "", count), self._copy.chats)
            newest = self.tr("newest: {title}").format(title=self._copy.newest) if self._copy.newest else ""
            self._content.set_text(" · ".join(filter(None, (chats, newest))))
        self.setAccessibleName(f"{self._time.text()}, {self._content.text()}, {self._tag.text()}, {self._size.text()}")
