"""Horizontal scrolling inside a block that is wider than the column, with a scroll thumb."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from chatdesk.ui_kit.style.theme import Theme


class HorizontalScroll:
    """The horizontal scroll position: `value` is the number of content pixels hidden at the left."""

    def __init__(self) -> None:
        self.value = 0
        self._content = 0
        self._view = 0

    @property
    def needed(self) -> bool:
        """Whether the content is wider than the view."""
        return self._content > self._view

    def set_widths(self, content: int, view: int) -> None:
        """Set the widths of content and view."""
        self._content, self._view = content, view
        self.scroll(0)

    def scroll(self, distance: int) -> bool:
        """Scroll by a distance in content pixels. Return False if nothing moved."""
        before = self.value
        self.value = max(0, min(self.value + distance, self._content - self._view))
        return self.value != before

    def show(self, left: int, right: int) -> bool:
        """Scroll as little as necessary to show a range of x. Return False if nothing moved."""
        if left < self.value:
            return self.scroll(left - self.value)
        return self.scroll(min(left, right - self._view) - self.value) if right > self.value + self._view else False

    def thumb(self, track: QRect) -> QRect:
        """Return the rectangle of the thumb in a track."""
        length = max(track.height() * 4, track.width() * self._view // max(1, self._content))
        hidden = max(1, self._content - self._view)
        return QRect(
            track.left() + (track.width() - length) * self.value // hidden, track.top(), length, track.height()
        )

    def drag_at(self, track: QRect, x: float, y: float) -> float | None:
        """Return the ratio of scrolling to dragging for a drag at a point; None if the point is not on the thumb."""
        reach = track.height() // 2
        grabbed = self.needed and self.thumb(track).adjusted(0, -reach, 0, reach).contains(int(x), int(y))
        return (self._content - self._view) / max(1, track.width() - self.thumb(track).width()) if grabbed else None

    def paint(self, painter: QPainter, track: QRect, theme: Theme) -> None:
        """Paint the thumb if there is something to scroll."""
        if self.needed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("scrollThumb"))
            painter.drawRoundedRect(QRectF(self.thumb(track)), track.height() / 2, track.height() / 2)
