"""The layout of a code block: a header and coloured rows, scrolled horizontally or wrapped, optionally numbered."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import Enum, auto
from math import ceil

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from chatdesk.features.chat.ui.transcript.blocks.block_layout import BlockLayout, BlockPaint
from chatdesk.features.chat.ui.transcript.blocks.code.code_lines import CodeLines
from chatdesk.features.chat.ui.transcript.blocks.code.code_rows import CodeRows
from chatdesk.features.chat.ui.transcript.blocks.code.language_names import language_name
from chatdesk.features.chat.ui.transcript.blocks.find_marks import paint_marks
from chatdesk.features.chat.ui.transcript.blocks.horizontal_scroll import HorizontalScroll
from chatdesk.features.chat.ui.transcript.code_options import CodeOptions
from chatdesk.features.chat.ui.transcript.control_painter import control_width, write
from chatdesk.features.chat.ui.transcript.controls import Command, Control, ControlStyle, Verb
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.features.chat.ui.transcript.texts import TranscriptTexts
from chatdesk.rendering.markdown.blocks import Block, Code
from chatdesk.rendering.markdown.open_blocks.fence_info import fence_language
from chatdesk.ui_kit.style.painting import draw_box, draw_line, line_width, snapped
from chatdesk.ui_kit.style.theme import Theme

# Line numbers do not scroll horizontally with the code and are not part of its text.

_MIN_DIGITS = 2
"""The minimum number of digits, so that the code does not move with the tenth line."""


def gutter_width(lines: CodeLines, theme: Theme) -> int:
    """Return the width of the line numbers including the gap to the code."""
    digits = max(_MIN_DIGITS, len(str(len(lines.lines))))
    return round(QFontMetricsF(theme.font("code")).horizontalAdvance("0" * digits)) + theme.length("m")


def paint_numbers(
    painter: QPainter, rows: CodeRows, lines: CodeLines, theme: Theme, right: int, heights: tuple[int, int]
) -> None:
    """Paint the line numbers of the rows between two y values, right-aligned at `right`."""
    metrics = QFontMetricsF(theme.font("code"))
    baseline = round((theme.line("code") - metrics.height()) / 2 + metrics.ascent())
    painter.setFont(theme.font("code"))
    painter.setPen(theme.color("textTertiary"))
    for row, y in rows.between(*heights):
        if lines.begins_line(row):
            number = str(lines.line_number(row) + 1)
            painter.drawText(QPointF(right - metrics.horizontalAdvance(number), y + baseline), number)


class HeaderKind(Enum):
    """What the header of a code block offers."""

    CODE = auto()
    DIAGRAM_OFFERED = auto()
    DIAGRAM_DRAWING = auto()
    DIAGRAM_PICTURE = auto()
    """A diagram shown as its picture."""
    DIAGRAM_CODE = auto()
    """A diagram that is drawn but shown as code."""


_PLAIN_TEXT = frozenset({"text", "txt", "plain", "plaintext"})


class CodeHeader:
    """The header of a code block: its language and controls, as wide as the block.

    Its owner passes in the y, because it stays in view while the block scrolls below it.
    """

    def __init__(self, language: str, page: PageContext) -> None:
        self.height = page.theme.length("codeHeader")
        self._page = page
        self._language = _name(language, page.texts)
        self._cached_controls: tuple[tuple[object, ...], list[Control]] | None = None
        """The controls of a header at y 0, with what they were made for."""

    def controls(
        self, width: int, top: int, *, wrapped: bool, preview: bool, kind: HeaderKind = HeaderKind.CODE
    ) -> Sequence[Control]:
        """Return the controls from left to right. In a narrow block they are icons without captions."""
        key = (width, wrapped, preview, kind)
        if self._cached_controls is None or self._cached_controls[0] != key:
            self._cached_controls = key, self._make_controls(width, wrapped=wrapped, preview=preview, kind=kind)
        return [control.moved(0, top) for control in self._cached_controls[1]]

    def _make_controls(self, width: int, *, wrapped: bool, preview: bool, kind: HeaderKind) -> list[Control]:
        texts = self._page.texts
        wrap = replace(self._control(Verb.WRAP_CODE, "text-wrap", texts.wrap, texts.wrap_lines), on=wrapped)
        offered = [
            *self._first_controls(kind, preview=preview),
            self._control(Verb.COPY_CODE, "copy", texts.copy, texts.copy),
            *([] if kind is HeaderKind.DIAGRAM_PICTURE else [wrap]),
            self._control(Verb.SAVE_CODE, "download", texts.save, texts.save_as),
        ]
        if preview and kind is not HeaderKind.CODE:
            enlarge = self._control(Verb.PREVIEW_CODE, "maximize-2", "", texts.enlarge)
            offered.append(self._without_caption(enlarge))
        if sum(control.rect.width() for control in offered) > self._header_width(width):
            offered = [
                control if control.style is ControlStyle.SEGMENT else self._without_caption(control)
                for control in offered
            ]
        left = width - self._page.theme.length("xs") - sum(control.rect.width() for control in offered)
        placed = []
        for control in offered:
            size = control.rect.size()
            placed.append(control.moved(left, (self.height - size.height()) // 2))
            left += size.width()
        return placed

    def _first_controls(self, kind: HeaderKind, *, preview: bool) -> list[Control]:
        """Return the controls for the result of the code: a preview, or the picture of a diagram."""
        texts = self._page.texts
        match kind:
            case HeaderKind.CODE if preview:
                found = self._control(Verb.PREVIEW_CODE, "play", texts.preview, texts.show_preview)
                return [replace(found, primary=True)]
            case HeaderKind.CODE:
                return []
            case HeaderKind.DIAGRAM_OFFERED:
                return [
                    replace(self._control(Verb.DRAW_DIAGRAM, "image", texts.draw, texts.draw_diagram), primary=True)
                ]
            case HeaderKind.DIAGRAM_DRAWING:
                return [self._control(Verb.STOP_DIAGRAM, "circle-stop", texts.stop, texts.stop_drawing)]
            case HeaderKind.DIAGRAM_PICTURE | HeaderKind.DIAGRAM_CODE:
                is_picture = kind is HeaderKind.DIAGRAM_PICTURE
                return [
                    self._segment(Verb.SHOW_DIAGRAM, texts.as_picture, on=is_picture),
                    self._segment(Verb.SHOW_DIAGRAM_CODE, texts.code, on=not is_picture),
                ]

    def _segment(self, verb: Verb, caption: str, *, on: bool) -> Control:
        font = self._page.theme.font("caption", strong=True)
        width = round(QFontMetricsF(font).horizontalAdvance(caption)) + 2 * self._page.theme.length("m")
        rect = QRect(0, 0, width, self._page.theme.length("buttonSmall"))
        return Control(Command(verb), rect, caption, style=ControlStyle.SEGMENT, caption=caption, on=on)

    def paint(self, painter: QPainter, width: int, top: int, controls: Sequence[Control]) -> None:
        """Paint background, language and bottom line, with rounded corners only at the top of the block."""
        theme = self._page.theme
        rect = QRect(0, top, width, self.height)
        painter.save()
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        radius = 0 if top else theme.length("radius.control")
        draw_box(painter, QRectF(rect.adjusted(0, 0, 0, self.height)), radius, theme.color("header"))
        painter.restore()
        draw_line(painter, QPointF(0, top + self.height), width, theme.color("borderSubtle"))
        font = theme.font("caption")
        available = controls[0].rect.left() - self._left
        name = QFontMetricsF(font).elidedText(self._language, Qt.TextElideMode.ElideRight, available)
        write(painter, name, font, theme.color("textSecondary"), self._left, rect)

    @property
    def _left(self) -> int:
        return self._page.theme.length("m") + 1

    def _header_width(self, width: int) -> float:
        """Return the width left beside the name of the language."""
        name = QFontMetricsF(self._page.theme.font("caption")).horizontalAdvance(self._language)
        return width - self._left - name - self._page.theme.length("m")

    def _control(self, verb: Verb, icon: str, caption: str, name: str) -> Control:
        # Space for the longer caption shown after copying; captions are right-aligned.
        longest = max(caption, self._page.texts.copied if verb is Verb.COPY_CODE else "", key=len)
        width = control_width(self._page.theme, ControlStyle.CAPTION, longest, icon)
        rect = QRect(0, 0, width, self._page.theme.length("buttonSmall"))
        return Control(Command(verb), rect, name, icon, ControlStyle.CAPTION, caption)

    def _without_caption(self, control: Control) -> Control:
        size = self._page.theme.length("buttonSmall")
        return replace(control, rect=QRect(0, 0, size, size), style=ControlStyle.ICON, caption="")


def _name(language: str, texts: TranscriptTexts) -> str:
    if language in _PLAIN_TEXT:
        return texts.plain_text
    return language_name(language) or texts.code


_CORNER_MARGIN = 2
"""Pixels next to a rounded corner that may belong to it at high resolutions."""


class CodeLayout(BlockLayout):
    """A code block.

    Offsets count in the code without its last newline. `can_preview` returns whether its result can be shown now.
    """

    def __init__(self, block: Code, page: PageContext, options: CodeOptions, can_preview: Callable[[], bool]) -> None:
        self._block = block
        self._page = page
        self._theme = page.theme
        self._options = options
        self._can_preview = can_preview
        self._width = 0
        self._gutter = 0
        self._padding = page.theme.length("m")
        language = fence_language(block.info)
        self._header = CodeHeader(language, page)
        self._lines = CodeLines(_shown(block))
        self._rows = CodeRows(self._lines, language, page, wrapped=options.wrapped)
        self._rows.finished = block.closed
        self._horizontal_scroll = HorizontalScroll()

    def lay_out(self, width: int) -> None:
        """See `BlockLayout`."""
        self._width = width
        self._gutter = gutter_width(self._lines, self._theme) if self._options.numbered else 0
        self._rows.lay_out(width - self._left - self._right)
        self._update_size()

    def grow(self, block: Block) -> int | None:
        """See `BlockLayout`."""
        if not isinstance(block, Code) or block.info != self._block.info:
            return None
        if block.closed and self._page.diagrams.diagram(fence_language(block.info), block.text):
            return None
        first = self._lines.grow(_shown(block))
        if first is None:
            return None
        self._block = block
        self._rows.finished = block.closed
        if self._options.numbered and self._gutter != gutter_width(self._lines, self._theme):
            self.lay_out(self._width)
            return self._rows_top
        self._rows.grow(first)
        self._update_size()
        return self._rows_top + self._rows.top(first)

    def paint(self, painter: QPainter, context: BlockPaint) -> None:
        frame = QRectF(0, 0, self._width, self.height)
        radius = self._theme.length("radius.control")
        header_top = self._header_top(context.visible_top)
        # Between the corners, where growing code is painted, a much faster method is sufficient.
        corner = radius + _CORNER_MARGIN
        between_corners = context.clip.top() > corner and context.clip.bottom() < self.height - corner
        if between_corners:
            painter.fillRect(self._strip(painter, context.clip), self._theme.color("sunken"))
        else:
            draw_box(painter, frame, radius, self._theme.color("sunken"))
        if context.clip.top() <= header_top + self._header.height and context.clip.bottom() >= header_top:
            self._header.paint(painter, self._width, header_top, self._controls(header_top))
        painter.save()
        below = header_top + self._header.height + 1
        inside = QRect(1, below, self._width - 2, self.height - below)
        painter.setClipRect(inside, Qt.ClipOperation.IntersectClip)
        clip = context.clip.intersected(inside).translated(0, -self._rows_top)
        if self._gutter:
            right = self._left - self._padding
            painter.translate(0, self._rows_top)
            paint_numbers(painter, self._rows, self._lines, self._theme, right, (clip.top(), clip.bottom()))
            painter.translate(0, -self._rows_top)
            # Scrolled code disappears behind the line numbers.
            painter.setClipRect(inside.adjusted(right + self._padding // 2, 0, 0, 0), Qt.ClipOperation.IntersectClip)
        moved = self._left - self._horizontal_scroll.value
        painter.translate(moved, self._rows_top)
        self._rows.paint(painter, clip.translated(-moved, 0), context.selected)
        paint_marks(painter, self._theme, context.marks, clip.translated(-moved, 0), self._rows)
        painter.restore()
        self._horizontal_scroll.paint(painter, self._track(), self._theme)
        if between_corners:
            strip = self._strip(painter, context.clip)
            rest = strip.width() - line_width(painter, 1)
            painter.fillRect(strip.adjusted(0, 0, -rest, 0), self._theme.color("borderSubtle"))
            painter.fillRect(strip.adjusted(rest, 0, 0, 0), self._theme.color("borderSubtle"))
        else:
            draw_box(painter, frame, radius, border=self._theme.color("borderSubtle"))

    def _strip(self, painter: QPainter, clip: QRect) -> QRectF:
        """Return the part of the block as high as a clip, slightly extended."""
        box = snapped(painter, QRectF(0, 0, self._width, self.height))
        # With fractional scaling, an edge that is not outside the clip would be painted partly.
        return QRectF(box.left(), clip.top() - 2, box.width(), clip.height() + 4)

    def offset_at(self, x: float, y: float) -> int:
        """See `BlockLayout`."""
        return self._rows.offset_at(max(0.0, x - self._left) + self._horizontal_scroll.value, y - self._rows_top)

    def line_rect(self, offset: int) -> QRect:
        """See `BlockLayout`."""
        return self._rows.rect(self._lines.at(offset)).translated(0, self._rows_top)

    def cursor_rect(self, offset: int) -> QRect:
        """See `BlockLayout`."""
        return self._rows.cursor_rect(offset).translated(self._left - self._horizontal_scroll.value, self._rows_top)

    def end_of_text(self) -> QPointF | None:
        """See `BlockLayout`."""
        if self._block.closed:
            return None
        return self._rows.end() + QPointF(self._left - self._horizontal_scroll.value, self._rows_top)

    def controls(self, visible_top: int, within: tuple[int, int]) -> Sequence[Control]:
        """See `BlockLayout`."""
        top = self._header_top(visible_top)
        return self._controls(top) if within[0] <= top + self._header.height and within[1] >= top else ()

    def _controls(self, top: int) -> Sequence[Control]:
        return self._header.controls(
            self._width,
            top,
            wrapped=self._options.wrapped,
            preview=self._block.closed and self._can_preview(),
        )

    def is_header_sticky(self, visible_top: int) -> bool:
        """See `BlockLayout`."""
        corner = self._theme.length("radius.control") + _CORNER_MARGIN
        return corner < visible_top == self._header_top(visible_top)

    def scroll_horizontally(self, x: float, y: float, distance: int) -> bool:  # noqa: ARG002 - the whole block moves
        """See `BlockLayout`."""
        return self._horizontal_scroll.scroll(distance)

    def scroll_into_view(self, start: int, end: int) -> bool:
        """See `BlockLayout`."""
        found = next(iter(self._rows.rects_of(start, end)), None)
        return found is not None and self._horizontal_scroll.show(
            int(found.left()), ceil(found.right()) + self._left + self._right
        )

    def drag_at(self, x: float, y: float) -> float | None:
        """See `BlockLayout`."""
        return self._horizontal_scroll.drag_at(self._track(), x, y)

    @property
    def _left(self) -> int:
        """The x of the code when it is not scrolled."""
        return self._right + self._gutter

    @property
    def _right(self) -> int:
        return self._padding + 1

    @property
    def _rows_top(self) -> int:
        return self._header.height + 1 + self._padding

    def _update_size(self) -> None:
        self.height = self._rows_top + self._rows.height + self._padding
        content = 0 if self._options.wrapped else int(self._rows.widest) + self._left + self._right
        self._horizontal_scroll.set_widths(content, self._width)

    def _header_top(self, visible_top: int) -> int:
        """Return the y of the header: the top of the view, as long as a line of code is visible below it."""
        lowest = self.height - height_of_lines(1, self._theme)
        return max(0, min(visible_top, lowest))

    def _track(self) -> QRect:
        thumb = self._theme.length("scrollThumb")
        top = self.height - (self._padding + thumb) // 2
        return QRect(self._padding, top, self._width - 2 * self._padding, thumb)


def height_of_lines(count: int, theme: Theme) -> int:
    """Return the height of a block with this many lines, none of them wrapped."""
    return theme.length("codeHeader") + 1 + 2 * theme.length("m") + count * theme.line("code")


def _shown(block: Code) -> str:
    return block.text.removesuffix("\n")
