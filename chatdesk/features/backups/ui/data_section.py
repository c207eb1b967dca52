"""Data section of the settings: what is stored where, the deleted chats, the backups, and the ways in and out."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from chatdesk.features.backups.services.backup_services import BackupServices
from chatdesk.features.backups.services.maintenance import Usage
from chatdesk.features.backups.ui.backups_card import BackupsCard
from chatdesk.features.backups.ui.data_folder_presenter import DataFolderPresenter
from chatdesk.features.chat.services.store.conversations import ConversationChange, ConversationChanged
from chatdesk.kernel.chat.trash import TrashKind
from chatdesk.kernel.errors.storage_errors import StorageError
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.recovery import ClosedWork
from chatdesk.ui_kit.feature import DataAction, LiveState, WindowContext
from chatdesk.ui_kit.forms.rows import ActionRow, RowCard
from chatdesk.ui_kit.forms.section_page import SectionPage
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.counts import counted
from chatdesk.ui_kit.text.location_texts import shown_path
from chatdesk.ui_kit.text.open_link import open_folder
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.focus import set_tab_order
from chatdesk.ui_kit.widgets.label import Label

if TYPE_CHECKING:
    from chatdesk.features.attachments.services.stored_documents import StoredDocument

_SI = QLocale.DataSizeFormat.DataSizeSIFormat


_CLOCK_MS = 30_000
"""How often times like *2 minutes ago* are brought up to date."""
_COUNT_MS = 300
"""How soon the numbers follow chats that come or go. An import announces thousands of them, one after the other."""


@dataclass(frozen=True, slots=True)
class _Action:
    """An import or export with its row, and its state if that changes."""

    action: DataAction
    row: ActionRow
    button: Button
    live: LiveState | None


class DataSection(Translated, SectionPage):
    """Data section. What it shows is read each time it is shown, and again when chats come or go meanwhile."""

    def __init__(
        self,
        services: BackupServices,
        window: WindowContext,
        actions: Sequence[DataAction],
        reopen: Callable[[ClosedWork], object],
        show_deleted: Callable[[], object],
        show_documents: "Callable[[Sequence[StoredDocument]], object]",
        parent: QWidget | None = None,
    ) -> None:
        appearance = window.appearance
        super().__init__(appearance, parent)
        self._services = services
        self._tasks = window.tasks
        presenter = DataFolderPresenter(window, services, reopen, self)
        self._usage: Usage | None = None
        self._documents: Sequence[StoredDocument] | None = None
        self._deleted: int | None = None
        self._location = ActionRow(appearance, "dataFolder", icon="hard-drive")
        self._folder_button = self._location.add_button("showDataFolder", "folder-open", self._open_folder)
        self._move_button = self._location.add_button("moveData", "", lambda: presenter.choose(self._move_button))
        self._move_button.setVisible(presenter.can_move)
        self._documents_row = ActionRow(appearance, "storedDocuments", icon="file-text")
        self._documents_button = self._documents_row.add_button(
            "showDocuments", "", lambda: show_documents(self._documents or ())
        )
        self._deleted_row = ActionRow(appearance, "deletedChats", icon="trash-2")
        self._deleted_button = self._deleted_row.add_button("showDeleted", "", show_deleted)
        stored = RowCard(appearance, self)
        for row in (self._location, self._documents_row, self._deleted_row):
            stored.add_row(row)
        self.backups = BackupsCard(appearance, services, window.tasks, self)
        self.column.addWidget(stored)
        self.column.addWidget(self.backups)
        self._actions: list[_Action] = []
        self._clock = QTimer(self)
        self._clock.setInterval(_CLOCK_MS)
        self._clock.timeout.connect(self._show_actions)
        self._reading = asyncio.Lock()
        self._count_soon = QTimer(self)
        self._count_soon.setSingleShot(True)
        self._count_soon.setInterval(_COUNT_MS)
        self._count_soon.timeout.connect(lambda: self._tasks.start(self._count(), "count what is stored"))
        conversations = services.conversations
        self.destroyed.connect(conversations.conversations.changes.subscribe(self._on_chats))
        self.destroyed.connect(conversations.trash.changes.subscribe(lambda _: self._follow_chats()))
        self._actions_heading = Label(appearance, "label", "text", self)
        self._actions_heading.setVisible(bool(actions))
        if actions:
            self._add_actions(appearance, actions)
        self._diagnostics = ActionRow(appearance, "diagnosticsFacts")
        self._diagnostics_button = self._diagnostics.add_button("showDiagnostics", "", presenter.show_diagnostics)
        help_card = RowCard(appearance, self)
        help_card.add_row(self._diagnostics)
        self.column.addWidget(help_card)
        self._stored, self._help = stored, help_card
        self.backups.rows_changed.connect(self._set_tab_order)
        appearance.bind(self._space_headings)
        self._retranslate()

    def _add_actions(self, appearance: Appearance, actions: Sequence[DataAction]) -> None:
        card = RowCard(appearance, self)
        for action in actions:
            row = ActionRow(appearance, f"{action.name}Facts")
            live = action.live() if action.live else None
            self._actions.append(_Action(action, row, row.add_button(action.name, action.icon, action.run), live))
            card.add_row(row)
            if live:
                self.destroyed.connect(live.follow(self._show_actions))
        self.column.addWidget(self._actions_heading)
        self.column.addWidget(card)

    def _space_headings(self) -> None:
        """Give the heading the distance from the card above that the heading of the backups has."""
        self._actions_heading.setContentsMargins(0, self._appearance.theme.length("s"), 0, 0)

    def _set_tab_order(self) -> None:
        rows = (each.row for each in self._actions)
        set_tab_order((self._stored, *self.backups.tab_stops(), *rows, self._help))

    def showEvent(self, event: QShowEvent) -> None:
        """Read everything again."""
        super().showEvent(event)
        self._set_tab_order()
        self.reload()
        self._show_actions()
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop updating times that are not visible."""
        super().hideEvent(event)
        self._clock.stop()
        self._count_soon.stop()

    def _on_chats(self, change: ConversationChange) -> None:
        if not isinstance(change, ConversationChanged):
            self._follow_chats()

    def _follow_chats(self) -> None:
        """Count soon, however many changes follow."""
        if self.isVisible() and not self._count_soon.isActive():
            self._count_soon.start()

    def reload(self) -> None:
        """Read everything again."""
        self._tasks.start(self._load(), "read what is stored")

    async def _load(self) -> None:
        await self._count()
        await self.backups.load()

    async def _count(self) -> None:
        maintenance = self._services.maintenance
        async with self._reading:  # one after the other, so that the last one shows the newest state
            try:
                self._usage = await maintenance.usage()
                self._documents = await maintenance.documents()
                self._deleted = sum(
                    item.count if item.kind is TrashKind.FOLDER else 1
                    for item in await self._services.conversations.trash.items()
                )
            except StorageError:
                pass  # whatever needs the file reports that it cannot be read
            self._show_texts()

    def _open_folder(self) -> None:
        if self._usage:
            open_folder(self._usage.folder)

    def _show_texts(self) -> None:
        locale = QLocale()
        if usage := self._usage:
            chats = counted(lambda count: self.tr("%n chat(s)", "", count), usage.chats)
            attachments = counted(lambda count: self.tr("%n attachment(s)", "", count), usage.attachments)
            facts = (
                locale.formattedDataSize(usage.size, 1, _SI),
                self.tr("{chats}, {attachments}").format(chats=chats, attachments=attachments)
                if usage.attachments
                else chats,
                self.tr("{size} free").format(size=locale.formattedDataSize(usage.free, 0, _SI)),
            )
            self._location.set_texts(shown_path(usage.folder), " · ".join(facts))
        else:
            self._location.set_texts(self.tr("Chats on this computer"), self.tr("Checking…"))
        self._documents_row.set_texts(self.tr("Documents in chats"), self._document_facts())
        self._documents_button.setEnabled(bool(self._documents))
        deleted = counted(lambda count: self.tr("%n chat(s), kept for 30 days", "", count), self._deleted or 0)
        self._deleted_row.set_texts(self.tr("Recently deleted"), deleted if self._deleted else self.tr("Empty"))

    def _show_actions(self) -> None:
        for each in self._actions:
            title, caption, label = (
                QCoreApplication.translate("DataActions", text)
                for text in (each.action.title, each.action.caption, each.action.button)
            )
            state = each.live.current() if each.live else None
            each.row.set_texts(title, state.caption if state else caption)
            each.button.setText(state.button if state else label)

    def _document_facts(self) -> str:
        if self._documents is None:
            return self.tr("Checking…")
        if not self._documents:
            return self.tr("None")
        count = counted(lambda count: self.tr("%n document(s)", "", count), len(self._documents))
        size = QLocale().formattedDataSize(sum(each.size for each in self._documents), 1, _SI)
        return f"{count} · {size}"

    def _retranslate(self) -> None:
        self.set_labels(self.tr("Data"), self.tr("Everything stays on this computer unless you send it somewhere."))
        self._folder_button.setText(self.tr("Show in folder"))
        self._documents_button.setText(self.tr("Show…"))
        self._move_button.setText(self.tr("Move…"))
        self._deleted_button.setText(self.tr("Open"))
        self._diagnostics.set_texts(
            self.tr("Diagnostics"), self.tr("Versions, numbers and sizes for a bug report. Nothing of your chats.")
        )
        self._diagnostics_button.setText(self.tr("Show…"))
        self._actions_heading.set_text(self.tr("Moving in and out"))
        self._show_actions()
        self._show_texts()
