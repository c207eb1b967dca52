"""Context menus of the conversation list."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.kernel.chat.conversation import Conversation, Folder
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.live_icon import live_icon
from chatdesk.ui_kit.style.painters import DANGER_PROPERTY
from chatdesk.ui_kit.text.folder_names import shown_folder_name


class ListMenu(QMenu):
    """Base class of the menus, deleted on close. The shortcuts are only shown here; the list handles them."""

    undo_chosen = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def add(self, icon: str, text: str, keys: str = "", *, danger: bool = False) -> QAction:
        """Add a command."""
        action = self.addAction(live_icon(self._appearance, icon, "danger" if danger else "textSecondary"), text)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
        action.setProperty(DANGER_PROPERTY, danger)
        return action

    def offer_undo(self, text: str) -> None:
        """Add the undo command with this text; nothing if it is empty."""
        if text:
            self.addSeparator()
            self.add("undo-2", text, "Ctrl+Z").triggered.connect(self.undo_chosen)


class ConversationMenu(ListMenu):
    """Menu of one or several chats (`count`), with the commands that apply to all of them. `folder_id`: their common folder."""

    rename_chosen = Signal()
    pin_chosen = Signal()
    preset_chosen = Signal()
    """Create a preset from the chat."""
    trash_chosen = Signal()
    folder_chosen = Signal(str)
    """Move to this folder; "" removes from the folder."""
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
            self.add("library", self.tr("Save as preset…")).triggered.connect(self.preset_chosen)
        self.addSeparator()
        text = self.tr("Delete") if count == 1 else self.tr("Delete {count} chats").format(count=count)
        self.add("trash-2", text, "Del", danger=True).triggered.connect(self.trash_chosen)

    def _add_folders(self, folders: Iterable[Folder], folder_id: str) -> None:
        menu = QMenu(self.tr("Move to folder"), self)
        menu.setObjectName("moveToFolder")
        menu.setIcon(live_icon(self._appearance, "folder-input", "textSecondary"))
        self.addMenu(menu)
        for folder in folders:
            if folder.id != folder_id:
                icon = live_icon(self._appearance, "folder", "textSecondary")
                name = shown_folder_name(folder.name)
                max_width = self._appearance.theme.length("sidebarOverlay")
                shown = menu.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, max_width)
                action = menu.addAction(icon, shown.replace("&", "&&"))
                action.triggered.connect(lambda _checked=False, id_=folder.id: self.folder_chosen.emit(id_))
        if not menu.isEmpty():
            menu.addSeparator()
        new = menu.addAction(live_icon(self._appearance, "folder-plus", "textSecondary"), self.tr("New folder…"))
        new.triggered.connect(self.new_folder_chosen)
        if folder_id:
            out = self.add("undo-2", self.tr("Remove from folder"))
            out.triggered.connect(lambda: self.folder_chosen.emit(""))
