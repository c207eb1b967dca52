"""The layout of a displayed formula: centred, scrolled horizontally if too wide, with its number on the right.

Until it is typeset, and if it cannot be, its source is shown. Offsets count in the source; it is selected as a whole.
"""

from math import ceil

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter

from chatdesk.features.chat.services.request.formulas import FormulaKey
from chatdesk.features.chat.ui.transcript.blocks.block_layout import BlockLayout, BlockPaint
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_picture import FormulaPicture
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_pictures import SIZE, FormulaPictures
from chatdesk.features.chat.ui.transcript.blocks.horizontal_scroll import HorizontalScroll
from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import TextFlow
from chatdesk.features.chat.ui.transcript.blocks.text.text_formats import TextStyle
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.rendering.formulas.typeset.typeset_formula import TypesetFormula
from chatdesk.rendering.markdown.blocks import Block, Formula, Quote, Span, Style
from chatdesk.ui_kit.text import utf16


class FormulaLayout(BlockLayout):
    """A displayed formula: a picture if it is typeset, otherwise the source as text."""

    def __init__(self, block: Formula, page: PageContext, prose: TextStyle) -> None:
        self._block = block
        self._theme = page.theme
        self._formulas = page.formulas
        self._prose = prose
        self._width = 0
        self._horizontal_scroll = HorizontalScroll()
        self._key = FormulaKey(block.macros + block.latex, displayed=True)
        size = page.theme.font(prose.role).pixelSize()
        self._pictures = FormulaPictures(page.formulas, (self._key,) if block.closed else (), size)
        self._picture = self._pictures.picture(self._key)
        formula = page.formulas.cached(self._key) if self._picture else None
        tag = formula.tag if isinstance(formula, TypesetFormula) else None
        self._tag = FormulaPicture(tag, size * SIZE) if tag else None
        self._source = self._new_source(block)

    @property
    def outdated(self) -> bool:
        """See `BlockLayout`."""
        return self._pictures.outdated

    def lay_out(self, width: int) -> None:
        """See `BlockLayout`."""
        self._width = width
        if self._picture is None:
            self._source.lay_out(width)
            self.height = self._source.height
            return
        self._horizontal_scroll.set_widths(ceil(self._content_width), width)
        self.height = ceil(self._ascent) + ceil(self._descent) + 2 * self._padding
        if self._horizontal_scroll.needed:
            self.height += self._theme.length("scrollTrack")

    def grow(self, block: Block) -> int | None:
        """See `BlockLayout`."""
        if not isinstance(block, Formula) or block.closed or self._picture is not None:
            return None
        source = self._new_source(block)
        source.lay_out(self._width)
        y = self._source.first_difference(source)
        self._block, self._source, self.height = block, source, source.height
        return y

    def paint(self, painter: QPainter, context: BlockPaint) -> None:
        picture = self._picture
        if picture is None:
            self._source.paint(painter, context.clip, context.selected)
            return
        quoted = any(isinstance(container, Quote) for container in self._block.containers)
        color = self._theme.color("textSecondary" if quoted else self._prose.color)
        font = self._theme.font(self._prose.role)
        baseline = self._padding + ceil(self._ascent)
        painter.save()
        painter.setClipRect(QRect(0, 0, self._width, self.height), Qt.ClipOperation.IntersectClip)
        if context.selected:
            painter.fillRect(self._area(), self._theme.color("selection"))
        picture.paint(painter, self._left, baseline, color, font)
        if self._tag:
            right = max(float(self._width), self._content_width) - self._horizontal_scroll.value
            self._tag.paint(painter, right - self._tag.width, baseline, color, font)
        painter.restore()
        self._horizontal_scroll.paint(painter, self._track(), self._theme)

    def offset_at(self, x: float, y: float) -> int:
        """See `BlockLayout`."""
        if self._picture is None:
            return self._source.offset_at(x, y)
        return utf16.units(self._block.source) if x > self._left + self._picture.width / 2 else 0

    def line_rect(self, offset: int) -> QRect:
        """See `BlockLayout`."""
        return self._source.line_rect(offset) if self._picture is None else QRect(0, 0, self._width, self.height)

    def end_of_text(self) -> QPointF | None:
        """See `BlockLayout`."""
        return None if self._picture or self._block.closed else self._source.last_line_end

    def tooltip_at(self, x: float, y: float) -> str:  # noqa: ARG002 - the same for the whole block
        """See `BlockLayout`."""
        return self._pictures.reason(self._key)

    def scroll_horizontally(self, x: float, y: float, distance: int) -> bool:  # noqa: ARG002 - the whole block moves
        """See `BlockLayout`."""
        return self._picture is not None and self._horizontal_scroll.scroll(distance)

    def drag_at(self, x: float, y: float) -> float | None:
        """See `BlockLayout`."""
        return self._horizontal_scroll.drag_at(self._track(), x, y) if self._picture else None

    def _new_source(self, block: Formula) -> TextFlow:
        style = TextStyle(self._prose.role, "textSecondary")
        return TextFlow((Span(block.source, Style.CODE),), style, self._theme)

    @property
    def _padding(self) -> int:
        return self._theme.length("xs")

    @property
    def _ascent(self) -> float:
        return max(one.height for one in (self._picture, self._tag) if one)

    @property
    def _descent(self) -> float:
        return max(one.depth for one in (self._picture, self._tag) if one)

    @property
    def _content_width(self) -> float:
        """The width of the formula including its number."""
        picture = self._picture.width if self._picture else 0.0
        return picture + (self._tag.width + self._theme.length("xl") if self._tag else 0.0)

    @property
    def _left(self) -> float:
        """The x of the formula: centred, but never over its number."""
        if self._picture is None or self._horizontal_scroll.needed:
            return -float(self._horizontal_scroll.value)
        middle = (self._width - self._picture.width) / 2
        tag = self._tag.width + self._theme.length("xl") if self._tag else 0.0
        return float(round(max(0.0, min(middle, self._width - self._picture.width - tag))))

    def _area(self) -> QRect:
        width = self._picture.width if self._picture else 0.0
        return QRect(round(self._left), 0, ceil(width), ceil(self._ascent) + ceil(self._descent) + 2 * self._padding)

    def _track(self) -> QRect:
        thumb = self._theme.length("scrollThumb")
        return QRect(0, self.height - (self._theme.length("scrollTrack") + thumb) // 2, self._width, thumb)
