"""A list view with painted rows: scrolling, keyboard focus, a button in each row, and tooltips."""

import sys
import textwrap
from collections.abc import Iterable
from typing import Any, Self

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QSize, QStringListModel, Qt
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
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

Index = QModelIndex | QPersistentModelIndex
ENTER_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
DELETE_KEYS = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace} if sys.platform == "darwin" else {Qt.Key.Key_Delete})
_KEYBOARD = frozenset(
    {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
)
_TOOLTIP_WIDTH = 60
"""Maximum characters per line of a tooltip."""


class RowList(QListView):
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

    def over_button(self, _place: QPoint) -> int:
        """Return the number of the button of a row at a point of the viewport; 0 (or False) for none."""
        return 0

    def _press_button(self, index: QModelIndex, place: QPoint) -> None:
        """Handle a press of a row's button. It does not select the row."""

    def _tooltip(self, _place: QPoint) -> Iterable[str]:
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
        place = event.position().toPoint()
        if event.button() is Qt.MouseButton.LeftButton and self.over_button(place):
            self._press_button(self.indexAt(place), place)
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
        place = event.pos()
        words = "\n".join(textwrap.fill(line, _TOOLTIP_WIDTH) for line in self._tooltip(place))
        QToolTip.showText(event.globalPos(), words, self.viewport(), self.visualRect(self.indexAt(place)))
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
