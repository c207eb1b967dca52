"""A short label that shows a type or status. It cannot be clicked."""

from enum import Enum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.widgets.label import Label


class TagKind(Enum):
    """Meaning of a tag; the value contains the colours of background and text."""

    NEUTRAL = ("bubble", "textSecondary")
    ACCENT = ("accentSoft", "accentText")
    SUCCESS = ("successSoft", "success")
    WARNING = ("warningSoft", "warning")
    DANGER = ("dangerSoft", "danger")


class Tag(Label):
    """A tag, 20 px high."""

    def __init__(
        self, appearance: Appearance, text: str = "", kind: TagKind = TagKind.NEUTRAL, parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, "caption", kind.value[1], parent, text=text)
        self._kind = kind
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        appearance.bind(self._resize)

    def set_kind(self, kind: TagKind) -> None:
        """Change the meaning."""
        self._kind = kind
        self.set_color(kind.value[1])
        self.update()

    def _resize(self) -> None:
        theme = self._appearance.theme
        self.setContentsMargins(theme.length("s"), 0, theme.length("s"), 0)
        self.setFixedHeight(theme.length("size.tag"))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        ground, text = self._kind.value
        border = theme.color(text) if theme.scheme.high_contrast else None
        painter = QPainter(self)
        draw_box(painter, QRectF(self.rect()), theme.length("radius.tag"), theme.color(ground), border)
        painter.end()
        super().paintEvent(event)
