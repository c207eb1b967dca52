"""A row of a list that is searched (`search_popup.py`): an icon, a name, and muted at the far end more about it, if there is room."""

from abc import abstractmethod

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_painter import draw_words
from chatdesk.ui_kit.style.painting import draw_icon, draw_lit_row

Index = QModelIndex | QPersistentModelIndex

_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class SearchRowDelegate(QStyledItemDelegate):
    """What a row says is told by who inherits from it."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance

    @abstractmethod
    def icon(self, index: Index) -> str:
        """Return the name of a row's icon."""

    @abstractmethod
    def words(self, index: Index) -> tuple[str, str]:
        """Return the name of a row, and more about it; each a plain line."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Say how high a row is; it is as wide as the list."""
        return QSize(0, self._appearance.theme.length("rowMenu"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row, lit if it is chosen or under the pointer."""
        theme = self._appearance.theme
        inset, pad, size = theme.length("xs"), theme.length("s"), theme.length("icon.ui")
        name, more = self.words(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(inset, 0, -inset, 0)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            draw_lit_row(painter, theme, box)
        inner = box.adjusted(pad, 0, -pad, 0)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        place = QRectF(inner.right() - size if mirrored else inner.left(), inner.top(), size, inner.height())
        draw_icon(painter, theme, self.icon(index), theme.color("textSecondary"), place, size)
        inner = inner.adjusted(0, 0, -(size + pad), 0) if mirrored else inner.adjusted(size + pad, 0, 0, 0)
        painter.setFont(theme.font("ui"))
        metrics = painter.fontMetrics()
        name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(inner.width()))
        draw_words(painter, inner, name, theme.color("text"), _LEFT)
        room = int(inner.width()) - metrics.horizontalAdvance(name) - 2 * pad
        painter.setFont(theme.font("caption"))
        more = painter.fontMetrics().elidedText(more, Qt.TextElideMode.ElideRight, max(room, 0))
        if room > size * 2:
            draw_words(painter, inner, more, theme.color("textTertiary"), _RIGHT)
        painter.restore()
