"""The layout of a table: a header with a background, lines between rows, right-aligned numbers, horizontal scrolling.

Cells are measured at once because the column widths depend on all of them, but laid out only to be painted or to
wrap.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import accumulate, chain
from math import ceil

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from chatdesk.features.chat.ui.transcript.blocks.block_layout import BlockLayout, BlockPaint
from chatdesk.features.chat.ui.transcript.blocks.block_text import span_text
from chatdesk.features.chat.ui.transcript.blocks.find_marks import paint_marks
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_pictures import FormulaPictures, inline_keys
from chatdesk.features.chat.ui.transcript.blocks.horizontal_scroll import HorizontalScroll
from chatdesk.features.chat.ui.transcript.blocks.pictures.picture_layout import picture_control
from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import UNLIMITED, Link, TextFlow
from chatdesk.features.chat.ui.transcript.blocks.text.text_formats import TextStyle
from chatdesk.features.chat.ui.transcript.citations import CitationDisplay
from chatdesk.features.chat.ui.transcript.controls import Control
from chatdesk.features.chat.ui.transcript.formula_source import FormulaSource, NoFormulas
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Alignment, Block, Span, Style, Table
from chatdesk.rendering.markdown.table_numbers import still_numbers
from chatdesk.ui_kit.lists.height_index import HeightIndex
from chatdesk.ui_kit.pictures.picture_store import PictureStore
from chatdesk.ui_kit.style.painting import draw_box, draw_line
from chatdesk.ui_kit.style.theme import Theme
from chatdesk.ui_kit.text import utf16

_MAX_COLUMN_WIDTH = 400
"""The preferred maximum width of a column at 100 % zoom before its text wraps."""
_MIN_COLUMN_WIDTH = 96
"""The minimum width to which columns are reduced."""


@dataclass(slots=True)
class TableColumns:
    """The widths of a table's columns and which of them contain numbers, from measured widths and texts.

    It grows row by row, with a record after each row, so that rows can be removed while a table streams in.
    """

    count: int
    zoom: float
    _preferred_widths: list[tuple[int, ...]] = field(default_factory=list)
    _numbers: list[tuple[bool | None, ...]] = field(default_factory=list)
    """Per row: whether each column contains only numbers so far; None while it is empty."""

    def add_row(self, widths: Sequence[float], texts: Sequence[str]) -> None:
        """Add a row with the unwrapped widths of its cells. The first row is the header, which may be text."""
        before = self._preferred_widths[-1] if self._preferred_widths else (0,) * self.count
        self._preferred_widths.append(
            tuple(max(preferred, int(width) + 1) for preferred, width in zip(before, widths, strict=True))
        )
        if not self._numbers:
            self._numbers.append((None,) * self.count)
            return
        self._numbers.append(
            tuple(still_numbers(so_far, text) for so_far, text in zip(self._numbers[-1], texts, strict=True))
        )

    def truncate(self, rows: int) -> None:
        """Keep the first rows."""
        del self._preferred_widths[rows:]
        del self._numbers[rows:]

    def is_numeric(self, column: int) -> bool:
        """Return whether all non-empty cells of a column contain numbers."""
        return self._numbers[-1][column] is True

    def widths(self, available: int) -> tuple[int, ...]:
        """Return the widths of all columns; they exceed `available` only if they cannot be reduced to fit."""
        preferred = [min(width, round(_MAX_COLUMN_WIDTH * self.zoom)) for width in self._preferred_widths[-1]]
        surplus = available - sum(preferred)
        if surplus >= 0:
            share, rest = divmod(surplus, self.count)
            return tuple(width + share + (index < rest) for index, width in enumerate(preferred))
        minimum = [min(width, round(_MIN_COLUMN_WIDTH * self.zoom)) for width in preferred]
        extra = available - sum(minimum)
        if extra <= 0:
            return tuple(minimum)
        give = sum(preferred) - sum(minimum)
        return tuple(low + (width - low) * extra // give for low, width in zip(minimum, preferred, strict=True))


_Row = tuple[tuple[Span, ...], ...]


class TableLayout(BlockLayout):
    """A table. Row 0 is the header. Offsets count in the rows joined by newlines, with their cells joined by tabs."""

    def __init__(
        self,
        block: Table,
        theme: Theme,
        prose: TextStyle,
        formulas: FormulaSource | None = None,
        pictures: PictureStore | None = None,
        citations: CitationDisplay | None = None,
    ) -> None:
        self._block = block
        self._theme = theme
        self._formulas = formulas or NoFormulas()
        self._picture_store = pictures
        self._citations = citations
        self._formula_pictures = self._request_formulas(block)
        self._style = TextStyle("table", prose.color)
        self._head_style = TextStyle("table", prose.color, strong=True)
        self._width = 0
        self._columns = TableColumns(len(block.alignments), theme.scale)
        self._lefts: list[int] = []
        self._widths: tuple[int, ...] = ()
        self._rows: list[_Row] = []
        self._measured: list[tuple[float, ...]] = []
        self._starts: list[tuple[int, ...]] = []
        """Per row, the offsets of its cells and the offset of the next row."""
        self._pictured: list[tuple[int, int, int]] = []
        """Cells with pictures: row, column and the number of pictures before them."""
        self._pictures = 0
        self._heights = HeightIndex()
        self._flows: dict[tuple[int, int], TextFlow] = {}
        self._horizontal_scroll = HorizontalScroll()
        self._replace_rows(0, block)

    @property
    def outdated(self) -> bool:
        """See `BlockLayout`."""
        return self._formula_pictures.outdated or any(flow.outdated for flow in self._flows.values())

    def lay_out(self, width: int) -> None:
        """See `BlockLayout`."""
        self._width = width
        self._set_columns()
        self._measure_rows(0)

    def grow(self, block: Block) -> int | None:
        """See `BlockLayout`. Unchanged rows are kept."""
        if not isinstance(block, Table) or (block.alignments, block.header) != (
            self._block.alignments,
            self._block.header,
        ):
            return None
        self._formula_pictures = self._request_formulas(block)
        same = 0
        for mine, theirs in zip(self._block.rows, block.rows, strict=False):
            if mine != theirs:
                break
            same += 1
        first = same + 1
        aligned = self._aligned()
        self._replace_rows(first, block)
        self._block = block
        realigned = aligned != self._aligned()
        if realigned:
            self._flows.clear()
        changed = self._set_columns() or realigned
        self._measure_rows(0 if changed else first)
        return 0 if changed else self._heights.top(first)

    def paint(self, painter: QPainter, context: BlockPaint) -> None:
        rows = self._rows_in(context.clip)
        line = self._theme.color("borderSubtle")
        frame = QRectF(0, 0, self._width, self._heights.total)
        self._paint_head(painter, frame)
        painter.save()
        painter.setClipRect(frame.adjusted(1, 0, -1, 0), Qt.ClipOperation.IntersectClip)
        for row in rows:
            top = self._heights.top(row)
            if row:
                draw_line(painter, QPointF(0, top), self._width, line)
            self._paint_row(painter, row, top, context)
        paint_marks(painter, self._theme, context.marks, context.clip, self)
        painter.restore()
        draw_box(painter, frame, self._theme.length("radius.control"), border=line)
        self._horizontal_scroll.paint(painter, self._track(), self._theme)

    def offset_at(self, x: float, y: float) -> int:
        """See `BlockLayout`."""
        row = self._heights.at(int(y))
        column = max(0, bisect_right(self._lefts, x + self._horizontal_scroll.value) - 1)
        flow = self._flow(row, column)
        left, top = self._origin(row, column)
        return self._starts[row][column] + flow.offset_at(x - left, y - top)

    def line_rect(self, offset: int) -> QRect:
        """See `BlockLayout`."""
        row = self._row_of(offset)
        return QRect(0, self._heights.top(row), self._width, self._heights[row])

    def cursor_rect(self, offset: int) -> QRect:
        """See `BlockLayout`."""
        row = self._row_of(offset)
        column = max(0, bisect_right(self._starts[row][:-1], offset) - 1)
        left, top = self._origin(row, column)
        return self._flow(row, column).cursor_rect(offset - self._starts[row][column]).translated(left, top)

    def link_at(self, x: float, y: float) -> Link | None:
        """See `BlockLayout`."""
        if not 0 <= y < self._heights.total:
            return None
        row = self._heights.at(int(y))
        column = max(0, bisect_right(self._lefts, x + self._horizontal_scroll.value) - 1)
        left, top = self._origin(row, column)
        return self._flow(row, column).link_at(x - left, y - top)

    def controls(self, visible_top: int, within: tuple[int, int]) -> Sequence[Control]:  # noqa: ARG002
        """See `BlockLayout`. These are the pictures in the cells."""
        found = []
        rows = range(self._heights.at(max(0, within[0])), self._heights.at(max(0, within[1])) + 1)
        for row, column, first in self._pictured:
            if row not in rows:
                continue
            left, top = self._origin(row, column)
            for span, number, rect in self._flow(row, column).pictures():
                visible = rect.translated(int(left), int(top)).intersected(QRect(0, 0, self._width, self.height))
                if not visible.isEmpty():
                    found.append(picture_control(span, first + number, visible))
        return found

    def shows_picture(self, source: str) -> bool:
        """See `BlockLayout`."""
        return any(span.image == source for row, column, _ in self._pictured for span in self._rows[row][column])

    def tooltip_at(self, x: float, y: float) -> str:
        """See `BlockLayout`."""
        if not 0 <= y < self._heights.total:
            return ""
        row = self._heights.at(int(y))
        column = max(0, bisect_right(self._lefts, x + self._horizontal_scroll.value) - 1)
        left, top = self._origin(row, column)
        return self._flow(row, column).tooltip_at(x - left, y - top)

    def links(self) -> tuple[Link, ...]:
        """See `BlockLayout`."""
        spans = (span for row in self._rows for cell in row for span in cell if span.link)
        return tuple(dict.fromkeys(Link(span.link, span_text(span)) for span in spans))

    def scroll_horizontally(self, x: float, y: float, distance: int) -> bool:  # noqa: ARG002 - the whole table moves
        """See `BlockLayout`."""
        return self._horizontal_scroll.scroll(distance)

    def offsets_between(self, top: int, bottom: int) -> tuple[int, int]:
        """See `MarkableText`."""
        first, last = self._heights.at(max(0, top)), self._heights.at(max(0, bottom))
        return self._starts[first][0], self._starts[last][-1]

    def rects_of(self, start: int, end: int) -> Iterator[QRectF]:
        """See `MarkableText`. In each cell only the text in the range is marked."""
        row = bisect_right(self._starts, start, key=lambda starts: starts[-1] - 1)
        while row < len(self._rows) and self._starts[row][0] < end:
            for column in range(len(self._widths)):
                begin = self._starts[row][column]
                if begin >= end or self._starts[row][column + 1] - 1 <= start:
                    continue
                left, top = self._origin(row, column)
                for rect in self._flow(row, column).rects_of(max(0, start - begin), end - begin):
                    yield rect.translated(left, top)
            row += 1

    def scroll_into_view(self, start: int, end: int) -> bool:
        """See `BlockLayout`."""
        found = next(iter(self.rects_of(start, end)), None)
        if found is None:
            return False
        left, right = (
            int(found.left()) + self._horizontal_scroll.value,
            ceil(found.right()) + self._horizontal_scroll.value,
        )
        return self._horizontal_scroll.show(left - self._padding, right + self._padding)

    def drag_at(self, x: float, y: float) -> float | None:
        """See `BlockLayout`."""
        return self._horizontal_scroll.drag_at(self._track(), x, y)

    def _request_formulas(self, block: Table) -> FormulaPictures:
        cells = chain.from_iterable((block.header, *block.rows))
        keys = chain.from_iterable(map(inline_keys, cells))
        return FormulaPictures(self._formulas, keys, self._theme.font("table").pixelSize())

    def _replace_rows(self, first: int, block: Table) -> None:
        self._columns.truncate(first)
        self._pictured = [visible for visible in self._pictured if visible[0] < first]
        self._pictures = sum(bool(span.image) for row, column, _ in self._pictured for span in self._rows[row][column])
        del self._rows[first:], self._measured[first:], self._starts[first:]
        self._flows = {visible: flow for visible, flow in self._flows.items() if visible[0] < first}
        metrics = QFontMetricsF(self._theme.font("table"))
        for row in (block.header, *block.rows)[first:] if first == 0 else block.rows[first - 1 :]:
            number = len(self._rows)
            self._rows.append(row)
            self._record_pictures(number, row)
            texts = ["".join(map(span_text, cell)) for cell in row]
            start = self._starts[-1][-1] if self._starts else 0
            # Every cell is followed by one character: a tab, or the newline at the end of the row.
            self._starts.append(tuple(accumulate((utf16.units(text) + 1 for text in texts), initial=start)))
            self._measured.append(
                tuple(self._measure(number, column, texts[column], metrics) for column in range(len(row)))
            )
            self._columns.add_row([width + 2 * self._padding for width in self._measured[-1]], texts)

    def _record_pictures(self, number: int, row: _Row) -> None:
        for column, cell in enumerate(row):
            if count := sum(bool(span.image) for span in cell):
                self._pictured.append((number, column, self._pictures))
                self._pictures += count

    def _measure(self, row: int, column: int, text: str, metrics: QFontMetricsF) -> float:
        cell = self._rows[row][column]
        plain = (
            row
            and all(span.style is Style.PLAIN and not (span.image or span.formula or span.citation) for span in cell)
            and "\n" not in text
        )
        if plain and len(text) < 1_000:
            return metrics.horizontalAdvance(utf16.paintable(text))
        flow = self._new_flow(row, column)
        flow.lay_out(UNLIMITED, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        if _may_be_tall(cell):
            self._flows[row, column] = flow  # needed next for the height of the row
        return flow.natural_width

    def _set_columns(self) -> bool:
        widths = self._columns.widths(self._width - 2)
        if widths == self._widths:
            return False
        self._widths = widths
        self._lefts = list(accumulate(widths[:-1], initial=1))
        self._horizontal_scroll.set_widths(sum(widths) + 2, self._width)
        return True

    def _measure_rows(self, first: int) -> None:
        self._heights.truncate(first)
        for row in range(first, len(self._rows)):
            self._heights.append(self._row_height(row))
        self.height = self._heights.total
        if self._horizontal_scroll.needed:
            self.height += self._theme.length("scrollTrack")

    def _row_height(self, row: int) -> int:
        tallest = self._theme.line("table")
        for column, measured in enumerate(self._measured[row]):
            if measured > self._inner_width(column) or _may_be_tall(self._rows[row][column]):
                tallest = max(tallest, self._flow(row, column).height)
        border = 1
        return max(self._theme.length("rowTable"), tallest + self._theme.length("m")) + (border if row == 0 else 0)

    def _new_flow(self, row: int, column: int) -> TextFlow:
        style = self._style if row else self._head_style
        return TextFlow(
            self._rows[row][column], style, self._theme, self._formulas, self._picture_store, self._citations
        )

    def _row_of(self, offset: int) -> int:
        """Return the row of an offset; the end of a row belongs to it."""
        return min(bisect_left(self._starts, offset, key=lambda starts: starts[-1] - 1), len(self._rows) - 1)

    def _flow(self, row: int, column: int) -> TextFlow:
        width = min(int(self._measured[row][column]) + 2, self._inner_width(column))
        flow = self._flows.get((row, column))
        if flow is None:
            flow = self._flows[row, column] = self._new_flow(row, column)
        if flow.width != width:
            flow.lay_out(width, self._alignment(column))
        return flow

    def _origin(self, row: int, column: int) -> tuple[int, int]:
        """Return the position of a cell's text, at the top of its row.

        Text that fits keeps its natural width and is only moved when columns change.
        """
        flow = self._flow(row, column)
        surplus = self._inner_width(column) - flow.width
        left = self._lefts[column] + self._padding - self._horizontal_scroll.value
        match self._alignment(column):
            case Qt.AlignmentFlag.AlignRight:
                left += surplus
            case Qt.AlignmentFlag.AlignHCenter:
                left += surplus // 2
        padding = (self._theme.length("rowTable") - self._theme.line("table")) // 2
        return left, self._heights.top(row) + max(0, min(padding, self._heights[row] - flow.height))

    def _paint_head(self, painter: QPainter, frame: QRectF) -> None:
        """Paint the background of the header: the upper part of the rounded frame."""
        painter.save()
        painter.setClipRect(QRect(0, 0, self._width, self._heights[0]), Qt.ClipOperation.IntersectClip)
        draw_box(painter, frame, self._theme.length("radius.control"), self._theme.color("header"))
        painter.restore()

    def _paint_row(self, painter: QPainter, row: int, top: int, context: BlockPaint) -> None:
        for column in range(len(self._widths)):
            left = self._lefts[column] - self._horizontal_scroll.value
            if (
                left > context.clip.right()
                or left + self._widths[column] < context.clip.left()
                or not self._rows[row][column]
            ):
                continue
            x, y = self._origin(row, column)
            selected = None
            if context.selected:
                start = self._starts[row][column]
                selected = (context.selected[0] - start, context.selected[1] - start)
            painter.save()
            painter.setClipRect(
                QRect(left, top, self._widths[column], self._heights[row]), Qt.ClipOperation.IntersectClip
            )
            painter.translate(x, y)
            self._flow(row, column).paint(painter, context.clip.translated(-x, -y), selected)
            painter.restore()

    def _rows_in(self, clip: QRect) -> Iterator[int]:
        first = self._heights.at(max(0, clip.top()))
        last = self._heights.at(max(0, clip.bottom()))
        return iter(range(first, last + 1))

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        match self._block.alignments[column]:
            case Alignment.RIGHT:
                return Qt.AlignmentFlag.AlignRight
            case Alignment.CENTER:
                return Qt.AlignmentFlag.AlignHCenter
            case Alignment.NONE if self._columns.is_numeric(column):
                return Qt.AlignmentFlag.AlignRight
            case _:
                return Qt.AlignmentFlag.AlignLeft

    def _aligned(self) -> list[Qt.AlignmentFlag]:
        return [self._alignment(column) for column in range(len(self._block.alignments))]

    def _inner_width(self, column: int) -> int:
        return self._widths[column] - 2 * self._padding

    @property
    def _padding(self) -> int:
        return self._theme.length("m")

    def _track(self) -> QRect:
        thumb = self._theme.length("scrollThumb")
        top = self._heights.total + (self._theme.length("scrollTrack") - thumb) // 2
        return QRect(0, top, self._width, thumb)


def _may_be_tall(cell: tuple[Span, ...]) -> bool:
    """Return whether a cell may be taller than one line regardless of its width."""
    return any("\n" in span.text or span.formula or span.image for span in cell)
