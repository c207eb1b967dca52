"""The scroll bar of the transcript with marks for questions and search hits. Marks are queried for each paint."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import Enum

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt, QTimer
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QScrollBar, QWidget

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.plain_tooltip import show_tooltip

_REPAINT_INTERVAL = 250
"""The update interval in milliseconds while a page grows: its bar moves by less than a pixel per frame."""


class MarkKind(Enum):
    """The kinds of marks; the value is the name of the colour token."""

    QUESTION = "borderControl"
    HIT = "warning"
    CURRENT_HIT = "accent"


@dataclass(frozen=True, slots=True)
class BarMark:
    """A mark at a y of the page."""

    y: int
    kind: MarkKind


class MarkedScrollBar(QScrollBar):
    """The marked scroll bar. `marks` returns the marks for a height in px, `tooltip_text_at` the tooltip for a y of the page."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._appearance = appearance
        self._area = parent
        appearance.changed.connect(self._fit)
        self.marks: Callable[[int], Iterable[BarMark]] = lambda _pixels: ()
        self.tooltip_text_at: Callable[[int], str] = lambda _y: ""
        self._delays_repaints = False
        self._repaint_timer = QTimer(self, interval=_REPAINT_INTERVAL, singleShot=True)
        self._repaint_timer.timeout.connect(self.update)

    @property
    def page_height(self) -> int:
        """The height of the page according to the bar."""
        return max(1, self.maximum() + self.pageStep())

    @contextmanager
    def delayed_repaints(self) -> Iterator[None]:
        """Delay and combine the repaints caused by changes in this context."""
        self._delays_repaints = True
        try:
            yield
        finally:
            self._delays_repaints = False

    def _fit(self) -> None:
        """Apply the bar width of a new zoom factor: Qt does not notice the change here.

        Runs before the page is laid out again.
        """
        self.updateGeometry()
        QCoreApplication.sendEvent(self._area, QEvent(QEvent.Type.LayoutRequest))

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:  # noqa: N802 - Qt's name
        if not self._delays_repaints:
            super().sliderChange(change)
        elif not self._repaint_timer.isActive():
            self._repaint_timer.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar, then the marks: short ones for questions, full width for hits."""
        super().paintEvent(event)
        if self.maximum() <= self.minimum():
            return
        theme = self._appearance.theme
        painter = QPainter(self)
        height, thickness, inset = self.height(), theme.length("hair"), theme.length("hair")
        for mark in self.marks(height):
            y = min(height - thickness, mark.y * height // self.page_height)
            across = QRect(inset, y, self.width() - 2 * inset, thickness)
            if mark.kind is MarkKind.QUESTION:
                across.setWidth(self.width() // 3)
            painter.fillRect(across, theme.color(mark.kind.value))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page, which glides wherever the pointer is."""
        event.ignore()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            y = event.pos().y() * self.page_height // max(1, self.height())
            show_tooltip(event.globalPos(), self.tooltip_text_at(y), self)
            return True
        return super().event(event)
