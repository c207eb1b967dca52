"""Folder actions of the chat list: translates keys, clicks and menus into requests."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView

from chatdesk.features.conversations.ui.sidebar.list.conversation_model import ConversationModel
from chatdesk.features.conversations.ui.sidebar.list.list_rows import ChatRow, FolderRow
from chatdesk.features.conversations.ui.sidebar.list.row_painter import row_box
from chatdesk.ui_kit.style.appearance import Appearance

if TYPE_CHECKING:
    from chatdesk.features.conversations.ui.menus import FolderMenu


class FolderRequests(QObject):
    """Requests of the user in the menus and rows of folders, as signals. Chats and folders are identified by ID."""

    new_requested = Signal(list)
    """Create a folder with these chats; the list may be empty."""
    rename_requested = Signal(str, str)
    fold_requested = Signal(str, bool)
    """Fold the folder, or unfold it if False."""
    delete_requested = Signal(str)
    """Delete a folder and keep its chats."""
    delete_all_requested = Signal(str)
    """Delete a folder with its chats."""
    step_requested = Signal(str, int)
    """Move a folder up (-1) or down (1)."""
    reorder_requested = Signal(str, str)
    """Move the first folder to the position of the second one."""
    move_requested = Signal(list, str)
    """Move chats to a folder; "" removes them from theirs."""
    new_chat_requested = Signal(str)
    """Start a new chat in a folder."""
    import_requested = Signal()
    """Import chats."""
    export_requested = Signal(str)
    defaults_requested = Signal(str, QRect)
    """Show the defaults for new chats in a folder, next to a rectangle on the screen."""


_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_Index = QModelIndex | QPersistentModelIndex


class FolderActions(QObject):
    """`go_to` moves the keyboard focus to a row; `edit` opens the field for its name."""

    def __init__(
        self,
        appearance: Appearance,
        view: QListView,
        model: ConversationModel,
        go_to: Callable[[QModelIndex], None],
        edit: Callable[[QModelIndex], None],
    ) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._view = view
        self._model = model
        self._go_to = go_to
        self._edit = edit
        self._pending_rename = ""
        self._undo_text: Callable[[], str] = str
        self.requests = FolderRequests(self)
        model.rowsInserted.connect(self._rename_pending)
        model.modelReset.connect(self._rename_pending)

    def set_undo(self, text: Callable[[], str]) -> None:
        """Set the function that returns the text of the undo command, called whenever a menu opens; empty for no undo."""
        self._undo_text = text

    def handle_key(self, index: _Index, event: QKeyEvent) -> bool:
        """Handle a key on the row of a folder or of a chat in a folder. Returns whether the key was handled."""
        row = self._model.row_at(index)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = self._mirrored(Qt.Key(event.key()))
        if isinstance(row, ChatRow) and row.inside and plain and key is Qt.Key.Key_Left:
            self._go_to(self._model.index_of_folder(row.conversation.folder_id or ""))
            return True
        if not isinstance(row, FolderRow):
            return False
        folder = row.folder
        if plain and key in _ENTER:
            self.toggle(row)
        elif plain and key is Qt.Key.Key_Right and row.unfolded and row.count:
            self._go_to(self._model.index(index.row() + 1))
        elif plain and key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.requests.fold_requested.emit(folder.id, key is Qt.Key.Key_Left)
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and key in _STEPS:
            self.requests.step_requested.emit(folder.id, _STEPS[key])
        elif event.modifiers() == Qt.KeyboardModifier.ShiftModifier and key is Qt.Key.Key_Delete:
            self.requests.delete_all_requested.emit(folder.id)
        else:
            return False
        return True

    def toggle(self, row: FolderRow) -> None:
        """Fold or unfold a folder."""
        self.requests.fold_requested.emit(row.folder.id, row.unfolded)

    def delete(self, row: FolderRow) -> None:
        """Delete a folder and keep its chats."""
        self.requests.delete_requested.emit(row.folder.id)

    def menu(self, row: FolderRow | None, rect: QRect) -> "FolderMenu":
        """Return the menu of a folder, or of the empty area if `row` is None. `rect` is the rectangle of the row in the view."""
        from chatdesk.features.conversations.ui.menus import FolderMenu  # noqa: PLC0415 - start-up time: created when it is opened

        folders, requests = self._model.folders, self.requests
        at = folders.index(row.folder) if row else 0
        menu = FolderMenu(self._appearance, self._view, at, len(folders) if row else 0, row.count if row else 0)
        menu.new_folder_chosen.connect(lambda: requests.new_requested.emit([]))
        menu.import_chosen.connect(requests.import_requested)
        if row:
            folder = row.folder.id
            seen = row_box(self._appearance.theme, QRectF(rect)).toRect()
            anchor = QRect(self._view.viewport().mapToGlobal(seen.topLeft()), seen.size())
            menu.new_chat_chosen.connect(lambda: requests.new_chat_requested.emit(folder))
            menu.defaults_chosen.connect(lambda: requests.defaults_requested.emit(folder, anchor))
            menu.rename_chosen.connect(lambda: self.rename(folder))
            menu.export_chosen.connect(lambda: requests.export_requested.emit(folder))
            menu.step_chosen.connect(lambda step: requests.step_requested.emit(folder, step))
            menu.delete_chosen.connect(lambda: requests.delete_requested.emit(folder))
            menu.delete_all_chosen.connect(lambda: requests.delete_all_requested.emit(folder))
        menu.offer_undo(self._undo_text())
        return menu

    def rename(self, folder_id: str) -> None:
        """Start editing the name of a folder in its row."""
        self._edit_if_valid(self._model.index_of_folder(folder_id))

    def rename_chat(self, conversation_id: str) -> None:
        """Start editing the title of a chat in its row; its folder is unfolded first if needed."""
        index = self._model.index_of(conversation_id)
        folder = self._model.folder_of(conversation_id)
        if not index.isValid() and folder:
            self._pending_rename = conversation_id
            self.requests.fold_requested.emit(folder, False)
        else:
            self._edit_if_valid(index)

    def _rename_pending(self) -> None:
        index = self._model.index_of(self._pending_rename)
        if self._pending_rename and index.isValid():
            self._pending_rename = ""
            self._edit_if_valid(index)

    def _edit_if_valid(self, index: QModelIndex) -> None:
        if index.isValid():
            self._view.scrollTo(index)
            self._go_to(index)
            self._edit(index)

    def _mirrored(self, key: Qt.Key) -> Qt.Key:
        """Return the key for a left-to-right layout: Left and Right are swapped in a right-to-left layout."""
        if self._view.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            return {Qt.Key.Key_Left: Qt.Key.Key_Right, Qt.Key.Key_Right: Qt.Key.Key_Left}.get(key, key)
        return key
