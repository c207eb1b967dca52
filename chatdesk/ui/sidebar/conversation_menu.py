"""What can be done with a chat in the list, as a menu."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.domain.conversation import Conversation
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.live_icon import live_icon
from chatdesk.ui.theme.menu_painter import DANGER_PROPERTY


class ConversationMenu(QMenu):
    """Lives until it is closed. With several chats (`count`) it offers only what can be done with all of them."""

    rename_chosen = Signal()
    pin_chosen = Signal()
    trash_chosen = Signal()

    def __init__(self, appearance: Appearance, conversation: Conversation, count: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("conversationMenu")
        if count == 1:
            self._add("pencil", self.tr("Rename"), "F2").triggered.connect(self.rename_chosen)
            pin = ("pin-off", self.tr("Unpin")) if conversation.pinned else ("pin", self.tr("Pin"))
            self._add(*pin).triggered.connect(self.pin_chosen)
            self.addSeparator()
        words = self.tr("Move to trash") if count == 1 else self.tr("Move {count} chats to trash").format(count=count)
        trash = self._add("trash-2", words, "Del", "danger")
        trash.setProperty(DANGER_PROPERTY, True)
        trash.triggered.connect(self.trash_chosen)

    def _add(self, icon: str, words: str, keys: str = "", ink: str = "textSecondary") -> QAction:
        action = self.addAction(live_icon(self._appearance, icon, ink), words)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
        return action
