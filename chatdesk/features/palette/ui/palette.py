"""Command palette over the window: a search field, the matching entries, and hints on keys at the bottom. It uses no services."""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from chatdesk.features.palette.ui.entries import EntryKind, PaletteEntry
from chatdesk.kernel.finding.matcher import MAX_QUERY_LENGTH
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.lists.row_list import ListView
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painters import draw_menu_panel, draw_text
from chatdesk.ui_kit.style.painting import draw_box, draw_icon, shadow_margin
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.text.counts import listed
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.card import Rule
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.scrim import Scrim

# Rows of the palette: Qt list model and delegate for headings and entries.

_HEADINGS = {
    EntryKind.CHAT: QT_TRANSLATE_NOOP("Palette", "Chats"),
    EntryKind.PRESET: QT_TRANSLATE_NOOP("Palette", "Presets"),
    EntryKind.MODEL: QT_TRANSLATE_NOOP("Palette", "Models"),
    EntryKind.COMMAND: QT_TRANSLATE_NOOP("Palette", "Commands"),
    EntryKind.SETTING: QT_TRANSLATE_NOOP("Palette", "Settings"),
    EntryKind.MESSAGE: QT_TRANSLATE_NOOP("Palette", "In messages"),
}
_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter

Index = QModelIndex | QPersistentModelIndex


def heading_text(kind: EntryKind) -> str:
    """Return the name of a group."""
    return QCoreApplication.translate("Palette", _HEADINGS[kind])


