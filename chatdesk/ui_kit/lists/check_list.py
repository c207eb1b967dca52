"""A list whose rows have check boxes, with a search field and a box for all that are found."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStyleOptionViewItem, QVBoxLayout, QWidget

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.finding.folding import fold
from chatdesk.ui_kit.lists.row_list import CountedRows, Index, RowDelegate, RowList, RowState
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_check_box, draw_text
from chatdesk.ui_kit.style.painting import draw_focus_ring, draw_lit_row
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.card import Rule
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.search_field import SearchField

_MAX_ROWS = 8
_FACTS_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class CheckItem:
    """A row: its key, its title, and the facts below it, as plain single lines."""

    key: str
    title: str
    facts: str


class _Rows(CountedRows):
    """The rows that were found, and the keys of all that are checked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.items: Sequence[CheckItem] = ()
        self.shown: Sequence[CheckItem] = ()
        self.checked: set[str] = set()
        self._folded: Sequence[str] = ()

    def set_items(self, items: Sequence[CheckItem]) -> None:
        self.items, self._folded = items, [fold(item.title) for item in items]
        self.checked &= {item.key for item in items}
        self.filter("")

    def filter(self, text: str) -> None:
        words = fold(text).split()
        self.shown = [
            item for item, folded in zip(self.items, self._folded, strict=True) if all(word in folded for word in words)
        ]
        self.set_count(len(self.shown))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.shown):
            return None
        item = self.shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return item.title
            case Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if item.key in self.checked else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{item.title}, {item.facts}"
            case int(role) if role == _FACTS_ROLE:
                return item.facts
        return None


class _Delegate(RowDelegate[RowList]):
    """Paints a row: check box, title, and facts below it."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        theme = self._appearance.theme
        return QSize(0, theme.line("ui") + theme.line("caption") + theme.length("s"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, state = self._appearance.theme, RowState.of(option, self._view)
        painter.save()
        rect = QRectF(option.rect)
        if state.hovered or (state.selected and state.focused):
            draw_lit_row(painter, theme, rect)
        pad, size, gap = theme.length("m"), theme.length("icon.ui"), theme.length("m")
        inner = rect.adjusted(pad, 0, -pad, 0)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        box = QRectF(inner.right() - size if mirrored else inner.left(), inner.center().y() - size / 2, size, size)
        is_checked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        draw_check_box(painter, theme, box, ControlState(checked=is_checked), partly=False)
        words = inner.adjusted(0, 0, -(size + gap), 0) if mirrored else inner.adjusted(size + gap, 0, 0, 0)
        top = rect.top() + theme.length("xs")
        start = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        for text, role, color in ((index.data(), "ui", "text"), (index.data(_FACTS_ROLE), "caption", "textTertiary")):
            line = QRectF(words.left(), top, words.width(), theme.line(role))
            painter.setFont(theme.font(role))
            shown = painter.fontMetrics().elidedText(str(text), Qt.TextElideMode.ElideRight, int(line.width()))
            draw_text(painter, line, shown, theme.color(color), start)
            top += theme.line(role)
        if state.focused:
            reach = theme.stroke("focus") + theme.stroke("focusOffset")
            radius = theme.length("radius.control") - reach
            draw_focus_ring(painter, theme, rect.adjusted(reach, reach, -reach, -reach), radius)
        painter.restore()


class _List(RowList):
    """The list: Space and clicks check a row."""

    toggled = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._use_keyboard(used=True)
            self.toggled.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            self.toggled.emit(index.row())


class CheckList(Translated, QWidget):
    """The list. `placeholder` is the text of the empty search field."""

    changed = Signal()
    """Rows were checked or unchecked by the user."""

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.search = SearchField(appearance, lambda: self.tr("Search by title"), self)
        self.search.setObjectName(f"{name}Search")
        self.search.textChanged.connect(self._filter)
        self.search.down_pressed.connect(self._enter_list)
        self._all = QCheckBox(self)
        self._all.setObjectName(f"{name}All")
        self._all.clicked.connect(self._toggle_all)
        self._sum = Label(appearance, "ui", "textTertiary", self)
        self._sum.setObjectName(f"{name}Sum")
        self._rows = _Rows(self)
        self._list = _List(appearance, self)
        self._list.setObjectName(name)
        self._list.setUniformItemSizes(True)
        self._list.setModel(self._rows)
        self._list.setItemDelegate(_Delegate(appearance, self._list))
        self._list.toggled.connect(self._toggle)
        self._none = Label(appearance, "ui", "textTertiary", self)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.hide()
        self._head = QHBoxLayout()
        self._head.addWidget(self._all, 1)
        self._head.addWidget(self._sum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.search)
        self._column.addLayout(self._head)
        for part in (Rule(appearance, self), self._list, self._none):
            self._column.addWidget(part)
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def checked(self) -> frozenset[str]:
        """The keys of the checked rows, also of those that are not found at the moment."""
        return frozenset(self._rows.checked)

    def set_items(self, items: Sequence[CheckItem], checked: Iterable[str] | None = None) -> None:
        """Show other rows. `checked` are the keys of the checked ones; None keeps what is checked."""
        self._rows.set_items(items)
        if checked is not None:
            self._rows.checked = set(checked)
        self._filter(self.search.text())
        self._restyle()

    def _filter(self, text: str) -> None:
        self._rows.filter(text)
        self._list.setVisible(bool(self._rows.shown))
        self._none.setVisible(not self._rows.shown)
        self._list.scrollToTop()
        self._show_sum()

    def _enter_list(self) -> None:
        if self._rows.shown:
            self._list.setCurrentIndex(self._rows.index(0))
            self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _toggle(self, row: int) -> None:
        self._rows.checked ^= {self._rows.shown[row].key}
        self._show_sum()
        self.changed.emit()

    def _toggle_all(self) -> None:
        shown = {item.key for item in self._rows.shown}
        if shown <= self._rows.checked:
            self._rows.checked -= shown
        else:
            self._rows.checked |= shown
        self._show_sum()
        self.changed.emit()

    def _show_sum(self) -> None:
        rows = self._rows
        chosen = sum(item.key in rows.checked for item in rows.shown)
        partly = Qt.CheckState.PartiallyChecked if chosen else Qt.CheckState.Unchecked
        self._all.setCheckState(Qt.CheckState.Checked if rows.shown and chosen == len(rows.shown) else partly)
        self._all.setEnabled(bool(rows.shown))
        locale = QLocale()
        counts = {"count": locale.toString(len(rows.checked)), "total": locale.toString(len(rows.items))}
        self._sum.set_text(self.tr("{count} of {total} chosen").format(**counts))
        self._list.viewport().update()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._column.setSpacing(theme.length("s"))
        self._head.setContentsMargins(theme.length("m"), 0, theme.length("m"), 0)
        row = theme.line("ui") + theme.line("caption") + theme.length("s")
        height = min(max(len(self._rows.items), 1), _MAX_ROWS) * row
        self._list.setFixedHeight(height)
        self._none.setFixedHeight(height)
        self._list.setPalette(make_palette(theme, "raised"))

    def _retranslate(self) -> None:
        self._all.setText(self.tr("All"))
        self._none.set_text(self.tr("Nothing found"))
        self._list.setAccessibleName(self.tr("Chats"))
        self._show_sum()
