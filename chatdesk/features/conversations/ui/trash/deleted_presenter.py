"""Presenter for the *Recently deleted* page: restore, delete permanently after confirmation, and read."""

from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal

from chatdesk.features.conversations.services.trash import Restored, Trash, TrashChanged
from chatdesk.features.conversations.ui.trash.deleted_page import DeletedPage
from chatdesk.kernel.chat.trash import Trashed, TrashKind
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind

_SIZE_QUERY_BATCH = 20
"""Number of chats per size query, which reads their text: it must not delay the saving of answers."""
_MAX_COUNT = 2**31 - 1


def utc_now() -> datetime:
    """Return the current UTC time."""
    return datetime.now(UTC)


class DeletedPresenter(QObject):
    """`notified` carries a message, the name of the item, and the ID of a chat that can be opened; empty for none."""

    notified = Signal(str, str, str)

    def __init__(self, appearance: Appearance, page: DeletedPage, trash: Trash, tasks: Tasks) -> None:
        super().__init__(page)
        self.page = page
        self._appearance = appearance
        self._trash = trash
        self._tasks = tasks
        self._texts = page.rows.texts
        self._generation = 0
        self._unsubscribe = trash.changes.subscribe(self._on_change)
        page.list.opened.connect(lambda item: self._start(self._read(item)))
        page.list.restore_requested.connect(lambda item: self._start(self._restore((item,))))
        page.list.delete_requested.connect(self.ask_to_delete)
        page.header.restore_all_requested.connect(lambda: self._start(self._restore(page.rows.items)))
        page.header.delete_all_requested.connect(self._ask_to_delete_all)

    def end(self) -> None:
        """Stop listening to changes."""
        self._generation += 1
        self._unsubscribe()

    def open(self) -> None:
        """Show the current items."""
        self.page.begin()
        self._start(self._list())

    def restore(self, item: Trashed) -> None:
        """Restore an item."""
        self._start(self._restore((item,)))

    def ask_to_delete(self, item: Trashed) -> None:
        """Delete an item permanently after confirmation."""
        heading = self.tr("Permanently delete “{name}”?").format(name=self._texts.name(item))
        warning = self.tr("You cannot undo this.")
        if item.kind is TrashKind.FOLDER and item.count:
            warning = self.tr(
                "%n chat(s) in the folder are deleted too. You cannot undo this.", "", self._chat_count(item)
            )
        self._ask(heading, warning, lambda: self._start(self._delete((item,), self._texts.name(item))))

    def _ask_to_delete_all(self) -> None:
        items = self.page.rows.items
        if items:
            heading = self.tr("Permanently delete %n chat(s)?", "", len(items))
            warning = self.tr("You cannot undo this.")
            self._ask(heading, warning, lambda: self._start(self._delete(items, "")))

    def _ask(self, heading: str, warning: str, on_confirm: Callable[[], None]) -> None:
        sheet = Sheet(self._appearance, self.page.window(), SheetKind.QUESTION, heading)
        sheet.setObjectName("deleteForGood")
        backups_note = self.tr("Existing backups keep a copy until they are replaced by newer ones.")
        for text in (warning, backups_note):
            sheet.body.addWidget(Label(self._appearance, "ui", "textSecondary", text=text, wrap=True))
        sheet.body.setSpacing(self._appearance.theme.length("s"))
        sheet.add_button(self.tr("Cancel"), ButtonKind.PLAIN).clicked.connect(sheet.cancel)
        delete = sheet.add_button(self.tr("Delete permanently"), ButtonKind.DANGER)
        delete.clicked.connect(sheet.leave)
        delete.clicked.connect(on_confirm)
        sheet.open()

    async def _list(self) -> None:
        self._generation += 1
        generation = self._generation
        items = await self._trash.items()
        if generation != self._generation:
            return
        read = self.page.read
        if read and read not in items:
            self.page.leave_chat()
        self.page.show_items(items)
        await self._measure(items, generation)

    async def _measure(self, items: Sequence[Trashed], generation: int) -> None:
        size = 0
        chats = [item.id for item in items if item.kind is TrashKind.CHAT]
        for item in items:
            if item.kind is TrashKind.FOLDER and item.count:
                chats += await self._trash.chats_of(item.id)
        for start in range(0, len(chats), _SIZE_QUERY_BATCH):
            size += await self._trash.size(chats[start : start + _SIZE_QUERY_BATCH])
            if generation != self._generation:
                return
        self.page.show_size(size)

    async def _read(self, item: Trashed) -> None:
        try:
            messages = await self._trash.messages(item.id)
        except KeyError:  # it has just expired
            await self._list()
            return
        self.page.show_chat(item, messages)

    async def _restore(self, items: Sequence[Trashed]) -> None:
        chats = [item.id for item in items if item.kind is TrashKind.CHAT]
        folders = [item.id for item in items if item.kind is TrashKind.FOLDER]
        restored = await self._trash.restore(chats, folders)
        self._notify(items, restored)

    def _notify(self, items: Sequence[Trashed], restored: Restored) -> None:
        if not restored.conversations and not restored.folders:
            return
        if len(items) > 1:
            self.notified.emit(self.tr("%n restored", "", len(items)), "", "")
            return
        (item,) = items
        chat = restored.conversations[0].id if item.kind is TrashKind.CHAT else ""
        folder = plain_line(item.folder)
        message = self.tr("Restored to {folder}").format(folder=folder) if folder else self.tr("Restored")
        self.notified.emit(message, self._texts.name(item), chat)

    async def _delete(self, items: Sequence[Trashed], name: str) -> None:
        await self._trash.delete(items)
        message = self.tr("Permanently deleted") if name else self.tr("%n permanently deleted", "", len(items))
        self.notified.emit(message, name, "")

    def _on_change(self, _change: TrashChanged) -> None:
        if self.page.isVisible():
            self._start(self._list())

    def _chat_count(self, item: Trashed) -> int:
        return min(item.count, _MAX_COUNT)

    def _start(self, work: Coroutine[object, object, object]) -> None:
        self._tasks.start(work, "what was deleted")
