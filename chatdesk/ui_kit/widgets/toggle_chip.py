"""A pill that is on or off: a way of answering, a filter."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import overlay_color
from chatdesk.ui_kit.style.button_painter import draw_words
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painting import draw_box, draw_icon


class ToggleChip(QAbstractButton):
    """28 px high. Its words are its name to screen readers. With a chevron it opens a menu (`set_opens`)."""

    def __init__(self, appearance: Appearance, text: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon = icon
        self._opens = False
        self.setText(text)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def set_opens(self, *, opens: bool) -> None:
        """Show that a click opens a menu, or no longer."""
        self._opens = opens
        self.updateGeometry()
        self.update()

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return what a focus ring goes round, and its radius."""
        return QRectF(self.rect()), self.height() / 2

    def _restyle(self) -> None:
        self.setFont(self._appearance.theme.font("ui"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for icon and words."""
        theme = self._appearance.theme
        words = QFontMetrics(self.font()).horizontalAdvance(self.text())
        icons = theme.length("icon.ui") + theme.length("s")
        return QSize(2 * theme.length("m") + (2 if self._opens else 1) * icons + words, theme.length("size.chip"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        theme, state = self._appearance.theme, ControlState.of_button(self)
        painter = QPainter(self)
        rect = QRectF(self.rect())
        radius = rect.height() / 2
        color, icon_color = theme.color("text"), theme.color("textSecondary")
        if state.checked:
            color = icon_color = theme.color("accentText")
            draw_box(painter, rect, radius, fill=theme.color("accentSoft"))
        if not state.enabled:
            color = icon_color = theme.color("textDisabled")
        if overlay := overlay_color(theme, state):
            draw_box(painter, rect, radius, fill=overlay)
        draw_box(painter, rect, radius, border=theme.color("accentBorder" if state.checked else "borderDefault"))
        size = theme.length("icon.ui")
        edge, gap = theme.length("m"), theme.length("s")
        icon = QRectF(edge, 0, size, rect.height())
        chevron = QRectF(rect.right() - edge - size, 0, size, rect.height())
        words = rect.adjusted(icon.right() + gap, 0, -edge - (size + gap if self._opens else 0), 0)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            icon.moveRight(rect.right() - icon.left())
            words.moveRight(icon.left() - gap)
            chevron.moveLeft(edge)
        draw_icon(painter, theme, self._icon, icon_color, icon, size)
        if self._opens:
            draw_icon(painter, theme, "chevron-down", icon_color, chevron, size)
        painter.setFont(self.font())
        draw_words(painter, words, self.text(), color)
