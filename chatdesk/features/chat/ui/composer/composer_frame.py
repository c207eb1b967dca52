"""The round box one writes in."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box


class ComposerFrame(QWidget):
    """While active its border is 2 px of the accent, drawn inward so that nothing moves."""

    pressed = Signal()
    """Somebody clicked beside the text and the buttons, and means the text."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._active = False
        self._awaiting = False
        appearance.changed.connect(self.update)

    def set_active(self, *, active: bool) -> None:
        """Show that the keyboard writes here."""
        self._active = active
        self.update()

    def set_awaiting(self, *, awaiting: bool) -> None:
        """Show that what is dragged can be dropped."""
        self._awaiting = awaiting
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell of the click."""
        self.pressed.emit()
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box."""
        theme = self._appearance.theme
        border, stroke = ("accent", "focus") if self._active else ("borderDefault", "border")
        if self._awaiting:
            border, stroke = "accent", "focus"
        fill = "accentSoft" if self._awaiting else "raised"
        rect, radius = QRectF(self.rect()), theme.length("card")
        draw_box(QPainter(self), rect, radius, theme.color(fill), theme.color(border), theme.stroke(stroke))
