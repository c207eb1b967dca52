"""A list view with painted rows: scrolling, keyboard focus, a button in each row, and tooltips."""

import sys
import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSignalBlocker,
    QSize,
    QStringListModel,
    Qt,
)
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.lists.scrolling import OverlayScrollBar
from chatdesk.ui_kit.style.appearance import Appearance

if TYPE_CHECKING:
    ItemView = QAbstractItemView
else:
    ItemView = object  # a class cannot inherit from two Qt classes

Index = QModelIndex | QPersistentModelIndex
ENTER_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
DELETE_KEYS = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace} if sys.platform == "darwin" else {Qt.Key.Key_Delete})
_KEYBOARD = frozenset(
    {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
)
_TOOLTIP_WIDTH = 60
"""Maximum characters per line of a tooltip."""


_TEMPORARY = frozenset(
    {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.MenuBarFocusReason}
)
"""Reasons for losing the focus after which it comes back."""


class RowFocus(ItemView):
    """Mixin for lists: screen readers are notified of a focused row only while its list has the focus.

    Qt reports the current row of each list as focused, so the current row is removed while the focus is elsewhere. `currentIndex` still
    returns it, and it comes back with the focus.
    """

    _kept_row = QPersistentModelIndex()
    _is_unseen = False
    """Whether the current row was set while the list was hidden. It is scrolled to when the list is shown, as Qt does."""

    def currentIndex(self) -> QModelIndex:  # noqa: N802 - Qt's name
        """Return the current row, also while the list has no focus."""
        current = super().currentIndex()
        return current if current.isValid() else QModelIndex(self._kept_row)  # type: ignore[call-overload]

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        super().currentChanged(current, previous)
        self._kept_row = QPersistentModelIndex()
        self._is_unseen = not self.isVisible()
        if not self.hasFocus() and self.state() is not QAbstractItemView.State.EditingState:
            self._keep_row()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802 - Qt's name
        super().closeEditor(editor, hint)
        if not self.hasFocus():
            self._keep_row()

    def _keep_row(self) -> None:
        if (current := super().currentIndex()).isValid():
            self._kept_row = QPersistentModelIndex(current)
            with QSignalBlocker(self.selectionModel()):  # nothing changes for others
                self.selectionModel().clearCurrentIndex()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_unseen and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
        self._is_unseen = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._kept_row.isValid() and not super().currentIndex().isValid():
            with QSignalBlocker(self.selectionModel()):
                self.selectionModel().setCurrentIndex(self.currentIndex(), QItemSelectionModel.SelectionFlag.NoUpdate)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep the row, except for a menu, a field in the list and another window."""
        super().focusOutEvent(event)
        if event.reason() not in _TEMPORARY and self.state() is not QAbstractItemView.State.EditingState:
            self._keep_row()


class ListView(RowFocus, QListView):
    """A list view whose current row is reported as focused only with the list."""


class RowList(ListView):
    """A list view. `by_keyboard` is whether the current row is marked, `button_hovered` the button of a row under the pointer."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.by_keyboard = False
        self.button_hovered: int = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        OverlayScrollBar(self)
        appearance.changed.connect(self._restyle)

    def over_button(self, _position: QPoint) -> int:
        """Return the number of the button of a row at a point of the viewport; 0 (or False) for none."""
        return 0

    def _press_button(self, index: QModelIndex, position: QPoint) -> None:
        """Handle a press of a row's button. It does not select the row."""

    def _tooltip(self, _position: QPoint) -> Iterable[str]:
        """Return the lines of the tooltip at a point of the viewport."""
        return ()

    def _use_keyboard(self, *, used: bool) -> None:
        if self.by_keyboard != used:
            self.by_keyboard = used
            self.viewport().update()

    def _restyle(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._use_keyboard(used=True)
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._use_keyboard(used=False)
        position = event.position().toPoint()
        if event.button() is Qt.MouseButton.LeftButton and self.over_button(position):
            self._press_button(self.indexAt(position), position)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons():
            over = self.over_button(event.position().toPoint())
            if over != self.button_hovered:
                self.button_hovered = over
                self.viewport().update()
        super().mouseMoveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark the current row if the focus was moved by the keyboard."""
        self._use_keyboard(used=event.reason() in _KEYBOARD)
        super().focusInEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return super().viewportEvent(event)
        position = event.pos()
        text = "\n".join(textwrap.fill(line, _TOOLTIP_WIDTH) for line in self._tooltip(position))
        QToolTip.showText(event.globalPos(), text, self.viewport(), self.visualRect(self.indexAt(position)))
        return True

    def minimumSizeHint(self) -> QSize:
        """Return an empty size, because it scrolls."""
        return QSize(0, 0)


@dataclass(frozen=True, slots=True)
class RowState:
    """The state in which a row is drawn."""

    selected: bool = False
    hovered: bool = False
    focused: bool = False
    button_hovered: int = 0
    """The number of the button under the pointer; 0 for none."""

    @classmethod
    def of(cls, option: QStyleOptionViewItem, view: RowList, **more: Any) -> Self:  # noqa: ANN401 - fields of a subclass
        """Return the state of the row described by `option`."""
        flags, state = QStyle.StateFlag, option.state
        hovered = bool(state & flags.State_MouseOver)
        return cls(
            selected=bool(state & flags.State_Selected),
            hovered=hovered,
            focused=view.by_keyboard and bool(state & flags.State_HasFocus),
            button_hovered=view.button_hovered if hovered else 0,
            **more,
        )


class CountedRows(QStringListModel):
    """A model of which only the row count is stored in Qt; a subclass implements `data`.

    A view requests the count for every row that it lays out: 10,000 times for each letter of a search.
    """

    def set_count(self, count: int) -> None:
        """Set the number of rows. All rows are considered new."""
        self.setStringList([""] * count)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if index.isValid() else Qt.ItemFlag.NoItemFlags


class RowDelegate[View: RowList](QStyledItemDelegate):
    """Paints the rows of a list; rows have no widgets."""

    def __init__(self, appearance: Appearance, view: View) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._view = view
