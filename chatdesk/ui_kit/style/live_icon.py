"""Icons that follow the theme, for places where Qt requires a QIcon (menus, line edits)."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from chatdesk.ui_kit.style.appearance import Appearance


def live_icon(appearance: Appearance, name: str, color: str = "textSecondary") -> QIcon:
    """Return the icon in a colour token; when disabled, in the colour of disabled text."""
    return QIcon(_LiveIconEngine(appearance, name, color))


class _LiveIconEngine(QIconEngine):
    def __init__(self, appearance: Appearance, name: str, color: str) -> None:
        super().__init__()
        self._appearance = appearance
        self._name = name
        self._color = color

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        pixmap = self.scaledPixmap(QSize(side, side), mode, state, painter.device().devicePixelRatio())
        corner = QPoint((rect.width() - side) // 2, (rect.height() - side) // 2)
        painter.drawPixmap(rect.topLeft() + corner, pixmap)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:  # noqa: ARG002, N802
        theme = self._appearance.theme
        color = theme.color("textDisabled" if mode is QIcon.Mode.Disabled else self._color)
        return theme.icons.pixmap(self._name, color, min(size.width(), size.height()), scale)

    def clone(self) -> QIconEngine:
        return _LiveIconEngine(self._appearance, self._name, self._color)
