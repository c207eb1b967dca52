"""The layout of a diagram: its picture, or the code with an offer to draw it. Find, copying and screen readers use the code."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from chatdesk.features.chat.ui.transcript.blocks.block_layout import BlockPaint
from chatdesk.features.chat.ui.transcript.blocks.code.code_layout import CodeLayout, HeaderKind
from chatdesk.features.chat.ui.transcript.code_options import CodeOptions
from chatdesk.features.chat.ui.transcript.control_painter import write
from chatdesk.features.chat.ui.transcript.controls import Control
from chatdesk.features.chat.ui.transcript.diagrams import Diagram, DiagramState
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.rendering.markdown.blocks import Block, Code
from chatdesk.rendering.markdown.open_blocks.fence_info import fence_language
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.text import utf16

_MAX_HEIGHT = 480
"""Of a picture, in pixels at 100 %; larger ones are scaled."""
_HEADERS = {
    DiagramState.OFFERED: HeaderKind.DIAGRAM_OFFERED,
    DiagramState.FAILED: HeaderKind.DIAGRAM_OFFERED,
    DiagramState.DRAWING: HeaderKind.DIAGRAM_DRAWING,
}


class DiagramLayout(CodeLayout):
    """A complete code block that can be drawn."""

    def __init__(
        self, block: Code, page: PageContext, options: CodeOptions, diagram: Diagram, can_preview: Callable[[], bool]
    ) -> None:
        super().__init__(block, page, options, can_preview)
        self._page = page
        self._diagram = diagram
        self._length = utf16.units(block.text.removesuffix("\n"))
        self._shows_picture = diagram.picture is not None and not options.as_code

    @property
    def outdated(self) -> bool:
        """See `BlockLayout`."""
        return self._page.diagrams.diagram(fence_language(self._block.info), self._block.text) is not self._diagram

    def lay_out(self, width: int) -> None:
        """See `BlockLayout`."""
        super().lay_out(width)
        if self._shows_picture:
            self._horizontal_scroll.set_widths(0, width)
            self.height = self._header.height + 1 + self._picture_size.height() + 2 * self._margin

    def grow(self, block: Block) -> int | None:  # noqa: ARG002
        """See `BlockLayout`. A complete block does not grow."""
        return None

    def paint(self, painter: QPainter, context: BlockPaint) -> None:
        if not self._shows_picture:
            super().paint(painter, context)
            self._paint_failure(painter)
            return
        theme, picture = self._theme, self._diagram.picture
        frame = QRectF(0, 0, self._width, self.height)
        radius = theme.length("radius.control")
        draw_box(painter, frame, radius, theme.color("page"))
        if picture is not None:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(self._picture_rect), picture)
            painter.restore()
        if context.selected and context.selected[0] < context.selected[1]:
            painter.save()
            painter.setOpacity(0.5)
            painter.fillRect(self._picture_rect, theme.color("selection"))
            painter.restore()
        if context.marks and context.marks.ranges:
            # The found words are in the source: the picture as a whole is marked.
            token = "findCurrent" if context.marks.current in context.marks.ranges else "findHit"
            inset = theme.length("s")
            around = QRectF(self._picture_rect.adjusted(-inset, -inset, inset, inset))
            draw_box(painter, around, radius, border=theme.color(token), width=theme.stroke("focus"))
        top = self._header_top(context.visible_top)
        self._header.paint(painter, self._width, top, self._controls(top))
        draw_box(painter, frame, radius, border=theme.color("borderSubtle"))

    def offset_at(self, x: float, y: float) -> int:
        """See `BlockLayout`. A picture is selected as a whole."""
        if not self._shows_picture:
            return super().offset_at(x, y)
        return self._length if y > self._picture_rect.center().y() else 0

    def line_rect(self, offset: int) -> QRect:
        """See `BlockLayout`."""
        return QRect(0, 0, self._width, self.height) if self._shows_picture else super().line_rect(offset)

    def cursor_rect(self, offset: int) -> QRect:
        """See `BlockLayout`."""
        if not self._shows_picture:
            return super().cursor_rect(offset)
        rect = self._picture_rect
        return QRect(rect.left() if offset == 0 else rect.right(), rect.top(), 1, rect.height())

    def tooltip_at(self, x: float, y: float) -> str:  # noqa: ARG002 - the same for the whole block
        """See `BlockLayout`."""
        return "" if self._shows_picture else self._diagram.reason

    def scroll_into_view(self, start: int, end: int) -> bool:
        """See `BlockLayout`."""
        return not self._shows_picture and super().scroll_into_view(start, end)

    def _controls(self, top: int) -> Sequence[Control]:
        kind = _HEADERS.get(self._diagram.state)
        if kind is None:
            kind = HeaderKind.DIAGRAM_PICTURE if self._shows_picture else HeaderKind.DIAGRAM_CODE
        return self._header.controls(
            self._width, top, wrapped=self._options.wrapped, preview=self._can_preview(), kind=kind
        )

    @property
    def _rows_top(self) -> int:
        return super()._rows_top + (self._theme.line("caption") if self._failure else 0)

    @property
    def _failure(self) -> str:
        failed = self._diagram.state is DiagramState.FAILED
        return (self._diagram.reason or self._page.texts.not_drawn) if failed else ""

    def _paint_failure(self, painter: QPainter) -> None:
        if self._failure:
            theme = self._theme
            top = self._header.height + 1 + theme.length("s")
            rect = QRect(self._right, top, self._width - 2 * self._right, theme.line("caption"))
            font = theme.font("caption")
            line = self._failure.splitlines()[0]
            text = QFontMetricsF(font).elidedText(line, Qt.TextElideMode.ElideRight, rect.width())
            write(painter, text, font, theme.color("warning"), rect.left(), rect)

    @property
    def _margin(self) -> int:
        return self._theme.length("xl")

    @property
    def _picture_size(self) -> QSize:
        size = self._diagram.size * self._theme.scale
        available = QSize(max(1, self._width - 2 * self._margin), round(_MAX_HEIGHT * self._theme.scale))
        if size.width() > available.width() or size.height() > available.height():
            size.scale(available, Qt.AspectRatioMode.KeepAspectRatio)
        return size.expandedTo(QSize(1, 1))

    @property
    def _picture_rect(self) -> QRect:
        size = self._picture_size
        corner = QPointF((self._width - size.width()) / 2, self._header.height + 1 + self._margin)
        return QRect(corner.toPoint(), size)
