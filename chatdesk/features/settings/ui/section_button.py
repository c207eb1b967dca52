"""One row of the column at the left of the settings: an icon and words, in a narrow column the icon alone."""

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


class SectionButton(QAbstractButton):
    """Checked = the section being shown. `hint` stands at the end of the row: a key."""

    def __init__(self, appearance: Appearance, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon = icon
        self._hint = ""
        self._compact = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._restyle)

    def set_words(self, words: str, hint: str = "") -> None:
        """Show other words."""
        self._hint = hint
        self.setText(words)
        self.setAccessibleName(words)
        self._restyle()

    def set_compact(self, *, compact: bool) -> None:
        """Show the icon alone, or the words too."""
        self._compact = compact
        self._restyle()

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return what a focus ring goes round, and its radius: in a list it lies inside the row."""
        reach = self._appearance.theme.stroke("focus") + self._appearance.theme.stroke("focusOffset")
        return QRectF(self.rect()).adjusted(reach, reach, -reach, -reach), self._radius - reach

    @property
    def _radius(self) -> int:
        return self._appearance.theme.length("radius.control")

    def _restyle(self) -> None:
        self.setToolTip(self.text() if self._compact else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for icon, words and hint."""
        theme = self._appearance.theme
        width = theme.length("rowSidebar")
        if not self._compact:
            metrics = QFontMetrics(theme.font("ui"))
            words = metrics.horizontalAdvance(self.text()) + metrics.horizontalAdvance(self._hint)
            width += words + 2 * theme.length("s")
        return QSize(width, theme.length("rowSidebar"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        theme, state = self._appearance.theme, ControlState.of_button(self)
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if state.checked:
            border = theme.color("accentBorder") if theme.scheme.high_contrast else None
            draw_box(painter, rect, self._radius, theme.color("selected"), border)
        elif overlay := overlay_color(theme, state):
            draw_box(painter, rect, self._radius, fill=overlay)
        size, pad = theme.length("icon.ui"), theme.length("s")
        place = QRectF(rect) if self._compact else QRectF(pad, 0, size, rect.height())
        words = rect.adjusted(size + 2 * pad, 0, -pad, 0)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft and not self._compact:
            place.moveRight(rect.right() - pad)
            words = rect.adjusted(pad, 0, -size - 2 * pad, 0)
        draw_icon(
            painter, theme, self._icon, theme.color("accentText" if state.checked else "textSecondary"), place, size
        )
        if self._compact:
            return
        painter.setFont(theme.font("ui"))
        draw_words(painter, words, self.text(), theme.color("text"), _START)
        draw_words(painter, words, self._hint, theme.color("textTertiary"), _END)
