"""The models on this computer as rows of a list: two lines each, no widget per row, so that 2,000 stay quick."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from chatdesk.features.models.ui.engine.engine_words import size_words
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model_file import ModelFile
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_painter import draw_words
from chatdesk.ui_kit.style.painting import draw_icon, draw_line, draw_lit_row
from chatdesk.ui_kit.text.plain_line import plain_line

_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class FileWords:
    """The second line of a row. `trouble`: why it cannot be used; `caution`: what may go wrong."""

    details: str
    trouble: str = ""
    caution: str = ""


class ModelFileRows(QAbstractListModel):
    """`words_of` words a file when it is drawn, in the language of now."""

    def __init__(self, words_of: Callable[[ModelFile], FileWords]) -> None:
        super().__init__()
        self._files: Sequence[ModelFile] = ()
        self._words_of = words_of

    def show(self, files: Sequence[ModelFile]) -> None:
        """Show these."""
        self.beginResetModel()
        self._files = files
        self.endResetModel()

    def file(self, index: Index) -> ModelFile:
        """Return the file at `index`."""
        return self._files[index.row()]

    def words(self, index: Index) -> FileWords:
        """Return the second line at `index`."""
        return self._words_of(self._files[index.row()])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many there are."""
        return 0 if parent.isValid() else len(self._files)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words, for drawing and for screen readers; the tooltip has all, and says where the file is."""
        file = self.file(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return plain_line(file.name)
            case Qt.ItemDataRole.AccessibleTextRole:
                words = self.words(index)
                parts = (
                    plain_line(file.name),
                    size_words(file.size_bytes),
                    words.trouble,
                    words.caution,
                    words.details,
                )
                return ", ".join(part for part in parts if part)
            case Qt.ItemDataRole.ToolTipRole:
                words = self.words(index)
                lines = (plain_line(str(file.path)), words.trouble, words.caution, words.details)
                return "\n".join(line for line in lines if line)
            case _:
                return None


class ModelFileDelegate(QStyledItemDelegate):
    """Name and size, and below them what helps to choose, or what is wrong."""

    def __init__(self, appearance: Appearance, rows: ModelFileRows) -> None:
        super().__init__()
        self._appearance = appearance
        self._rows = rows

    def row_height(self) -> int:
        """Return the height of a row."""
        theme = self._appearance.theme
        return theme.line("ui") + theme.line("caption") + 2 * theme.length("s")

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """See Qt."""
        return QSize(0, self.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        theme, file, words = self._appearance.theme, self._rows.file(index), self._rows.words(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        if index.row():
            draw_line(painter, rect.topLeft(), rect.width(), theme.color("borderSubtle"))
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            draw_lit_row(painter, theme, rect.adjusted(theme.length("xs"), 2, -theme.length("xs"), -2))
        inner = rect.adjusted(theme.length("l"), theme.length("s"), -theme.length("l"), -theme.length("s"))
        upper = QRectF(inner.left(), inner.top(), inner.width(), theme.line("ui"))
        lower = QRectF(inner.left(), upper.bottom(), inner.width(), theme.line("caption"))
        painter.setFont(theme.font("ui"))
        size = size_words(file.size_bytes) if file.size_bytes else ""
        draw_words(painter, upper, size, theme.color("textSecondary"), _RIGHT)
        taken = painter.fontMetrics().horizontalAdvance(size) + theme.length("m")
        name = _cut(painter.fontMetrics(), file.name, upper.width() - taken, Qt.TextElideMode.ElideMiddle)
        usable = "textTertiary" if words.trouble else "text"
        draw_words(painter, upper.adjusted(0, 0, -taken, 0), name, theme.color(usable), _LEFT)
        painter.setFont(theme.font("caption"))
        color = "danger" if file.problem else "warning" if words.caution else "textTertiary"
        if file.problem or words.caution:
            icon, small = "circle-alert" if file.problem else "triangle-alert", theme.length("icon.small")
            place = QRectF(lower.left(), lower.top(), small, lower.height())
            draw_icon(painter, theme, icon, theme.color(color), place, small)
            lower.adjust(small + theme.length("xs"), 0, 0, 0)
        said = words.trouble or words.caution or words.details
        said = _cut(painter.fontMetrics(), said, lower.width(), Qt.TextElideMode.ElideRight)
        draw_words(painter, lower, said, theme.color(color), _LEFT)
        painter.restore()


def _cut(metrics: QFontMetrics, text: str, width: float, mode: Qt.TextElideMode) -> str:
    return metrics.elidedText(plain_line(text), mode, int(width))
