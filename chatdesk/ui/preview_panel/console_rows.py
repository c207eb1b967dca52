"""The lines of the console as a list that Qt can show, and how one is painted: icon, text, how often, where in the code."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from chatdesk.ui.preview_panel.stage import ConsoleLine, Severity
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.painting import draw_box, draw_icon, draw_line

_Index = QModelIndex | QPersistentModelIndex
_LONGEST = 1_500
"""Characters of a line that are shown; all of them are copied."""
_LOOKS = {
    Severity.INFO: ("chevron-right", "textTertiary", "text", ""),
    Severity.WARNING: ("triangle-alert", "warning", "warning", "warningSoft"),
    Severity.ERROR: ("circle-x", "danger", "danger", "dangerSoft"),
}


class ConsoleModel(QAbstractListModel):
    """`severity_words` says a severity for those who cannot see the icon; `place_of` where in the code a line is, in words."""

    def __init__(
        self, severity_words: Callable[[Severity], str], place_of: Callable[[ConsoleLine], str], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._severity_words = severity_words
        self.place_of = place_of
        self._lines: tuple[ConsoleLine, ...] = ()

    def show(self, lines: Sequence[ConsoleLine]) -> None:
        """Show these lines. What they have in common with those before stays."""
        new, old = tuple(lines), self._lines
        same = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        if same < len(old):
            self.beginRemoveRows(QModelIndex(), same, len(old) - 1)
            self._lines = old[:same]
            self.endRemoveRows()
        if same < len(new):
            self.beginInsertRows(QModelIndex(), same, len(new) - 1)
            self._lines = new
            self.endInsertRows()

    def line(self, row: int) -> ConsoleLine:
        """Return a line."""
        return self._lines[row]

    def rowCount(self, parent: _Index | None = None) -> int:
        """See Qt."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """See Qt."""
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.text
            case Qt.ItemDataRole.AccessibleTextRole:
                parts = (self._severity_words(line.severity), line.text[:_LONGEST], self.place_of(line))
                return ", ".join(part for part in parts if part)
        return None


class ConsoleDelegate(QStyledItemDelegate):
    """As high as its text needs."""

    def __init__(self, appearance: Appearance, model: ConsoleModel, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._model = model
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """See Qt."""
        theme = self._appearance.theme
        width = self._view.viewport().width()
        room = self._text_rect(QRect(0, 0, width, 0), index).width()
        text = self._model.line(index.row()).text[:_LONGEST]
        flags = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
        height = QFontMetrics(theme.font("code")).boundingRect(0, 0, room, 100_000, flags, text or " ").height()
        return QSize(width, height + theme.length("s"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """See Qt."""
        theme = self._appearance.theme
        line = self._model.line(index.row())
        icon, icon_ink, ink, ground = _LOOKS[line.severity]
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or ground:
            painter.fillRect(rect, theme.color("selected" if selected else ground))
        draw_line(painter, rect.bottomLeft().toPointF(), rect.width(), theme.color("borderSubtle"))
        text = self._text_rect(rect, index)
        size, row = theme.length("icon.small"), QFontMetrics(theme.font("code")).height()
        place = QRectF(rect.left() + theme.length("m"), text.top(), theme.length("icon.ui"), row)
        draw_icon(painter, theme, icon, theme.color(icon_ink), place, size)
        painter.setFont(theme.font("code"))
        painter.setPen(theme.color(ink))
        flags = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
        painter.drawText(text, flags, line.text[:_LONGEST])
        painter.setFont(theme.font("caption"))
        right = rect.right() - theme.length("m")
        if where := self._model.place_of(line):
            width = QFontMetrics(painter.font()).horizontalAdvance(where)
            painter.setPen(theme.color("accentText"))
            painter.drawText(QRect(right - width, text.top(), width + 1, row), Qt.AlignmentFlag.AlignVCenter, where)
            right -= width + theme.length("s")
        if line.times > 1:
            count = str(line.times)
            width = QFontMetrics(painter.font()).horizontalAdvance(count) + theme.length("s") + theme.length("xs")
            pill = QRectF(right - width, text.top(), width, row)
            draw_box(painter, pill, row / 2, theme.color("bubble"))
            painter.setPen(theme.color("textSecondary"))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, count)

    def _text_rect(self, rect: QRect, index: _Index) -> QRect:
        """Return the room of the text: between the icon, and the count and the place at the right."""
        theme = self._appearance.theme
        line = self._model.line(index.row())
        metrics = QFontMetrics(theme.font("caption"))
        right = theme.length("m")
        if where := self._model.place_of(line):
            right += metrics.horizontalAdvance(where) + theme.length("s")
        if line.times > 1:
            right += metrics.horizontalAdvance(str(line.times)) + 2 * theme.length("s") + theme.length("xs")
        left = theme.length("m") + theme.length("icon.ui") + theme.length("s")
        return rect.adjusted(left, theme.length("xs"), -right, -theme.length("xs"))
