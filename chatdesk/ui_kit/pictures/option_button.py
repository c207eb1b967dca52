"""The button of a chip with what can be chosen of its document."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import overlay_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_box, draw_icon

_OPTION = 24
"""Height in pixels at 100 %."""


class OptionButton(QAbstractButton):
    """The button of a chip with a choice, such as that of sheets: its text and a chevron. It is checked while the choice is open."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._opens = True
        self.setObjectName("chipOption")
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        appearance.bind(self._restyle)

    def show_choice(self, text: str, *, opens: bool) -> None:
        """Show this text. A button that opens nothing, but acts at once, has no chevron."""
        self._opens = opens
        self.setText(text)
        self.updateGeometry()

    def nextCheckState(self) -> None:  # noqa: N802 - Qt
        """Leave the state to whoever opens the choice: it is checked then, and released when the choice closes."""

    def chip_anchor(self) -> QRect:
        """Return where the chip is on the screen: the choice opens beside it."""
        chip = self.parentWidget() or self
        return QRect(chip.mapToGlobal(QPoint(0, 0)), chip.size())

    def is_chip_visible(self) -> bool:
        """Return whether the chip is visible, even if this button is not."""
        return (self.parentWidget() or self).isVisible()

    def release(self) -> None:
        """Show that the choice is closed."""
        self.setChecked(False)

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the outline of the focus ring, and its radius."""
        return QRectF(self.rect()), self._appearance.theme.length("radius.small")

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        text = QFontMetrics(self.font()).horizontalAdvance(self.text())
        side = theme.length("s")
        chevron = theme.length("icon.small") + side // 2 if self._opens else 0
        return QSize(text + chevron + 2 * side, round(_OPTION * theme.scale))

    def _restyle(self) -> None:
        self.setFont(self._appearance.theme.font("caption"))
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, state = self._appearance.theme, ControlState.of_button(self)
        painter = QPainter(self)
        rect, radius = QRectF(self.rect()), theme.length("radius.small")
        ink = theme.color("accentText" if state.checked else "text")
        draw_box(painter, rect, radius, theme.color("accentSoft" if state.checked else "raised"))
        if overlay := overlay_color(theme, state):
            draw_box(painter, rect, radius, overlay)
        draw_box(painter, rect, radius, border=theme.color("accentBorder" if state.checked else "borderDefault"))
        side, size = theme.length("s"), theme.length("icon.small")
        text = rect.adjusted(side, 0, -side - size if self._opens else -side, 0)
        chevron = QRectF(rect.right() - side - size, 0, size, rect.height())
        if not self.isLeftToRight():
            text.moveRight(rect.right() - side)
            chevron.moveLeft(side)
        painter.setFont(self.font())
        draw_text(painter, text, self.text(), ink)
        if self._opens:
            draw_icon(painter, theme, "chevron-up" if state.checked else "chevron-down", ink, chevron, size)
