"""List of presets: handles keyboard and mouse. `preset_rows.py` provides its rows, `card_painter.py` paints them."""

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
    MAX_LINES,
    card_height,
    description_width,
    draw_card,
    star_rect,
)
from chatdesk.features.presets.ui.library.preset_rows import PresetModel, PresetRow
from chatdesk.ui_kit.lists.row_list import DELETE_KEYS, ENTER_KEYS, Index, RowDelegate, RowList, RowState
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.theme import Theme


class PresetDelegate(RowDelegate[RowList]):
    """Item delegate: passes the state of a row to `card_painter.py` and determines its height. `dense`: rows instead of cards."""

    def __init__(self, appearance: Appearance, view: RowList) -> None:
        super().__init__(appearance, view)
        self._measured: tuple[Theme, int, bool] | None = None
        self._heights: list[int] = []
        self._lines: dict[str, int] = {}
        self._metrics = QFontMetricsF(appearance.theme.font("caption"))
        self._description_width = 0
        self.dense = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = _row(index)
        if row is None:
            return
        state = RowState.of(option, self._view)
        draw_card(painter, self._appearance.theme, QRectF(option.rect), row, state, dense=self.dense)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row; rows are as wide as the list."""
        row, width = _row(index), self._view.viewport().width()
        if row is None:
            return QSize(0, 0)
        theme = self._appearance.theme
        if (theme, width, self.dense) != self._measured:
            self._measured = theme, width, self.dense
            self._heights = [card_height(theme, lines, dense=self.dense) for lines in range(MAX_LINES + 1)]
            self._metrics = QFontMetricsF(theme.font("caption"))
            self._description_width = description_width(theme, width)
            self._lines.clear()
        return QSize(0, self._heights[self._lines_of(row.description)])

    def _lines_of(self, description: str) -> int:
        """Return the number of lines of a description, cached because every typed character of a search lays out a thousand rows."""
        lines = self._lines.get(description)
        if lines is None:
            fits = self._metrics.horizontalAdvance(description) <= self._description_width
            lines = self._lines[description] = 0 if not description else 1 if fits else MAX_LINES
        return lines


def _row(index: Index) -> PresetRow | None:
    model = index.model()  # faster than `data`, which goes through Qt
    return model.row(index) if isinstance(model, PresetModel) else None


_Select = QItemSelectionModel.SelectionFlag


class PresetList(RowList):
    """The selection is the shown preset, or several presets for an action."""

    selected = Signal(list)
    """The keys of the selected presets after a change by the user."""
    used = Signal(str)
    opened = Signal(str)
    """A row was clicked, even if it was already selected: in the single-column layout, the preset is shown."""
    favourite_requested = Signal(list, bool)
    rename_requested = Signal(str)
    delete_requested = Signal(list)
    menu_requested = Signal(list, QPoint)
    ordered = Signal(list)
    """All shown keys in the order after dragging."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self.rows = PresetModel(self)
        self._delegate = PresetDelegate(appearance, self)
        self._emits_selection = True
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.selectionModel().selectionChanged.connect(self._emit_selected)
        self.clicked.connect(self._clicked)

    def set_dense(self, *, dense: bool) -> None:
        """Show rows instead of cards."""
        self._delegate.dense = dense
        self._restyle()

    def show_rows(self, rows: Sequence[PresetRow]) -> None:
        """Show these rows. The selection is kept as far as the rows still exist."""
        keys, current = self.selected_keys(), self.rows.row(self.currentIndex())
        scroll_position = self.verticalScrollBar().value()
        self._emits_selection = False
        if self.rows.show(rows):
            self.select_keys(keys, current.key if current else "")
            self.verticalScrollBar().setValue(scroll_position)
        else:
            self.scheduleDelayedItemsLayout()  # the number of lines of a description may have changed
        self._emits_selection = True

    def selected_keys(self) -> list[str]:
        """Return the keys of the selected rows from top to bottom."""
        rows = (self.rows.row(index) for index in sorted(self.selectedIndexes()))
        return [row.key for row in rows if row]

    def select_keys(self, keys: Sequence[str], current: str = "") -> None:
        """Select these rows without emitting `selected`."""
        emits, self._emits_selection = self._emits_selection, False
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
        self._emits_selection = emits

    def focus_list(self) -> None:
        """Focus the list; if nothing is selected, select the first row."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.selectedIndexes() and self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0))

    def _emit_selected(self) -> None:
        if self._emits_selection:
            self.selected.emit(self.selected_keys())

    def _clicked(self, index: QModelIndex) -> None:
        if row := self.rows.row(index):
            self.opened.emit(row.key)

    def over_button(self, position: QPoint) -> bool:
        index = self.indexAt(position)
        row, rect = self.rows.row(index), QRectF(self.visualRect(index))
        return (
            row is not None
            and not row.broken
            and star_rect(self._appearance.theme, rect, dense=self._delegate.dense).contains(position.toPointF())
        )

    def _move(self, step: int) -> None:
        """Move the current row up or down by one position."""
        keys, current = self.rows.keys(), self.currentIndex().row()
        target = current + step
        if self.rows.movable and 0 <= current < len(keys) and 0 <= target < len(keys):
            keys[current], keys[target] = keys[target], keys[current]
            self.ordered.emit(keys)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Use, rename, delete, mark and move; other keys navigate in the list."""
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

    def _press_button(self, index: QModelIndex, _position: QPoint) -> None:
        if row := self.rows.row(index):
            self.favourite_requested.emit([row.key], not row.favourite)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        position = event.position().toPoint()
        row = self.rows.row(self.indexAt(position))
        if row and not row.broken and not self.over_button(position):
            self.used.emit(row.key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Request the menu of the selected rows, or of the row under the pointer."""
        by_keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_keyboard else self.indexAt(event.pos())
        if not index.isValid():
            return
        if not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        rect = self.visualRect(index)
        position = QPoint(rect.left() + rect.width() // 2, rect.center().y()) if by_keyboard else event.pos()
        self.menu_requested.emit(self.selected_keys(), self.viewport().mapToGlobal(position))

    def dropEvent(self, event: QDropEvent) -> None:
        """Move the selected rows to the drop position, rounded to the nearest gap between rows."""
        keys, moved = self.rows.keys(), self.selected_keys()
        position = event.position().toPoint()
        index = self.indexAt(position)
        before = index.row() if index.isValid() else len(keys)
        if index.isValid() and position.y() > self.visualRect(index).center().y():
            before += 1
        rest = [key for key in keys[:before] if key not in moved]
        order = [*rest, *moved, *(key for key in keys[before:] if key not in moved)]
        event.setDropAction(Qt.DropAction.IgnoreAction)  # otherwise Qt would remove the dragged rows
        event.accept()
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()
        if self.rows.movable and order != keys:
            self.ordered.emit(order)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out the rows again because descriptions wrap differently."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _tooltip(self, position: QPoint) -> Iterable[str]:
        if self.over_button(position):
            return (self.tr("Favourite"),)
        row = self.rows.row(self.indexAt(position))
        return filter(None, (row.name, row.description)) if row else ()
