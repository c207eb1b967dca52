"""A menu of the list of chats. What it offers is said by those made of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.live_icon import live_icon
from chatdesk.ui_kit.style.menu_painter import DANGER_PROPERTY


class ListMenu(QMenu):
    """Lives until it is closed. The keys it names are the list's: here they are only shown."""

    undo_chosen = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def add(self, icon: str, words: str, keys: str = "", *, danger: bool = False) -> QAction:
        """Offer something."""
        action = self.addAction(live_icon(self._appearance, icon, "danger" if danger else "textSecondary"), words)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
        action.setProperty(DANGER_PROPERTY, danger)
        return action

    def offer_undo(self, words: str) -> None:
        """Offer to undo the last thing that was done in the list, said in `words`; nothing for none."""
        if words:
            self.addSeparator()
            self.add("undo-2", words, "Ctrl+Z").triggered.connect(self.undo_chosen)
