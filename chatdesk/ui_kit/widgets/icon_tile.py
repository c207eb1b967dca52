"""An icon on a small ground of its own, at the beginning of a row or a heading. Words beside it say the same."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.icon_label import IconLabel

_LARGE = 40


class IconTile(Card):
    """32 px, or 40 if `large`; `color` and `ground` are colour tokens."""

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
        appearance.changed.connect(self._resize)
        self._resize()

    def _resize(self) -> None:
        theme = self._appearance.theme
        side = round(_LARGE * theme.scale) if self._large else theme.length("hit")
        self.setFixedSize(side, side)
