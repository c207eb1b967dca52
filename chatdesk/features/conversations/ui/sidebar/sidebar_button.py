"""A row of the sidebar that does something: New chat at the top, the pages at the bottom."""

from PySide6.QtCore import QMargins, QRectF, QSize
from PySide6.QtGui import QColor, QKeySequence, QPainter
from PySide6.QtWidgets import QWidget

from chatdesk.ui_kit.lists.row_button import RowButton
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind, icon_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painters import draw_button_ground
from chatdesk.ui_kit.style.painting import draw_box


class SidebarButton(RowButton):
    """Its key or a note is at the end. `framed` is for the one that stands out."""

    def __init__(
        self, appearance: Appearance, icon: str, parent: QWidget | None = None, *, keys: str = "", framed: bool = False
    ) -> None:
        self._keys = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        self._framed = framed
        self._current = False
        super().__init__(appearance, icon, parent)
        self.set_note("")

    def set_current(self, *, current: bool) -> None:
        """Mark it as where one is."""
        if current != self._current:
            self._current = current
            self.setAccessibleDescription(self.tr("Shown") if current else "")
            self.update()

    def set_note(self, note: str) -> None:
        """Say something short at the end, as how far something is."""
        self._end = note or self._keys
        self._end_style = ("caption", "accentText" if note else "textTertiary")
        self._restyle()

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return what a focus ring goes round, and its radius."""
        return QRectF(self.rect()), self._appearance.theme.length("radius.control")

    @property
    def _strong(self) -> bool:
        return self._framed

    def _draw_ground(self, painter: QPainter, state: ControlState) -> QColor:
        theme, rect = self._appearance.theme, QRectF(self.rect())
        kind, radius = ButtonKind.OUTLINED if self._framed else ButtonKind.PLAIN, theme.length("radius.control")
        if self._current:
            border = theme.color("accentBorder") if theme.scheme.high_contrast else None
            draw_box(painter, rect, radius, theme.color("selected"), border)
        draw_button_ground(painter, theme, rect, kind, state, radius)
        return theme.color("accentText") if self._current else icon_color(theme, kind, state)

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        return super().sizeHint().grownBy(QMargins(0, 0, 0, theme.length("xs") if self._framed else 0))
