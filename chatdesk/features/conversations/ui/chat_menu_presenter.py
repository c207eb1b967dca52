"""Opens the menu of chats, at the title and in the list, and runs its commands."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.ui.chat_presenter import ChatPresenter
from chatdesk.features.chat.ui.title_row import TitleRow
from chatdesk.features.conversations.services.conversation_services import ConversationServices
from chatdesk.features.conversations.ui.export_presenter import ExportPresenter
from chatdesk.features.conversations.ui.menus import ChatMenu
from chatdesk.features.conversations.ui.sidebar.sidebar import Sidebar
from chatdesk.features.conversations.ui.sidebar_presenter import SidebarPresenter
from chatdesk.ui_kit.shortcuts import CommandId
from chatdesk.ui_kit.style.appearance import Appearance

if TYPE_CHECKING:
    from chatdesk.features.conversations.ui.chat_navigation import ChatNavigation


class ChatMenuPresenter(QObject):
    """The parent has the commands that do not need the menu."""

    def __init__(
        self,
        appearance: Appearance,
        services: ConversationServices,
        sidebar: Sidebar,
        title_row: TitleRow,
        chat: ChatPresenter,
        listing: SidebarPresenter,
        export: ExportPresenter,
        parent: "ChatNavigation",
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._services = services
        self._sidebar = sidebar
        self._title_row = title_row
        self._chat = chat
        self._list = listing
        self._export = export
        self._navigation = parent

    def open_at_title(self, position: QPoint) -> None:
        """Open the menu of the current chat at a position on the screen."""
        shortcuts = self._appearance.shortcuts
        keys = shortcuts.first(CommandId.RENAME_CHAT), shortcuts.first(CommandId.DELETE_CHAT)
        if menu := self._menu([self._chat.conversation_id], *keys, self._title_row):
            menu.rename_chosen.connect(self._title_row.rename)
            self._title_row.watch_menu(menu)
            menu.popup(position)

    def open_in_list(self, chats: Sequence[str], position: QPoint) -> None:
        """Open the menu of one or more chats of the list at a position on the screen."""
        if menu := self._menu(chats, "F2", "Del", self._sidebar):
            menu.rename_chosen.connect(lambda: self._sidebar.rename(chats[0]))
            menu.popup(position)

    def _menu(self, ids: Sequence[str], rename_keys: str, delete_keys: str, parent: QWidget) -> ChatMenu | None:
        chats = tuple(filter(None, map(self._services.conversations.find, ids)))
        if not chats:
            return None
        chat, folders = chats[0].id, self._sidebar.folder_requests
        together = {self._services.folders.folder_of(each) for each in chats}
        folder = together.pop() if len(together) == 1 else None
        menu = ChatMenu(
            self._appearance,
            chats,
            self._services.folders.all(),
            folder.id if folder else "",
            rename_keys,
            delete_keys,
            parent,
        )
        menu.pin_chosen.connect(lambda: self._list.pin(chat, pinned=not chats[0].pinned))
        menu.folder_chosen.connect(lambda target: folders.move_requested.emit(list(ids), target))
        menu.new_folder_chosen.connect(lambda: folders.new_requested.emit(list(ids)))
        menu.duplicate_chosen.connect(lambda: self._navigation.duplicate(chat))
        menu.export_chosen.connect(lambda ending: self._export.open_chats(ids, ending))
        menu.markdown_copy_chosen.connect(lambda: self._export.copy(chat))
        menu.text_copy_chosen.connect(lambda: self._export.copy(chat, plain=True))
        menu.link_copy_chosen.connect(lambda: self._navigation.copy_link(chat))
        menu.preset_chosen.connect(lambda: self._chat.presets.save_chat(chat))
        menu.delete_chosen.connect(lambda: self._list.delete(list(ids)))
        menu.undo_chosen.connect(self._list.undo)
        menu.offer_undo(self._list.undo_text())
        return menu
