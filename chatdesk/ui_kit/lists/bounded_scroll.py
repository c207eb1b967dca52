"""A list that is as high as what is in it, up to a bound; beyond it, it scrolls."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget


class BoundedScroll(QScrollArea):
    """Put what it holds into `content`, a layout. `room` tells the bound, in px."""

    def __init__(self, room: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
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
        self._page.setAutoFillBackground(False)  # Qt lets what it is given fill itself: the card shows through
        self.viewport().setAutoFillBackground(False)
        self._page.installEventFilter(self)

    def fit(self) -> None:
        """Be as high as it should be now."""
        height = self._page.heightForWidth(self.viewport().width())
        height = self._page.sizeHint().height() if height < 0 else height
        self.setFixedHeight(min(height, self._room()))

    def sizeHint(self) -> QSize:
        """Return the width of what is in it."""
        return QSize(self._page.sizeHint().width(), self.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what is in it."""
        if watched is self._page and event.type() is QEvent.Type.LayoutRequest:
            self.fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width: words wrap."""
        super().resizeEvent(event)
        self.fit()
