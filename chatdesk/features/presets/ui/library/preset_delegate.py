"""Between Qt's list view and `card_painter.py`: which state a row is in, and how high it is."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from chatdesk.features.presets.ui.library.card_painter import (
    MOST_LINES,
    CardState,
    card_height,
    description_room,
    draw_card,
)
from chatdesk.features.presets.ui.library.preset_model import PresetModel
from chatdesk.features.presets.ui.library.preset_rows import PresetRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.theme import Theme

_Index = QModelIndex | QPersistentModelIndex


class PresetDelegate(QStyledItemDelegate):
    """No row has a widget of its own."""

    def __init__(self, appearance: Appearance, view: QListView) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._view = view
        self._measured: tuple[Theme, int, bool] | None = None
        self._heights: list[int] = []
        self._lines: dict[str, int] = {}
        self._metrics = QFontMetricsF(appearance.theme.font("caption"))
        self._room = 0
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


def _row(index: _Index) -> PresetRow | None:
    model = index.model()  # asked itself: `data` goes through Qt and back, for every row at every letter of a search
    return model.row(index) if isinstance(model, PresetModel) else None
