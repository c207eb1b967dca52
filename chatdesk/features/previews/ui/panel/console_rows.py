"""The lines of the console as a list that Qt can show, and how one is painted: icon, text, how often, where in the code.

Qt asks for the height of all lines whenever some come. To break the lines of a thousand long texts takes half a second, so heights are
remembered, and where too many are new, long texts have an estimated height until there is time.
"""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from chatdesk.features.previews.ui.panel.stage import ConsoleLine, Severity
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box, draw_icon, draw_line

_Index = QModelIndex | QPersistentModelIndex
_LONGEST = 1_500
"""Characters of a line that are shown; all of them are copied."""
_SHORT = 120
"""Characters that are measured in no time."""
_AT_ONCE = 30
"""Longer texts that are measured at once."""
_MOST_HEIGHTS = 4_000
"""As many as a console has lines, several times over."""
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
        """Show these lines. What they have in common with those before stays, also if lines at the beginning are gone."""
        new, old = tuple(lines), self._lines
        if gone := _gone_before(old, new):
            self.beginRemoveRows(QModelIndex(), 0, gone - 1)
            self._lines = old = old[gone:]
            self.endRemoveRows()
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


def _gone_before(old: Sequence[ConsoleLine], new: Sequence[ConsoleLine]) -> int:
    """Return how many lines are gone at the beginning; 0 if all are there, or none is left."""
    if not old or not new or old[0] == new[0]:
        return 0
    gone = next((row for row, line in enumerate(old) if line == new[0]), 0)
    return gone if old[gone:-1] == new[: len(old) - gone - 1] else 0  # the last may have come again, and be counted


class ConsoleDelegate(QStyledItemDelegate):
    """As high as its text needs. `measure_waiting` replaces the heights that are only estimated: `waits` tells of the first."""

    waits = Signal()

    def __init__(self, appearance: Appearance, model: ConsoleModel, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._model = model
        self._view = view
        self.measured = 0
        """How many texts have been broken into lines so far: counted work, for tests."""
        self._heights: dict[tuple[str, int], int] = {}
        """By text and the width it has, in the look of `_looks`."""
        self._looks: object = None
        self._waiting: dict[tuple[str, int], None] = {}
        self._at_once = _AT_ONCE

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """See Qt."""
        theme = self._appearance.theme
        if self._looks is not theme or len(self._heights) > _MOST_HEIGHTS:
            self._looks = theme
            self._heights.clear()
            self._waiting.clear()
        width = self._view.viewport().width()
        key = (self._model.line(index.row()).text[:_LONGEST], self._text_rect(QRect(0, 0, width, 0), index).width())
        return QSize(width, self._height(key) + theme.length("s"))

    def measure_waiting(self) -> Iterator[None]:
        """Measure what was only estimated, with pauses."""
        while self._waiting:
            key, _ = self._waiting.popitem()
            self._heights[key] = self._measured(key)
            yield
        self._at_once = _AT_ONCE

    def _height(self, key: tuple[str, int]) -> int:
        if (height := self._heights.get(key)) is not None:
            return height
        if len(key[0]) <= _SHORT or self._at_once > 0:
            self._at_once -= len(key[0]) > _SHORT
            self._heights[key] = height = self._measured(key)
            return height
        if not self._waiting:
            self.waits.emit()
        self._waiting[key] = None
        return self._estimated(key)

    def _measured(self, key: tuple[str, int]) -> int:
        text, room = key
        self.measured += 1
        flags = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
        metrics = QFontMetrics(self._appearance.theme.font("code"))
        return metrics.boundingRect(0, 0, room, 100_000, flags, text or " ").height()

    def _estimated(self, key: tuple[str, int]) -> int:
        text, room = key
        metrics = QFontMetrics(self._appearance.theme.font("code"))
        rows = len(text) * metrics.averageCharWidth() // max(1, room) + text.count("\n") + 1
        return rows * metrics.lineSpacing()

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
