"""A row of the library's first column: icon, words, and how many presets stand there."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import overlay_color
from chatdesk.ui_kit.style.button_painter import draw_words
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painting import draw_box, draw_icon

_START = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class ShelfButton(QAbstractButton):
    """Checked = what is being shown. Its ground is quiet: the accent is for the preset that is chosen there."""

    def __init__(self, appearance: Appearance, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon = icon
        self._count = ""
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._restyle)

    def set_words(self, words: str, count: int) -> None:
        """Show other words."""
        self._count = str(count)
        self.setText(words)
        self.setAccessibleName(f"{words}, {count}")
        self._restyle()

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return what a focus ring goes round, and its radius: in a list it lies inside the row."""
        theme = self._appearance.theme
        reach = theme.stroke("focus") + theme.stroke("focusOffset")
        radius = theme.length("radius.control")
        return QRectF(self.rect()).adjusted(reach, reach, -reach, -reach), radius - reach

    def _restyle(self) -> None:
        metrics = QFontMetrics(self._appearance.theme.font("ui", strong=True))
        self.setToolTip(self.text() if metrics.horizontalAdvance(self.text()) > self._words_rect().width() else "")
        self.updateGeometry()
        self.update()

    def _words_rect(self) -> QRectF:
        theme = self._appearance.theme
        pad, size = theme.length("s"), theme.length("icon.ui")
        count = QFontMetrics(theme.font("ui")).horizontalAdvance(self._count)
        return QRectF(self.rect()).adjusted(2 * pad + size, 0, -2 * pad - count, 0)

    def sizeHint(self) -> QSize:
        """Return the height of a row."""
        return QSize(0, self._appearance.theme.length("rowSidebar"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        theme, state = self._appearance.theme, ControlState.of_button(self)
        painter = QPainter(self)
        rect, radius = QRectF(self.rect()), theme.length("radius.control")
        if state.checked:
            border = theme.color("borderControl") if theme.scheme.high_contrast else None
            draw_box(painter, rect, radius, theme.color("bubble"), border)
        elif overlay := overlay_color(theme, state):
            draw_box(painter, rect, radius, fill=overlay)
        pad, size = theme.length("s"), theme.length("icon.ui")
        icon, words = QRectF(pad, 0, size, rect.height()), self._words_rect()
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            icon.moveRight(rect.right() - pad)
            words.moveRight(rect.right() - 2 * pad - size)
        ink = theme.color("text" if state.checked else "textSecondary")
        draw_icon(painter, theme, self._icon, ink, icon, size)
        painter.setFont(theme.font("ui", strong=state.checked))
        name = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(words.width()))
        draw_words(painter, words, name, theme.color("text"), _START)
        painter.setFont(theme.font("ui"))
        draw_words(painter, rect.adjusted(pad, 0, -pad, 0), self._count, theme.color("textTertiary"), _END)
