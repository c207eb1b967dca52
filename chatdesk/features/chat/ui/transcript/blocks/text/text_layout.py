"""A paragraph or a heading, laid out."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QPainter

from chatdesk.features.chat.ui.transcript.blocks.block_layout import BlockLayout, BlockPaint
from chatdesk.features.chat.ui.transcript.blocks.block_text import pictures_alone
from chatdesk.features.chat.ui.transcript.blocks.find_marks import paint_marks
from chatdesk.features.chat.ui.transcript.blocks.pictures.picture_control import picture_control
from chatdesk.features.chat.ui.transcript.blocks.text.growing_flow import GrowingFlow
from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import Link
from chatdesk.features.chat.ui.transcript.blocks.text.text_formats import TextStyle
from chatdesk.features.chat.ui.transcript.controls import Control
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.rendering.markdown.blocks import Block, Footnote, Heading, Paragraph, Quote, Term


class TextLayout(BlockLayout):
    """Running text of one style."""

    def __init__(self, block: Paragraph | Heading, page: PageContext, prose: TextStyle) -> None:
        self._block = block
        self._theme = page.theme
        self._prose = prose
        self._width = 0
        self._flow = GrowingFlow(block.spans, text_style(block, prose), page.theme, page.formulas, page.pictures)

    @property
    def outdated(self) -> bool:
        """See `BlockLayout`."""
        return self._flow.outdated

    @property
    def from_right(self) -> bool:
        """Whether it runs from right to left."""
        return self._flow.from_right

    @property
    def natural_width(self) -> int:
        """See `BlockLayout`."""
        return ceil(self._flow.natural_width)

    def lay_out(self, width: int) -> None:
        """See `BlockLayout`."""
        self._width = width
        self._flow.lay_out(width)
        self.height = self._flow.height

    def grow(self, block: Block) -> int | None:
        """See `BlockLayout`."""
        if not isinstance(block, Paragraph | Heading) or not self._is_set_alike(block) or pictures_alone(block):
            return None
        y = self._flow.grow(block.spans)
        if y is not None:
            self._block, self.height = block, self._flow.height
        return y

    def _is_set_alike(self, block: Paragraph | Heading) -> bool:
        before = self._block
        if block.containers == before.containers and isinstance(block, Paragraph) and isinstance(before, Paragraph):
            return True  # nearly always
        return text_style(block, self._prose) == text_style(before, self._prose)

    def paint(self, painter: QPainter, look: BlockPaint) -> None:
        """See `BlockLayout`."""
        self._flow.paint(painter, look.clip, look.selected)
        paint_marks(painter, self._theme, look.marks, look.clip, self._flow)

    def offset_at(self, x: float, y: float) -> int:
        """See `BlockLayout`."""
        return self._flow.offset_at(x, y)

    def line_rect(self, offset: int) -> QRect:
        """See `BlockLayout`."""
        return self._flow.line_rect(offset)

    def cursor_rect(self, offset: int) -> QRect:
        """See `BlockLayout`."""
        return self._flow.cursor_rect(offset)

    def end_of_text(self) -> QPointF | None:
        """See `BlockLayout`."""
        return self._flow.last_line_end

    def link_at(self, x: float, y: float) -> Link | None:
        """See `BlockLayout`."""
        return self._flow.link_at(x, y)

    def controls(self, visible_top: int, within: tuple[int, int]) -> Sequence[Control]:  # noqa: ARG002
        """See `BlockLayout`: the pictures in the text."""
        return [picture_control(span, number, rect) for span, number, rect in self._flow.pictures(within)]

    def shows_picture(self, source: str) -> bool:
        """See `BlockLayout`."""
        return any(span.image == source for span in self._block.spans)

    def tooltip_at(self, x: float, y: float) -> str:
        """See `BlockLayout`."""
        return self._flow.tooltip_at(x, y)

    def links(self) -> tuple[Link, ...]:
        """See `BlockLayout`."""
        return self._flow.links()


def text_style(block: Paragraph | Heading, prose: TextStyle) -> TextStyle:
    """Return how a block of running text is set where paragraphs are set as `prose` says."""
    if any(isinstance(container, Footnote) for container in block.containers):
        return TextStyle("ui", "textSecondary", strong=isinstance(block, Heading))
    quoted = any(isinstance(container, Quote) for container in block.containers)
    color = "textSecondary" if quoted else prose.color
    if isinstance(block, Paragraph):
        return TextStyle(prose.role, color, strong=any(isinstance(item, Term) for item in block.containers))
    if prose.role == "reasoning":
        return TextStyle(prose.role, color, strong=True)
    return TextStyle(f"heading{min(block.level, 3)}", color, strong=True)
