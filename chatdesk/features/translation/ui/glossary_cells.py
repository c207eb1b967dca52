"""How the table of terms is drawn: its heads and its cells, in the colours and lengths of the theme."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from chatdesk.features.translation.ui.glossary_table import CASE
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_line

_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


class TermHeads(QHeaderView):
    """The names of the columns."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._appearance = appearance

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802 - Qt's name
        """Draw a name on a quiet ground."""
        theme = self._appearance.theme
        painter.fillRect(rect, theme.color("sunken"))
        draw_line(painter, QPointF(rect.left(), rect.bottom()), rect.width(), theme.color("borderSubtle"))
        painter.setFont(theme.font("caption", strong=True))
        painter.setPen(theme.color("textSecondary"))
        pad = theme.length("m")
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        room = rect.adjusted(pad, 0, -pad, 0)
        painter.drawText(
            room, _LEFT, painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        )

    def sectionSizeFromContents(self, section: int) -> QSize:  # noqa: N802
        """Return the room for a name with its margins."""
        size = super().sectionSizeFromContents(section)
        return QSize(size.width() + 2 * self._appearance.theme.length("m"), size.height())


class TermCells(QStyledItemDelegate):
    """The cells, all of one row on the same ground."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """Return a field as they are elsewhere, with its words where they stand in the cell."""
        field = QLineEdit(parent)
        field.setFont(self._appearance.theme.font("table"))
        return field

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a cell."""
        theme, rect = self._appearance.theme, option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, theme.color("selected"))
        draw_line(painter, QPointF(rect.left(), rect.bottom()), rect.width(), theme.color("borderSubtle"))
        pad = theme.length("m")
        if index.column() == CASE:
            option.rect = rect.adjusted(pad, 0, 0, 0)
            option.state &= ~QStyle.StateFlag.State_Selected
            super().paint(painter, option, index)
            return
        painter.setFont(theme.font("table"))
        painter.setPen(theme.color("text"))
        room = rect.adjusted(pad, 0, -pad, 0)
        words = str(index.data() or "").replace("\n", " ")
        painter.drawText(
            room, _LEFT, painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        )
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.color("focus"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
