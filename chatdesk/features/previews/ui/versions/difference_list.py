"""The differences of two versions as a list: numbers of both, a sign, the line. Only what is in view is painted."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from chatdesk.features.chat.ui.transcript.blocks.code.code_marks import spelled_out
from chatdesk.features.previews.ui.versions.difference_rows import SIGNS, DifferenceRows, Row, RowKind, as_patch
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_line
from chatdesk.ui_kit.style.palette import make_palette

_Index = QModelIndex | QPersistentModelIndex
_LOOKS = {
    RowKind.SAME: ("codeText", "textTertiary", "sunken"),
    RowKind.ADDED: ("codeText", "success", "successSoft"),
    RowKind.REMOVED: ("codeText", "danger", "dangerSoft"),
    RowKind.FOLDED: ("textSecondary", "textTertiary", "header"),
    RowKind.FILE: ("text", "textTertiary", "header"),
    RowKind.TOO_DIFFERENT: ("textSecondary", "textTertiary", "sunken"),
}
"""Of each kind the tokens of its words, of numbers and sign, and of its ground."""
_TAB = 4


class DifferenceList(QListView):
    """A click or Enter opens a folded stretch. What is selected, or all, is copied as programs write differences."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._rows = DifferenceModel(self)
        self.setModel(self._rows)
        self._delegate = _Delegate(appearance, self._rows, self)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._open)
        self.activated.connect(self._open)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def show_rows(self, differences: DifferenceRows) -> None:
        """Show these from their first change on."""
        self._delegate.measure(differences.rows)
        self._rows.show(differences)
        self.scrollToTop()

    def copy(self) -> None:
        """Copy what is selected, or everything if nothing is."""
        chosen = sorted(index.row() for index in self.selectedIndexes())
        rows = [self._rows.row(number) for number in chosen] if chosen else self._rows.all()
        QGuiApplication.clipboard().setText(as_patch(rows))

    def _open(self, index: QModelIndex) -> None:
        self._rows.unfold(index.row())

    def _restyle(self) -> None:
        self.setPalette(make_palette(self._appearance.theme, "sunken"))
        self._delegate.measure(self._rows.all())
        self.doItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)


class DifferenceModel(QAbstractListModel):
    """The rows, some of them unfolded by now."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._differences = DifferenceRows((), 0, 0, ())
        self._shown: list[Row] = []

    def show(self, differences: DifferenceRows) -> None:
        """Show others."""
        self.beginResetModel()
        self._differences, self._shown = differences, list(differences.rows)
        self.endResetModel()

    def all(self) -> list[Row]:
        """Return what is shown."""
        return self._shown

    def row(self, number: int) -> Row:
        """Return a row."""
        return self._shown[number]

    def unfold(self, number: int) -> None:
        """Open a folded stretch; nothing happens to other rows."""
        if self._shown[number].kind is not RowKind.FOLDED:
            return
        opened = self._differences.unfolded(self._shown[number])
        self._shown[number] = opened[0]
        self.dataChanged.emit(self.index(number), self.index(number))
        if len(opened) > 1:
            self.beginInsertRows(QModelIndex(), number + 1, number + len(opened) - 1)
            self._shown[number + 1 : number + 1] = opened[1:]
            self.endInsertRows()

    def words(self, row: Row) -> str:
        """Say what a row says that is no line of code."""
        match row.kind:
            case RowKind.FOLDED:
                return self.tr("%n unchanged line(s)", "", row.count)
            case RowKind.TOO_DIFFERENT:
                words = self.tr("Too different to be compared: %1 lines before, %2 after.")
                return words.replace("%1", str(row.old)).replace("%2", str(row.new))
            case _:
                return row.text

    def rowCount(self, parent: _Index | None = None) -> int:
        """See Qt."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """See Qt."""
        row = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.words(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row)
        return None

    def _spoken(self, row: Row) -> str:
        match row.kind:
            case RowKind.ADDED:
                words = self.tr("Added, line %1: %2")
            case RowKind.REMOVED:
                words = self.tr("Removed, line %1: %2")
            case RowKind.SAME:
                words = self.tr("Line %1: %2")
            case _:
                return self.words(row)
        return words.replace("%1", str(row.new or row.old)).replace("%2", spelled_out(row.text))


class _Delegate(QStyledItemDelegate):
    """All rows are equally high, and as wide as the longest."""

    def __init__(self, appearance: Appearance, model: DifferenceModel, view: QListView) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._model = model
        self._view = view
        self._columns = 0
        self._digits = 2

    def measure(self, rows: list[Row] | tuple[Row, ...]) -> None:
        """Know how wide the rows are. A character that is not of ASCII counts twice: Chinese ones are as wide."""
        self._columns = max((_columns(row.text) for row in rows), default=0)
        self._digits = max(2, len(str(max((max(row.old or 0, row.new or 0) + row.count for row in rows), default=0))))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """See Qt."""
        theme = self._appearance.theme
        width = self._gutter + self._columns * self._advance + theme.length("l")
        return QSize(max(width, self._view.viewport().width()), theme.line("code"))

    @property
    def _advance(self) -> int:
        return QFontMetrics(self._appearance.theme.font("code")).horizontalAdvance("0")

    @property
    def _numbers(self) -> int:
        return self._digits * self._advance + self._appearance.theme.length("s")

    @property
    def _gutter(self) -> int:
        return 2 * self._numbers + 2 * self._advance + self._appearance.theme.length("s")

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """See Qt."""
        theme = self._appearance.theme
        row = self._model.row(index.row())
        ink, quiet, ground = _LOOKS[row.kind]
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.fillRect(rect, theme.color("selection" if selected else ground))
        if row.kind in SIGNS:
            self._draw_line(painter, rect, row, quiet, ink)
        else:
            draw_line(painter, rect.topLeft().toPointF(), rect.width(), theme.color("borderSubtle"))
            draw_line(painter, rect.bottomLeft().toPointF(), rect.width(), theme.color("borderSubtle"))
            painter.setFont(theme.font("ui", strong=row.kind is RowKind.FILE))
            painter.setPen(theme.color(ink))
            left = theme.length("m") if row.kind is RowKind.FILE else self._gutter
            # Words stay in view however far the code is scrolled.
            place = QRect(self._view.horizontalOffset() + rect.left() + left, rect.top(), rect.width(), rect.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self._model.words(row))

    def _draw_line(self, painter: QPainter, rect: QRect, row: Row, quiet: str, ink: str) -> None:
        theme = self._appearance.theme
        painter.setFont(theme.font("code"))
        painter.setPen(theme.color(quiet))
        number = QRect(rect.left(), rect.top(), self._numbers, rect.height())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for line in (row.old, row.new):
            if line is not None:
                painter.drawText(number, right, str(line))
            number.translate(self._numbers, 0)
        sign = QRect(number.left(), rect.top(), self._gutter - 2 * self._numbers, rect.height())
        painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, SIGNS[row.kind])
        painter.setPen(theme.color(ink))
        text = spelled_out(row.text).expandtabs(_TAB)
        place = QRect(rect.left() + self._gutter, rect.top(), max(0, rect.width() - self._gutter), rect.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)


def _columns(text: str) -> int:
    wide = 0 if text.isascii() else sum(not character.isascii() for character in text)
    return len(text) + wide + (_TAB - 1) * text.count("\t")
