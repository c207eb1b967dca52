"""The button that ends an answer while it is being written."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import overlay_color
from chatdesk.ui_kit.style.button_painter import draw_words
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painting import draw_box

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class StopButton(QAbstractButton):
    """A filled square and a word, in a border that is easy to see."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return what a focus ring goes round, and its radius."""
        return QRectF(self.rect()), self._appearance.theme.length("radius.control")

    def _restyle(self) -> None:
        self.setFont(self._appearance.theme.font("ui"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for square and word."""
        theme = self._appearance.theme
        words = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(2 * theme.length("m") + self._square + theme.length("s") + words, theme.length("button"))

    @property
    def _square(self) -> int:
        theme = self._appearance.theme
        return theme.length("icon.small") - theme.length("xs")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        theme, state = self._appearance.theme, ControlState.of_button(self)
        painter = QPainter(self)
        rect, radius, side = QRectF(self.rect()), theme.length("radius.control"), self._square
        if overlay := overlay_color(theme, state):
            draw_box(painter, rect, radius, fill=overlay)
        draw_box(painter, rect, radius, border=theme.color("borderControl"), width=theme.stroke("border"))
        square = QRectF(theme.length("m"), (rect.height() - side) / 2, side, side)
        words = rect.adjusted(square.right() + theme.length("s"), 0, -theme.length("m"), 0)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            square.moveRight(rect.right() - theme.length("m"))
            words.moveLeft(theme.length("m"))
        draw_box(painter, square, theme.length("mark"), fill=theme.color("text"))
        painter.setFont(self.font())
        draw_words(painter, words, self.text(), theme.color("text"), _LEFT)
