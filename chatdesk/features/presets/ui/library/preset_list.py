"""The list of presets: what keyboard and mouse do in it. Its rows are `preset_rows.py`'s, their looks `card_painter.py`'s."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDropEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyleOptionViewItem,
    QWidget,
)

from chatdesk.features.presets.ui.library.card_painter import (
    MOST_LINES,
    card_height,
    description_room,
    draw_card,
    star_rect,
)
from chatdesk.features.presets.ui.library.preset_rows import PresetModel, PresetRow
from chatdesk.ui_kit.lists.row_list import DELETE_KEYS, ENTER_KEYS, Index, RowDelegate, RowList, RowState
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.theme import Theme

# Between Qt's list view and `card_painter.py`: which state a row is in, and how high it is.


class PresetDelegate(RowDelegate[RowList]):
    """`dense` for rows instead of cards."""

    def __init__(self, appearance: Appearance, view: RowList) -> None:
        super().__init__(appearance, view)
        self._measured: tuple[Theme, int, bool] | None = None
        self._heights: list[int] = []
        self._lines: dict[str, int] = {}
        self._metrics = QFontMetricsF(appearance.theme.font("caption"))
        self._room = 0
        self.dense = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = _row(index)
        if row is None:
            return
        state = RowState.of(option, self._view)
        draw_card(painter, self._appearance.theme, QRectF(option.rect), row, state, dense=self.dense)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a row's height; rows are as wide as the list."""
        row, width = _row(index), self._view.viewport().width()
        if row is None:
            return QSize(0, 0)
        theme = self._appearance.theme
        if (theme, width, self.dense) != self._measured:
            self._measured = theme, width, self.dense
            self._heights = [card_height(theme, lines, dense=self.dense) for lines in range(MOST_LINES + 1)]
            self._metrics = QFontMetricsF(theme.font("caption"))
            self._room = description_room(theme, width)
            self._lines.clear()
        return QSize(0, self._heights[self._lines_of(row.description)])

    def _lines_of(self, description: str) -> int:
        """Return how many lines a description takes: known, for a list of a thousand is laid out at every letter of a search."""
        lines = self._lines.get(description)
        if lines is None:
            fits = self._metrics.horizontalAdvance(description) <= self._room
            lines = self._lines[description] = 0 if not description else 1 if fits else MOST_LINES
        return lines


def _row(index: Index) -> PresetRow | None:
    model = index.model()  # asked itself: `data` goes through Qt and back, for every row at every letter of a search
    return model.row(index) if isinstance(model, PresetModel) else None


_Select = QItemSelectionModel.SelectionFlag


