"""A scroll bar that lies over the end of a list instead of taking room from it, so that rows are as wide as what is above them."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar


class OverlayScrollBar(QScrollBar):
    """Stands in for the vertical scroll bar of `area`; seen while the pointer is over the area."""

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
        """Follow the area's size, and the pointer."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Enter, QEvent.Type.Leave, QEvent.Type.StyleChange}:
            self._follow()
        return super().eventFilter(watched, event)
