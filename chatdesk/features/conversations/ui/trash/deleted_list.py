"""The list of what was deleted: what keyboard and mouse do in it. Its rows are `deleted_rows.py`'s, their looks `row_painter.py`'s."""

import sys

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from chatdesk.features.conversations.ui.trash.deleted_rows import DeletedRows, Index
from chatdesk.features.conversations.ui.trash.row_buttons import RowButtons
from chatdesk.features.conversations.ui.trash.row_painter import RowLook, draw_row, row_height
from chatdesk.kernel.chat.trash import TrashKind
from chatdesk.ui_kit.lists.overlay_scroll_bar import OverlayScrollBar
from chatdesk.ui_kit.style.appearance import Appearance

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_DELETE = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace} if sys.platform == "darwin" else {Qt.Key.Key_Delete})
_KEYBOARD = frozenset(
    {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
)


class DeletedList(QListView):
    """Enter or a click opens a chat, Del deletes for good; the row of the keyboard and that under the pointer have real buttons."""

    opened = Signal(object)
    restore_requested = Signal(object)
    delete_requested = Signal(object)
    """Each with the `Trashed` it is about."""
    undo_requested = Signal()
    left_upwards = Signal()
    """Up in the first row."""

    def __init__(self, appearance: Appearance, rows: DeletedRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._rows = rows
        self._hovered = QPersistentModelIndex()
        self._by_keyboard = False
        self.setModel(rows)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.viewport().setAutoFillBackground(False)
        OverlayScrollBar(self)
        self._stamp = RowButtons(appearance, self.viewport())
        self._of_keyboard, self._of_pointer = (RowButtons(appearance, self.viewport()) for _ in range(2))
        for buttons, index in ((self._of_keyboard, self.currentIndex), (self._of_pointer, lambda: self._hovered)):
            buttons.delete_pressed.connect(lambda index=index: self._ask(self.delete_requested, index()))
            buttons.restore_pressed.connect(lambda index=index: self._ask(self.restore_requested, index()))
        self._of_keyboard.key_pressed.connect(self.keyPressEvent)
        self._picture: QPixmap | None = None
        self.clicked.connect(self._open)
        self.verticalScrollBar().valueChanged.connect(self._place_buttons)
        self.selectionModel().currentChanged.connect(self._place_buttons)
        rows.modelReset.connect(self._rows_changed)
        appearance.changed.connect(self._restyle)
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # noqa: S101 - there are no widgets without
        application.focusChanged.connect(self._place_buttons)

    @property
    def height_of_all(self) -> int:
        """How high the list would be with all its rows in sight."""
        return self._rows.rowCount() * row_height(self._appearance.theme)

    def focus_row(self, row: int) -> None:
        """Give the keyboard to the list, to a row of it or to the last one."""
        self._by_keyboard = True
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._by_keyboard = True
        if self._rows.rowCount():
            self.setCurrentIndex(self._rows.index(max(0, min(row, self._rows.rowCount() - 1))))
        self._place_buttons()

    def look_of(self, index: Index, option: QStyleOptionViewItem) -> RowLook | None:
        """Return what a row says and is doing."""
        item = self._rows.item(index)
        if item is None:
            return None
        words, now, rect = self._rows.words, self._rows.now(), option.rect
        shown = [
            each
            for each in (self._of_keyboard, self._of_pointer)
            if each.isVisible() and each.y() in range(rect.top(), rect.bottom() + 1)
        ]
        place = shown[-1].geometry() if shown else self._stamp.restore_place(rect)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        focused = self._by_keyboard and self.hasFocus() and index == self.currentIndex()
        return RowLook(
            "folder" if item.kind is TrashKind.FOLDER else "message-square",
            words.name(item),
            words.line(item, now),
            words.days(item, now),
            place.right() + 1 if mirrored else place.left(),
            hovered=bool(option.state & QStyle.StateFlag.State_MouseOver) or index == self._hovered,
            focused=focused,
            first=index.row() == 0,
        )

    def draw_restore(self, painter: QPainter, rect: QRect) -> None:
        """Draw *Restore* in a row that has no buttons of its own."""
        if any(
            each.isVisible() and rect.contains(each.geometry().center())
            for each in (self._of_keyboard, self._of_pointer)
        ):
            return
        place = self._stamp.restore_place(rect)
        if self._picture is None or self._picture.deviceIndependentSize().toSize() != place.size():
            self._picture = self._stamp.restore_picture()
        painter.drawPixmap(place.topLeft(), self._picture)

    def row_size(self) -> QSize:
        """Return the size of a row; it is as wide as the list."""
        return QSize(0, row_height(self._appearance.theme))

    @property
    def appearance(self) -> Appearance:
        """How it looks."""
        return self._appearance

    def _open(self, index: Index) -> None:
        item = self._rows.item(index)
        if item and item.kind is TrashKind.CHAT:
            self.opened.emit(item)

    def _ask(self, signal: object, index: Index) -> None:
        if item := self._rows.item(index):
            self.setCurrentIndex(self._rows.index(index.row()))
            signal.emit(item)  # type: ignore[attr-defined]

    def _rows_changed(self) -> None:
        self._hovered = QPersistentModelIndex()
        self._place_buttons()

    def _place_buttons(self) -> None:
        """Put the buttons of the two rows where those are."""
        has_keyboard = self.hasFocus() or self._of_keyboard.isAncestorOf(QApplication.focusWidget() or self)
        current = self.currentIndex()
        self._put(self._of_keyboard, current if has_keyboard else QModelIndex())
        self._put(self._of_pointer, QModelIndex() if has_keyboard and self._hovered == current else self._hovered)
        self.viewport().update()

    def _put(self, buttons: RowButtons, index: Index) -> None:
        item = self._rows.item(index)
        if item is None:
            buttons.hide()
            return
        buttons.set_name(self._rows.words.name(item))
        buttons.place(self.visualRect(QModelIndex(index)))  # type: ignore[arg-type]
        buttons.show()

    def _hover(self, index: QModelIndex) -> None:
        if self._hovered != index:
            self._hovered = QPersistentModelIndex(index)
            self._place_buttons()

    def _restyle(self) -> None:
        self._picture = None
        self.scheduleDelayedItemsLayout()
        self._place_buttons()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, delete; press the button that has the keyboard; arrows and letters go through the list."""
        self._by_keyboard = True
        focused, plain = QApplication.focusWidget(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and isinstance(focused, QPushButton):
            focused.click()
        elif event.key() in _ENTER and plain:
            self._open(self.currentIndex())
        elif event.key() in _DELETE and plain:
            self._ask(self.delete_requested, self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_requested.emit()
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_upwards.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            if focused is not self:
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Mark no row for the keyboard."""
        self._by_keyboard = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Give buttons to the row under the pointer."""
        self._hover(self.indexAt(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Take the buttons away when the pointer leaves, but not when it goes onto them."""
        if event.type() is QEvent.Type.Leave:
            place = self.viewport().mapFromGlobal(self.cursor().pos())
            self._hover(self.indexAt(place) if self.viewport().rect().contains(place) else QModelIndex())
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Have a row for the keyboard."""
        self._by_keyboard = event.reason() in _KEYBOARD
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._rows.rowCount():
            self.setCurrentIndex(self._rows.index(0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the buttons at the end of their rows."""
        super().resizeEvent(event)
        self._place_buttons()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            for buttons in (self._stamp, self._of_keyboard, self._of_pointer):
                buttons.retranslate()
            self._restyle()

    def minimumSizeHint(self) -> QSize:
        """Return no size: it scrolls."""
        return QSize(0, 0)


class _Delegate(QStyledItemDelegate):
    """No row has a widget of its own but the two that have buttons."""

    def __init__(self, view: DeletedList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return self._view.row_size()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if look := self._view.look_of(index, option):
            painter.save()
            view = QRectF(self._view.viewport().rect())
            draw_row(painter, self._view.appearance.theme, QRectF(option.rect), view, look)
            self._view.draw_restore(painter, option.rect)
            painter.restore()
