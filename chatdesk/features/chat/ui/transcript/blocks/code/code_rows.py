"""The rows of a code block: their positions and painting. A row is laid out only when it becomes visible."""

import time
from collections.abc import Callable, Iterator, Sequence
from heapq import nlargest
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextLayout, QTextOption

from chatdesk.features.chat.ui.transcript.blocks.code.code_lines import CodeLines
from chatdesk.features.chat.ui.transcript.blocks.code.code_marks import (
    Mark,
    mark_formats,
    marks_of,
    paint_marks,
    without_hidden,
)
from chatdesk.features.chat.ui.transcript.blocks.text.flow_lines import cursor_x
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.code.highlighters import NewHighlighter
from chatdesk.ui_kit.lists.height_index import HeightIndex
from chatdesk.ui_kit.style.theme import Theme
from chatdesk.ui_kit.text import utf16
from chatdesk.ui_kit.text.hidden_characters import has_hidden

if TYPE_CHECKING:
    from chatdesk.rendering.code.highlight import LineHighlighter, Runs
    from chatdesk.rendering.code.language_guess import LanguageGuess


_TURN_SECONDS = 0.004
"""The time limit of a turn. A line can be coloured only after all lines above it, about 30 µs each."""


class CodeColors:
    """The colours of a code block's lines, highlighted as far as they are visible and within a time limit.

    Each line is highlighted once, in order, except for the last one, which may grow. Without a language it is guessed
    from complete lines. `more` is called when lines remain for another turn.
    """

    def __init__(self, language: str, new_highlighter: NewHighlighter, more: Callable[[], None]) -> None:
        self._language = language
        self._new_highlighter = new_highlighter
        self._more = more
        self._highlighter: LineHighlighter | None = None
        self._guess: LanguageGuess | None = None
        self._guessed_lines = 0
        self._runs: list[Runs] = []
        self._turn_ends: float | None = None
        """The end of the turn by the thread's CPU clock; None until its first line."""

    def begin_turn(self) -> None:
        """Start a turn: once for all lines that are painted together."""
        self._turn_ends = None

    def of_line(self, lines: Sequence[str], number: int, *, complete: bool) -> "Runs | None":
        """Return the coloured runs of a line, none for plain text; None if they are not known in this turn.

        `complete` is whether the last line is complete.
        """
        language = self._language or self._guessed(lines, len(lines) if complete else len(lines) - 1)
        if not language:
            return () if self._guess and self._guess.settled else None
        if self._highlighter is None:
            self._highlighter = self._new_highlighter(language)
        return self._colour(self._highlighter, lines, number) if self._highlighter else None

    def _colour(self, highlighter: "LineHighlighter", lines: Sequence[str], number: int) -> "Runs | None":
        if self._turn_ends is None:
            self._turn_ends = time.thread_time() + _TURN_SECONDS
        needed = min(number + 1, len(lines) - 1)
        while len(self._runs) < needed:
            if time.thread_time() > self._turn_ends:
                self._more()
                return None
            self._runs.append(highlighter.add(lines[len(self._runs)]))
        return self._runs[number] if number < len(self._runs) else highlighter.peek(lines[number])

    def _guessed(self, lines: Sequence[str], count: int) -> str:
        if self._guess is None:
            if not count:
                return ""
            from chatdesk.rendering.code.language_guess import (  # noqa: PLC0415 - start-up time: many expressions
                LanguageGuess,
            )

            self._guess = LanguageGuess()
        while self._guessed_lines < count and not self._guess.settled:
            self._guess.add(lines[self._guessed_lines])
            self._guessed_lines += 1
        return self._guess.language


