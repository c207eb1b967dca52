"""A button as wide as its column: an icon, text, and a count, key or note at the end of the row."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import overlay_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_text
from chatdesk.ui_kit.style.painting import draw_box, draw_icon

_START = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class RowButton(QAbstractButton):
    """A row button. The checked one is the current one; `quiet` marks it without the accent colour. Long text is elided."""

    def __init__(
        self, appearance: Appearance, icon: str, parent: QWidget | None = None, *, quiet: bool = False
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon = icon
        self._quiet = quiet
        self._end = ""
        self._end_style = ("ui", "textTertiary")
        self._compact = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.bind(self._restyle)

    def set_labels(self, text: str, end: str = "") -> None:
        """Set the text, and the text at the end of the row."""
        self._end = end
        self.setText(text)
        self.setAccessibleName(text)
        self._restyle()

    def set_icon(self, name: str) -> None:
        """Change the icon."""
        self._icon = name
        self.update()

    def set_compact(self, *, compact: bool) -> None:
        """Set whether only the icon is shown."""
        self._compact = compact
        self._restyle()

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the outline of the focus ring, and its radius. In a list, the ring is inside the row."""
        theme = self._appearance.theme
        reach = theme.stroke("focus") + theme.stroke("focusOffset")
        return QRectF(self.rect()).adjusted(reach, reach, -reach, -reach), theme.length("radius.control") - reach

    def _restyle(self) -> None:
        self._update_tooltip()
        self.updateGeometry()
        self.update()

    @property
    def _strong(self) -> bool:
        """Whether the text is semibold."""
        return self._quiet and self.isChecked()

    def _line_rect(self) -> QRectF:
        """Return the rectangle of the line with icon and text."""
        return QRectF(self.rect())

    def _words_rect(self) -> QRectF:
        theme = self._appearance.theme
        pad, size = theme.length("s"), theme.length("icon.ui")
        end = QFontMetrics(theme.font(self._end_style[0])).horizontalAdvance(self._end)
        start, end = 2 * pad + size, end + (2 * pad if end else pad)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return self._line_rect().adjusted(end if mirrored else start, 0, -start if mirrored else -end, 0)

    def _draw_ground(self, painter: QPainter, state: ControlState) -> QColor:
        """Draw the background, and return the colour of the icon."""
        theme = self._appearance.theme
        fill, border, ink = (
            ("bubble", "borderControl", "text") if self._quiet else ("selected", "accentBorder", "accentText")
        )
        rect, radius = QRectF(self.rect()), theme.length("radius.control")
        if state.checked:
            draw_box(
                painter, rect, radius, theme.color(fill), theme.color(border) if theme.scheme.high_contrast else None
            )
        elif overlay := overlay_color(theme, state):
            draw_box(painter, rect, radius, fill=overlay)
        return theme.color(ink if state.checked else "textSecondary")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_tooltip()

    def _update_tooltip(self) -> None:
        """Show the text as the tooltip if it is elided or hidden."""
        metrics = QFontMetrics(self._appearance.theme.font("ui", strong=self._strong))
        cut = metrics.horizontalAdvance(self.text()) > self._words_rect().width()
        self.setToolTip(self.text() if self._compact or cut else "")

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        if self._compact:
            return QSize(theme.length("rowSidebar"), theme.length("rowSidebar"))
        text = QFontMetrics(theme.font("ui", strong=self._strong)).horizontalAdvance(self.text())
        end = QFontMetrics(theme.font(self._end_style[0])).horizontalAdvance(self._end)
        width = 3 * theme.length("s") + theme.length("icon.ui") + text + end + theme.length("m")
        return QSize(width, theme.length("rowSidebar"))

    def minimumSizeHint(self) -> QSize:
        """Return no width, because long text is elided."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, state = self._appearance.theme, ControlState.of_button(self)
        painter = QPainter(self)
        ink = self._draw_ground(painter, state)
        rect, pad, size = self._line_rect(), theme.length("s"), theme.length("icon.ui")
        icon = QRectF(rect) if self._compact else QRectF(pad, 0, size, rect.height())
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft and not self._compact:
            icon.moveRight(rect.right() - pad)
        draw_icon(painter, theme, self._icon, ink, icon, size)
        if self._compact:
            return
        text = self._words_rect()
        painter.setFont(theme.font("ui", strong=self._strong))
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(text.width()))
        draw_text(painter, text, shown, theme.color("text"), _START)
        font, color = self._end_style
        painter.setFont(theme.font(font))
        draw_text(painter, rect.adjusted(pad, 0, -pad, 0), self._end, theme.color(color), _END)
