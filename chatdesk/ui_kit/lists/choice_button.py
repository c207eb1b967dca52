"""A button that shows the current choice and opens a list. The list itself is not part of it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind, icon_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_button_ground, draw_text
from chatdesk.ui_kit.style.painting import draw_icon
from chatdesk.ui_kit.text.safe_text import plain_line

_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


class ChoiceButton(QAbstractButton):
    """A button with an icon, text that is elided if there is little space, and a chevron. `show_choice` also informs screen readers."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon = ""
        self._muted = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.bind(self._restyle)

    def show_choice(self, text: str, icon: str, *, muted: bool = False) -> None:
        """Show the current choice; `muted` if nothing is chosen."""
        self._icon, self._muted = icon, muted
        self.setText(plain_line(text))
        self.setAccessibleDescription(plain_line(text))
        self.setToolTip(plain_line(text))
        self.update()

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the outline of the focus ring, and its radius."""
        return QRectF(self.rect()), self._appearance.theme.length("radius.control")

    def _restyle(self) -> None:
        self.setFont(self._appearance.theme.font("ui"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        return QSize(theme.length("sidebarOverlay") * 3 // 4, theme.length("button"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, state = self._appearance.theme, ControlState.of_button(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, pad, size = QRectF(self.rect()), theme.length("s"), theme.length("icon.ui")
        draw_button_ground(painter, theme, rect, ButtonKind.OUTLINED, state, theme.length("radius.control"))
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        first, last = QRectF(pad, 0, size, rect.height()), QRectF(rect.right() - pad - size, 0, size, rect.height())
        icon, chevron = (last, first) if mirrored else (first, last)
        ink = icon_color(theme, ButtonKind.OUTLINED, state)
        draw_icon(painter, theme, self._icon, ink, icon, size)
        draw_icon(painter, theme, "chevron-down", ink, chevron, size)
        text = rect.adjusted(2 * pad + size, 0, -(2 * pad + size), 0)
        painter.setFont(self.font())
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(text.width()))
        draw_text(painter, text, shown, theme.color("textSecondary" if self._muted else "text"), _LEFT)
