"""The list of presets that opens where one writes: search as one types, arrows choose, Enter takes."""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from chatdesk.domain.presets.preset import Preset
from chatdesk.ui.models.rule import Rule
from chatdesk.ui.plain_line import plain_line
from chatdesk.ui.presets.preset_words import category_name, preset_icon
from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.button import Button
from chatdesk.ui.theme.button_kind import ButtonKind
from chatdesk.ui.theme.button_painter import draw_words
from chatdesk.ui.theme.label import Label
from chatdesk.ui.theme.painting import draw_icon, draw_lit_row
from chatdesk.ui.theme.palette import make_palette
from chatdesk.ui.theme.popup import Popup
from chatdesk.ui.theme.text_field import TextField

_MOST_ROWS = 9
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex
Find = Callable[[str], tuple[Preset, ...]]


class PresetPopup(Popup):
    """The keyboard stays in the search field. `find` returns the presets for what is typed there, the likeliest first."""

    preset_chosen = Signal(str)
    """The key of a preset."""
    library_requested = Signal()
    given_up = Signal(str)
    """Escape after a slash: what was typed is the person's, and belongs into the message."""

    def __init__(self, appearance: Appearance, parent: QWidget, find: Find) -> None:
        super().__init__(appearance, parent)
        self._find = find
        self._typed = ""
        self._search = TextField(appearance, "", self, icon="search")
        self._search.edit.setObjectName("presetSearch")
        self._search.edit.installEventFilter(self)
        self._search.changed.connect(self._show)
        self._search.submitted.connect(self._take_current)
        self._rows = _PresetRows()
        self._list = QListView(self)
        self._list.setObjectName("presetList")
        self._list.setModel(self._rows)
        self._delegate = _PresetDelegate(appearance, self._rows)
        self._list.setItemDelegate(self._delegate)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setMouseTracking(True)
        self._list.setUniformItemSizes(True)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.clicked.connect(self._take)
        self._nothing = Label(appearance, "ui", "textTertiary", self, wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._library = Button(appearance, "", ButtonKind.PLAIN, self, icon="library", small=True)
        self._library.setObjectName("openLibrary")
        self._library.clicked.connect(self._open_library)
        self._head, self._foot = QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(self._search)
        self._foot.addWidget(self._library)
        self._foot.addStretch(1)
        self.content.addLayout(self._head)
        self.content.addWidget(self._list)
        self.content.addWidget(self._nothing)
        self.content.addWidget(Rule(appearance, self))
        self.content.addLayout(self._foot)
        appearance.changed.connect(self._arrange)
        self._retranslate()
        self._arrange()

    def open_for(self, anchor: QWidget, typed: str = "") -> None:
        """Open beside `anchor`. `typed` is what was typed to open it: given up, it comes back with what followed."""
        self._typed = typed
        self._search.set_text("")
        self._show()
        self.open_below(anchor)
        self._search.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def refresh(self) -> None:
        """Ask for the presets again."""
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        words = self._search.text()
        self._rows.show(self._find(words))
        some = self._rows.rowCount() > 0
        if some:
            self._list.setCurrentIndex(self._rows.index(0))
        self._list.setVisible(some)
        self._nothing.setVisible(not some)
        self._nothing.set_text(self.tr("No preset fits these words.") if words.strip() else self.tr("No presets yet."))
        self._arrange()

    def _take_current(self) -> None:
        self._take(self._list.currentIndex())

    def _take(self, index: QModelIndex) -> None:
        if index.isValid() and self._rows.rowCount():
            self.close()
            self.preset_chosen.emit(self._rows.preset(index).key)

    def _open_library(self) -> None:
        self.close()
        self.library_requested.emit()

    def _step(self, step: int) -> None:
        """Go on in the list. The keyboard stays in the field, so a screen reader must be told."""
        last = self._rows.rowCount() - 1
        if last >= 0:
            index = self._rows.index(min(max(self._list.currentIndex().row() + step, 0), last))
            self._list.setCurrentIndex(index)
            words = self._rows.data(index, Qt.ItemDataRole.AccessibleTextRole)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._search.edit, str(words)))

    def _arrange(self) -> None:
        theme = self._appearance.theme
        small, pad = theme.length("xs"), theme.length("s")
        self._head.setContentsMargins(pad, pad, pad, small)
        self._foot.setContentsMargins(pad, small, pad, pad)
        rows = min(self._rows.rowCount(), _MOST_ROWS)
        self._list.setFixedHeight(rows * theme.length("rowMenu") + small)
        self._nothing.setContentsMargins(pad, pad, pad, pad)
        self.setFixedWidth(theme.length("paletteWidth") * 3 // 4)
        self._list.setPalette(make_palette(theme, "raised"))
        if self.isVisible():
            self.adjustSize()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Presets"))
        self._search.set_name(self.tr("Search presets"))
        self._search.set_placeholder(self.tr("Search presets"))
        self._list.setAccessibleName(self.tr("Presets"))
        self._library.setText(self.tr("All presets…"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move through the list while the keyboard is in the search field."""
        if watched is self._search.edit and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if step := _STEPS.get(key):
                self._step(step)
                return True
            if key == Qt.Key.Key_Tab:
                self._take_current()
                return True
            if key == Qt.Key.Key_Backspace and self._typed and not self._search.text():
                self._typed = ""
                self.close()
                return True
            if key == Qt.Key.Key_Escape and self._typed:
                given_up = self._typed + self._search.text()
                self.close()
                self.given_up.emit(given_up)
                return True
        return super().eventFilter(watched, event)


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
