"""What can be done with presets of the list, as a menu."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.features.presets.domain.preset_shelves import Entry
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.live_icon import live_icon
from chatdesk.ui_kit.style.menu_painter import DANGER_PROPERTY


class LibraryMenu(QMenu):
    """Lives until it is closed. With several presets it offers only what can be done with all of them.

    `given_back` is about a copy that was changed: the built-in preset shall be in its place again.
    """

    use_chosen = Signal()
    favourite_chosen = Signal(bool)
    batch_chosen = Signal()
    rename_chosen = Signal()
    duplicate_chosen = Signal()
    versions_chosen = Signal()
    export_chosen = Signal()
    folder_chosen = Signal()
    given_back = Signal()
    delete_chosen = Signal()

    def __init__(self, appearance: Appearance, entries: list[Entry], parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("libraryMenu")
        own = [entry for entry in entries if entry.is_own]
        if len(entries) == 1:
            self._add("message-square", self.tr("New chat"), "Return").triggered.connect(self.use_chosen)
            self._add("layers", self.tr("Run over many files or rows")).triggered.connect(self.batch_chosen)
        all_favourites = all(entry.state.favourite for entry in entries)
        star, words = (
            ("star", self.tr("Remove from favourites"))
            if all_favourites
            else ("star-filled", self.tr("Add to favourites"))
        )
        self._add(star, words, "*").triggered.connect(lambda: self.favourite_chosen.emit(not all_favourites))
        if len(entries) == 1:
            self._add("pencil", self.tr("Rename"), "F2").triggered.connect(self.rename_chosen)
        self._add("copy", self.tr("Duplicate")).triggered.connect(self.duplicate_chosen)
        self._add("download", self.tr("Export…")).triggered.connect(self.export_chosen)
        if len(entries) == 1 and own:
            self._add("history", self.tr("Versions")).triggered.connect(self.versions_chosen)
            self._add("folder-open", self.tr("Show its folder")).triggered.connect(self.folder_chosen)
        if not own:
            return
        self.addSeparator()
        if len(entries) == 1 and own[0].preset.replaces:
            self._add("undo-2", self.tr("Go back to the built-in one")).triggered.connect(self.given_back)
        self._add_delete(len(own), len(entries))

    def _add_delete(self, own: int, count: int) -> None:
        words = self.tr("Delete") if count == 1 else self.tr("Delete %n preset(s) of your own", "", own)
        delete = self._add("trash-2", words, "Del", "danger")
        delete.setProperty(DANGER_PROPERTY, True)
        delete.triggered.connect(self.delete_chosen)

    def _add(self, icon: str, words: str, keys: str = "", ink: str = "textSecondary") -> QAction:
        action = self.addAction(live_icon(self._appearance, icon, ink), words)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
        return action