class PresetList(RowList):
    """The selection is what is looked at, or several presets that something is to be done with."""

    selected = Signal(list)
    """The keys of the selected presets, when it is the user's doing."""
    used = Signal(str)
    opened = Signal(str)
    """A row was clicked, selected before or not: where there is one column only, it makes room for the preset."""
    favourite_requested = Signal(list, bool)
    rename_requested = Signal(str)
    delete_requested = Signal(list)
    menu_requested = Signal(list, QPoint)
    ordered = Signal(list)
    """All keys shown, in the order they were put into."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self.rows = PresetModel(self)
        self._delegate = PresetDelegate(appearance, self)
        self._telling = True
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.selectionModel().selectionChanged.connect(self._tell)
        self.clicked.connect(self._clicked)

    def set_dense(self, *, dense: bool) -> None:
        """Show rows instead of cards."""
        self._delegate.dense = dense
        self._restyle()

    def show_rows(self, rows: Sequence[PresetRow]) -> None:
        """Show these. What was selected stays so, as far as it is there."""
        keys, current = self.selected_keys(), self.rows.row(self.currentIndex())
        place = self.verticalScrollBar().value()
        self._telling = False
        if self.rows.show(rows):
            self.select_keys(keys, current.key if current else "")
            self.verticalScrollBar().setValue(place)
        else:
            self.scheduleDelayedItemsLayout()  # a description may take another line
        self._telling = True

    def selected_keys(self) -> list[str]:
        """Return what is selected, from top to bottom."""
        rows = (self.rows.row(index) for index in sorted(self.selectedIndexes()))
        return [row.key for row in rows if row]

    def select_keys(self, keys: Sequence[str], current: str = "") -> None:
        """Select these, silently."""
        telling, self._telling = self._telling, False
        selection = self.selectionModel()
        selection.clearSelection()
        for key in keys:
            if (index := self.rows.index_of(key)).isValid():
                selection.select(index, _Select.Select)
        index = self.rows.index_of(current or (keys[0] if keys else ""))
        if index.isValid():
            selection.setCurrentIndex(index, _Select.NoUpdate)
            if self.isVisible():
                self.scrollTo(index)
        self._telling = telling

    def focus_list(self) -> None:
        """Give the keyboard to the list, its first row if none is selected."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.selectedIndexes() and self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0))

    def _tell(self) -> None:
        if self._telling:
            self.selected.emit(self.selected_keys())

    def _clicked(self, index: QModelIndex) -> None:
        if row := self.rows.row(index):
            self.opened.emit(row.key)

    def over_button(self, place: QPoint) -> bool:
        index = self.indexAt(place)
        row, rect = self.rows.row(index), QRectF(self.visualRect(index))
        return (
            row is not None
            and not row.broken
            and star_rect(self._appearance.theme, rect, dense=self._delegate.dense).contains(place.toPointF())
        )

    def _move(self, step: int) -> None:
        """Put the keyboard's row one place up or down."""
        keys, here = self.rows.keys(), self.currentIndex().row()
        there = here + step
        if self.rows.movable and 0 <= here < len(keys) and 0 <= there < len(keys):
            keys[here], keys[there] = keys[there], keys[here]
            self.ordered.emit(keys)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Use, rename, delete, mark; arrows and letters go through the list."""
        self._use_keyboard(used=True)
        row, keys = self.rows.row(self.currentIndex()), self.selected_keys()
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in ENTER_KEYS and plain:
            if row and not row.broken:
                self.used.emit(row.key)
        elif event.key() == Qt.Key.Key_F2 and plain:
            if row:
                self.rename_requested.emit(row.key)
        elif event.key() in DELETE_KEYS and plain:
            if keys:
                self.delete_requested.emit(keys)
        elif event.key() == Qt.Key.Key_Asterisk and row:
            self.favourite_requested.emit(keys, not row.favourite)
        elif alt and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._move(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Escape and len(keys) > 1:
            self.setCurrentIndex(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _press_button(self, index: QModelIndex, _place: QPoint) -> None:
        if row := self.rows.row(index):
            self.favourite_requested.emit([row.key], not row.favourite)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        row = self.rows.row(self.indexAt(place))
        if row and not row.broken and not self.over_button(place):
            self.used.emit(row.key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what is selected, or of the row under the pointer."""
        by_keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_keyboard else self.indexAt(event.pos())
        if not index.isValid():
            return
        if not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        rect = self.visualRect(index)
        place = QPoint(rect.left() + rect.width() // 2, rect.center().y()) if by_keyboard else event.pos()
        self.menu_requested.emit(self.selected_keys(), self.viewport().mapToGlobal(place))

    def dropEvent(self, event: QDropEvent) -> None:
        """Put the selected rows where they were dropped: before the row above whose middle that is."""
        keys, moved = self.rows.keys(), self.selected_keys()
        place = event.position().toPoint()
        index = self.indexAt(place)
        before = index.row() if index.isValid() else len(keys)
        if index.isValid() and place.y() > self.visualRect(index).center().y():
            before += 1
        rest = [key for key in keys[:before] if key not in moved]
        order = [*rest, *moved, *(key for key in keys[before:] if key not in moved)]
        event.setDropAction(Qt.DropAction.IgnoreAction)  # Qt would take away the rows that were dragged
        event.accept()
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()
        if self.rows.movable and order != keys:
            self.ordered.emit(order)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure again: descriptions wrap."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _tooltip(self, place: QPoint) -> Iterable[str]:
        if self.over_button(place):
            return (self.tr("Favourite"),)
        row = self.rows.row(self.indexAt(place))
        return filter(None, (row.name, row.description)) if row else ()
