"""Tables as rows of pages. A line of a table is never broken, and its header is repeated on every page."""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from chatdesk.features.chat.ui.transcript.blocks.text.text_segments import runs_from_the_right
from chatdesk.features.conversations.ui.exporting.page_breaking import HAIRLINE, Frame, Link, Paint, Row
from chatdesk.features.conversations.ui.exporting.page_text import Flow, TextLine, TextLook
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.export.column_widths import column_widths
from chatdesk.rendering.export.plain_text import spans_text
from chatdesk.rendering.markdown.blocks import Alignment, Span, Table
from chatdesk.rendering.markdown.table_numbers import shown_alignments
from chatdesk.ui_kit.style.theme import Theme

_ALIGNMENTS = {
    Alignment.NONE: Qt.AlignmentFlag.AlignLeading,
    Alignment.LEFT: Qt.AlignmentFlag.AlignLeft,
    Alignment.CENTER: Qt.AlignmentFlag.AlignHCenter,
    Alignment.RIGHT: Qt.AlignmentFlag.AlignRight,
}
_SMALLEST = 0.5
"""Factor of the smallest text of a table: about 5 points."""
_WIDEST_WORD = 0.2
"""Part of the width of a table that a word may have without being broken, when the size of a wide table is chosen."""
_ROUNDING = 0.995
"""The widths of letters do not change exactly with their size."""
_UNBROKEN_LINES = 8
"""A row of a table with at most this many lines stays on one page."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """The columns of a table, and the space beside and above the texts of its cells. `frames` are around it, its own is the last one.

    `at_right` says whether the first column is the rightmost one.
    """

    left: float
    widths: Sequence[float]
    padding: float
    gap: float
    frames: tuple[Frame, ...]
    at_right: bool


@dataclass(frozen=True, slots=True)
class _TableLine:
    """A line of a table: the line of each cell that has one, their top, the whole height, the background, and the colour above."""

    cells: Sequence[TextLine | None]
    top: float
    height: float
    fill: QColor | None
    edge: QColor | None
    is_first: bool
    """Whether it is the first one of its row."""


def table_rows(
    table: Table,
    looks: tuple[TextLook, TextLook],
    left: float,
    width: float,
    frames: tuple[Frame, ...],
    theme: Theme,
    flow: Callable[[Sequence[Span], TextLook], Flow],
) -> Iterator[Row | None]:
    """Yield the rows of a table, and None after other steps of the work. `looks` are those of its header and of its cells."""
    padding, gap = float(theme.length("m")), float(theme.length("s"))
    alignments = [_ALIGNMENTS[each] for each in shown_alignments(table)]
    flows, natural, least = yield from _measured(table, looks, padding, flow)
    narrow = [each - 2 * (padding - gap) for each in least]
    if (factor := _reduction(least, narrow, width)) < 1:
        padding = gap = gap * factor
        looks = _reduced(looks[0], factor), _reduced(looks[1], factor)
        flows, natural, least = yield from _measured(table, looks, padding, flow)
    frame = Frame(left, width, border=theme.color("borderDefault"), radius=theme.length("radius.control"))
    grid = _Grid(
        left, column_widths(natural, least, width), padding, gap, (*frames, frame), table_begins_at_right(table)
    )
    header: tuple[Row, ...] = ()
    for number, texts in enumerate(flows):
        lines: list[list[TextLine]] = []
        for text, column_width, alignment in zip(texts, grid.widths, alignments, strict=True):
            lines.append(text.lines(max(1.0, column_width - 2 * padding), alignment))
            yield None
        colors = (None, theme.color("borderSubtle")) if number else (theme.color("bubble"), None)
        rows = _rows(lines, grid, colors, header)
        if number == 0:
            header = tuple(rows)
            rows = [replace(each, keeps_next=True) for each in rows]
        yield from rows


def _measured(
    table: Table,
    looks: tuple[TextLook, TextLook],
    padding: float,
    flow: Callable[[Sequence[Span], TextLook], Flow],
) -> Generator[None, object, tuple[list[list[Flow]], list[float], list[float]]]:
    """Return the texts of the cells, and for each column its width without line breaks and with its longest word alone on a line."""
    natural, least = [2 * padding] * len(table.header), [2 * padding] * len(table.header)
    flows: list[list[Flow]] = []
    for number, cells in enumerate((table.header, *table.rows)):
        flows.append([])
        for index, cell in enumerate(cells):
            text = flow(cell, looks[min(number, 1)])
            flows[-1].append(text)
            whole, word = text.widths()
            natural[index] = max(natural[index], whole + 2 * padding)
            least[index] = max(least[index], word + 2 * padding)
            yield None
    return flows, natural, least


def _reduction(least: Sequence[float], narrow: Sequence[float], width: float) -> float:
    """Return the factor of the size at which no word of a table with many columns has to be broken; 1 if none has to be anyway.

    `least` are the widths of the columns with their longest words, `narrow` the same with less space beside them. A long word in one of
    few columns, such as an address, is broken instead of making the whole table small.
    """
    longest = width * _WIDEST_WORD
    if sum(min(each, longest) for each in least) <= width:
        return 1.0
    wanted = sum(min(each, longest) for each in narrow)
    return min(_ROUNDING, max(_SMALLEST, width / wanted * _ROUNDING))


def _reduced(look: TextLook, factor: float) -> TextLook:
    font = QFont(look.font)
    font.setPixelSize(max(1, round(font.pixelSize() * factor)))
    return replace(look, font=font, line=look.line * factor)


def table_begins_at_right(table: Table) -> bool:
    """Return whether the first column is the rightmost one: the text of the header begins at the right."""
    return runs_from_the_right(" ".join(spans_text(cell) for cell in table.header))


def _rows(
    cells: Sequence[Sequence[TextLine]],
    grid: _Grid,
    colors: tuple[QColor | None, QColor | None],
    header: tuple[Row, ...],
) -> list[Row]:
    """Return the lines of one row of a table. `colors` are those of the background and of the line above."""
    fill, edge = colors
    count = max((len(each) for each in cells), default=0) or 1
    rows = []
    for number in range(count):
        shown = [each[number] if number < len(each) else None for each in cells]
        above, below = (grid.gap if number == 0 else 0.0), (grid.gap if number == count - 1 else 0.0)
        height = above + below + max((each.height for each in shown if each), default=0.0)
        line = _TableLine(shown, above, height, fill, edge if number == 0 else None, number == 0)
        stays = number < count - 1 and count <= _UNBROKEN_LINES
        row = Row(height, _painting(line, grid), keeps_next=stays, frames=grid.frames, repeated=header)
        rows.append(replace(row, links=tuple(_links(line, grid))))
    return rows


def _positioned_lines(line: _TableLine, grid: _Grid) -> Iterator[tuple[TextLine, float]]:
    """Yield the texts on a line with their left ends."""
    x = grid.left + (sum(grid.widths) if grid.at_right else 0)
    for cell, width in zip(line.cells, grid.widths, strict=True):
        left = x - width if grid.at_right else x
        if cell:
            yield cell, left + grid.padding
        x += -width if grid.at_right else width


def _links(line: _TableLine, grid: _Grid) -> Iterator[Link]:
    for cell, left in _positioned_lines(line, grid):
        for link in cell.links:
            yield Link(link.area.translated(left, line.top), link.target)


def _painting(line: _TableLine, grid: _Grid) -> Paint:
    total, radius = sum(grid.widths), grid.frames[-1].radius

    def paint(painter: QPainter) -> None:
        if line.fill and not line.is_first:
            painter.fillRect(QRectF(grid.left, 0, total, line.height).adjusted(HAIRLINE, 0, -HAIRLINE, 0), line.fill)
        elif line.fill:
            # Inside the frame of the table, whose upper corners are round.
            painter.save()
            painter.setClipRect(QRectF(grid.left, 0, total, line.height))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(line.fill)
            inner = QRectF(grid.left, 0, total, line.height + radius).adjusted(HAIRLINE, HAIRLINE, -HAIRLINE, 0)
            painter.drawRoundedRect(inner, radius, radius)
            painter.restore()
        if line.edge:
            painter.fillRect(QRectF(grid.left, 0, total, HAIRLINE), line.edge)
        for cell, left in _positioned_lines(line, grid):
            painter.translate(left, line.top)
            cell.paint(painter)
            painter.translate(-left, -line.top)

    return paint
