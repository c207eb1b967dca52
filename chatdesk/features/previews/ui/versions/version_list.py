"""List of the versions of an artifact, newest first: name, creation time and origin."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.lists.row_list import ListView
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.text.counts import listed

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class VersionRow:
    """Texts of a version, ready for display."""

    name: str
    when: str
    origin: str
    own: bool = False
    """Whether the user created the version."""


class VersionList(ListView):
    """Single-selection list. Versions are identified by their order of creation, from 0, although the newest is at the top."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._versions = VersionModel(self)
        self.setModel(self._versions)
        self.setItemDelegate(_Delegate(appearance, self._versions, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        appearance.bind(self._restyle)

    @property
    def chosen(self) -> int:
        """The index of the selected version; -1 for none."""
        index = self.currentIndex()
        return self._versions.version_of(index.row()) if index.isValid() else -1

    def show_versions(self, versions: Sequence[VersionRow], shown: int) -> None:
        """Show these versions; `shown` is the index of the one shown in the panel."""
        self._versions.show(tuple(versions), shown)

    def choose(self, version: int) -> None:
        """Select a version."""
        index = self._versions.index(self._versions.version_of(version))
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _restyle(self) -> None:
        self.setPalette(make_palette(self._appearance.theme, "sidebar"))
        self.doItemsLayout()


class VersionModel(QAbstractListModel):
    """List model with the newest version in the first row."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: tuple[VersionRow, ...] = ()
        self._shown = -1

    def show(self, rows: tuple[VersionRow, ...], shown: int) -> None:
        """Replace the rows."""
        self.beginResetModel()
        self._rows, self._shown = rows, shown
        self.endResetModel()

    def version_of(self, row: int) -> int:
        """Return the version index of a row, or the row of a version index."""
        return len(self._rows) - 1 - row

    def row(self, index: _Index) -> VersionRow:
        """Return the texts of a row."""
        return self._rows[self.version_of(index.row())]

    def mark(self, index: _Index) -> str:
        """Return the label of the version shown in the panel; empty for the others."""
        return self.tr("Shown") if self.version_of(index.row()) == self._shown else ""

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return listed((row.name, row.when, row.origin, self.mark(index)))
            case Qt.ItemDataRole.ToolTipRole:
                return row.origin
        return None


class _Delegate(QStyledItemDelegate):
    """Paints two lines: name and time, then the origin."""

    def __init__(self, appearance: Appearance, model: VersionModel, view: QListView) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._model = model
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        theme = self._appearance.theme
        height = theme.line("ui") + theme.line("caption") + theme.length("m")
        return QSize(self._view.viewport().width(), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = self._appearance.theme
        row, rect = self._model.row(index), QRect(option.rect)
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        margin = theme.length("s")
        box = QRectF(rect.adjusted(margin, 1, -margin, -1))
        if selected:
            border = theme.color("accentBorder") if theme.scheme.high_contrast else None
            draw_box(painter, box, theme.length("radius.control"), theme.color("selected"), border)
        elif state & QStyle.StateFlag.State_MouseOver:
            draw_box(painter, box, theme.length("radius.control"), theme.color("hover"))
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
            width = theme.stroke("focus")
            inside = box.adjusted(width / 2, width / 2, -width / 2, -width / 2)
            draw_box(painter, inside, theme.length("radius.control"), border=theme.color("focus"), width=width)
        side = theme.length("icon.ui")
        icon = QRectF(rect.left() + 2 * margin, rect.top(), side, rect.height())
        draw_icon(painter, theme, "pencil" if row.own else "message-square", theme.color("textSecondary"), icon, side)
        text_rect = rect.adjusted(3 * margin + side, theme.length("xs") + 2, -2 * margin, 0)
        self._draw_text(painter, text_rect, row, self._model.mark(index))

    def _draw_text(self, painter: QPainter, text_rect: QRect, row: VersionRow, mark: str) -> None:
        theme = self._appearance.theme
        first = QRect(text_rect.left(), text_rect.top(), text_rect.width(), theme.line("ui"))
        caption = theme.font("caption")
        end = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing
        used = _draw(painter, first, row.when, caption, end, theme.color("textTertiary"))
        name = first.adjusted(0, 0, -used - theme.length("s"), 0)
        start = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        _draw(painter, name, row.name, theme.font("ui", strong=True), start, theme.color("text"))
        second = QRect(text_rect.left(), first.bottom() + 1, text_rect.width(), theme.line("caption"))
        used = _draw(painter, second, mark, theme.font("caption", strong=True), end, theme.color("accentText"))
        origin = second.adjusted(0, 0, -used - theme.length("s"), 0)
        _draw(painter, origin, row.origin, caption, start, theme.color("textSecondary"))


def _draw(painter: QPainter, rect: QRect, text: str, font: QFont, flags: Qt.AlignmentFlag, color: QColor) -> int:
    """Draw a text, elided to the width of `rect`. Returns its width in px."""
    metrics = QFontMetrics(font)
    cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(rect, flags, cut)
    return metrics.horizontalAdvance(cut)
