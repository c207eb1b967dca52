"""Decorative icons, with or without a background. A text next to the icon has the same meaning."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_icon
from chatdesk.ui_kit.widgets.card import Card

# An icon on a background, at the start of a row or heading.

_LARGE = 40


class IconTile(Card):
    """An icon tile of 32 px, or 40 if `large`; `color` and `ground` are colour tokens."""

    def __init__(
        self,
        appearance: Appearance,
        icon: str,
        parent: QWidget | None = None,
        *,
        color: str = "textSecondary",
        ground: str = "bubble",
        large: bool = False,
    ) -> None:
        super().__init__(appearance, parent, fill=ground, border="", radius="radius.control")
        self._large = large
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        size = "toolbar" if large else "icon.ui"
        layout.addWidget(IconLabel(appearance, icon, color, self, size=size), 0, Qt.AlignmentFlag.AlignCenter)
        appearance.bind(self._resize)

    def _resize(self) -> None:
        theme = self._appearance.theme
        side = round(_LARGE * theme.scale) if self._large else theme.length("hit")
        self.setFixedSize(side, side)


class IconLabel(QWidget):
    """An icon. `color` is a colour token and `size` a length token: "icon.small" next to captions, "icon.ui", "toolbar"."""

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
        """Change the icon or its colour."""
        self._icon, self._color = name, color
        self.update()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        side = self._appearance.theme.length(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        color = theme.color(self._color if self.isEnabled() else "textDisabled")
        draw_icon(QPainter(self), theme, self._icon, color, QRectF(self.rect()), theme.length(self._size))
