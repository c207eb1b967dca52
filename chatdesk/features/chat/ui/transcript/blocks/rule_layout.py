"""A line across the page, laid out."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from chatdesk.features.chat.ui.transcript.blocks.block_layout import BlockLayout, BlockPaint
from chatdesk.rendering.markdown.blocks import Block, Rule
from chatdesk.ui_kit.style.theme import Theme


class RuleLayout(BlockLayout):
    """As high as its stroke: the room around it is the gap between blocks."""

    def __init__(self, theme: Theme) -> None:
        self._color = theme.color("borderDefault")
        self._width = 0
        self.height = max(1, theme.length("stroke.border"))

    def lay_out(self, width: int) -> None:
        """See `BlockLayout`."""
        self._width = width

    def grow(self, block: Block) -> int | None:
        """See `BlockLayout`."""
        return self.height if isinstance(block, Rule) else None

    def paint(self, painter: QPainter, look: BlockPaint) -> None:  # noqa: ARG002
        """See `BlockLayout`."""
        painter.fillRect(QRect(0, 0, self._width, self.height), self._color)
