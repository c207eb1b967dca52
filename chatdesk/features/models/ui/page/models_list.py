"""List view of the models page: painting, keyboard and mouse handling. `listed_rows.py` holds the list model."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QStyleOptionViewItem, QWidget

from chatdesk.features.models.domain.model_list import ModelEntry
from chatdesk.features.models.ui.page.listed_rows import ListedRows, Row, ServerHeading
from chatdesk.features.models.ui.page.row_texts import memory_tag, row_details, row_size
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.lists.row_list import ENTER_KEYS, Index, RowDelegate, RowList, RowState
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box, draw_icon, draw_line
from chatdesk.ui_kit.style.theme import Theme
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.widgets.tag import TagKind

# Painting of a row. All lengths are those of the theme; all rows have the same height, so that 10,000 rows are laid out at once.

_START = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_NAME_SHARE = 0.6
"""Maximum share of a line's width for the name if a tag follows it."""


@dataclass(frozen=True, slots=True)
class ModelRowState(RowState):
    """State with which the row of a model or a server is painted."""

    is_default: bool = False
    """Whether the row's model is the default for new chats."""
    is_last: bool = False


def row_height(theme: Theme) -> int:
    """Return the height of every row."""
    return theme.length("rowModel")


def menu_rect(theme: Theme, rect: QRectF) -> QRectF:
    """Return the rectangle of a row's menu button."""
    box, size = _box(theme, rect), theme.length("hitSmall")
    return QRectF(box.right() - size - theme.length("xs"), box.center().y() - size / 2, size, size)


def draw_row(painter: QPainter, theme: Theme, rect: QRectF, row: Row, state: ModelRowState, *, grouped: bool) -> None:
    """Draw a row into `rect`."""
    box = _box(theme, rect)
    _draw_ground(painter, theme, box, state)
    if isinstance(row, ServerHeading):
        _draw_heading(painter, theme, box, row)
    else:
        _draw_model(painter, theme, box, row, state, grouped=grouped)
    if not state.is_last and not state.selected:
        pad = theme.length("m")
        line = QPointF(box.left() + pad, rect.bottom() - 1)
        draw_line(painter, line, box.width() - 2 * pad, theme.color("borderSubtle"))
    button_rect = menu_rect(theme, rect)
    if state.button_hovered:
        draw_box(painter, button_rect, theme.length("radius.small"), theme.color("hover"))
    draw_icon(painter, theme, "ellipsis", theme.color("textSecondary"), button_rect, theme.length("icon.ui"))


def _box(theme: Theme, rect: QRectF) -> QRectF:
    side = theme.length("s")
    return rect.adjusted(side, 0, -side, 0)


def _draw_ground(painter: QPainter, theme: Theme, box: QRectF, state: ModelRowState) -> None:
    radius = theme.length("radius.control")
    box = box.adjusted(0, 1, 0, -1)
    if state.selected:
        border = theme.color("accentBorder") if theme.scheme.high_contrast else None
        draw_box(painter, box, radius, theme.color("selected"), border, theme.stroke("border"))
    elif state.hovered:
        draw_box(painter, box, radius, theme.color("hover"))
    if state.focused:
        draw_box(painter, box, radius, border=theme.color("focus"), width=theme.stroke("focus"))


def _lines(theme: Theme, box: QRectF) -> tuple[QRectF, QRectF]:
    """Return the rectangles of the two text lines of a row."""
    pad = theme.length("m")
    first, second = theme.line("label"), theme.line("caption")
    top = box.center().y() - (first + second) / 2
    end = theme.length("hitSmall") + theme.length("s")
    width = box.width() - pad - end
    return QRectF(box.left() + pad, top, width, first), QRectF(box.left() + pad, top + first, width, second)


def _draw_heading(painter: QPainter, theme: Theme, box: QRectF, heading: ServerHeading) -> None:
    first, second = _lines(theme, box)
    _draw_text(painter, theme, first, plain_line(heading.name), "caption", "textTertiary", strong=True)
    dot, gap = theme.length("s"), theme.length("s")
    dot_rect = QRectF(second.left(), second.center().y() - dot / 2, dot, dot)
    draw_box(painter, dot_rect, dot / 2, fill=theme.color(heading.state_kind.color))
    text = " · ".join(filter(None, (plain_line(heading.state_text), heading.holds)))
    _draw_text(painter, theme, second.adjusted(dot + gap, 0, 0, 0), text, "caption", "textTertiary")


