"""List view of the chats: handles keyboard and mouse. conversation_model.py provides its rows, row_painter.py paints them."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleTableModelChangeEvent,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView, QWidget

from chatdesk.features.conversations.ui.sidebar.folders.folder_actions import FolderActions
from chatdesk.features.conversations.ui.sidebar.list.conversation_delegate import ConversationDelegate, RenameKeeper
from chatdesk.features.conversations.ui.sidebar.list.conversation_model import ConversationModel
from chatdesk.features.conversations.ui.sidebar.list.list_drag import ListDrag
from chatdesk.features.conversations.ui.sidebar.list.list_rows import (
    ChatRow,
    FolderRow,
    HeaderRow,
    HitRow,
    MoreHitRow,
    Row,
    TrashRow,
)
from chatdesk.features.conversations.ui.sidebar.list.row_painter import (
    ListRowState,
    RowButton,
    button_at,
    draw_spinner_only,
    spinner_rect,
    title_rect,
)
from chatdesk.kernel.chat.conversation import SearchHit
from chatdesk.ui_kit.lists.row_list import DELETE_KEYS, ENTER_KEYS, Index, RowList
from chatdesk.ui_kit.lists.scrolling import ScrollKeeper
from chatdesk.ui_kit.lists.spinner_clock import SpinnerClock
from chatdesk.ui_kit.style.appearance import Appearance

_Select = QItemSelectionModel.SelectionFlag
_LAYOUT_BATCH_SIZE = 2_000
"""Batch size for the layout of search results. The full list is laid out at once because it is scrolled to the current chat."""


class ConversationList(RowList):
    """The selection is the current chat, or several chats for a command; a focus ring marks the current row of the keyboard.

    Arrow keys move only the focus ring: opening every chat on the way would be slow and would lose the position.
    """

    conversation_opened = Signal(str)
    hit_opened = Signal(SearchHit)
    rename_requested = Signal(str, str)
    menu_requested = Signal(list, QPoint)
    """Open the menu of these chats at a position on the screen."""
    trash_requested = Signal(list)
    deleted_opened = Signal()
    """Open the *Recently deleted* page."""
    undo_requested = Signal()
    more_hits_wanted = Signal()
    """The end of the found messages was reached."""
    search_ended = Signal()
    """Esc was pressed in the results of a search."""

    def __init__(self, appearance: Appearance, model: ConversationModel, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._rows = model
        self._shown_id = ""
        self._shows_deleted = False
        self._opens_on_click = False
        self._advanced_spinners: dict[object, tuple[QRectF, ListRowState]] = {}
        """The rectangles of spinners that have advanced since the last painting, with their rows."""
        self._delegate = ConversationDelegate(appearance, model, self)
        self._delegate.renamed.connect(self.rename_requested)
        self._clock = SpinnerClock(appearance, self)
        self._clock.ticked.connect(self._advance_spinners)
        ScrollKeeper(self).set_model(model)
        self._folders = FolderActions(appearance, self, model, self._set_keyboard_row, self._edit_title)
        self.folder_requests, self.set_undo = self._folders.requests, self._folders.set_undo
        self._delegate.folder_renamed.connect(self.folder_requests.rename_requested)
        drag = ListDrag(appearance, self, model, self._delegate, self.folder_requests, self._target_chats)
        drag.ended.connect(self._select_shown)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.clicked.connect(self._clicked)
        self.setBatchSize(_LAYOUT_BATCH_SIZE)
        self.verticalScrollBar().valueChanged.connect(self._ask_for_more_hits)
        model.modelAboutToBeReset.connect(self._choose_layout)
        model.modelReset.connect(self._select_shown)
        RenameKeeper(self, model)
        model.rowsInserted.connect(self._select_if_shown)
        model.rowsMoved.connect(self._notify_screen_readers)
        self._restyle()

    def set_current(self, conversation_id: str) -> None:
        """Mark the current chat; "" marks none."""
        self._shown_id = conversation_id
        self._rows.set_shown(conversation_id)
        self._select_shown()
        self._scroll_to_shown()

    def set_deleted_current(self, *, current: bool) -> None:
        """Mark the row of the trash in place of a chat because its page is shown."""
        if self._shows_deleted != current:
            self._shows_deleted = current
            self._rows.set_trash(current=current)
            self._select_shown()

    def set_streaming(self, conversation_id: str, *, streaming: bool) -> None:
        """Show or hide the spinner of a chat."""
        self._rows.set_streaming(conversation_id, streaming=streaming)
        if self._rows.streaming_indexes():
            self._clock.start()
        else:
            self._clock.stop()

    def tick_if_due(self) -> None:
        """Advance the spinners if they are due, because an answer was painted or is about to be."""
        self._clock.tick_if_due()

    def rename(self, conversation_id: str) -> None:
        """Start editing the title of a chat in its row."""
        self._folders.rename_chat(conversation_id)

    def rename_folder(self, folder_id: str) -> None:
        """Start editing the name of a folder in its row."""
        self._folders.rename(folder_id)

    def _edit_title(self, index: QModelIndex) -> None:
        """Open the field and select all text backwards: Qt selects towards the end, which would scroll away the start of a long title."""
        self.edit(index)
        field = self.findChild(QLineEdit, "renameField")
        if field is not None:
            field.setSelection(len(field.text()), -len(field.text()))

    def focus_first(self) -> None:
        """Move the keyboard focus to the first chat."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        self._set_keyboard_row(self._first())

    def open_first(self) -> None:
        """Open the first chat or search hit, if any."""
        indexes = map(self._rows.index, range(self._rows.rowCount()))
        found = (index for index in indexes if isinstance(self._rows.row_at(index), ChatRow | HitRow))
        self._open(next(found, QModelIndex()))

    def _choose_layout(self) -> None:
        """Lay out search results in batches: with thousands of them, every typed character would block the window."""
        modes = QListView.LayoutMode
        self.setLayoutMode(modes.Batched if self._rows.is_filtered else modes.SinglePass)

    def _notify_screen_readers(self) -> None:
        """Let screen readers read the rows again: Qt notifies them about inserted and removed rows, but not about moved ones."""
        change = QAccessibleTableModelChangeEvent(self, QAccessibleTableModelChangeEvent.ModelChangeType.ModelReset)
        QAccessible.updateAccessibility(change)

    def _first(self) -> QModelIndex:
        return self._rows.index(min(1, self._rows.rowCount() - 1)) if self._rows.rowCount() else QModelIndex()

    def _row_at(self, position: QPoint) -> tuple[QModelIndex, Row | None]:
        index = self.indexAt(position)
        return index, self._rows.row_at(index)

    def over_button(self, position: QPoint) -> RowButton:
        index, row = self._row_at(position)
        if row is None:
            return RowButton.NONE
        return button_at(self._appearance.theme, QRectF(self.visualRect(index)), row, position.toPointF())

    def _clicked(self, index: QModelIndex) -> None:
        if self._opens_on_click:
            self._open(index)

    def _open(self, index: Index) -> None:
        match self._rows.row_at(index):
            case ChatRow(conversation):
                self.conversation_opened.emit(conversation.id)
            case HitRow(hit) | MoreHitRow(hit):
                self.hit_opened.emit(hit)
            case FolderRow() as row:
                self._folders.toggle(row)
            case TrashRow():
                self.deleted_opened.emit()
            case _:
                pass

    def _target_chats(self, index: Index) -> list[str]:
        """Return the chats for a command: the selected ones if `index` is one of several, otherwise only its own."""
        selected = self.selectedIndexes()
        indexes: Iterable[Index] = selected if len(selected) > 1 and index in selected else [index]
        rows = (self._rows.row_at(each) for each in indexes)
        return [row.conversation.id for row in rows if isinstance(row, ChatRow)]

    def _show_menu(self, index: QModelIndex, position: QPoint) -> None:
        row = self._rows.row_at(index)
        if not isinstance(row, ChatRow):
            if isinstance(row, FolderRow):
                self._set_keyboard_row(index)
            folder = row if isinstance(row, FolderRow) else None
            folder_menu = self._folders.menu(folder, self.visualRect(index))
            folder_menu.undo_chosen.connect(self.undo_requested)
            folder_menu.popup(self.viewport().mapToGlobal(position))
            return
        self._set_keyboard_row(index)
        self.menu_requested.emit(self._target_chats(index), self.viewport().mapToGlobal(position))

    def _set_keyboard_row(self, index: QModelIndex) -> None:
        self.selectionModel().setCurrentIndex(index, _Select.NoUpdate)

    def _select_shown(self) -> None:
        index = self._rows.index_of("" if self._shows_deleted else self._shown_id)
        if index.isValid():
            self.selectionModel().select(index, _Select.ClearAndSelect)
        else:
            self.selectionModel().clearSelection()
        if index.isValid() and not self.hasFocus():
            self._set_keyboard_row(index)

    def _select_if_shown(self, _parent: QModelIndex, first: int, last: int) -> None:
        if first <= self._rows.index_of(self._shown_id).row() <= last:
            self._select_shown()

    def _scroll_to_shown(self) -> None:
        index = self._rows.index_of(self._shown_id)
        if index.isValid() and self.isVisible():
            self.scrollTo(index)

    def _advance_spinners(self, angle: float) -> None:
        self._delegate.spinner_angle = angle
        for index in self._rows.streaming_indexes():
            if self._is_passive:
                rect = QRectF(self.visualRect(index))
                spinner = spinner_rect(self._appearance.theme, rect)
                state = ListRowState(selected=self.selectionModel().isSelected(index), angle=angle)
                self._advanced_spinners[spinner.getRect()] = rect, state
                self.viewport().update(spinner)
            else:
                self.update(index)

    @property
    def _is_passive(self) -> bool:
        """Whether neither the pointer nor the keyboard focus is in the list, so rows have no hover or focus state."""
        return not self.viewport().underMouse() and not self.hasFocus()

    def _restyle(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, self._appearance.theme.color("sidebar"))
        self.setPalette(palette)
        self.scheduleDelayedItemsLayout()

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: N802 - Qt's name
        """Let Home move to the first chat: Qt would move to the first row, a group header, which cannot be selected."""
        home = action is QAbstractItemView.CursorAction.MoveHome
        return self._first() if home else super().moveCursor(action, modifiers)

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:  # noqa: N802 - Qt's name
        """Repaint rows. QListView would lay out the whole list, but the height of a row does not depend on its content."""
        QAbstractItemView.dataChanged(self, first, last, list(roles))

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> _Select:  # noqa: N802 - Qt's name
        """Change the selection only by a click, or by keys with Shift or Ctrl."""
        if isinstance(event, QKeyEvent):
            picks = event.modifiers() & Qt.KeyboardModifier.ShiftModifier or event.key() == Qt.Key.Key_Space
            return super().selectionCommand(index, event) if picks else _Select.NoUpdate
        if isinstance(event, QMouseEvent) and (event.button() != Qt.MouseButton.LeftButton or not index.isValid()):
            return _Select.NoUpdate
        if isinstance(self._rows.row_at(index), FolderRow | TrashRow):
            return _Select.NoUpdate
        return super().selectionCommand(index, event)

    def event(self, event: QEvent) -> bool:
        """Keep F2 from the window, which renames the current chat in its title: here it renames the row with the focus."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if event.key() == Qt.Key.Key_F2 and plain:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, rename and delete; other keys navigate in the list."""
        if self.state() is QAbstractItemView.State.EditingState:
            return  # the Enter key, which the title field passes on
        self._use_keyboard(used=True)
        index = self.currentIndex()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        row = self._rows.row_at(index)
        if self._folders.handle_key(index, event) or (plain and self._fold_hits(index, Qt.Key(event.key()))):
            pass
        elif event.key() in ENTER_KEYS and plain:
            self._open(index)
        elif event.key() == Qt.Key.Key_F2 and plain:
            self._edit_title(index)
        elif event.key() in DELETE_KEYS and plain and isinstance(row, FolderRow):
            self._folders.delete(row)
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_requested.emit()
        elif event.key() in DELETE_KEYS and plain:
            if chats := self._target_chats(index):
                self.trash_requested.emit(chats)
        elif event.key() == Qt.Key.Key_Escape and len(self.selectedIndexes()) > 1:
            self._select_shown()
        elif event.key() == Qt.Key.Key_Escape and self._rows.is_filtered:
            self.search_ended.emit()
        else:
            super().keyPressEvent(event)

    def _fold_hits(self, index: Index, key: Qt.Key) -> bool:
        """List all messages found in a chat (Right), or only the newest (Left). Return whether the key was handled."""
        if self.isRightToLeft():
            key = {Qt.Key.Key_Left: Qt.Key.Key_Right, Qt.Key.Key_Right: Qt.Key.Key_Left}.get(key, key)
        match self._rows.row_at(index):
            case HitRow(hit, more=more, unfolded=unfolded) if more and key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
                if unfolded and key is Qt.Key.Key_Right:
                    self._set_keyboard_row(self._rows.index(index.row() + 1))
                else:
                    self._rows.unfold_hits(hit.conversation_id, unfolded=key is Qt.Key.Key_Right)
            case MoreHitRow(hit) if key is Qt.Key.Key_Left:
                self._set_keyboard_row(self._rows.index_of_hits(hit.conversation_id))
            case _:
                return False
        return True

    def _ask_for_more_hits(self) -> None:
        """Ask for further messages when the last ones are about to come into view."""
        bar = self.verticalScrollBar()
        if self._rows.is_filtered and bar.value() >= bar.maximum() - bar.pageStep():
            self.more_hits_wanted.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open nothing if Shift or Ctrl is pressed, which select."""
        self._opens_on_click = (
            event.button() is Qt.MouseButton.LeftButton and event.modifiers() == Qt.KeyboardModifier.NoModifier
        )
        super().mousePressEvent(event)

    def _press_button(self, index: QModelIndex, position: QPoint) -> None:
        """Create a folder or a chat in one (plus button), or open the menu (button with three dots)."""
        self._opens_on_click = False
        row = self._rows.row_at(index)
        if self.over_button(position) is RowButton.MENU:
            self._show_menu(index, position)
        elif isinstance(row, HitRow):
            self._rows.unfold_hits(row.hit.conversation_id, unfolded=not row.unfolded)
        elif isinstance(row, FolderRow):
            self.folder_requests.new_chat_requested.emit(row.folder.id)
        else:
            self.folder_requests.new_requested.emit([])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Prevent selection by dragging."""
        if not event.buttons():
            super().mouseMoveEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename on a double click, except on the menu button."""
        self._opens_on_click = False
        if not self.over_button(event.position().toPoint()):
            super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu of the row under the pointer, or of the current row if opened by the keyboard."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            rect = self.visualRect(self.currentIndex())
            self._show_menu(self.currentIndex(), QPoint(rect.left() + rect.height(), rect.bottom()))
        else:
            self._show_menu(self.indexAt(event.pos()), event.pos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid():
            self._set_keyboard_row(self._first())
        super().focusInEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or only a spinner if nothing else has changed."""
        advanced = self._advanced_spinners.get(event.rect().getRect())
        self._advanced_spinners.clear()
        if advanced:
            draw_spinner_only(QPainter(self.viewport()), self._appearance.theme, *advanced)
        else:
            super().paintEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Scroll to the current chat, which was not possible while the list was hidden."""
        super().showEvent(event)
        self._scroll_to_shown()

    def _tooltip(self, position: QPoint) -> Iterable[str]:
        index, row = self._row_at(position)
        match self.over_button(position):
            case RowButton.MENU:
                return (self.tr("More"),)
            case RowButton.UNFOLD:
                unfolded = isinstance(row, HitRow) and row.unfolded
                return (
                    self.tr("Show only the newest match") if unfolded else self.tr("Show all matches in this chat"),
                )
            case RowButton.ADD:
                return (self.tr("New folder") if isinstance(row, HeaderRow) else self.tr("New chat in this folder"),)
        if row is None:
            return ()
        theme, rect = self._appearance.theme, QRectF(self.visualRect(index))
        width = title_rect(theme, rect, row, ListRowState(hovered=True)).width()
        return (row.title,) if QFontMetricsF(theme.font("ui")).horizontalAdvance(row.title) > width else ()
