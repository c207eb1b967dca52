"""A popup with a field to search in and a list under it: the keyboard stays in the field, letters filter, arrows choose, Enter takes."""

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

from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_icon, draw_lit_row
from chatdesk.ui_kit.style.theme import make_palette
from chatdesk.ui_kit.widgets.card import Rule
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.popup import Popup

# A row of a list that is searched (`search_popup.py`): an icon, a name, and muted at the far end more about
# it, if there is room.

Index = QModelIndex | QPersistentModelIndex

_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class SearchRowDelegate(QStyledItemDelegate):
    """What a row says is told by who inherits from it."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance

    @abstractmethod
    def icon(self, index: Index) -> str:
        """Return the name of a row's icon."""

    @abstractmethod
    def words(self, index: Index) -> tuple[str, str]:
        """Return the name of a row, and more about it; each a plain line."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Say how high a row is; it is as wide as the list."""
        return QSize(0, self._appearance.theme.length("rowMenu"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row, lit if it is chosen or under the pointer."""
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
        place = QRectF(inner.right() - size if mirrored else inner.left(), inner.top(), size, inner.height())
        draw_icon(painter, theme, self.icon(index), theme.color("textSecondary"), place, size)
        inner = inner.adjusted(0, 0, -(size + pad), 0) if mirrored else inner.adjusted(size + pad, 0, 0, 0)
        painter.setFont(theme.font("ui"))
        metrics = painter.fontMetrics()
        name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(inner.width()))
        draw_text(painter, inner, name, theme.color("text"), _LEFT)
        room = int(inner.width()) - metrics.horizontalAdvance(name) - 2 * pad
        painter.setFont(theme.font("caption"))
        more = painter.fontMetrics().elidedText(more, Qt.TextElideMode.ElideRight, max(room, 0))
        if room > size * 2:
            draw_text(painter, inner, more, theme.color("textTertiary"), _RIGHT)
        painter.restore()


_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class SearchPopup(Popup):
    """What is listed, and what choosing means, is told by who inherits from it. `foot` is the row under the list.

    `kind` begins the object names: "model" for modelSearch and modelList.
    """

    given_up = Signal(str)
    """Escape after something was typed to open it: that and what followed are the user's, and belong into the message."""

    def __init__(
        self,
        appearance: Appearance,
        parent: QWidget,
        rows: QAbstractListModel,
        delegate: QStyledItemDelegate,
        *,
        kind: str,
        most_rows: int,
    ) -> None:
        super().__init__(appearance, parent)
        self._typed = ""
        self._most_rows = most_rows
        self._model = rows
        self._delegate = delegate
        self._search = TextField(appearance, "", self, icon="search")
        self._search.edit.setObjectName(f"{kind}Search")
        self._search.edit.installEventFilter(self)
        self._search.changed.connect(self.search_again)
        self._search.submitted.connect(self._take_current)
        self._list = QListView(self)
        self._list.setObjectName(f"{kind}List")
        self._list.setModel(rows)
        self._list.setItemDelegate(delegate)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setMouseTracking(True)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.clicked.connect(self.take)
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
    def list_rows(self, words: str) -> QModelIndex:
        """Put what fits these words into the rows, and return which of them is chosen at first."""

    @abstractmethod
    def take(self, index: QModelIndex) -> None:
        """Close, and tell what was chosen; nothing happens for a row that cannot be."""

    @abstractmethod
    def empty_text(self, *, searching: bool) -> str:
        """Return what is said where nothing fits the words, or where there is nothing at all."""

    def open_for(self, anchor: QWidget, typed: str = "", *, align_end: bool = False) -> None:
        """Open under `anchor`, everything listed. `typed` is what was typed to open it: given up, it comes back with what followed."""
        self._typed = typed
        self._search.set_text("")
        self.search_again()
        self.open_below(anchor, align_end=align_end)
        self._search.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def search_again(self) -> None:
        """List what fits what is typed now."""
        self._list.setCurrentIndex(self.list_rows(self._search.text()))
        some = self._model.rowCount() > 0
        self._list.setVisible(some)
        self._nothing.setVisible(not some)
        self._say_nothing()
        self._arrange()

    def current_index(self) -> QModelIndex:
        """Return the row that is chosen."""
        return self._list.currentIndex()

    def next_row(self, row: int, step: int) -> int:
        """Return the row that is `step` on, or the last one that way."""
        return min(max(row + step, 0), self._model.rowCount() - 1)

    def set_labels(self, name: str, search: str) -> None:
        """Say what is listed, and what is searched."""
        self.setAccessibleName(name)
        self._list.setAccessibleName(name)
        self._search.set_name(search)
        self._search.set_placeholder(search)
        self._say_nothing()

    def redraw(self) -> None:
        """Draw the rows again: they are marked in another way."""
        self._list.viewport().update()

    def _take_current(self) -> None:
        self.take(self._list.currentIndex())

    def _step(self, step: int) -> None:
        """Go on in the list. The keyboard stays in the field, so a screen reader must be told."""
        row = self.next_row(self._list.currentIndex().row(), step)
        if 0 <= row < self._model.rowCount():
            index = self._model.index(row)
            self._list.setCurrentIndex(index)
            words = self._model.data(index, Qt.ItemDataRole.AccessibleTextRole)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._search.edit, str(words)))

    def _say_nothing(self) -> None:
        self._nothing.set_text(self.empty_text(searching=bool(self._search.text().strip())))

    def _arrange(self) -> None:
        theme = self._appearance.theme
        small, pad = theme.length("xs"), theme.length("s")
        self._head.setContentsMargins(pad, pad, pad, small)
        self.foot.setContentsMargins(pad, small, pad, pad)
        rows = range(min(self._model.rowCount(), self._most_rows))
        self._list.setFixedHeight(sum(self._list.sizeHintForRow(row) for row in rows) + small)
        self._nothing.setContentsMargins(pad, pad, pad, pad)
        self.setFixedWidth(theme.length("paletteWidth") * 3 // 4)
        self._list.setPalette(make_palette(theme, "raised"))
        if self.isVisible():
            self.adjustSize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move through the list while the keyboard is in the search field."""
        if watched is self._search.edit and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if step := _STEPS.get(key):
                self._step(step)
                return True
            if self._typed and key == Qt.Key.Key_Backspace and not self._search.text():
                self._typed = ""
                self.close()
                return True
            if self._typed and key == Qt.Key.Key_Escape:
                given_up = self._typed + self._search.text()
                self.close()
                self.given_up.emit(given_up)
                return True
        return super().eventFilter(watched, event)
