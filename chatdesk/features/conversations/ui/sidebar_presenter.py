"""Connects the sidebar to the services: list of chats, rename, pin, delete, undo and search.

`folder_presenter.py` handles folders.
"""

from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.features.chat.services.store.conversations import (
    ConversationAdded,
    ConversationChange,
    ConversationChanged,
    ConversationRemoved,
)
from chatdesk.features.conversations.services.conversation_services import ConversationServices
from chatdesk.features.conversations.services.list_editing import Edit, EditKind
from chatdesk.features.conversations.ui.sidebar.sidebar import Sidebar
from chatdesk.ui_kit.tasks import Tasks

if TYPE_CHECKING:
    from chatdesk.features.chat.services.store.message_search import MessageSearch

_SEARCH_AFTER_MILLISECONDS = 150
_HITS_AT_ONCE = 200
_MIN_CHATS = 40
"""Chats that are found at first if there are as many, so that the list can be scrolled to its end."""


class SidebarPresenter(QObject):
    """Presenter for the chats of the sidebar. Its signals report what was deleted and undone, for toasts."""

    deleted = Signal(tuple, object)
    """Chats that were moved to the trash, and the `Edit` that undoes it."""
    undone = Signal(EditKind)

    def __init__(self, sidebar: Sidebar, services: ConversationServices, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._sidebar = sidebar
        self._services = services
        self._tasks = tasks
        self._subscriptions = (
            services.conversations.changes.subscribe(self._on_change),
            services.trash.changes.subscribe(lambda change: sidebar.set_deleted(change.count)),
        )
        self._search_text = ""
        self._search: MessageSearch | None = None
        self._is_adding = False
        self._search_timer = QTimer(self, singleShot=True, interval=_SEARCH_AFTER_MILLISECONDS)
        self._search_timer.timeout.connect(self._start_search)
        sidebar.set_conversations(services.conversations.all())
        sidebar.rename_requested.connect(self.rename)
        sidebar.trash_requested.connect(self.delete)
        sidebar.search_requested.connect(self._search_for)
        sidebar.more_hits_wanted.connect(self._show_more_hits)
        sidebar.undo_requested.connect(self.undo)
        sidebar.set_undo(self.undo_text)

    def close(self) -> None:
        """Stop listening to changes."""
        self._search_timer.stop()
        for end in self._subscriptions:
            end()

    def undo(self, edit: Edit | None = None) -> None:
        """Undo a change of the list, by default the last one."""
        self._tasks.start(self._undo(edit), "undo in the list of chats")

    async def _undo(self, edit: Edit | None) -> None:
        if kind := await self._services.list_editing.undo(edit):
            self.undone.emit(kind)

    def undo_text(self) -> str:
        """Return the text of the undo command; empty if there is nothing to undo."""
        match self._services.list_editing.next_undo:
            case EditKind.DELETE:
                return self.tr("Undo delete")
            case EditKind.MOVE:
                return self.tr("Undo move")
            case EditKind.RENAME:
                return self.tr("Undo rename")
            case None:
                return ""

    def _on_change(self, change: ConversationChange) -> None:
        match change:
            case ConversationAdded(conversation):
                self._sidebar.conversation_added(conversation)
            case ConversationChanged(conversation):
                self._sidebar.conversation_changed(conversation)
            case ConversationRemoved(conversation):
                self._sidebar.conversation_removed(conversation.id)
            case _:
                assert_never(change)

    def rename(self, conversation_id: str, title: str) -> None:
        """Set the title of a chat."""
        self._tasks.start(self._services.list_editing.rename_chat(conversation_id, title), "rename chat")

    def pin(self, conversation_id: str, *, pinned: bool) -> None:
        """Pin a chat, or unpin it."""
        self._tasks.start(self._services.list_editing.pin(conversation_id, pinned=pinned), "pin chat")

    def delete(self, conversation_ids: list[str]) -> None:
        """Move chats to the trash."""
        self._tasks.start(self._trash_all(conversation_ids), "trash chats")

    async def _trash_all(self, conversation_ids: list[str]) -> None:
        deleted, edit = await self._services.list_editing.delete_chats(conversation_ids)
        if edit:
            self.deleted.emit(deleted, edit)

    def _search_for(self, text: str) -> None:
        if self._search:
            self._search.stop()
            self._search = None
        self._search_text = text
        if text.strip():
            self._search_timer.start()
        else:
            self._search_timer.stop()

    def _start_search(self) -> None:
        self._search = self._services.search(self._search_text)
        self._tasks.start(self._show_first_hits(self._search), "search chats")

    async def _show_first_hits(self, search: "MessageSearch") -> None:
        """Show the first hits, and continue until enough chats are listed to scroll."""
        hits = await search.more(_HITS_AT_ONCE)
        if search is self._search:
            self._sidebar.show_hits(hits, complete=search.is_complete)
            while search is self._search and not search.is_complete and self._sidebar.found_chats < _MIN_CHATS:
                await self._add_hits(search)

    def _show_more_hits(self) -> None:
        if self._search and not self._search.is_complete and not self._is_adding:
            self._tasks.start(self._add_hits(self._search), "search more chats")

    async def _add_hits(self, search: "MessageSearch") -> None:
        self._is_adding = True
        try:
            hits = await search.more(_HITS_AT_ONCE)
        finally:
            self._is_adding = False
        if search is self._search:
            self._sidebar.add_hits(hits, complete=search.is_complete)
