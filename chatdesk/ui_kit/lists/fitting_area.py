"""A part that is as high as what is in it up to a height, and scrolls beyond that."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget


class FittingArea(QScrollArea):
    """`inside` has a layout that knows its height for a width."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = inside
        self._most_height = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        inside.installEventFilter(self)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)  # the area has just set it
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # noqa: S101 - there are no widgets without
        application.focusChanged.connect(self._follow)

    def set_most_height(self, height: int) -> None:
        """Grow no higher than this; more of it scrolls."""
        self._most_height = height
        self.fit()

    def fit(self) -> None:
        """Be as high as what is inside."""
        layout = self._inside.layout()
        if layout is None:
            return
        layout.activate()
        wanted = layout.totalHeightForWidth(self.viewport().width())
        wanted = wanted if wanted > 0 else layout.totalSizeHint().height()
        self.setFixedHeight(min(wanted, self._most_height or wanted))

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Keep in sight where one writes; by itself Qt does so for Tab only."""
        if new and self._inside.isAncestorOf(new):
            self.ensureWidgetVisible(new, 0, new.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow parts that grow."""
        if watched is self._inside and event.type() is QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self.fit)  # once the layout has asked everybody
        return super().eventFilter(watched, event)
