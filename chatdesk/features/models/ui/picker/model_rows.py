"""The rows of the picker as Qt wants them: the model of the view, and how a row is drawn. No widget per row: 10,000 models stay quick."""

import textwrap

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from chatdesk.features.models.ui.picker.model_list import ModelRow, Row, ServerGroup
from chatdesk.kernel.models.model import ModelRef
from chatdesk.ui_kit.lists.counted_rows import CountedRows
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_painter import draw_words
from chatdesk.ui_kit.style.painting import draw_box, draw_icon, draw_lit_row
from chatdesk.ui_kit.text.plain_line import plain_line

_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
_TOOLTIP_WIDTH = 60
"""Characters in a line of a tooltip."""

_SHARE_OF_DETAILS = 0.5

Index = QModelIndex | QPersistentModelIndex


class ModelRows(CountedRows):
    """Heads cannot be chosen. `current` is the model that is asked now."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()
        self.current: ModelRef | None = None

    def show(self, rows: tuple[Row, ...]) -> None:
        """Show other rows."""
        self._rows = rows
        self.set_count(len(rows))

    def row(self, index: Index) -> Row:
        """Return the row at `index`."""
        return self._rows[index.row()]

    def position(self, ref: ModelRef | None) -> QModelIndex:
        """Return where a model stands; else the first model; else nowhere."""
        first = -1
        for number, row in enumerate(self._rows):
            if isinstance(row, ModelRow):
                here = row.ref
                # their `==` would be a call for each of 10,000 rows
                if ref is None or (here.model_id == ref.model_id and here.server_id == ref.server_id):
                    return self.index(number)
                first = number if first < 0 else first
        return self.index(first) if first >= 0 else QModelIndex()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words, for drawing and for screen readers."""
        row = self._rows[index.row()]
        name = plain_line(row.name)
        extra = plain_line(row.details if isinstance(row, ModelRow) else row.state_words)
        if isinstance(row, ModelRow) and row.favourite:
            liked = QCoreApplication.translate("Models", "favourite")
            extra = f"{liked}, {extra}" if extra else liked
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{name}, {extra}" if extra else name
            case Qt.ItemDataRole.ToolTipRole:
                return textwrap.fill(name, _TOOLTIP_WIDTH) + (f"\n{extra}" if extra else "")
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let only models be chosen."""
        if isinstance(self._rows[index.row()], ModelRow):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.ItemIsEnabled


class ModelRowDelegate(QStyledItemDelegate):
    """Draws a server's head, or a model with what it can do and a check mark if it is the one asked now."""

    def __init__(self, appearance: Appearance, rows: ModelRows) -> None:
        super().__init__()
        self._appearance = appearance
        self._rows = rows

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of every row: one height for all, so that 10,000 are laid out at once."""
        return QSize(0, self._appearance.theme.length("rowMenu"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        match self._rows.row(index):
            case ServerGroup() as group:
                self._draw_head(painter, QRectF(option.rect), group)
            case ModelRow() as row:
                chosen = bool(option.state & QStyle.StateFlag.State_Selected)
                hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
                self._draw_model(painter, QRectF(option.rect), row, lit=chosen or hovered)
        painter.restore()

    def _draw_head(self, painter: QPainter, rect: QRectF, group: ServerGroup) -> None:
        theme = self._appearance.theme
        pad, dot = theme.length("m"), theme.length("s")
        inner = rect.adjusted(pad, theme.length("xs"), -pad, 0)
        painter.setFont(theme.font("caption", strong=True))
        name = painter.fontMetrics().elidedText(
            plain_line(group.name), Qt.TextElideMode.ElideRight, int(inner.width() * 0.6)
        )
        draw_words(painter, inner, name, theme.color("textTertiary"), _LEFT)
        painter.setFont(theme.font("caption"))
        words = painter.fontMetrics().elidedText(
            plain_line(group.state_words), Qt.TextElideMode.ElideRight, int(inner.width() * 0.6)
        )
        width = painter.fontMetrics().horizontalAdvance(words)
        draw_words(painter, inner, words, theme.color("textTertiary"), _RIGHT)
        place = QRectF(inner.right() - width - dot - theme.length("xs"), inner.center().y() - dot / 2, dot, dot)
        draw_box(painter, place, dot / 2, fill=theme.color(group.state_kind.color))

    def _draw_model(self, painter: QPainter, rect: QRectF, row: ModelRow, *, lit: bool) -> None:
        theme = self._appearance.theme
        inset, pad, size = theme.length("xs"), theme.length("s"), theme.length("icon.ui")
        box = rect.adjusted(inset, 0, -inset, 0)
        if lit:
            draw_lit_row(painter, theme, box)
        inner = box.adjusted(pad, 0, -pad, 0)
        if row.ref == self._rows.current:
            draw_icon(
                painter,
                theme,
                "check",
                theme.color("accentText"),
                QRectF(inner.left(), inner.top(), size, inner.height()),
                size,
            )
        inner.setLeft(inner.left() + size + pad)
        if row.favourite:
            star = theme.length("icon.small")
            place = QRectF(inner.left(), inner.top(), star, inner.height())
            draw_icon(painter, theme, "star-filled", theme.color("accentText"), place, star)
            inner.setLeft(place.right() + theme.length("xs"))
        name_font = theme.font("ui", strong=row.ref == self._rows.current)
        whole_name = QFontMetrics(name_font).horizontalAdvance(plain_line(row.name))
        painter.setFont(theme.font("caption"))
        room = max(int(inner.width() * _SHARE_OF_DETAILS), int(inner.width()) - whole_name - pad)
        details = painter.fontMetrics().elidedText(plain_line(row.details), Qt.TextElideMode.ElideRight, room)
        width = painter.fontMetrics().horizontalAdvance(details)
        draw_words(painter, inner, details, theme.color("textTertiary"), _RIGHT)
        painter.setFont(name_font)
        room = int(inner.width() - width - pad)
        name = painter.fontMetrics().elidedText(plain_line(row.name), Qt.TextElideMode.ElideMiddle, room)
        draw_words(painter, inner, name, theme.color("text"), _LEFT)
