"""The list of models: what keyboard and mouse do in it. Its rows are `listed_rows.py`'s, their looks `row_painter.py`'s."""

import textwrap
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from chatdesk.features.models.domain.entry import ModelEntry
from chatdesk.features.models.ui.page.listed_rows import ListedRows, Row
from chatdesk.features.models.ui.page.row_painter import RowState, draw_row, menu_rect, row_height
from chatdesk.ui_kit.lists.overlay_scroll_bar import OverlayScrollBar
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.plain_line import plain_line

_Index = QModelIndex | QPersistentModelIndex
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_KEYBOARD = frozenset(
    {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
)
_TOOLTIP_WIDTH = 60
"""Characters in a line of a tooltip."""


class ModelsList(QListView):
    """Signals carry the key of a row. `act` does what a key means for the row it is pressed on, and tells whether it means anything."""

    selected = Signal(str)
    """Another row, by a person's doing."""
    opened = Signal(str)
    """A row was clicked: where there is one column only, it makes room for the model."""
    used = Signal(str)
    menu_requested = Signal(str, QPoint)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.rows = ListedRows(self)
        self.act: Callable[[str, QKeyEvent], bool] = lambda _key, _event: False
        self._delegate = _RowDelegate(appearance, self)
        self._telling = True
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        OverlayScrollBar(self)
        self.selectionModel().currentChanged.connect(self._tell)
        self.clicked.connect(self._clicked)
        appearance.changed.connect(self._restyle)

    def show_rows(self, rows: Sequence[Row], default: str, *, grouped: bool) -> None:
        """Show these; `default` is the key of the model new chats begin with. What was selected stays so, if it is there, and in view."""
        current, place = self.current_key(), self.verticalScrollBar().value()
        self._delegate.default = default
        self.rows.grouped = grouped
        telling, self._telling = self._telling, False
        if self.rows.show(rows):
            self.select(current, scroll=False)
            self.verticalScrollBar().setValue(place)
        self.viewport().update()
        self._telling = telling

    def current_key(self) -> str:
        """Return the key of the row that is looked at; empty for none."""
        row = self.rows.row(self.currentIndex())
        return row.key if row else ""

    def select(self, key: str, *, scroll: bool = True) -> bool:
        """Select a row, silently, and tell whether it is there."""
        telling, self._telling = self._telling, False
        index = self.rows.index_of(key) if key else QModelIndex()
        self.setCurrentIndex(index)
        if scroll and index.isValid():
            self.scrollTo(index)
        self._telling = telling
        return index.isValid()

    def focus_list(self) -> None:
        """Give the keyboard to the list, its first model if none is selected: whoever shows the list has more to say of that."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.currentIndex().isValid() and (first := self.rows.row(self.rows.first_model())):
            self.select(first.key)

    def menu_place(self, key: str) -> QPoint:
        """Return where the menu of a row opens, on the screen."""
        rect = menu_rect(self._appearance.theme, QRectF(self.visualRect(self.rows.index_of(key))))
        return self.viewport().mapToGlobal(rect.bottomLeft().toPoint())

    def _tell(self) -> None:
        if self._telling and (key := self.current_key()):
            self.selected.emit(key)

    def _clicked(self, index: QModelIndex) -> None:
        if row := self.rows.row(index):
            self.opened.emit(row.key)

    def _over_menu(self, place: QPoint) -> bool:
        index = self.indexAt(place)
        rect = QRectF(self.visualRect(index))
        return index.isValid() and menu_rect(self._appearance.theme, rect).contains(place.toPointF())

    def _use_keyboard(self, *, used: bool) -> None:
        if self._delegate.by_keyboard != used:
            self._delegate.by_keyboard = used
            self.viewport().update()

    def _restyle(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Use, open, or do what the keys of actions say; arrows up and down and letters go through the list."""
        self._use_keyboard(used=True)
        key = self.current_key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and plain and key:
            self.used.emit(key)
        elif event.key() == Qt.Key.Key_Right and plain and key:
            self.opened.emit(key)
        elif key and self.act(key, event):
            event.accept()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the menu by its mark."""
        self._use_keyboard(used=False)
        place = event.position().toPoint()
        index = self.indexAt(place)
        row = self.rows.row(index)
        if row and event.button() is Qt.MouseButton.LeftButton and self._over_menu(place):
            self.setCurrentIndex(index)
            self.menu_requested.emit(row.key, self.menu_place(row.key))
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the mark of the menu."""
        if not event.buttons():
            over = self._over_menu(event.position().toPoint())
            if over != self._delegate.menu_hovered:
                self._delegate.menu_hovered = over
                self.viewport().update()
        super().mouseMoveEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Chat with it."""
        place = event.position().toPoint()
        row = self.rows.row(self.indexAt(place))
        if row and event.button() is Qt.MouseButton.LeftButton and not self._over_menu(place):
            self.used.emit(row.key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row under the pointer, or of the one the keyboard is on."""
        by_keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_keyboard else self.indexAt(event.pos())
        row = self.rows.row(index)
        if row is None:
            return
        self.setCurrentIndex(index)
        place = self.menu_place(row.key) if by_keyboard else event.globalPos()
        self.menu_requested.emit(row.key, place)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark the row of the keyboard, if it came by the keyboard."""
        self._use_keyboard(used=event.reason() in _KEYBOARD)
        super().focusInEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell what is cut."""
        if event.type() is not QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return super().viewportEvent(event)
        row = self.rows.row(self.indexAt(event.pos()))
        names = (row.name, row.model.ref.model_id) if isinstance(row, ModelEntry) else (row.name,) if row else ()
        lines = [textwrap.fill(line, _TOOLTIP_WIDTH) for line in dict.fromkeys(map(plain_line, names))]
        QToolTip.showText(event.globalPos(), "\n".join(lines), self.viewport())
        return True

    def minimumSizeHint(self) -> QSize:
        """Return no size: it scrolls."""
        return QSize(0, 0)


class _RowDelegate(QStyledItemDelegate):
    """No row has a widget of its own."""

    def __init__(self, appearance: Appearance, view: ModelsList) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._rows = view.rows
        self.default = ""
        self.by_keyboard = False
        self.menu_hovered = False

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return a row's height."""
        return QSize(0, row_height(self._appearance.theme))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a row."""
        row = self._rows.row(index)
        if row is None:
            return
        flags, state = QStyle.StateFlag, option.state
        hovered = bool(state & flags.State_MouseOver)
        doing = RowState(
            selected=bool(state & flags.State_Selected),
            hovered=hovered,
            focused=self.by_keyboard and bool(state & flags.State_HasFocus),
            menu_hovered=hovered and self.menu_hovered,
            is_default=row.key == self.default,
            is_last=index.row() == self._rows.rowCount() - 1,
        )
        painter.save()
        draw_row(painter, self._appearance.theme, QRectF(option.rect), row, doing, grouped=self._rows.grouped)
        painter.restore()
