"""A list of chats whose rows have check boxes, with a search field, a choice of the folder, and a box for all that are listed."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QStyleOptionViewItem, QVBoxLayout, QWidget

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

_MAX_ROWS = 9
_FOLDER_CHARACTERS = 16
"""Width of the choice of the folder; names that are longer are elided."""
_FACTS_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class CheckItem:
    """A row: its key, its title, and the facts below it, as plain single lines. One that is not `enabled` has no check box."""

    key: str
    title: str
    facts: str
    folder: str = ""
    """The name of the folder that the chat is in; empty for none."""
    enabled: bool = True


class _Rows(CountedRows):
    """The rows that were found, and the keys of all that are checked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.items: Sequence[CheckItem] = ()
        self.shown: Sequence[CheckItem] = ()
        self.checked: set[str] = set()
        self._folded: Sequence[str] = ()

    def set_items(self, items: Sequence[CheckItem]) -> None:
        self.items, self._folded = items, [fold(f"{item.title}\n{item.folder}") for item in items]
        self.checked &= {item.key for item in items if item.enabled}

    def filter(self, text: str, folder: str | None) -> None:
        """List the rows that contain all words and are in the folder; None for all folders."""
        label = fold(text).split()
        self.shown = [
            item
            for item, folded in zip(self.items, self._folded, strict=True)
            if folder in {None, item.folder} and all(word in folded for word in label)
        ]
        self.set_count(len(self.shown))

    @property
    def available(self) -> frozenset[str]:
        """The keys of the listed rows that can be checked."""
        return frozenset(item.key for item in self.shown if item.enabled)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.shown):
            return None
        item = self.shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return item.title
            case Qt.ItemDataRole.CheckStateRole if item.enabled:
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
        check = index.data(Qt.ItemDataRole.CheckStateRole)
        if check is not None:
            draw_check_box(painter, theme, box, ControlState(checked=check == Qt.CheckState.Checked), partly=False)
        label = inner.adjusted(0, 0, -(size + gap), 0) if mirrored else inner.adjusted(size + gap, 0, 0, 0)
        top = rect.top() + theme.length("xs")
        start = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        lines = (
            (index.data(), "ui", "textSecondary" if check is None else "text"),
            (index.data(_FACTS_ROLE), "caption", "textTertiary"),
        )
        for text, role, color in lines:
            line = QRectF(label.left(), top, label.width(), theme.line(role))
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
    """The list. The choice of the folder is only shown if a chat is in one."""

    changed = Signal()
    """Rows were checked or unchecked by the user."""

    def __init__(self, appearance: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._has_folders = False
        self.search = SearchField(appearance, self._placeholder, self)
        self.search.setObjectName(f"{name}Search")
        self.search.textChanged.connect(self._filter)
        self.search.down_pressed.connect(self._enter_list)
        self._folder = QComboBox(self)
        self._folder.setObjectName(f"{name}Folder")
        self._folder.setMinimumContentsLength(_FOLDER_CHARACTERS)
        self._folder.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._folder.activated.connect(self._filter)
        self._folder.hide()
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
        self._fields = QHBoxLayout()
        self._fields.addWidget(self.search, 1)
        self._fields.addWidget(self._folder)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._fields)
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
        if checked is not None:
            self._rows.checked = set(checked)
        self._rows.set_items(items)
        self._show_folders()
        self._filter()
        self._restyle()

    def set_checked(self, checked: Iterable[str]) -> None:
        """Check the rows with these keys and no others. Does not emit `changed`."""
        self._rows.checked = set(checked)
        self._show_sum()

    def _show_folders(self) -> None:
        """List the folders in the order of the alphabet."""
        chosen = self._folder.currentData()
        folders = sorted({item.folder for item in self._rows.items}, key=lambda name: (not name, fold(name)))
        self._folder.clear()
        self._folder.addItem(self.tr("All folders"), None)
        for folder in folders:
            self._folder.addItem(folder or self.tr("No folder"), folder)
        self._folder.setCurrentIndex(folders.index(chosen) + 1 if chosen in folders else 0)
        self._has_folders = any(folders)
        self._folder.setVisible(self._has_folders)
        self.search.setPlaceholderText(self._placeholder())
        self.search.setAccessibleName(self._placeholder())

    def _placeholder(self) -> str:
        return self.tr("Search by title or folder") if self._has_folders else self.tr("Search by title")

    def _filter(self) -> None:
        self._rows.filter(self.search.text(), self._folder.currentData())
        self._list.setVisible(bool(self._rows.shown))
        self._none.setVisible(not self._rows.shown)
        self._list.scrollToTop()
        self._show_sum()

    def _enter_list(self) -> None:
        if self._rows.shown:
            self._list.setCurrentIndex(self._rows.index(0))
            self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _toggle(self, row: int) -> None:
        if self._rows.shown[row].enabled:
            self._rows.checked ^= {self._rows.shown[row].key}
            self._show_sum()
            self.changed.emit()

    def _toggle_all(self) -> None:
        shown = self._rows.available
        if shown <= self._rows.checked:
            self._rows.checked -= shown
        else:
            self._rows.checked |= shown
        self._show_sum()
        self.changed.emit()

    def _show_sum(self) -> None:
        rows = self._rows
        available = rows.available
        chosen = len(available & rows.checked)
        partly = Qt.CheckState.PartiallyChecked if chosen else Qt.CheckState.Unchecked
        self._all.setCheckState(Qt.CheckState.Checked if chosen and chosen == len(available) else partly)
        self._all.setEnabled(bool(available))
        locale = QLocale()
        counts = {"count": locale.toString(len(rows.checked)), "total": locale.toString(len(rows.items))}
        self._sum.set_text(self.tr("{count} of {total} chosen").format(**counts))
        self._list.viewport().update()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._column.setSpacing(theme.length("s"))
        self._fields.setSpacing(theme.length("s"))
        self._head.setContentsMargins(theme.length("m"), 0, theme.length("m"), 0)
        row = theme.line("ui") + theme.line("caption") + theme.length("s")
        height = min(max(len(self._rows.items), 1), _MAX_ROWS) * row
        self._list.setFixedHeight(height)
        self._none.setFixedHeight(height)
        self._list.setPalette(make_palette(theme, "raised"))

    def _retranslate(self) -> None:
        self._all.setText(self.tr("All listed"))
        self._folder.setAccessibleName(self.tr("Folder"))
        self._show_folders()
        self._none.set_text(self.tr("Nothing found"))
        self._list.setAccessibleName(self.tr("Chats"))
        self._show_sum()
