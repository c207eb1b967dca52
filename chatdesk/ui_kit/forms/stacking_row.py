"""Two parts of a row: side by side, or one above the other where the row is too narrow for both."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance


class StackingRow(QWidget):
    """`start` and `end` are in reading order.

    With `start_width` (px at 100 %) the start has this width and the end the rest; else the end takes the room it needs.
    """

    stacked_changed = Signal()

    def __init__(
        self,
        appearance: Appearance,
        start: QWidget,
        end: QWidget,
        parent: QWidget | None = None,
        *,
        start_width: int = 0,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._start = start
        self._end = end
        self._start_width = start_width
        self._arranged: tuple[bool, int, int] | None = None
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(start, 0 if start_width else 1)
        self._layout.addWidget(end, 1 if start_width else 0)
        appearance.changed.connect(self._arrange)
        self._arrange()

    @property
    def stacked(self) -> bool:
        """Whether the end stands under the start."""
        return self._layout.direction() is QBoxLayout.Direction.TopToBottom

    def _arrange(self) -> None:
        theme = self._appearance.theme
        start = round(self._start_width * theme.scale)
        # A start that wraps is content with less than it would like; a third of the settings' column is enough to read it.
        least = start or theme.length("settingsColumn") // 3
        end = theme.length("settingsColumn") // 3 if start else self._end.sizeHint().width()
        stacked = 0 < self.width() < least + end + theme.length("l")
        spacing = theme.length("xs" if stacked else "l")
        if self._arranged == (stacked, spacing, start):
            return  # to say it again would ask for a new layout, which asks here again: a window that never rests
        self._arranged = (stacked, spacing, start)
        changed = stacked != self.stacked
        direction = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(direction)
        self._layout.setSpacing(spacing)
        if start:
            self._start.setMinimumWidth(0 if stacked else start)
            self._start.setMaximumWidth(16_777_215 if stacked else start)
        alignment = Qt.AlignmentFlag.AlignLeading if stacked else Qt.AlignmentFlag.AlignVCenter
        self._layout.setAlignment(self._end, Qt.AlignmentFlag(0) if start else alignment)
        if changed:
            self.stacked_changed.emit()

    def event(self, event: QEvent) -> bool:
        """Look again when the parts want another size: words of another language."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change between beside and under."""
        super().resizeEvent(event)
        self._arrange()
