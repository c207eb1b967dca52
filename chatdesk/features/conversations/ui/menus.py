"""Menus of chats and folders. The menu of a chat is the same in the list and at the title of the chat."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.kernel.chat.conversation import Conversation, Folder
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.live_icon import live_icon
from chatdesk.ui_kit.style.painters import DANGER_PROPERTY
from chatdesk.ui_kit.text.folder_names import shown_folder_name

EXPORT_FORMATS = {
    "docx": ("Word", "file-text"),
    "pdf": ("PDF", "file-text"),
    "html": ("HTML", "globe"),
    "md": ("Markdown", "code"),
    "chatdesk.json": ("JSON", "braces"),
}
"""Endings of the formats that the export sheet offers, with their names and icons. The formats themselves load large libraries."""


class ListMenu(QMenu):
    """Base class of the menus, deleted on close. The shortcuts are only shown here; the window or the list handles them."""

    undo_chosen = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # A press beside the menu only closes it; without this, a press on the button that opened it would open it again.
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)

    def add(self, icon: str, text: str, keys: str = "", *, danger: bool = False, menu: QMenu | None = None) -> QAction:
        """Add a command, to a submenu if one is given."""
        ink = "danger" if danger else "textSecondary"
        action = (menu or self).addAction(live_icon(self._appearance, icon, ink), text.replace("&", "&&"))
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
        action.setProperty(DANGER_PROPERTY, danger)
        return action

    def add_submenu(self, icon: str, text: str, name: str) -> QMenu:
        """Add a submenu with an object name."""
        menu = self.addMenu(live_icon(self._appearance, icon), text)
        menu.setObjectName(name)
        return menu

    def offer_undo(self, text: str) -> None:
        """Add the undo command with this text; nothing if it is empty."""
        if text:
            self.addSeparator()
            self.add("undo-2", text, "Ctrl+Z").triggered.connect(self.undo_chosen)


class ChatMenu(ListMenu):
    """Menu of a chat, of a draft, or of several chats, with the commands that apply to all of them.

    `folder_id` is their common folder. The keys are those that work where the menu is opened.
    """

    rename_chosen = Signal()
    pin_chosen = Signal()
    folder_chosen = Signal(str)
    """Move to this folder; "" removes from the folder."""
    new_folder_chosen = Signal()
    duplicate_chosen = Signal()
    export_chosen = Signal(str)
    """Export the chats, in the format with this ending if it is not empty."""
    markdown_copy_chosen = Signal()
    text_copy_chosen = Signal()
    link_copy_chosen = Signal()
    preset_chosen = Signal()
    """Create a preset from the chat."""
    delete_chosen = Signal()

    def __init__(
        self,
        appearance: Appearance,
        chats: tuple[Conversation, ...],
        folders: Iterable[Folder],
        folder_id: str,
        rename_keys: str,
        delete_keys: str,
        parent: QWidget,
    ) -> None:
        super().__init__(appearance, parent)
        self.setObjectName("chatMenu")
        chat, is_one = chats[0], len(chats) == 1
        is_whole = is_one and not chat.is_draft
        if is_whole:
            self.add("pencil", self.tr("Rename"), rename_keys).triggered.connect(self.rename_chosen)
            pin = ("pin-off", self.tr("Unpin")) if chat.pinned else ("pin", self.tr("Pin"))
            self.add(*pin).triggered.connect(self.pin_chosen)
        self._add_folders(folders, folder_id)
        if is_whole:
            self.add("copy-plus", self.tr("Duplicate")).triggered.connect(self.duplicate_chosen)
            self.addSeparator()
            self._add_exports()
            self._add_copies()
            self.add("library", self.tr("Save as preset…")).triggered.connect(self.preset_chosen)
        elif not is_one:
            export = self.add("upload", self.tr("Export {count} chats…").format(count=len(chats)))
            export.triggered.connect(lambda: self.export_chosen.emit(""))
        self.addSeparator()
        if is_one:
            text = self.tr("Discard draft") if chat.is_draft else self.tr("Delete")
        else:
            text = self.tr("Delete {count} chats").format(count=len(chats))
        self.add("trash-2", text, delete_keys, danger=True).triggered.connect(self.delete_chosen)

    def _add_folders(self, folders: Iterable[Folder], folder_id: str) -> None:
        menu = self.add_submenu("folder-input", self.tr("Move to folder"), "moveToFolder")
        for folder in folders:
            if folder.id != folder_id:
                max_width = self._appearance.theme.length("sidebarOverlay")
                name = shown_folder_name(folder.name)
                shown = menu.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, max_width)
                action = self.add("folder", shown, menu=menu)
                action.triggered.connect(lambda _checked=False, id_=folder.id: self.folder_chosen.emit(id_))
        if not menu.isEmpty():
            menu.addSeparator()
        self.add("folder-plus", self.tr("New folder…"), menu=menu).triggered.connect(self.new_folder_chosen)
        if folder_id:
            out = self.add("undo-2", self.tr("Remove from folder"), menu=menu)
            out.triggered.connect(lambda: self.folder_chosen.emit(""))

    def _add_exports(self) -> None:
        menu = self.add_submenu("upload", self.tr("Export"), "exportChat")
        for ending, (label, icon) in EXPORT_FORMATS.items():
            text = QCoreApplication.translate("ChatFormats", label)
            action = self.add(icon, f"{text}…", menu=menu)
            action.triggered.connect(lambda _checked=False, ending=ending: self.export_chosen.emit(ending))

    def _add_copies(self) -> None:
        menu = self.add_submenu("copy", self.tr("Copy"), "copyChat")
        self.add("code", self.tr("As Markdown"), menu=menu).triggered.connect(self.markdown_copy_chosen)
        self.add("file-text", self.tr("As plain text"), menu=menu).triggered.connect(self.text_copy_chosen)
        self.add("link", self.tr("Link"), menu=menu).triggered.connect(self.link_copy_chosen)


class FolderMenu(ListMenu):
    """Menu of a folder, or of the empty area of the list.

    `at` is the index of the folder among `count`, `chats` the number of its chats. If `count` is 0, it is that of the empty area.
    """

    new_chat_chosen = Signal()
    rename_chosen = Signal()
    defaults_chosen = Signal()
    step_chosen = Signal(int)
    export_chosen = Signal()
    new_folder_chosen = Signal()
    import_chosen = Signal()
    delete_chosen = Signal()
    delete_all_chosen = Signal()
    """Delete the folder with its chats."""

    def __init__(self, appearance: Appearance, parent: QWidget, at: int = 0, count: int = 0, chats: int = 0) -> None:
        super().__init__(appearance, parent)
        self.setObjectName("folderMenu")
        if count:
            self.add("square-pen", self.tr("New chat in this folder")).triggered.connect(self.new_chat_chosen)
            self.add("sliders-horizontal", self.tr("Instructions and defaults…")).triggered.connect(
                self.defaults_chosen
            )
            self.add("pencil", self.tr("Rename"), "F2").triggered.connect(self.rename_chosen)
            self.addSeparator()
            up = self.add("arrow-up", self.tr("Move up"), "Alt+Up")
            up.setEnabled(at > 0)
            up.triggered.connect(lambda: self.step_chosen.emit(-1))
            down = self.add("arrow-down", self.tr("Move down"), "Alt+Down")
            down.setEnabled(at < count - 1)
            down.triggered.connect(lambda: self.step_chosen.emit(1))
            if chats:
                self.addSeparator()
                self.add("upload", self.tr("Export…")).triggered.connect(self.export_chosen)
        self.add("folder-plus", self.tr("New folder…")).triggered.connect(self.new_folder_chosen)
        if not count:
            self.add("download", self.tr("Import chats…")).triggered.connect(self.import_chosen)
        else:
            self.addSeparator()
            text = self.tr("Delete folder and keep its chats") if chats else self.tr("Delete folder")
            self.add("trash-2", text, "Del", danger=True).triggered.connect(self.delete_chosen)
            if chats:
                text = self.tr("Delete folder and its chats")
                self.add("trash-2", text, "Shift+Del", danger=True).triggered.connect(self.delete_all_chosen)
