"""The round button over the transcript that goes back to its end."""

from PySide6.QtCore import QPoint, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from chatdesk.ui.theme.appearance import Appearance
from chatdesk.ui.theme.painting import draw_box, draw_focus_ring, draw_icon, draw_shadow, shadow_margin

_SIDE = 36


class ReturnButton(QAbstractButton):
    """Floats, so it has a shadow. Somebody else says when it is shown and what it does."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setCursor(parent.cursor())
        appearance.changed.connect(self.update)

    def place_above(self, bottom_middle: QPoint) -> None:
        """Stand above a point."""
        self.resize(self.sizeHint())
        spare = shadow_margin(self._appearance.theme) // 2
        self.move(bottom_middle.x() - self.width() // 2, bottom_middle.y() - self.height() + spare)

    def sizeHint(self) -> QSize:
        """Return the size of the button with its shadow."""
        theme = self._appearance.theme
        side = round(_SIDE * theme.scale) + 2 * shadow_margin(theme)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a raised circle with an arrow."""
        theme = self._appearance.theme
        margin = shadow_margin(theme)
        circle = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        radius = circle.width() / 2
        painter = QPainter(self)
        draw_shadow(painter, theme, circle, radius)
        draw_box(painter, circle, radius, theme.color("raised"), theme.color("borderDefault"))
        if self.isDown() or self.underMouse():
            draw_box(painter, circle, radius, theme.color("pressed" if self.isDown() else "hover"))
        draw_icon(painter, theme, "arrow-down", theme.color("text"), circle, theme.length("icon.ui"))
        if self.hasFocus():
            draw_focus_ring(painter, theme, circle, radius)
