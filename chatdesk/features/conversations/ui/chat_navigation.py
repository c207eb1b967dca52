"""From chat to chat: opening one from wherever it was found, beginning one, going through them by keys. Reading is `chat_presenter.py`."""

from PySide6.QtCore import QObject

from chatdesk.features.chat.ui.chat_presenter import ChatPresenter
from chatdesk.features.conversations.services.conversation_services import ConversationServices
from chatdesk.features.conversations.ui.folder_presenter import FolderPresenter
from chatdesk.features.conversations.ui.sidebar.sidebar import Sidebar
from chatdesk.kernel.chat.conversation import SearchHit
from chatdesk.ui_kit.feature import Navigation
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.widgets.sidebar_frame import SidebarFrame


class ChatNavigation(QObject):
    """Whatever page is shown, the chats come in its place."""

    def __init__(
        self,
        services: ConversationServices,
        navigation: Navigation,
        frame: SidebarFrame,
        sidebar: Sidebar,
        chat: ChatPresenter,
        folders: FolderPresenter,
        tasks: Tasks,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._navigation = navigation
        self._frame = frame
        self._sidebar = sidebar
        self._chat = chat
        self._folders = folders
        self._tasks = tasks
        sidebar.conversation_opened.connect(self.open)
        sidebar.hit_opened.connect(self.open_hit)
        sidebar.new_chat_requested.connect(self.new_chat)
        chat.opened.connect(self._opened)

    def open(self, conversation_id: str) -> None:
        """Show a chat."""
        self._show_chats()
        self._tasks.start(self._chat.open(conversation_id), "open chat")

    def open_hit(self, hit: SearchHit) -> None:
        """Show a chat where something was found in it."""
        self._show_chats()
        self._tasks.start(self._chat.open_hit(hit), "open search hit")

    def new_chat(self, folder_id: str = "") -> None:
        """Begin a chat, in a folder if one is named or the keyboard is on one."""
        folder_id = folder_id or self._sidebar.keyboard_folder
        self._show_chats()
        self._folders.new_chat(folder_id)

    def step(self, step: int) -> None:
        """Show the chat so many places on; the last one is followed by the first."""
        chats = [conversation.id for conversation in self._services.conversations.all()]
        if chats:
            here = chats.index(self._chat.conversation_id) if self._chat.conversation_id in chats else -1
            self.open(chats[(here + step) % len(chats)])

    def rename(self) -> None:
        """Let the chat that is shown be renamed in the list."""
        if self._chat.conversation_id:
            self._show_sidebar()
            self._sidebar.rename(self._chat.conversation_id)

    def search(self) -> None:
        """Let chats be searched for."""
        self._show_sidebar()
        self._sidebar.focus_search()

    def _show_chats(self) -> None:
        self._navigation.show_chats()
        self._frame.close_overlay()

    def _show_sidebar(self) -> None:
        self._navigation.show_chats()
        if not self._frame.is_open:
            self._frame.toggle()

    def _opened(self, conversation_id: str) -> None:
        self._sidebar.set_current(conversation_id or None)
        if conversation_id:
            self._sidebar.set_unread(conversation_id, False)
