"""The rows of the palette as Qt wants them: the model of the list, and how heads and entries are drawn."""

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from chatdesk.features.palette.ui.entries import Entry, EntryKind
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_painter import draw_words
from chatdesk.ui_kit.style.painting import draw_box, draw_icon

_HEADS = {
    EntryKind.CHAT: QT_TRANSLATE_NOOP("Palette", "Chats"),
    EntryKind.PRESET: QT_TRANSLATE_NOOP("Palette", "Presets"),
    EntryKind.MODEL: QT_TRANSLATE_NOOP("Palette", "Models"),
    EntryKind.COMMAND: QT_TRANSLATE_NOOP("Palette", "Commands"),
}
_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex


def head_words(kind: EntryKind) -> str:
    """Return the name of a group."""
    return QCoreApplication.translate("Palette", _HEADS[kind])


class PaletteRows(QAbstractListModel):
    """Entries under the heads of their groups; heads cannot be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Entry | EntryKind] = []

    def show(self, entries: tuple[Entry, ...]) -> None:
        """Show these; those of one kind come one after the other."""
        self.beginResetModel()
        self._rows = []
        for entry in entries:
            if not self._rows or self._kind(self._rows[-1]) is not entry.kind:
                self._rows.append(entry.kind)
            self._rows.append(entry)
        self.endResetModel()

    def entry(self, index: Index) -> Entry | None:
        """Return the entry at `index`; None for a head and for nothing."""
        row = self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None
        return row if isinstance(row, Entry) else None

    def head(self, index: Index) -> EntryKind:
        """Return the group of the row at `index`."""
        return self._kind(self._rows[index.row()])

    def next(self, row: int, step: int) -> int:
        """Return the entry that is `step` rows on, over heads; the last one on the way where there is no other."""
        chosen = row
        direction = 1 if step > 0 else -1
        while step and 0 <= row + direction < len(self._rows):
            row += direction
            if isinstance(self._rows[row], Entry):
                chosen = row
                step -= direction
        return chosen

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many rows there are, heads too."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words, for screen readers too."""
        row = self._rows[index.row()]
        if isinstance(row, EntryKind):
            return head_words(row) if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (row.title, row.more, head_words(row.kind), row.keys)))
        return row.title if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let only entries be chosen."""
        if self.entry(index):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.ItemIsEnabled

    @staticmethod
    def _kind(row: Entry | EntryKind) -> EntryKind:
        return row.kind if isinstance(row, Entry) else row


class PaletteDelegate(QStyledItemDelegate):
    """An entry has its icon, its title with what was found marked, more in a second line, and its keys at the end."""

    def __init__(self, appearance: Appearance, rows: PaletteRows) -> None:
        super().__init__()
        self._appearance = appearance
        self._rows = rows

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a head, of an entry of one line or of two."""
        theme = self._appearance.theme
        entry = self._rows.entry(index)
        if entry is None:
            return QSize(0, theme.line("caption") + theme.length("m") + theme.length("xs"))
        lines = theme.line("ui") + (theme.line("caption") if entry.more else 0)
        return QSize(0, lines + 2 * theme.length("s"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        theme, entry = self._appearance.theme, self._rows.entry(index)
        inset, pad, size = theme.length("s"), theme.length("m"), theme.length("icon.ui")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(inset, 0, -inset, 0)
        inner = box.adjusted(pad, 0, -pad, 0)
        if entry is None:
            painter.setFont(theme.font("caption", strong=True))
            words = head_words(self._rows.head(index))
            draw_words(painter, inner.adjusted(0, theme.length("s"), 0, 0), words, theme.color("textTertiary"), _LEFT)
            painter.restore()
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            border = theme.color("accentBorder") if theme.scheme.high_contrast else None
            fill = theme.color("selected" if chosen else "hover")
            draw_box(painter, box, theme.length("radius.control"), fill, border)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        place = QRectF(inner.right() - size if mirrored else inner.left(), inner.top(), size, inner.height())
        draw_icon(painter, theme, entry.icon, theme.color("accentText" if chosen else "textSecondary"), place, size)
        taken = size + pad
        inner = inner.adjusted(0, 0, -taken, 0) if mirrored else inner.adjusted(taken, 0, 0, 0)
        if entry.keys:
            painter.setFont(theme.font("caption"))
            draw_words(painter, inner, entry.keys, theme.color("textTertiary"), _RIGHT)
            width = painter.fontMetrics().horizontalAdvance(entry.keys) + pad
            inner = inner.adjusted(width, 0, 0, 0) if mirrored else inner.adjusted(0, 0, -width, 0)
        lines = QRectF(inner)
        if entry.more:
            lines.setTop(inner.top() + theme.length("s"))
            lines.setHeight(theme.line("ui"))
        self._draw_line(painter, lines, entry.title, "ui", "text", () if entry.marks_more else entry.marks)
        if entry.more:
            lines.translate(0, theme.line("ui"))
            lines.setHeight(theme.line("caption"))
            marks = entry.marks if entry.marks_more else ()
            self._draw_line(painter, lines, entry.more, "caption", "textSecondary", marks)
        painter.restore()

    def _draw_line(
        self, painter: QPainter, line: QRectF, words: str, role: str, color: str, marks: tuple[tuple[int, int], ...]
    ) -> None:
        theme = self._appearance.theme
        painter.setFont(theme.font(role))
        metrics = QFontMetricsF(painter.font(), painter.device())
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, line.width())
        for start, end in marks:
            left, right = metrics.horizontalAdvance(words[:start]), metrics.horizontalAdvance(words[:end])
            if (left < line.width() and not words.isascii()) or (words.isascii() and right <= line.width()):
                mark = QRectF(line.left() + left, line.top(), min(right, line.width()) - left, line.height())
                draw_box(painter, mark, theme.length("mark"), fill=theme.color("findHit"))
        draw_words(painter, line, shown, theme.color(color), _LEFT)
