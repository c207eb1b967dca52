"""A popup with a search field and a list: the keyboard focus stays in the field, typing filters, arrow keys select, Enter confirms."""

from abc import abstractmethod

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
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.lists.row_list import ListView
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_icon, draw_lit_row
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.widgets.card import Rule
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.popup import Popup

# A row of the list: an icon, a name, and secondary text at the end if there is space.

Index = QModelIndex | QPersistentModelIndex

_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class SearchRowDelegate(QStyledItemDelegate):
    """Base class of delegates. Subclasses return the content of a row."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance

    @abstractmethod
    def icon(self, index: Index) -> str:
        """Return the name of a row's icon."""

    @abstractmethod
    def words(self, index: Index) -> tuple[str, str]:
        """Return the name and the secondary text of a row, each a plain line."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of a row; the width is that of the list."""
        return QSize(0, self._appearance.theme.length("rowMenu"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row, highlighted if it is selected or hovered."""
        theme = self._appearance.theme
        inset, pad, size = theme.length("xs"), theme.length("s"), theme.length("icon.ui")
        name, more = self.words(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(inset, 0, -inset, 0)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            draw_lit_row(painter, theme, box)
        inner = box.adjusted(pad, 0, -pad, 0)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        icon_rect = QRectF(inner.right() - size if mirrored else inner.left(), inner.top(), size, inner.height())
        draw_icon(painter, theme, self.icon(index), theme.color("textSecondary"), icon_rect, size)
        inner = inner.adjusted(0, 0, -(size + pad), 0) if mirrored else inner.adjusted(size + pad, 0, 0, 0)
        painter.setFont(theme.font("ui"))
        metrics = painter.fontMetrics()
        name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(inner.width()))
        draw_text(painter, inner, name, theme.color("text"), _LEFT)
        available = int(inner.width()) - metrics.horizontalAdvance(name) - 2 * pad
        painter.setFont(theme.font("caption"))
        more = painter.fontMetrics().elidedText(more, Qt.TextElideMode.ElideRight, max(available, 0))
        if available > size * 2:
            draw_text(painter, inner, more, theme.color("textTertiary"), _RIGHT)
        painter.restore()


_UNLIMITED = 16_777_215
"""Qt's own maximum height of a widget, in px (QWIDGETSIZE_MAX)."""
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class SearchPopup(Popup):
    """Base class of search popups. Subclasses fill the list and handle the choice. `foot` is the row below the list.

    `kind` is the prefix of the object names: "model" for modelSearch and modelList.
    """

    dismissed = Signal(str)
    """Emitted on Escape if typing opened the popup: the typed text belongs to the message."""
    typed_changed = Signal(str)
    """What has been typed since typing opened the popup, from the text that opened it; empty when it closes.

    With `echoes`, whoever listens shows it, and the search field stays invisible.
    """

    def __init__(
        self,
        appearance: Appearance,
        parent: QWidget,
        rows: QAbstractListModel,
        delegate: QStyledItemDelegate,
        *,
        kind: str,
        most_rows: int,
        echoes: bool = False,
    ) -> None:
        super().__init__(appearance, parent)
        self._typed = ""
        self._echoes = echoes
        self._max_rows = most_rows
        self._model = rows
        self._delegate = delegate
        self._search = TextField(appearance, "", self, icon="search")
        self._search.edit.setObjectName(f"{kind}Search")
        self._search.edit.installEventFilter(self)
        self._search.changed.connect(self.search_again)
        self._search.submitted.connect(self._choose_current)
        self._list = ListView(self)
        self._list.setObjectName(f"{kind}List")
        self._list.setModel(rows)
        self._list.setItemDelegate(delegate)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setMouseTracking(True)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.clicked.connect(self.choose_index)
        self._nothing = Label(appearance, "ui", "textTertiary", self, wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._head, self.foot = QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(self._search)
        self.content.addLayout(self._head)
        self.content.addWidget(self._list)
        self.content.addWidget(self._nothing)
        self.content.addWidget(Rule(appearance, self))
        self.content.addLayout(self.foot)
        appearance.changed.connect(self._arrange)

    @abstractmethod
    def list_rows(self, text: str) -> QModelIndex:
        """Fill the rows with matches for a search text, and return the row to select."""

    @abstractmethod
    def choose_index(self, index: QModelIndex) -> None:
        """Close and report the choice; do nothing for a row that cannot be chosen."""

    @abstractmethod
    def empty_text(self, *, searching: bool) -> str:
        """Return the text for an empty list, or for a search without matches."""

    def open_for(self, anchor: QWidget, typed: str = "", *, align_end: bool = False) -> None:
        """Open next to `anchor` with all rows listed. `typed` is the text that opened the popup; it is returned if it is cancelled."""
        self._typed = typed
        self._search.setMaximumHeight(0 if self._is_echoed else _UNLIMITED)
        self._search.set_text("")
        self.search_again()
        self.open_below(anchor, align_end=align_end)
        self._search.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def _is_echoed(self) -> bool:
        return self._echoes and bool(self._typed)

    def search_again(self) -> None:
        """Update the list for the current search text."""
        if self._typed:
            self.typed_changed.emit(self._typed + self._search.text())
        self._list.setCurrentIndex(self.list_rows(self._search.text()))
        some = self._model.rowCount() > 0
        self._list.setVisible(some)
        self._nothing.setVisible(not some)
        self._update_empty_text()
        self._arrange()

    def current_index(self) -> QModelIndex:
        """Return the selected row."""
        return self._list.currentIndex()

    def next_row(self, row: int, step: int) -> int:
        """Return the row `step` rows further, or the last one in that direction."""
        return min(max(row + step, 0), self._model.rowCount() - 1)

    def set_labels(self, name: str, search: str) -> None:
        """Set the accessible name of the list, and the placeholder of the search field."""
        self.setAccessibleName(name)
        self._list.setAccessibleName(name)
        self._search.set_name(search)
        self._search.set_placeholder(search)
        self._update_empty_text()

    def redraw(self) -> None:
        """Redraw the rows after their markings changed."""
        self._list.viewport().update()

    def _choose_current(self) -> None:
        self.choose_index(self._list.currentIndex())

    def _step(self, step: int) -> None:
        """Move the selection. The focus stays in the field, so the new row is announced to screen readers."""
        row = self.next_row(self._list.currentIndex().row(), step)
        if 0 <= row < self._model.rowCount():
            index = self._model.index(row)
            self._list.setCurrentIndex(index)
            text = self._model.data(index, Qt.ItemDataRole.AccessibleTextRole)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._search.edit, str(text)))

    def _update_empty_text(self) -> None:
        self._nothing.set_text(self.empty_text(searching=bool(self._search.text().strip())))

    def _arrange(self) -> None:
        theme = self._appearance.theme
        small, pad = theme.length("xs"), theme.length("s")
        self._head.setContentsMargins(pad, 0 if self._is_echoed else pad, pad, small)
        self.foot.setContentsMargins(pad, small, pad, pad)
        rows = range(min(self._model.rowCount(), self._max_rows))
        self._list.setFixedHeight(sum(self._list.sizeHintForRow(row) for row in rows) + small)
        self._nothing.setContentsMargins(pad, pad, pad, pad)
        self.setFixedWidth(theme.length("paletteWidth") * 3 // 4)
        self._list.setPalette(make_palette(theme, "raised"))
        if self.isVisible():
            self.adjustSize()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._typed = ""
        self.typed_changed.emit("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Navigate in the list while the search field has the focus."""
        if watched is self._search.edit and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if step := _STEPS.get(key):
                self._step(step)
                return True
            if self._typed and key == Qt.Key.Key_Backspace and not self._search.text():
                self.close()
                return True
            if self._typed and key == Qt.Key.Key_Escape:
                dismissed = self._typed + self._search.text()
                self.close()
                self.dismissed.emit(dismissed)
                return True
        return super().eventFilter(watched, event)
