"""A floating window for the content of a button: a picker, a small form. It closes on Escape and on a click outside."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.compositor import windows_may_be_translucent
from chatdesk.ui_kit.style.painters import draw_menu_panel
from chatdesk.ui_kit.style.painting import shadow_margin


class Popup(QWidget):
    """A popup. Add the content to `content`, a layout."""

    closed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(
            parent,
            Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint,
        )
        self._appearance = appearance
        self._translucent = windows_may_be_translucent()
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, self._translucent)
        self.setAccessibleName(name)
        self.content = QVBoxLayout(self)
        self.content.setSpacing(0)
        appearance.bind(self._restyle)

    def open_below(self, anchor: QWidget, *, align_end: bool = False) -> None:
        """Show it below `anchor`, aligned with its start or end; above it if there is no space below."""
        corner = anchor.mapToGlobal(QPoint(0, 0))
        self._open(QRect(corner, anchor.size()), align_end=align_end)

    def open_at(self, anchor: QRect) -> None:
        """Show it below a rectangle of the screen."""
        self._open(anchor, align_end=False)

    @property
    def _margin(self) -> int:
        return shadow_margin(self._appearance.theme) if self._translucent else 0

    def _open(self, anchor: QRect, *, align_end: bool) -> None:
        margin, gap = self._margin, self._appearance.theme.length("xs")
        self.ensurePolished()
        size = self.sizeHint().expandedTo(self.minimumSize())
        seen = size - QSize(2 * margin, 2 * margin)
        at_end = align_end != (self.layoutDirection() == Qt.LayoutDirection.RightToLeft)
        left = anchor.right() + 1 - seen.width() if at_end else anchor.left()
        top = anchor.bottom() + 1 + gap
        available = self._available_area(seen)
        if top + seen.height() > available.bottom() + 1 and anchor.top() - gap - seen.height() >= available.top():
            top = anchor.top() - gap - seen.height()
        left = max(available.left(), min(left, available.right() + 1 - seen.width()))
        top = max(available.top(), min(top, available.bottom() + 1 - seen.height()))
        self.setGeometry(QRect(QPoint(left - margin, top - margin), size))
        self.show()

    def _available_area(self, seen: QSize) -> QRect:
        """Return the available area: the owner's window without the shadow margin if it fits there, otherwise the screen."""
        screen = self.screen().availableGeometry()
        owner, margin = self.parentWidget(), self._margin
        available = owner.window().geometry().intersected(screen).adjusted(0, 0, -margin, -margin) if owner else screen
        return available if available.width() >= seen.width() and available.height() >= seen.height() else screen

    def _restyle(self) -> None:
        margin = self._margin + 1
        self.content.setContentsMargins(margin, margin, margin, margin)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        radius = theme.length("card") if self._translucent else 0
        draw_menu_panel(QPainter(self), theme, QRectF(self.rect()), self._margin, radius)