class PaletteRows(QAbstractListModel):
    """Entries grouped below headings, which cannot be selected."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[PaletteEntry | EntryKind] = []

    def show(self, entries: tuple[PaletteEntry, ...]) -> None:
        """Show entries, those of a kind in a row."""
        self.beginResetModel()
        self._rows = self._with_headings(entries)
        self.endResetModel()

    def append(self, entries: tuple[PaletteEntry, ...]) -> None:
        """Add entries of another kind at the end."""
        if entries:
            added = self._with_headings(entries)
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(added) - 1)
            self._rows += added
            self.endInsertRows()

    @property
    def count(self) -> int:
        """The number of entries."""
        return sum(isinstance(row, PaletteEntry) for row in self._rows)

    def entry(self, index: Index) -> PaletteEntry | None:
        """Return the entry at `index`; None for a heading or an invalid index."""
        row = self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None
        return row if isinstance(row, PaletteEntry) else None

    def heading(self, index: Index) -> EntryKind:
        """Return the group of the row at `index`."""
        return self._kind(self._rows[index.row()])

    def next(self, row: int, step: int) -> int:
        """Return the row of the entry `step` entries further, skipping headings; the last one if there are fewer.

        A single step wraps around at the end of the list.
        """
        entries = [number for number, each in enumerate(self._rows) if isinstance(each, PaletteEntry)]
        ahead = (
            [number for number in entries if number > row]
            if step > 0
            else [each for each in entries[::-1] if each < row]
        )
        if ahead:
            return ahead[min(abs(step), len(ahead)) - 1]
        return entries[0 if step > 0 else -1] if entries and abs(step) == 1 else row

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text for painting and screen readers."""
        row = self._rows[index.row()]
        if isinstance(row, EntryKind):
            return heading_text(row) if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return listed((row.title, row.more, row.note, heading_text(row.kind), "+".join(row.keys)))
        return row.title if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Make only entries selectable."""
        if self.entry(index):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.ItemIsEnabled

    @staticmethod
    def _with_headings(entries: tuple[PaletteEntry, ...]) -> list[PaletteEntry | EntryKind]:
        rows: list[PaletteEntry | EntryKind] = []
        for before, entry in zip((None, *entries), entries, strict=False):
            if before is None or before.kind is not entry.kind:
                rows.append(entry.kind)
            rows.append(entry)
        return rows

    @staticmethod
    def _kind(row: PaletteEntry | EntryKind) -> EntryKind:
        return row.kind if isinstance(row, PaletteEntry) else row


class PaletteDelegate(QStyledItemDelegate):
    """Paints an entry with its icon, its title with marked matches, an optional second line, and its shortcut at the end."""

    def __init__(self, appearance: Appearance, rows: PaletteRows) -> None:
        super().__init__()
        self._appearance = appearance
        self._rows = rows

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a heading, or of an entry with one or two lines."""
        theme = self._appearance.theme
        entry = self._rows.entry(index)
        if entry is None:
            return QSize(0, theme.line("caption") + theme.length("m") + theme.length("xs"))
        lines = theme.line("ui") + (theme.line("caption") if entry.more else 0)
        return QSize(0, lines + 2 * theme.length("s"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, entry = self._appearance.theme, self._rows.entry(index)
        inset, pad, size = theme.length("s"), theme.length("m"), theme.length("icon.ui")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(inset, 0, -inset, 0)
        inner = box.adjusted(pad, 0, -pad, 0)
        if entry is None:
            painter.setFont(theme.font("caption", strong=True))
            text = heading_text(self._rows.heading(index))
            draw_text(painter, inner.adjusted(0, theme.length("s"), 0, 0), text, theme.color("textTertiary"), _LEFT)
            painter.restore()
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            border = theme.color("accentBorder") if theme.scheme.high_contrast else None
            fill = theme.color("selected" if chosen else "hover")
            draw_box(painter, box, theme.length("radius.control"), fill, border)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        if entry.icon:
            icon_rect = QRectF(inner.right() - size if mirrored else inner.left(), inner.top(), size, inner.height())
            color = theme.color("accentText" if chosen else "textSecondary")
            draw_icon(painter, theme, entry.icon, color, icon_rect, size)
        reserved_width = size + pad
        inner = inner.adjusted(0, 0, -reserved_width, 0) if mirrored else inner.adjusted(reserved_width, 0, 0, 0)
        width = self._draw_keys(painter, inner, entry.keys, mirrored=mirrored)
        if entry.note:
            painter.setFont(theme.font("caption"))
            draw_text(painter, inner, entry.note, theme.color("textTertiary"), _RIGHT)
            width = painter.fontMetrics().horizontalAdvance(entry.note)
        if width:
            width += pad
            inner = inner.adjusted(width, 0, 0, 0) if mirrored else inner.adjusted(0, 0, -width, 0)
        title = QRectF(inner)
        title.setHeight(theme.line("ui"))
        if entry.more:
            title.moveTop(inner.top() + theme.length("s"))
            more = QRectF(inner.left(), title.bottom(), inner.width(), theme.line("caption"))
            marks = entry.marks if entry.marks_more else ()
            self._draw_line(painter, more, entry.more, "caption", "textSecondary", marks)
        else:
            title.moveCenter(inner.center())
        self._draw_line(painter, title, entry.title, "ui", "text", () if entry.marks_more else entry.marks)
        painter.restore()

    def _draw_keys(self, painter: QPainter, area: QRectF, keys: tuple[str, ...], *, mirrored: bool) -> float:
        """Draw the keys of a shortcut as caps at the end of a row, and return the width they take."""
        theme = self._appearance.theme
        painter.setFont(theme.font("caption"))
        metrics, gap, height = painter.fontMetrics(), theme.length("xs"), theme.length("size.tag")
        widths = [max(height, metrics.horizontalAdvance(key) + 2 * theme.length("s")) for key in keys]
        total = sum(widths) + gap * max(0, len(keys) - 1)
        left = area.left() if mirrored else area.right() - total
        for key, width in zip(keys, widths, strict=True):
            cap = QRectF(left, area.center().y() - height / 2, width, height)
            draw_box(painter, cap, theme.length("radius.tag"), border=theme.color("borderDefault"))
            draw_text(painter, cap, key, theme.color("textSecondary"), Qt.AlignmentFlag.AlignCenter)
            left += width + gap
        return total

    def _draw_line(
        self, painter: QPainter, line: QRectF, text: str, role: str, color: str, marks: tuple[tuple[int, int], ...]
    ) -> None:
        theme = self._appearance.theme
        painter.setFont(theme.font(role))
        metrics = QFontMetricsF(painter.font(), painter.device())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.width())
        for start, end in marks:
            left, right = metrics.horizontalAdvance(text[:start]), metrics.horizontalAdvance(text[:end])
            if left < line.width():
                mark = QRectF(line.left() + left, line.top(), min(right, line.width()) - left, metrics.height())
                mark.moveCenter(QPointF(mark.center().x(), line.center().y()))
                draw_box(painter, mark, theme.length("mark"), fill=theme.color("findHit"))
        draw_text(painter, line, shown, theme.color(color), _LEFT)


_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 8,
    Qt.Key.Key_PageUp: -8,
}
_SEARCH_DELAY = 120
"""Milliseconds without a key press until messages are searched."""