def _draw_model(
    painter: QPainter, theme: Theme, box: QRectF, entry: ModelEntry, state: ModelRowState, *, grouped: bool
) -> None:
    first, second = _lines(theme, box)
    size = row_size(entry)
    if size:
        whole = first.united(second)
        painter.setFont(theme.font("ui"))
        painter.setPen(theme.color("textSecondary"))
        painter.drawText(whole, _END, size)
        available = QFontMetricsF(theme.font("ui")).horizontalAdvance(size) + theme.length("m")
        first, second = first.adjusted(0, 0, -available, 0), second.adjusted(0, 0, -available, 0)
    faint = entry.preference.hidden or not entry.model.can_chat
    end = _draw_name(painter, theme, first, entry, "textTertiary" if faint else "text")
    _draw_marks(painter, theme, first, end, entry, state, grouped=grouped)
    _draw_text(painter, theme, second, row_details(entry), "caption", "textTertiary")


def _draw_name(painter: QPainter, theme: Theme, line: QRectF, entry: ModelEntry, color: str) -> float:
    """Draw a model's name and return its right edge."""
    font = theme.font("label")
    metrics = QFontMetricsF(font)
    has_tag = bool(entry.model.loaded or entry.origin)
    available = max(line.width() * _NAME_SHARE, 0) if has_tag else line.width()
    name = metrics.elidedText(plain_line(entry.name), Qt.TextElideMode.ElideMiddle, available)
    painter.setFont(font)
    painter.setPen(theme.color(color))
    painter.drawText(line, _START, name)
    return line.left() + metrics.horizontalAdvance(name)


def _draw_marks(
    painter: QPainter,
    theme: Theme,
    line: QRectF,
    left: float,
    entry: ModelEntry,
    state: ModelRowState,
    *,
    grouped: bool,
) -> None:
    """Draw the marks after a name: favourite, default, hidden, and the tags for its origin and for a model in memory."""
    gap, size = theme.length("s"), theme.length("icon.small")
    icons = (
        ("star-filled", entry.preference.favourite),
        ("circle-check", state.is_default),
        ("eye-off", entry.preference.hidden),
    )
    for icon, shown in icons:
        if shown and left + gap + size <= line.right():
            color = theme.color("textTertiary" if icon == "eye-off" else "accentText")
            draw_icon(painter, theme, icon, color, QRectF(left + gap, line.top(), size, line.height()), size)
            left += gap + size
    font, height = theme.font("caption"), theme.length("size.tag")
    painter.setFont(font)
    for text, kind in (
        ("" if grouped else plain_line(entry.origin), TagKind.NEUTRAL),
        (memory_tag(entry.model), TagKind.SUCCESS),
    ):
        width = QFontMetricsF(font).horizontalAdvance(text) + 2 * gap
        tag = QRectF(left + gap, line.center().y() - height / 2, width, height)
        if text and tag.right() <= line.right():
            ground, ink = kind.value
            draw_box(painter, tag, theme.length("radius.tag"), theme.color(ground))
            painter.setPen(theme.color(ink))
            painter.drawText(tag, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, text)
            left = tag.right()


def _draw_text(
    painter: QPainter, theme: Theme, rect: QRectF, text: str, role: str, color: str, *, strong: bool | None = None
) -> None:
    font = theme.font(role, strong=strong)
    painter.setFont(font)
    painter.setPen(theme.color(color))
    cut = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, rect.width()))
    painter.drawText(rect, _START, cut)