_MAX_EXACT_ROWS = 200
"""Rows measured exactly, at about 50 µs each."""
_TAB_STOP = 4
"""In characters."""
_CODE_ROW_PLAIN = "codeText"
_BACKGROUNDS = {"success": "successSoft", "danger": "dangerSoft"}
"""The background of lines that begin in these colours: added and removed ones."""
_UNLIMITED = 1 << 24
_TAG_CELLS = 8
_TOLERANCE = 0.5
"""Tolerance for rounding in pixels."""


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A row ready to be painted: its layout, tags for hidden characters and the background of a diff."""

    layout: QTextLayout
    marks: tuple[Mark, ...]
    background: str
    """The name of the background colour; empty for none."""
    colored: bool


class RowLayouter:
    """Lays out rows in the code font.

    `columns` is the number of characters per line of wrapped rows; None for no wrapping.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._font = theme.font("code")
        self._metrics = QFontMetricsF(self._font)
        self._line = theme.line("code")
        self.columns: int | None = None
        self.cell = self._metrics.horizontalAdvance("0")
        """The width of a character."""
        self._is_fixed = abs(self._metrics.horizontalAdvance("iW.") - 3 * self.cell) < _TOLERANCE
        self._exact_rows_left = 0
        """How many more rows may be measured exactly."""

    def begin(self) -> None:
        """Allow some rows to be measured exactly: called once for all rows that are measured together."""
        self._exact_rows_left = _MAX_EXACT_ROWS

    def widest(self, rows: Sequence[str]) -> float:
        """Return the width of the widest row, measuring only candidates exactly."""
        plain = list(filter(str.isascii, rows))
        tabbed = "\n".join(row for row in plain if "\t" in row).expandtabs(_TAB_STOP).split("\n")
        widest = max(max(map(len, plain), default=0), *map(len, tabbed)) * self.cell
        others = [row for row in rows if not row.isascii()] if len(plain) < len(rows) else []
        for row in nlargest(_MAX_EXACT_ROWS, others, key=_max_cells):
            if _max_cells(row) * self.cell <= widest:
                break
            layout = self.set(row, (), colored=False).layout  # The lines live only as long as the layout.
            widest = max(widest, layout.lineAt(0).naturalTextWidth())
        return widest

    def lines(self, row: str) -> int:
        """Return the number of lines of a row, mostly without laying it out."""
        columns = self.columns
        if columns is None:
            return 1
        if self._is_fixed:
            if row.isascii() and "\t" not in row:
                return -(-len(row) // columns) or 1
            if _max_cells(row) <= columns:
                return 1
        if self._exact_rows_left:
            self._exact_rows_left -= 1
            return self.set(row, (), colored=False).layout.lineCount()
        return ceil(_max_cells(row) / columns) or 1

    def set(self, row: str, runs: "Runs", *, colored: bool) -> CodeRow:
        """Lay out a row."""
        marks = marks_of(row)
        layout = QTextLayout(self._paintable(row), self._font)
        layout.setTextOption(self._option())
        layout.setFormats(_color_ranges(runs, self._theme) + mark_formats(marks, self._theme))
        layout.setCacheEnabled(True)
        baseline = round((self._line - self._metrics.height()) / 2 + self._metrics.ascent())
        width = _UNLIMITED if self.columns is None else self.columns * self.cell + _TOLERANCE
        layout.beginLayout()
        top = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top + baseline - line.ascent()))
            top += self._line
        layout.endLayout()
        background = _BACKGROUNDS.get(runs[0][1], "") if runs else ""
        return CodeRow(layout, marks, background, colored)

    def _paintable(self, row: str) -> str:
        text = utf16.paintable(without_hidden(row))
        # Spaces at the end of a line would extend beyond it and make the number of lines unpredictable.
        return text if self.columns is None else text.replace(" ", "\u00a0")

    def _option(self) -> QTextOption:
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setTabStopDistance(_TAB_STOP * self.cell)
        wraps = self.columns is not None
        option.setWrapMode(QTextOption.WrapMode.WrapAnywhere if wraps else QTextOption.WrapMode.NoWrap)
        return option