Find = Callable[[str], tuple[PaletteEntry, ...]]


class Palette(Translated, QWidget):
    """Palette covering its parent window. `find` returns entries at once; results of `search_requested` are added by `add_found`."""

    chosen = Signal(PaletteEntry)
    closed = Signal()
    search_requested = Signal(str)

    def __init__(self, appearance: Appearance, window: QWidget, find: Find) -> None:
        super().__init__(window)
        self._appearance = appearance
        self._find = find
        self._previous_focus: QWidget | None = None
        self.setObjectName("palette")
        self._scrim = Scrim(appearance, self)
        self._scrim.pressed.connect(self.leave)
        self._panel = _Panel(appearance, self)
        self._field = TextField(appearance, "", self._panel, icon="search")
        self._field.edit.setObjectName("paletteField")
        self._field.edit.setMaxLength(MAX_QUERY_LENGTH)
        self._field.edit.installEventFilter(self)
        self._field.changed.connect(self._typed)
        self._field.submitted.connect(self._activate_current)
        self._rows = PaletteRows()
        self._list = ListView(self._panel)
        self._list.setObjectName("paletteList")
        self._list.setModel(self._rows)
        self._delegate = PaletteDelegate(appearance, self._rows)
        self._list.setItemDelegate(self._delegate)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setMouseTracking(True)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.clicked.connect(self._activate)
        self._empty_label = Label(appearance, "ui", "textTertiary", self._panel, wrap=True)
        self._empty_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint = Label(appearance, "caption", "textTertiary", self._panel, elide=True)
        self._prefixes = Label(appearance, "caption", "textTertiary", self._panel)
        self._head, self._foot_row = QHBoxLayout(), QHBoxLayout()
        self._count = Label(appearance, "caption", "textTertiary", self._panel)
        self._count.setObjectName("paletteCount")
        self._head.addWidget(self._field, 1)
        self._head.addWidget(self._count)
        self._foot_row.addWidget(self._hint, 1)
        self._foot_row.addWidget(self._prefixes)
        self._column = QVBoxLayout(self._panel)
        self._column.setSpacing(0)
        self._column.addLayout(self._head)
        self._column.addWidget(self._list)
        self._column.addWidget(self._empty_label)
        self._column.addWidget(Rule(appearance, self._panel))
        self._column.addLayout(self._foot_row)
        self._timer = QTimer(self, singleShot=True, interval=_SEARCH_DELAY)
        self._timer.timeout.connect(lambda: self.search_requested.emit(self._field.text()))
        appearance.changed.connect(self._arrange)
        window.installEventFilter(self)
        self._retranslate()
        self.hide()

    def open(self, text: str = "") -> None:
        """Open with the given text in the field."""
        self._previous_focus = QApplication.focusWidget()
        self._field.set_text(text)
        self._typed()
        self.setGeometry(self.window().rect())
        self.raise_()
        self.show()
        self._arrange()
        self._list.scrollToTop()  # including the heading above the first entry
        self._field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Close, and return the focus."""
        if self.isVisible():
            self._timer.stop()
            self.hide()
            if self._previous_focus and self._previous_focus.isVisible():
                self._previous_focus.setFocus(Qt.FocusReason.OtherFocusReason)
            self._previous_focus = None
            self.closed.emit()

    def text(self) -> str:
        return self._field.text()

    def refresh(self) -> None:
        """Search again for the text in the field, because there is more to be found."""
        self._typed()

    def add_found(self, text: str, entries: tuple[PaletteEntry, ...]) -> None:
        """Show the results of a search below the others, if its text is still in the field."""
        if self.isVisible() and text == self._field.text():
            self._rows.append(entries)
            self._show_rows()

    def _typed(self) -> None:
        self._rows.show(self._find(self._field.text()))
        self._show_rows()
        if self._field.text().strip():
            self._timer.start()
        else:
            self._timer.stop()

    def _show_rows(self) -> None:
        if not self._list.currentIndex().isValid():
            self._choose(self._rows.next(-1, 1))
        count = self._rows.count
        self._list.setVisible(bool(count))
        self._empty_label.setVisible(not count)
        self._show_count()
        self._arrange()
        if self._list.currentIndex().row() <= 1:
            self._list.scrollToTop()

    def _show_count(self) -> None:
        typed = bool(self._field.text().strip())
        self._count.set_text(self.tr("%n results", "", self._rows.count) if typed and self._rows.count else "")

    def _choose(self, row: int) -> None:
        index = self._rows.index(row)
        self._list.setCurrentIndex(index)

    def _step(self, step: int) -> None:
        """Move the selection. The focus stays in the field, so screen readers need an announcement."""
        self._choose(self._rows.next(self._list.currentIndex().row(), step))
        if self._list.currentIndex().row() <= 1:
            self._list.scrollToTop()
        text = self._rows.data(self._list.currentIndex(), Qt.ItemDataRole.AccessibleTextRole)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._field.edit, str(text)))

    def _activate_current(self) -> None:
        self._activate(self._list.currentIndex())

    def _activate(self, index: QModelIndex) -> None:
        if entry := self._rows.entry(index):
            self.leave()
            self.chosen.emit(entry)

    def _arrange(self) -> None:
        theme, available = self._appearance.theme, self.rect()
        margin, pad = shadow_margin(theme), theme.length("m")
        self._scrim.setGeometry(available)
        self._column.setContentsMargins(margin + 1, margin + 1, margin + 1, margin + 1)
        self._head.setContentsMargins(pad, pad, pad, theme.length("s"))
        self._head.setSpacing(theme.length("s"))
        self._foot_row.setContentsMargins(pad, theme.length("s"), pad, theme.length("s"))
        self._foot_row.setSpacing(pad)
        self._empty_label.setContentsMargins(pad, theme.length("xl"), pad, theme.length("xl"))
        self._list.setPalette(make_palette(theme, "raised"))
        width = min(theme.length("paletteWidth"), available.width() - 2 * pad)
        rows = sum(self._list.sizeHintForRow(row) for row in range(self._rows.rowCount()))
        maximum = max(0, available.height() * 6 // 10 - theme.length("field") * 3)
        self._list.setFixedHeight(min(rows, maximum) + theme.length("xs"))
        height = self._column.totalSizeHint().height()
        top = max(0, available.height() // 8 - margin)
        left = (available.width() - width) // 2 - margin
        self._panel.setGeometry(QRect(left, top, width + 2 * margin, min(height, available.height() - top)))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Palette"))
        self._field.set_name(self.tr("Command palette"))
        self._field.set_placeholder(self.tr("Search chats, presets and commands"))
        self._list.setAccessibleName(self.tr("Results"))
        self._empty_label.set_text(self.tr("No results"))
        self._hint.set_text(self.tr("↑ ↓ choose   ·   Enter open   ·   Esc close"))
        self._prefixes.set_text(self.tr("> commands   / presets   @ models"))
        self._show_count()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window, and move the selection with the keys of the field."""
        if watched is self.window() and event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self.window().rect())
            self._arrange()
        if watched is self._field.edit and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if step := _STEPS.get(key):
                self._step(step)
                return True
            if key == Qt.Key.Key_Escape:
                self.leave()
                return True
            if key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:  # widgets below must not be focused now
                self._step(1 if key == Qt.Key.Key_Tab else -1)
                return True
        return super().eventFilter(watched, event)


class _Panel(QWidget):
    """Background with its shadow."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        rect = QRectF(self.rect())
        draw_menu_panel(QPainter(self), theme, rect, shadow_margin(theme), theme.length("card"))
