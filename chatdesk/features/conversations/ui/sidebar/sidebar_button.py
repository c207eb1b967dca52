"""A row of the sidebar that does something: New chat at the top, the pages at the bottom."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind, icon_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_button_ground, draw_words
from chatdesk.ui_kit.style.painting import draw_box, draw_icon

_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class SidebarButton(QAbstractButton):
    """Icon and words at the left, its key or a note at the right. `framed` is for the one that stands out."""

    def __init__(
        self, appearance: Appearance, icon: str, parent: QWidget | None = None, *, keys: str = "", framed: bool = False
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon = icon
        self._keys = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        self._note = ""
        self._framed = framed
        self._current = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.bind(self._restyle)

    def set_current(self, *, current: bool) -> None:
        """Mark it as where one is."""
        if current != self._current:
            self._current = current
            self.setAccessibleDescription(self.tr("Shown") if current else "")
            self.update()

    def set_note(self, note: str) -> None:
        """Say something short at the right, as how far something is."""
        if note != self._note:
            self._note = note
            self.updateGeometry()
            self.update()

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return what a focus ring goes round, and its radius."""
        return QRectF(self.rect()), self._appearance.theme.length("radius.control")

    def _restyle(self) -> None:
        self.setFont(self._appearance.theme.font("ui", strong=self._framed))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        words = QFontMetrics(self.font()).horizontalAdvance(self.text())
        keys = QFontMetrics(theme.font("caption")).horizontalAdvance(self._note or self._keys)
        height = theme.length("rowSidebar") + (theme.length("xs") if self._framed else 0)
        return QSize(3 * theme.length("s") + theme.length("icon.ui") + words + keys + theme.length("m"), height)

    def minimumSizeHint(self) -> QSize:
        """Return no width: long words are cut where the sidebar is narrow."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, state = self._appearance.theme, ControlState.of_button(self)
        kind = ButtonKind.OUTLINED if self._framed else ButtonKind.PLAIN
        painter = QPainter(self)
        rect, radius = QRectF(self.rect()), theme.length("radius.control")
        ink = icon_color(theme, kind, state)
        if self._current:
            border = theme.color("accentBorder") if theme.scheme.high_contrast else None
            draw_box(painter, rect, radius, theme.color("selected"), border)
            ink = theme.color("accentText")
        draw_button_ground(painter, theme, rect, kind, state, radius)
        pad, size = theme.length("s"), theme.length("icon.ui")
        inner = rect.adjusted(pad, 0, -pad, 0)
        draw_icon(painter, theme, self._icon, ink, QRectF(pad, 0, size, rect.height()), size)
        painter.setFont(theme.font("caption"))
        right = self._note or self._keys
        draw_words(painter, inner, right, theme.color("accentText" if self._note else "textTertiary"), _RIGHT)
        keys = painter.fontMetrics().horizontalAdvance(right)
        words = inner.adjusted(size + pad, 0, -(keys + pad if keys else 0), 0)
        painter.setFont(self.font())
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(words.width()))
        draw_words(painter, words, shown, theme.color("text"), _LEFT)
