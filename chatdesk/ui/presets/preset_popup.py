"""The list of presets that opens where one writes."""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from chatdesk.domain.presets.preset import Preset
from chatdesk.ui.plain_line import plain_line
from chatdesk.ui.presets.preset_words import category_name, preset_icon
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.button import Button
from chatdesk.ui.theme.button_kind import ButtonKind
from chatdesk.ui.theme.button_painter import draw_words
from chatdesk.ui.theme.painting import draw_icon, draw_lit_row
from chatdesk.ui.theme.search_popup import SearchPopup

_MOST_ROWS = 9
_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex
Find = Callable[[str], tuple[Preset, ...]]


class PresetPopup(SearchPopup):
    """`find_presets` returns the presets for what is typed, the likeliest first."""

    preset_chosen = Signal(str)
    """The key of a preset."""
    library_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget, find_presets: Find) -> None:
        self._rows = _PresetRows()
        super().__init__(
            appearance,
            parent,
            self._rows,
            _PresetDelegate(appearance, self._rows),
            kind="preset",
            most_rows=_MOST_ROWS,
        )
        self._find_presets = find_presets
        self._library = Button(appearance, "", ButtonKind.PLAIN, self, icon="library", small=True)
        self._library.setObjectName("openLibrary")
        self._library.clicked.connect(self._open_library)
        self.foot.addWidget(self._library)
        self.foot.addStretch(1)
        self._retranslate()
        self._arrange()

    def refresh(self) -> None:
        """Ask for the presets again."""
        if self.isVisible():
            self.search_again()

    def list_rows(self, words: str) -> QModelIndex:
        """List the presets that fit the words."""
        self._rows.show(self._find_presets(words))
        return self._rows.index(0) if self._rows.rowCount() else QModelIndex()

    def take(self, index: QModelIndex) -> None:
        """Choose a preset."""
        if index.isValid() and self._rows.rowCount():
            self.close()
            self.preset_chosen.emit(self._rows.preset(index).key)

    def nothing_words(self, *, searching: bool) -> str:
        """Say that no preset fits, or that there is none."""
        return self.tr("No preset fits these words.") if searching else self.tr("No presets yet.")

    def _open_library(self) -> None:
        self.close()
        self.library_requested.emit()

    def _retranslate(self) -> None:
        self.set_words(self.tr("Presets"), self.tr("Search presets"))
        self._library.setText(self.tr("All presets…"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


class _PresetRows(QAbstractListModel):
    """Presets as a list; no widget for each."""

    def __init__(self) -> None:
        super().__init__()
        self._presets: tuple[Preset, ...] = ()

    def show(self, presets: tuple[Preset, ...]) -> None:
        self.beginResetModel()
        self._presets = presets
        self.endResetModel()

    def preset(self, index: Index) -> Preset:
        return self._presets[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._presets)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        preset = self._presets[index.row()]
        name, more = plain_line(preset.name), plain_line(preset.description)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, (name, more, category_name(preset.category))))
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(filter(None, (name, more)))
            case _:
                return None


class _PresetDelegate(QStyledItemDelegate):
    """Icon, name, and muted at the right what it does."""

    def __init__(self, appearance: Appearance, rows: _PresetRows) -> None:
        super().__init__()
        self._appearance = appearance
        self._rows = rows

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self._appearance.theme.length("rowMenu"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, preset = self._appearance.theme, self._rows.preset(index)
        inset, pad, size = theme.length("xs"), theme.length("s"), theme.length("icon.ui")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(inset, 0, -inset, 0)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            draw_lit_row(painter, theme, box)
        inner = box.adjusted(pad, 0, -pad, 0)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        icon = preset_icon(theme, preset.icon, preset.category)
        place = QRectF(inner.right() - size if mirrored else inner.left(), inner.top(), size, inner.height())
        draw_icon(painter, theme, icon, theme.color("textSecondary"), place, size)
        inner = inner.adjusted(0, 0, -(size + pad), 0) if mirrored else inner.adjusted(size + pad, 0, 0, 0)
        painter.setFont(theme.font("ui"))
        metrics = painter.fontMetrics()
        name = metrics.elidedText(plain_line(preset.name), Qt.TextElideMode.ElideRight, int(inner.width()))
        draw_words(painter, inner, name, theme.color("text"), _LEFT)
        room = int(inner.width()) - metrics.horizontalAdvance(name) - 2 * pad
        painter.setFont(theme.font("caption"))
        more = painter.fontMetrics().elidedText(
            plain_line(preset.description), Qt.TextElideMode.ElideRight, max(room, 0)
        )
        if room > size * 2:
            draw_words(painter, inner, more, theme.color("textTertiary"), _RIGHT)
        painter.restore()
