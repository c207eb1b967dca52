"""Scroll bars and scroll areas for lists."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QPersistentModelIndex, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QFrame,
    QListView,
    QScrollArea,
    QScrollBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

# A scroll bar that covers the edge of a list instead of taking space from it, so that rows are as wide as the widgets above them.


class OverlayScrollBar(QScrollBar):
    """Replaces the vertical scroll bar of `area`; visible while the pointer is over the area."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(Qt.Orientation.Vertical, area)
        self._area = area
        self._own = area.verticalScrollBar()
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.installEventFilter(self)
        self._own.rangeChanged.connect(self._follow)
        self._own.valueChanged.connect(self.setValue)
        self.valueChanged.connect(self._own.setValue)
        self._follow()

    def _follow(self) -> None:
        self.setRange(self._own.minimum(), self._own.maximum())
        self.setPageStep(self._own.pageStep())
        self.setSingleStep(self._own.singleStep())
        self.setValue(self._own.value())
        width = self.sizeHint().width()
        self.setGeometry(self._area.width() - width, 0, width, self._area.height())
        self.setVisible(self.maximum() > self.minimum() and (self._area.underMouse() or self.isSliderDown()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Enter, QEvent.Type.Leave, QEvent.Type.StyleChange}:
            self._follow()
        return super().eventFilter(watched, event)


# A helper that keeps the visible rows in place while rows above them are inserted, removed or moved.


class ScrollKeeper(QObject):
    """Keeps the scroll position of a list. A list that is scrolled to the top stays there, so that new rows are visible."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._anchor = QPersistentModelIndex()
        self._offset = 0

    def set_model(self, model: QAbstractItemModel) -> None:
        """Set the model of the view.

        The view discards the positions of rows that are about to be removed, so this object must receive the signal before the view does.
        """
        for before in (model.rowsAboutToBeInserted, model.rowsAboutToBeRemoved, model.rowsAboutToBeMoved):
            before.connect(self._remember)
        self._view.setModel(model)
        for after in (model.rowsInserted, model.rowsRemoved, model.rowsMoved):
            after.connect(self._restore)

    def _remember(self, _parent: object, first: int, last: int, *_destination: object) -> None:
        """Remember the first row that is completely visible and is not affected."""
        self._anchor = QPersistentModelIndex()
        if self._view.verticalScrollBar().value() == 0:
            return
        row = self._view.indexAt(QPoint(1, 1)).row() + 1
        if first <= row <= last and self._view.model().rowCount() > last + 1:
            row = last + 1
        index = self._view.model().index(row, 0)
        self._anchor = QPersistentModelIndex(index)
        self._offset = self._view.visualRect(index).top()

    def _restore(self) -> None:
        if self._anchor.isValid():
            self._view.doItemsLayout()
            rect = self._view.visualRect(self._anchor)
            if rect.isValid():  # otherwise it is laid out later
                bar = self._view.verticalScrollBar()
                bar.setValue(bar.value() + rect.top() - self._offset)


# A list that grows with its content up to a limit, and then scrolls.


class BoundedScroll(QScrollArea):
    """A scroll area with a maximum height. Add the content to `content`, a layout. `max_height` returns the maximum height in px."""

    def __init__(self, max_height: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._max_height = max_height
        self._page = QWidget()
        self.content = QVBoxLayout(self._page)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setWidget(self._page)
        # Qt enables the background of the widget it is given; disable it so that the card shows through
        self._page.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self._page.installEventFilter(self)

    def fit(self) -> None:
        """Adapt the height to the content."""
        height = self._page.heightForWidth(self.viewport().width())
        height = self._page.sizeHint().height() if height < 0 else height
        self.setFixedHeight(min(height, self._max_height()))

    def sizeHint(self) -> QSize:
        return QSize(self._page.sizeHint().width(), self.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() is QEvent.Type.LayoutRequest:
            self.fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Adapt the height to the width, because text wraps."""
        super().resizeEvent(event)
        self.fit()


# A scroll area that grows with its content up to a height, for a widget whose layout has height-for-width.


class FittingArea(QScrollArea):
    """A scroll area that fits its content. `inside` needs a layout with height-for-width."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = inside
        self._max_height = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        inside.installEventFilter(self)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)  # the area has just enabled it
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # noqa: S101 - widgets require an application
        application.focusChanged.connect(self._follow)

    def set_max_height(self, height: int) -> None:
        """Set the maximum height; more content scrolls."""
        self._max_height = height
        self.fit()

    def fit(self) -> None:
        """Adapt the height to the content."""
        layout = self._inside.layout()
        if layout is None:
            return
        layout.activate()
        wanted = layout.totalHeightForWidth(self.viewport().width())
        wanted = wanted if wanted > 0 else layout.totalSizeHint().height()
        self.setFixedHeight(min(wanted, self._max_height or wanted))

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Keep the focused widget visible; Qt itself does so only for Tab."""
        if new and self._inside.isAncestorOf(new):
            self.ensureWidgetVisible(new, 0, new.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inside and event.type() is QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self.fit)  # after the layout has processed all widgets
        return super().eventFilter(watched, event)
