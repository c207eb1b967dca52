"""A code block, laid out: a header, coloured rows on a sunken ground, scrolled sideways or wrapped."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from chatdesk.rendering.blocks import Block, Code
from chatdesk.ui.theme.painting import draw_box
from chatdesk.ui.theme.theme import Theme
from chatdesk.ui.transcript.blocks.block_layout import BlockLayout, BlockPaint
from chatdesk.ui.transcript.blocks.code_header import CodeHeader
from chatdesk.ui.transcript.blocks.code_lines import CodeLines
from chatdesk.ui.transcript.blocks.code_rows import CodeRows
from chatdesk.ui.transcript.blocks.sideways import Sideways
from chatdesk.ui.transcript.controls import Control
from chatdesk.ui.transcript.page_context import PageContext


class CodeLayout(BlockLayout):
    """Offsets count in the code without its last newline."""

    def __init__(self, block: Code, page: PageContext, *, wrapped: bool) -> None:
        self._block = block
        self._theme = page.theme
        self._wrapped = wrapped
        self._width = 0
        self._header = CodeHeader(block.language, page)
        self._lines = CodeLines(_shown(block))
        self._rows = CodeRows(self._lines, block.language, page, wrapped=wrapped)
        self._sideways = Sideways()

    def lay_out(self, width: int) -> None:
        """See `BlockLayout`."""
        self._width = width
        self._rows.lay_out(width - 2 * self._left)
        self._update_size()

    def grow(self, block: Block) -> int | None:
        """See `BlockLayout`."""
        if not isinstance(block, Code) or block.info != self._block.info:
            return None
        first = self._lines.grow(_shown(block))
        if first is None:
            return None
        self._block = block
        self._rows.grow(first)
        self._update_size()
        return self._rows_top + self._rows.top(first)

    def paint(self, painter: QPainter, look: BlockPaint) -> None:
        """See `BlockLayout`."""
        frame = QRectF(0, 0, self._width, self.height)
        radius = self._theme.length("radius.control")
        header_top = self._header_top(look.visible_top)
        draw_box(painter, frame, radius, self._theme.color("sunken"))
        self._header.paint(painter, self._width, header_top)
        painter.save()
        below = QRect(1, header_top + self._header.height + 1, self._width - 2, self.height)
        painter.setClipRect(below, Qt.ClipOperation.IntersectClip)
        painter.translate(self._left - self._sideways.value, self._rows_top)
        clip = look.clip.translated(0, -self._rows_top)
        self._rows.paint(painter, clip.top(), clip.bottom(), look.selected)
        painter.restore()
        self._sideways.paint(painter, self._track(), self._theme)
        draw_box(painter, frame, radius, border=self._theme.color("borderSubtle"))

    def offset_at(self, x: float, y: float) -> int:
        """See `BlockLayout`."""
        return self._rows.offset_at(x - self._left + self._sideways.value, y - self._rows_top)

    def line_rect(self, offset: int) -> QRect:
        """See `BlockLayout`."""
        return self._rows.rect(self._lines.at(offset)).translated(0, self._rows_top)

    def end_of_text(self) -> QPointF | None:
        """See `BlockLayout`."""
        if self._block.closed:
            return None
        return self._rows.end() + QPointF(self._left - self._sideways.value, self._rows_top)

    def controls(self, visible_top: int) -> Sequence[Control]:
        """See `BlockLayout`."""
        return self._header.controls(self._width, self._header_top(visible_top), wrapped=self._wrapped)

    def scroll_sideways(self, x: float, y: float, distance: int) -> bool:  # noqa: ARG002 - the whole block moves
        """See `BlockLayout`."""
        return self._sideways.scroll(distance)

    def drag_at(self, x: float, y: float) -> float | None:
        """See `BlockLayout`."""
        return self._sideways.drag_at(self._track(), x, y)

    @property
    def _padding(self) -> int:
        return self._theme.length("m")

    @property
    def _left(self) -> int:
        return self._padding + 1

    @property
    def _rows_top(self) -> int:
        return self._header.height + 1 + self._padding

    def _update_size(self) -> None:
        self.height = self._rows_top + self._rows.height + self._padding
        content = 0 if self._wrapped else int(self._rows.widest) + 2 * self._left
        self._sideways.set_widths(content, self._width)

    def _header_top(self, visible_top: int) -> int:
        """Return where the header stands: at the top of the view, while a line of code is to be seen below it."""
        lowest = self.height - height_of_lines(1, self._theme)
        return max(0, min(visible_top, lowest))

    def _track(self) -> QRect:
        thumb = self._theme.length("scrollThumb")
        top = self.height - (self._padding + thumb) // 2
        return QRect(self._padding, top, self._width - 2 * self._padding, thumb)


def height_of_lines(count: int, theme: Theme) -> int:
    """Return how high a block of so many lines is if none wraps."""
    return theme.length("codeHeader") + 1 + 2 * theme.length("m") + count * theme.line("code")


def _shown(block: Code) -> str:
    return block.text.removesuffix("\n")
