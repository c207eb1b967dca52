"""A code block, laid out: a header with language and buttons, coloured lines, scrolled sideways or wrapped.

A line is set only when it is painted: all have the same height, so nothing needs to know the others. Wrapped lines are set at once.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextLayout, QTextOption

from chatdesk.rendering.blocks import Block, Code
from chatdesk.ui.theme.painting import draw_box, draw_line
from chatdesk.ui.theme.theme import Theme
from chatdesk.ui.transcript import utf16
from chatdesk.ui.transcript.block_layout import BlockLayout, BlockPaint
from chatdesk.ui.transcript.code_colors import CodeColors
from chatdesk.ui.transcript.code_lines import CodeLines
from chatdesk.ui.transcript.control_painter import control_width, write
from chatdesk.ui.transcript.controls import Command, Control, ControlLook, Verb
from chatdesk.ui.transcript.cursor_x import cursor_x
from chatdesk.ui.transcript.height_index import HeightIndex
from chatdesk.ui.transcript.language_names import language_name
from chatdesk.ui.transcript.page_context import PageContext
from chatdesk.ui.transcript.sideways import Sideways

if TYPE_CHECKING:
    from chatdesk.rendering.highlight import Runs

_PLAIN = "codeText"
_KEPT_LINES = 500
"""Set lines kept for the next painting."""


class CodeLayout(BlockLayout):
    """Offsets count in the code without its last newline."""

    def __init__(self, block: Code, page: PageContext, *, wrapped: bool) -> None:
        self._block = block
        self._page = page
        self._theme = page.theme
        self._wrapped = wrapped
        self._width = 0
        self._font = self._theme.font("code")
        self._metrics = QFontMetricsF(self._font)
        self._line = self._theme.line("code")
        self._lines = CodeLines(_shown(block))
        self._colors = CodeColors(block.language)
        self._set: dict[int, QTextLayout] = {}
        self._colored: set[int] = set()
        """Those of them that have their colours."""
        self._tops: HeightIndex | None = None
        """Where wrapped lines begin; None while they all are one line high."""
        self._widest = 0.0
        self._language = language_name(block.language) or page.words.code
        self._sideways = Sideways()
        self._measure(0)

    def lay_out(self, width: int) -> None:
        """See `BlockLayout`."""
        self._width = width
        self._set.clear()
        self._colored.clear()
        if self._wrapped:
            self._tops = HeightIndex(self._wrapped_height(line) for line in range(len(self._lines.rows)))
        self._update_size()

    def grow(self, block: Block) -> int | None:
        """See `BlockLayout`."""
        if not isinstance(block, Code) or block.info != self._block.info:
            return None
        first = self._lines.grow(_shown(block))
        if first is None:
            return None
        self._block = block
        for line in [line for line in self._set if line >= first]:
            del self._set[line]
            self._colored.discard(line)
        self._measure(first)
        if self._tops is not None:
            self._tops.truncate(first)
            for line in range(first, len(self._lines.rows)):
                self._tops.append(self._wrapped_height(line))
        self._update_size()
        return self._body_top + self._top_of(first)

    def paint(self, painter: QPainter, look: BlockPaint) -> None:
        """See `BlockLayout`."""
        frame = QRectF(0, 0, self._width, self.height)
        draw_box(painter, frame, self._theme.length("radius.control"), self._theme.color("sunken"))
        self._paint_header(painter, look.visible_top)
        painter.save()
        body = QRect(1, self._header_top(look.visible_top) + self._header + 1, self._width - 2, self.height)
        painter.setClipRect(body, Qt.ClipOperation.IntersectClip)
        self._paint_lines(painter, look)
        painter.restore()
        self._sideways.paint(painter, self._track(), self._theme)
        draw_box(painter, frame, self._theme.length("radius.control"), border=self._theme.color("borderSubtle"))

    def offset_at(self, x: float, y: float) -> int:
        """See `BlockLayout`."""
        line = self._line_at(y - self._body_top)
        layout = self._line_layout(line)
        inner = y - self._body_top - self._top_of(line)
        row = max(0, min(int(inner // self._line), layout.lineCount() - 1))
        return self._lines.start(line) + layout.lineAt(row).xToCursor(x - self._left)

    def line_rect(self, offset: int) -> QRect:
        """See `BlockLayout`."""
        line = self._lines.at(offset)
        return QRect(0, self._body_top + self._top_of(line), self._width, self._height_of(line))

    def end_of_text(self) -> QPointF | None:
        """See `BlockLayout`."""
        if self._block.closed:
            return None
        layout = self._line_layout(len(self._lines.rows) - 1)
        last = layout.lineAt(layout.lineCount() - 1)
        y = self._body_top + self._top_of(len(self._lines.rows)) - self._line
        return QPointF(self._left + last.naturalTextWidth(), y)

    def controls(self, visible_top: int) -> Sequence[Control]:
        """See `BlockLayout`."""
        words = self._page.words
        top = self._header_top(visible_top) + (self._header - self._theme.length("buttonSmall")) // 2
        right = self._width - self._theme.length("xs")
        wrap = self._control(Command(Verb.WRAP_CODE), "text-wrap", words.wrap, words.wrap_lines, right, top)
        copy = self._control(Command(Verb.COPY_CODE), "copy", words.copy, words.copy, wrap.rect.left(), top)
        return copy, replace(wrap, on=self._wrapped)

    def scroll_sideways(self, x: float, y: float, distance: int) -> bool:  # noqa: ARG002 - the whole block moves
        """See `BlockLayout`."""
        return self._sideways.scroll(distance)

    def drag_at(self, x: float, y: float) -> float | None:
        """See `BlockLayout`."""
        track = self._track()
        grabbed = self._sideways.needed and self._sideways.thumb(track).adjusted(0, -3, 0, 3).contains(int(x), int(y))
        return self._sideways.content_per_pixel(track) if grabbed else None

    @property
    def _header(self) -> int:
        return self._theme.length("codeHeader")

    @property
    def _padding(self) -> int:
        return self._theme.length("m")

    @property
    def _body_top(self) -> int:
        return self._header + 1 + self._padding

    @property
    def _left(self) -> int:
        return self._padding + 1 - self._sideways.value

    def _update_size(self) -> None:
        self.height = self._body_top + self._top_of(len(self._lines.rows)) + self._padding
        content = 0 if self._wrapped else int(self._widest) + 2 * self._padding + 2
        self._sideways.set_widths(content, self._width)

    def _measure(self, first: int) -> None:
        """Find out how wide the widest line is, looking closely only at lines that could be it."""
        cell = self._metrics.horizontalAdvance("0")
        for text in self._lines.rows[first:]:
            plain = text.isascii() and "\t" not in text
            if plain:
                self._widest = max(self._widest, len(text) * cell)
            elif len(text) * cell * 2 + text.count("\t") * 8 * cell > self._widest:
                self._widest = max(self._widest, self._metrics.horizontalAdvance(_expanded(text)))

    def _top_of(self, line: int) -> int:
        return self._tops.top(line) if self._tops is not None else line * self._line

    def _height_of(self, line: int) -> int:
        return self._tops[line] if self._tops is not None else self._line

    def _line_at(self, y: float) -> int:
        line = self._tops.at(int(y)) if self._tops is not None else int(y // self._line)
        return max(0, min(line, len(self._lines.rows) - 1))

    def _wrapped_height(self, line: int) -> int:
        return self._line_layout(line).lineCount() * self._line

    def _line_layout(self, line: int, runs: "Runs" = ()) -> QTextLayout:
        layout = self._set.get(line)
        if layout is None:
            if len(self._set) >= _KEPT_LINES:
                self._set.clear()
                self._colored.clear()
            layout = self._set[line] = self._new_line_layout(line, runs)
        return layout

    def _colored_layout(self, line: int) -> QTextLayout:
        """Return a line with its colours, if they are known in time. Only lines that are painted need them."""
        if line not in self._colored:
            number = self._lines.whole_line(line)
            runs = self._colors.of_line(self._lines.lines, number) if number is not None else ()
            if runs is None:
                self._page.paint_again()
            else:
                self._set.pop(line, None)
                self._line_layout(line, runs)
                self._colored.add(line)
        return self._line_layout(line)

    def _new_line_layout(self, line: int, runs: "Runs") -> QTextLayout:
        layout = QTextLayout(utf16.paintable(self._lines.rows[line]), self._font)
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setTabStopDistance(4 * self._metrics.horizontalAdvance("0"))
        option.setWrapMode(QTextOption.WrapMode.WrapAnywhere if self._wrapped else QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.setFormats(color_ranges(runs, self._theme))
        layout.setCacheEnabled(True)
        baseline = round((self._line - self._metrics.height()) / 2 + self._metrics.ascent())
        layout.beginLayout()
        top = 0
        while (row := layout.createLine()).isValid():
            row.setLineWidth(self._width - 2 * self._padding - 2 if self._wrapped else 1 << 24)
            row.setPosition(QPointF(0, top + baseline - row.ascent()))
            top += self._line
        layout.endLayout()
        return layout

    def _paint_lines(self, painter: QPainter, look: BlockPaint) -> None:
        painter.setPen(self._theme.color("codeText"))
        line = self._line_at(look.clip.top() - self._body_top)
        while line < len(self._lines.rows):
            top = self._body_top + self._top_of(line)
            if top > look.clip.bottom():
                break
            layout = self._colored_layout(line)
            if look.selected:
                self._paint_selection(painter, layout, line, top, look.selected)
            layout.draw(painter, QPointF(self._left, top))
            line += 1

    def _paint_selection(
        self, painter: QPainter, layout: QTextLayout, line: int, top: int, selected: tuple[int, int]
    ) -> None:
        start = self._lines.start(line)
        for number in range(layout.lineCount()):
            row = layout.lineAt(number)
            first = max(selected[0] - start, row.textStart())
            last = min(selected[1] - start, row.textStart() + row.textLength())
            if first > last or (first == last and row.textLength()):
                continue
            left, right = cursor_x(row, first), cursor_x(row, last)
            width = max(right - left, self._theme.length("xs"))
            ground = QRectF(self._left + left, top + number * self._line, width, self._line)
            painter.fillRect(ground, self._theme.color("selection"))

    def _paint_header(self, painter: QPainter, visible_top: int) -> None:
        top = self._header_top(visible_top)
        shape = QRectF(0, top, self._width, 2 * self._header)
        painter.save()
        painter.setClipRect(QRect(0, top, self._width, self._header), Qt.ClipOperation.IntersectClip)
        draw_box(painter, shape, 0 if top else self._theme.length("radius.control"), self._theme.color("header"))
        painter.restore()
        draw_line(painter, QPointF(0, top + self._header), self._width, self._theme.color("borderSubtle"))
        font = self._theme.font("caption")
        write(
            painter,
            self._language,
            font,
            self._theme.color("textSecondary"),
            self._padding + 1,
            QRect(0, top, self._width, self._header),
        )

    def _header_top(self, visible_top: int) -> int:
        return max(0, min(visible_top, self.height - self._header - self._line - 2 * self._padding))

    def _control(self, command: Command, icon: str, caption: str, name: str, right: int, top: int) -> Control:
        # Room for the longer word that Copy turns into for a moment; words stand at the right end.
        longest = max(caption, self._page.words.copied if command.verb is Verb.COPY_CODE else "", key=len)
        width = control_width(self._theme, ControlLook.CAPTION, longest, icon)
        rect = QRect(right - width, top, width, self._theme.length("buttonSmall"))
        return Control(command, rect, name, icon, ControlLook.CAPTION, caption)

    def _track(self) -> QRect:
        thumb = self._theme.length("scrollThumb")
        return QRect(self._padding, self.height - self._padding + 3, self._width - 2 * self._padding, thumb)


def color_ranges(runs: "Runs", theme: Theme) -> list[QTextLayout.FormatRange]:
    """Return the runs that are coloured otherwise than plain code, as Qt's format ranges."""
    ranges = []
    start = 0
    for text, kind in runs:
        length = utf16.units(text)
        if kind != _PLAIN:
            found = QTextLayout.FormatRange()
            found.start, found.length = start, length
            found.format.setForeground(theme.color(kind))
            ranges.append(found)
        start += length
    return ranges


def height_of_lines(count: int, theme: Theme) -> int:
    """Return how high a block of so many lines is if none wraps."""
    return theme.length("codeHeader") + 1 + 2 * theme.length("m") + count * theme.line("code")


def _shown(block: Code) -> str:
    return block.text.removesuffix("\n")


def _expanded(text: str) -> str:
    return text.expandtabs(4)