def _max_cells(row: str) -> int:
    """Return the maximum number of cells of a row. Must be fast: it is called for every row."""
    if row.isascii():
        return len(row.expandtabs(_TAB_STOP))
    narrow = len(row.encode("ascii", "ignore"))
    cells = narrow + 2 * (len(row) - narrow) + _TAB_STOP * row.count("\t")
    return cells + _TAG_CELLS * len(row) if has_hidden(row) else cells


def _color_ranges(runs: "Runs", theme: Theme) -> list[QTextLayout.FormatRange]:
    ranges = []
    start = 0
    for text, kind in runs:
        length = utf16.units(text)
        if kind != _CODE_ROW_PLAIN:
            found = QTextLayout.FormatRange()
            found.start, found.length = start, length
            found.format.setForeground(theme.color(kind))
            ranges.append(found)
        start += length
    return ranges


_PLAIN = "codeText"
_MAX_CACHED_ROWS = 500
"""The number of rows cached for the next paint."""


class CodeRows:
    """The rows of a code block. y is 0 at the first row, x at the start of unscrolled rows."""

    def __init__(self, lines: CodeLines, language: str, page: PageContext, *, wrapped: bool) -> None:
        self.widest = 0.0
        """The width of the widest unwrapped row."""
        self.finished = False
        """Whether the last line is complete."""
        self._lines = lines
        self._colors = CodeColors(language, page.new_highlighter, page.paint_again)
        self._theme = page.theme
        self._wrapped = wrapped
        self._width = 0
        self._line = page.theme.line("code")
        self._layouter = RowLayouter(page.theme)
        self._row_cache: dict[int, CodeRow] = {}
        self._tops: HeightIndex | None = None
        """The positions of wrapped rows; None while all rows are one line high."""

    @property
    def height(self) -> int:
        """The height of all rows."""
        return self.top(len(self._lines.rows))

    def lay_out(self, width: int) -> None:
        """Apply a new width."""
        self._width = width
        self._row_cache.clear()
        if self._wrapped:
            self._layouter.columns = max(1, int(width // self._layouter.cell))
            self._tops = HeightIndex(self._heights(0))
        else:
            self._measure(0)

    def grow(self, first: int) -> None:
        """Update for changed rows from `first` on."""
        for row in [row for row in self._row_cache if row >= first]:
            del self._row_cache[row]
        if self._tops is None:
            self._measure(first)
        else:
            self._tops.truncate(first)
            for height in self._heights(first):
                self._tops.append(height)

    def top(self, row: int) -> int:
        """Return the top of a row."""
        return self._tops.top(row) if self._tops is not None else row * self._line

    def rect(self, row: int) -> QRect:
        """Return the rectangle of a row."""
        return QRect(0, self.top(row), self._width, self._tops[row] if self._tops is not None else self._line)

    def between(self, top: int, bottom: int) -> Iterator[tuple[int, int]]:
        """Yield the rows between two y values with their tops."""
        row = self._row_at(top)
        while row < len(self._lines.rows) and (y := self.top(row)) <= bottom:
            yield row, y
            row += 1

    def offset_at(self, x: float, y: float) -> int:
        """Return the offset nearest to a point."""
        row = self._row_at(y)
        layout = self._row(row).layout
        number = max(0, min(int((y - self.top(row)) // self._line), layout.lineCount() - 1))
        return self._lines.start(row) + layout.lineAt(number).xToCursor(x)

    def offsets_between(self, top: int, bottom: int) -> tuple[int, int]:
        """See `MarkableText`."""
        last = self._row_at(bottom)
        return self._lines.start(self._row_at(top)), self._lines.start(last) + utf16.units(self._lines.rows[last])

    def rects_of(self, start: int, end: int) -> Iterator[QRectF]:
        """See `MarkableText`."""
        for row in range(self._lines.at(start), self._lines.at(max(start, end - 1)) + 1):
            layout, begin = self._row(row).layout, self._lines.start(row)
            for number in range(layout.lineCount()):
                line = layout.lineAt(number)
                first = max(start - begin, line.textStart())
                last = min(end - begin, line.textStart() + line.textLength())
                if first < last:
                    left, right = cursor_x(line, first), cursor_x(line, last)
                    yield QRectF(left, self.top(row) + number * self._line, right - left, self._line)

    def cursor_rect(self, offset: int) -> QRect:
        """Return the rectangle of the text cursor at an offset, one pixel wide."""
        row = self._lines.at(offset)
        inside = offset - self._lines.start(row)
        layout = self._row(row).layout
        line = layout.lineForTextPosition(min(inside, utf16.units(layout.text())))
        number = line.lineNumber() if line.isValid() else 0
        x = cursor_x(line, inside) if line.isValid() else 0
        return QRect(round(x), self.top(row) + number * self._line, 1, self._line)

    def end(self) -> QPointF:
        """Return the top of the next character's position."""
        layout = self._row(len(self._lines.rows) - 1).layout
        last = layout.lineAt(layout.lineCount() - 1)
        return QPointF(last.naturalTextWidth(), self.height - self._line)

    def paint(self, painter: QPainter, clip: QRect, selected: tuple[int, int] | None) -> None:
        """Paint the rows in a clip at the painter's origin. The background of a row has the full width."""
        self._colors.begin_turn()
        for number, y in self.between(clip.top(), clip.bottom()):
            row = self._colored_row(number)
            if row.background:
                background = QRect(clip.left(), y, clip.width(), self.rect(number).height())
                painter.fillRect(background, self._theme.color(row.background))
            if selected:
                self._paint_selection(painter, number, row, selected)
            painter.setPen(self._theme.color(_PLAIN))
            row.layout.draw(painter, QPointF(0, y))
            paint_marks(painter, row.layout, row.marks, y, self._theme)

    def _measure(self, first: int) -> None:
        """Update the width of the widest row."""
        self._layouter.begin()
        self.widest = max(self.widest, self._layouter.widest(self._lines.rows[first:]))

    def _heights(self, first: int) -> Iterator[int]:
        self._layouter.begin()
        return (self._layouter.lines(row) * self._line for row in self._lines.rows[first:])

    def _row_at(self, y: float) -> int:
        row = self._tops.at(int(y)) if self._tops is not None else int(y // self._line)
        return max(0, min(row, len(self._lines.rows) - 1))

    def _row(self, number: int) -> CodeRow:
        row = self._row_cache.get(number)
        if row is None:
            row = self._cache(number, self._layouter.set(self._lines.rows[number], (), colored=False))
        return row

    def _colored_row(self, number: int) -> CodeRow:
        """Return a row with its colours if they are known in time. Only painted rows need them."""
        row = self._row_cache.get(number)
        if row is not None and row.colored:
            return row
        line = self._lines.whole_line(number)
        runs = self._colors.of_line(self._lines.lines, line, complete=self.finished) if line is not None else ()
        if runs is None:
            return self._row(number)
        return self._cache(number, self._layouter.set(self._lines.rows[number], runs, colored=True))

    def _cache(self, number: int, row: CodeRow) -> CodeRow:
        if len(self._row_cache) >= _MAX_CACHED_ROWS:
            self._row_cache.clear()
        self._row_cache[number] = row
        return row

    def _paint_selection(self, painter: QPainter, number: int, row: CodeRow, selected: tuple[int, int]) -> None:
        start, top = self._lines.start(number), self.top(number)
        for index in range(row.layout.lineCount()):
            line = row.layout.lineAt(index)
            first = max(selected[0] - start, line.textStart())
            last = min(selected[1] - start, line.textStart() + line.textLength())
            if first > last or (first == last and line.textLength()):
                continue
            left, right = cursor_x(line, first), cursor_x(line, last)
            # Empty lines are marked as well, otherwise a selection across them would look like two.
            width = max(right - left, self._theme.length("xs"))
            background = QRectF(left, top + index * self._line, width, self._line)
            painter.fillRect(background, self._theme.color("selection"))