class ModelsList(RowList):
    """List of models. Its signals carry the key of a row. `act` handles a key press on a row and returns whether the key is assigned."""

    selected = Signal(str)
    """The user selected another row."""
    opened = Signal(str)
    """A row was clicked or the right arrow key pressed. With one column only, the details replace the list."""
    used = Signal(str)
    menu_requested = Signal(str, QPoint)
    resized = Signal()
    """The number of rows changed."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self.rows = ListedRows(self)
        self.act: Callable[[str, QKeyEvent], bool] = lambda _key, _event: False
        self._delegate = _RowDelegate(appearance, self)
        self._emits_selection = True
        self._marks_current = False
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.selectionModel().currentChanged.connect(self._emit_selected)
        self.clicked.connect(self._clicked)

    def mark_current(self, *, marked: bool) -> None:
        """Set whether the current row is marked without the keyboard too, because its details are open."""
        self._marks_current = marked
        self.viewport().update()

    @property
    def marks_current(self) -> bool:
        """Whether the current row is marked."""
        return self._marks_current or self.by_keyboard

    def show_rows(self, rows: Sequence[Row], default: str, *, grouped: bool) -> None:
        """Show the rows. The selection and the scroll position stay if possible.

        `default` is the key of the default model for new chats.
        """
        current, position = self.current_key(), self.verticalScrollBar().value()
        self._delegate.default = default
        self.rows.grouped = grouped
        emitted, self._emits_selection = self._emits_selection, False
        if self.rows.show(rows):
            self.select(current, scroll=False)
            self.verticalScrollBar().setValue(position)
            self.updateGeometry()
            self.resized.emit()
        self.viewport().update()
        self._emits_selection = emitted

    def sizeHint(self) -> QSize:
        """Return the height of all rows; with less space, the list scrolls."""
        return QSize(0, self.rows.rowCount() * row_height(self._appearance.theme))

    def current_key(self) -> str:
        """Return the key of the current row; empty for none."""
        row = self.rows.row(self.currentIndex())
        return row.key if row else ""

    def select(self, key: str, *, scroll: bool = True) -> bool:
        """Select a row without a signal, and return whether it exists. An empty key clears the selection."""
        emitted, self._emits_selection = self._emits_selection, False
        index = self.rows.index_of(key) if key else QModelIndex()
        self.setCurrentIndex(index)
        if scroll and index.isValid():
            self.scrollTo(index)
        self._emits_selection = emitted
        return index.isValid()

    def focus_list(self) -> None:
        """Give the list the keyboard focus. If no row is selected, select the first model without a signal."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.currentIndex().isValid() and (first := self.rows.row(self.rows.first_model())):
            self.select(first.key)

    def menu_position(self, key: str) -> QPoint:
        """Return the global position of a row's menu."""
        rect = menu_rect(self._appearance.theme, QRectF(self.visualRect(self.rows.index_of(key))))
        return self.viewport().mapToGlobal(rect.bottomLeft().toPoint())

    def _emit_selected(self) -> None:
        if self._emits_selection and (key := self.current_key()):
            self.selected.emit(key)

    def _clicked(self, index: QModelIndex) -> None:
        if row := self.rows.row(index):
            self.opened.emit(row.key)

    def over_button(self, position: QPoint) -> bool:
        index = self.indexAt(position)
        rect = QRectF(self.visualRect(index))
        return index.isValid() and menu_rect(self._appearance.theme, rect).contains(position.toPointF())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle Enter, the right arrow key and the keys of actions; the base class handles the others."""
        self._use_keyboard(used=True)
        key = self.current_key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in ENTER_KEYS and plain and key:
            self.used.emit(key)
        elif event.key() == Qt.Key.Key_Right and plain and key:
            self.opened.emit(key)
        elif key and self.act(key, event):
            event.accept()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _press_button(self, index: QModelIndex, _position: QPoint) -> None:
        if row := self.rows.row(index):
            self.setCurrentIndex(index)
            self.menu_requested.emit(row.key, self.menu_position(row.key))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        position = event.position().toPoint()
        row = self.rows.row(self.indexAt(position))
        if row and event.button() is Qt.MouseButton.LeftButton and not self.over_button(position):
            self.used.emit(row.key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Request the menu of the row under the pointer, or of the current row for the menu key."""
        by_keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_keyboard else self.indexAt(event.pos())
        row = self.rows.row(index)
        if row is None:
            return
        self.setCurrentIndex(index)
        position = self.menu_position(row.key) if by_keyboard else event.globalPos()
        self.menu_requested.emit(row.key, position)

    def _tooltip(self, position: QPoint) -> Iterable[str]:
        row = self.rows.row(self.indexAt(position))
        names = (row.name, row.model.ref.model_id) if isinstance(row, ModelEntry) else (row.name,) if row else ()
        return dict.fromkeys(map(plain_line, names))


class _RowDelegate(RowDelegate[ModelsList]):
    default = ""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, row_height(self._appearance.theme))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rows = self._view.rows
        row = rows.row(index)
        if row is None:
            return
        state = ModelRowState.of(
            option, self._view, is_default=row.key == self.default, is_last=index.row() == rows.rowCount() - 1
        )
        if not self._view.marks_current:
            state = replace(state, selected=False)
        painter.save()
        draw_row(painter, self._appearance.theme, QRectF(option.rect), row, state, grouped=rows.grouped)
        painter.restore()
