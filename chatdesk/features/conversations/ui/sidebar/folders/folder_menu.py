"""Context menu of a folder in the list, or of the empty area."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from chatdesk.features.conversations.ui.sidebar.list.menus import ListMenu
from chatdesk.ui_kit.style.appearance import Appearance


class FolderMenu(ListMenu):
    """`at` is the index of the folder among `count`, `chats` the number of its chats. If `count` is 0, it only offers a new folder."""

    new_chat_chosen = Signal()
    rename_chosen = Signal()
    defaults_chosen = Signal()
    step_chosen = Signal(int)
    new_folder_chosen = Signal()
    delete_chosen = Signal()
    delete_all_chosen = Signal()
    """Delete the folder with its chats."""

    def __init__(self, appearance: Appearance, parent: QWidget, at: int = 0, count: int = 0, chats: int = 0) -> None:
        super().__init__(appearance, parent)
        self.setObjectName("folderMenu")
        if count:
            self.add("square-pen", self.tr("New chat in this folder")).triggered.connect(self.new_chat_chosen)
            self.add("sliders-horizontal", self.tr("Instructions and defaults…")).triggered.connect(self.defaults_chosen)
            self.add("pencil", self.tr("Rename"), "F2").triggered.connect(self.rename_chosen)
            self.addSeparator()
            up = self.add("arrow-up", self.tr("Move up"), "Alt+Up")
            up.setEnabled(at > 0)
            up.triggered.connect(lambda: self.step_chosen.emit(-1))
            down = self.add("arrow-down", self.tr("Move down"), "Alt+Down")
            down.setEnabled(at < count - 1)
            down.triggered.connect(lambda: self.step_chosen.emit(1))
        self.add("folder-plus", self.tr("New folder…")).triggered.connect(self.new_folder_chosen)
        if count:
            self.addSeparator()
            text = self.tr("Delete folder and keep its chats") if chats else self.tr("Delete folder")
            self.add("trash-2", text, "Del", danger=True).triggered.connect(self.delete_chosen)
            if chats:
                text = self.tr("Delete folder and its chats")
                self.add("trash-2", text, "Shift+Del", danger=True).triggered.connect(self.delete_all_chosen)
