"""Navigation between chats: open a chat from anywhere, start a new one, step through the list. `chat_presenter.py` shows them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from chatdesk.features.chat.ui.chat_presenter import ChatPresenter
from chatdesk.features.chat.ui.title_row import TitleRow
from chatdesk.features.conversations.services.conversation_services import ConversationServices
from chatdesk.features.conversations.ui.export_presenter import ExportPresenter
from chatdesk.features.conversations.ui.folder_presenter import FolderPresenter
from chatdesk.features.conversations.ui.sidebar.sidebar import Sidebar
from chatdesk.features.conversations.ui.sidebar_presenter import SidebarPresenter
from chatdesk.kernel.chat.conversation import Conversation, SearchHit
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.links import chat_link
from chatdesk.ui_kit.feature import Navigation
from chatdesk.ui_kit.shortcuts import CommandId
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.widgets.sidebar_frame import SidebarFrame

if TYPE_CHECKING:
    from chatdesk.features.conversations.ui.chat_menu_presenter import ChatMenuPresenter


class ChatNavigation(QObject):
    """Shows the chats in place of any other page. `show_toast` shows a sentence."""

    def __init__(
        self,
        appearance: Appearance,
        services: ConversationServices,
        navigation: Navigation,
        frame: SidebarFrame,
        sidebar: Sidebar,
        title_row: TitleRow,
        chat: ChatPresenter,
        listing: SidebarPresenter,
        folders: FolderPresenter,
        export: ExportPresenter,
        show_toast: Callable[[str], object],
        tasks: Tasks,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._services = services
        self._navigation = navigation
        self._frame = frame
        self._sidebar = sidebar
        self._title_row = title_row
        self._chat = chat
        self._list = listing
        self._folders = folders
        self._export = export
        self._show_toast = show_toast
        self._menus = Lazy(self._make_menus)
        self._tasks = tasks
        sidebar.conversation_opened.connect(self.open)
        sidebar.hit_opened.connect(self.open_hit)
        sidebar.link_entered.connect(self.open_linked)
        sidebar.new_chat_requested.connect(self.new_chat)
        sidebar.menu_requested.connect(lambda chats, position: self._menus.get().open_in_list(chats, position))
        sidebar.folder_requests.export_requested.connect(export.open_folder)
        title_row.menu_requested.connect(lambda position: self._menus.get().open_at_title(position))
        title_row.renamed.connect(lambda title: listing.rename(chat.conversation_id, title))
        chat.leaving.connect(title_row.end_renaming)
        chat.opened.connect(self._opened)

    def open(self, conversation_id: str) -> None:
        """Show a chat."""
        # First: the previous chat, which appears for a moment, is not read.
        self._tasks.start(self._chat.open(conversation_id), "open chat")
        self.show_chats()

    def open_linked(self, conversation_id: str) -> None:
        """Show a chat to which a link leads, if it still exists."""
        if self._services.conversations.find(conversation_id):
            self.open(conversation_id)
        else:
            self._show_toast(self.tr("The chat of this link no longer exists"))

    def open_hit(self, hit: SearchHit) -> None:
        """Show a chat at a search hit."""
        self._tasks.start(self._chat.open_hit(hit), "open search hit")
        self.show_chats()

    def new_chat(self, folder_id: str = "") -> None:
        """Start a chat in a folder; "" for none."""
        self.show_chats()
        self._folders.new_chat(folder_id)

    def step(self, step: int) -> None:
        """Show the chat that is `step` positions further in the list, which wraps around."""
        chats = [conversation.id for conversation in self._services.conversations.all()]
        if chats:
            here = chats.index(self._chat.conversation_id) if self._chat.conversation_id in chats else -1
            self.open(chats[(here + step) % len(chats)])

    def commands(self) -> dict[CommandId, Callable[[], object]]:
        """Return the commands with shortcuts."""
        return {
            CommandId.NEW_CHAT: self.new_chat,
            CommandId.RENAME_CHAT: self.rename,
            CommandId.DELETE_CHAT: self.delete,
            CommandId.EXPORT_CHAT: self._export.open,
            CommandId.SEARCH_CHATS: self.search,
        }

    def rename(self) -> None:
        """Start renaming the current chat in its title."""
        self.show_chats()
        self._title_row.rename()

    @property
    def current(self) -> Conversation | None:
        """The chat that is shown; None for a new one."""
        return self._services.conversations.find(self._chat.conversation_id)

    def toggle_pin(self) -> None:
        """Pin the current chat, or unpin it."""
        if chat := self.current:
            self._list.pin(chat.id, pinned=not chat.pinned)

    def delete(self) -> None:
        """Move the current chat to the trash."""
        if chat := self.current:
            self._list.delete([chat.id])

    def duplicate(self, conversation_id: str = "") -> None:
        """Copy a chat, by default the current one, with all its versions, and show the copy."""
        if chat := self._services.conversations.find(conversation_id or self._chat.conversation_id):
            self._tasks.start(self._duplicate(chat), "duplicate chat")

    def copy_link(self, conversation_id: str = "") -> None:
        """Copy the link to a chat, by default the current one."""
        if chat := conversation_id or self._chat.conversation_id:
            QGuiApplication.clipboard().setText(chat_link(chat))
            self._show_toast(self.tr("Link copied. It opens the chat in Chatdesk, from a message or the search."))

    def _make_menus(self) -> "ChatMenuPresenter":
        from chatdesk.features.conversations.ui.chat_menu_presenter import (  # noqa: PLC0415 - start-up time
            ChatMenuPresenter,
        )

        return ChatMenuPresenter(
            self._appearance,
            self._services,
            self._sidebar,
            self._title_row,
            self._chat,
            self._list,
            self._export,
            self,
        )

    async def _duplicate(self, chat: Conversation) -> None:
        title = self.tr("{title} (copy)").format(title=chat.title) if chat.title else ""
        if copy := await self._services.branches.duplicate(chat.id, title):
            self.open(copy.id)

    def new_folder(self) -> None:
        """Create a folder, and start editing its name."""
        self._show_sidebar()
        self._sidebar.folder_requests.new_requested.emit([])

    def search(self) -> None:
        """Focus the search field."""
        self._show_sidebar()
        self._sidebar.focus_search()

    def leave_search(self) -> None:
        """End the search in the list, unless the same key stops an answer."""
        if not self._chat.is_answering:
            self._sidebar.end_search()

    def show_chats(self) -> None:
        """Show the chat in place of any other page."""
        self._navigation.show_chats()
        self._frame.close_overlay()

    def _show_sidebar(self) -> None:
        self._navigation.show_chats()
        if not self._frame.is_open:
            self._frame.toggle()

    def _opened(self, conversation_id: str) -> None:
        self._sidebar.set_current(conversation_id or None)
        self._title_row.set_has_menu(has_menu=bool(conversation_id))
