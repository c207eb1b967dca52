"""A card that leads to another view: an icon, a title with a line below it, and an arrow."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import overlay_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_box, draw_icon

_START = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


class LinkCard(QAbstractButton):
    """The card, a button as wide as its column. Long text is elided."""

    def __init__(self, appearance: Appearance, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon = icon
        self._line = ""
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._restyle)

    def set_labels(self, title: str, line: str) -> None:
        """Set the title and the line below it."""
        self._line = line
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(line)
        self._restyle()

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the outline of the focus ring, and its radius."""
        return QRectF(self.rect()), self._appearance.theme.length("radius.control")

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        return QSize(theme.length("sidePanelMin"), theme.line("ui") + theme.line("caption") + 2 * theme.length("s"))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, state = self._appearance.theme, ControlState.of_button(self)
        painter = QPainter(self)
        rect, radius = QRectF(self.rect()), theme.length("radius.control")
        draw_box(painter, rect, radius, theme.color("page"), theme.color("borderDefault"), theme.stroke("border"))
        if overlay := overlay_color(theme, state):
            draw_box(painter, rect, radius, fill=overlay)
        pad, size = theme.length("m"), theme.length("icon.ui")
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        icon, arrow = QRectF(pad, 0, size, rect.height()), QRectF(rect.width() - pad - size, 0, size, rect.height())
        if mirrored:
            icon, arrow = arrow, icon
        ink = theme.color("textSecondary")
        draw_icon(painter, theme, self._icon, ink, icon, size)
        draw_icon(painter, theme, "chevron-left" if mirrored else "chevron-right", ink, arrow, size)
        label = rect.adjusted(2 * pad + size, 0, -(2 * pad + size), 0)
        top = (rect.height() - theme.line("ui") - theme.line("caption")) / 2
        for text, role, color in ((self.text(), "ui", "text"), (self._line, "caption", "textSecondary")):
            line = QRectF(label.left(), top, label.width(), theme.line(role))
            painter.setFont(theme.font(role))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(line.width()))
            draw_text(painter, line, shown, theme.color(color), _START)
            top += theme.line(role)
