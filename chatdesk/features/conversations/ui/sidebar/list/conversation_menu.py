"""What can be done with a chat in the list, or with several, as a menu."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.features.conversations.ui.sidebar.list.list_menu import ListMenu
from chatdesk.kernel.chat.conversation import Conversation
from chatdesk.kernel.chat.folder import Folder
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.live_icon import live_icon
from chatdesk.ui_kit.text.plain_line import plain_line


class ConversationMenu(ListMenu):
    """With several chats (`count`) it offers only what can be done with all of them. `folder_id`: the one that all are in."""

    rename_chosen = Signal()
    pin_chosen = Signal()
    preset_chosen = Signal()
    """Make a preset of the chat."""
    trash_chosen = Signal()
    folder_chosen = Signal(str)
    """Move to this folder, or out of its own for ""."""
    new_folder_chosen = Signal()

    def __init__(
        self,
        appearance: Appearance,
        conversation: Conversation,
        count: int,
        parent: QWidget,
        folders: Iterable[Folder] = (),
        folder_id: str = "",
    ) -> None:
        super().__init__(appearance, parent)
        self.setObjectName("conversationMenu")
        if count == 1:
            self.add("pencil", self.tr("Rename"), "F2").triggered.connect(self.rename_chosen)
            pin = ("pin-off", self.tr("Unpin")) if conversation.pinned else ("pin", self.tr("Pin"))
            self.add(*pin).triggered.connect(self.pin_chosen)
        self._add_folders(folders, folder_id)
        if count == 1:
            self.add("library", self.tr("Save as a preset…")).triggered.connect(self.preset_chosen)
        self.addSeparator()
        words = self.tr("Delete") if count == 1 else self.tr("Delete {count} chats").format(count=count)
        self.add("trash-2", words, "Del", danger=True).triggered.connect(self.trash_chosen)

    def _add_folders(self, folders: Iterable[Folder], folder_id: str) -> None:
        menu = QMenu(self.tr("Move to folder"), self)
        menu.setObjectName("moveToFolder")
        menu.setIcon(live_icon(self._appearance, "folder-input", "textSecondary"))
        self.addMenu(menu)
        for folder in folders:
            if folder.id != folder_id:
                icon = live_icon(self._appearance, "folder", "textSecondary")
                name = plain_line(folder.name) or self.tr("Folder")
                room = self._appearance.theme.length("sidebarOverlay")
                shown = menu.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
                action = menu.addAction(icon, shown.replace("&", "&&"))
                action.triggered.connect(lambda _checked=False, id_=folder.id: self.folder_chosen.emit(id_))
        if not menu.isEmpty():
            menu.addSeparator()
        new = menu.addAction(live_icon(self._appearance, "folder-plus", "textSecondary"), self.tr("New folder…"))
        new.triggered.connect(self.new_folder_chosen)
        if folder_id:
            out = self.add("undo-2", self.tr("Take out of the folder"))
            out.triggered.connect(lambda: self.folder_chosen.emit(""))
