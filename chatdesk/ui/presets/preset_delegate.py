"""Between Qt's list view and `card_painter.py`: which state a row is in, and how high it is."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from chatdesk.ui.presets.card_painter import CardState, card_height, draw_card
from chatdesk.ui.presets.preset_model import ROW_ROLE
from chatdesk.ui.presets.preset_rows import PresetRow
from chatdesk.ui.theme.appearance import Appearance

_Index = QModelIndex | QPersistentModelIndex


class PresetDelegate(QStyledItemDelegate):
    """No row has a widget of its own."""

    def __init__(self, appearance: Appearance, view: QListView) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._view = view
        self.dense = False
        self.by_keyboard = False
        """Whether the row the keyboard is on is marked."""
        self.star_hovered = False
        """Whether the pointer is over the star of the row it is over."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a row."""
        row = _row(index)
        if row is None:
            return
        flags, state = QStyle.StateFlag, option.state
        hovered = bool(state & flags.State_MouseOver)
        doing = CardState(
            selected=bool(state & flags.State_Selected),
            hovered=hovered,
            focused=self.by_keyboard and bool(state & flags.State_HasFocus),
            star_hovered=hovered and self.star_hovered,
        )
        draw_card(painter, self._appearance.theme, QRectF(option.rect), row, doing, dense=self.dense)

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return a row's height; rows are as wide as the list."""
        row, width = _row(index), self._view.viewport().width()
        return QSize(0, card_height(self._appearance.theme, row, width, dense=self.dense) if row else 0)


def _row(index: _Index) -> PresetRow | None:
    row: PresetRow | None = index.data(ROW_ROLE)
    return row
