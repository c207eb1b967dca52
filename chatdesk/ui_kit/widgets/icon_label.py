"""An icon that is only looked at. Words beside it say the same."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_icon


class IconLabel(QWidget):
    """`color` is a colour token and `size` a length: "icon.small" beside captions, "icon.ui", "toolbar"."""

    def __init__(
        self, appearance: Appearance, icon: str, color: str, parent: QWidget | None = None, *, size: str = "icon.ui"
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon = icon
        self._color = color
        self._size = size
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._restyle)

    def set_icon(self, name: str, color: str) -> None:
        """Show another icon, or the same in another colour."""
        self._icon, self._color = name, color
        self.update()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the icon's square."""
        side = self._appearance.theme.length(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        theme = self._appearance.theme
        color = theme.color(self._color if self.isEnabled() else "textDisabled")
        draw_icon(QPainter(self), theme, self._icon, color, QRectF(self.rect()), theme.length(self._size))
