"""A container with a border and rounded corners, and a separator line."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box, draw_line


class Rule(QWidget):
    """A horizontal separator line. `color` is a token."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None, *, color: str = "borderSubtle") -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._color = color
        self.setFixedHeight(1)
        appearance.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_line(QPainter(self), QPointF(0, 0), self.width(), self._appearance.theme.color(self._color))


class Card(QWidget):
    """A card. `fill` and `border` are colour tokens, an empty `border` means none; `radius` is a length. The owner sets its layout."""

    def __init__(
        self,
        appearance: Appearance,
        parent: QWidget | None = None,
        *,
        fill: str = "raised",
        border: str = "borderSubtle",
        radius: str = "card",
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._fill = fill
        self._border = border
        self._radius = radius
        appearance.changed.connect(self.update)

    def set_colors(self, fill: str, border: str) -> None:
        """Change the colours, for example when selected or in danger."""
        self._fill, self._border = fill, border
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box; in high contrast it always has a border."""
        theme = self._appearance.theme
        border = self._border or ("borderSubtle" if theme.scheme.high_contrast else "")
        draw_box(
            QPainter(self),
            QRectF(self.rect()),
            theme.length(self._radius),
            theme.color(self._fill),
            theme.color(border) if border else None,
            theme.stroke("border"),
        )
