"""The rows of a code block, set and painted. A row is set only when it is painted; all are equally high, unless they wrap.

Wrapped rows are set at once, since each must know how high those above it are.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextLayout, QTextOption

from chatdesk.ui.theme.theme import Theme
from chatdesk.ui.transcript.blocks import utf16
from chatdesk.ui.transcript.blocks.code_colors import CodeColors
from chatdesk.ui.transcript.blocks.code_lines import CodeLines
from chatdesk.ui.transcript.blocks.cursor_x import cursor_x
from chatdesk.ui.transcript.height_index import HeightIndex
from chatdesk.ui.transcript.page_context import PageContext

if TYPE_CHECKING:
    from chatdesk.rendering.highlight import Runs

_PLAIN = "codeText"
_TAB_STOP = 4
_KEPT_ROWS = 500
"""Set rows kept for the next painting."""
_UNLIMITED = 1 << 24


class CodeRows:
    """y is 0 where the first row begins, x where the rows begin if nothing is scrolled sideways."""

    def __init__(self, lines: CodeLines, language: str, page: PageContext, *, wrapped: bool) -> None:
        self.widest = 0.0
        """How wide the widest row is, if it does not wrap."""
        self._lines = lines
        self._colors = CodeColors(language)
        self._page = page
        self._wrapped = wrapped
        self._width = 0
        self._font = page.theme.font("code")
        self._metrics = QFontMetricsF(self._font)
        self._line = page.theme.line("code")
        self._set: dict[int, QTextLayout] = {}
        self._colored: set[int] = set()
        """Those of them that have their colours."""
        self._tops: HeightIndex | None = None
        """Where wrapped rows begin; None while all are one line high."""
        self._measure(0)

    @property
    def height(self) -> int:
        """The height of all rows."""
        return self.top(len(self._lines.rows))

    def lay_out(self, width: int) -> None:
        """Set for another width."""
        self._width = width
        self._set.clear()
        self._colored.clear()
        if self._wrapped:
            self._tops = HeightIndex(map(self._wrapped_height, range(len(self._lines.rows))))

    def grow(self, first: int) -> None:
        """Take over that the rows from `first` on are others now."""
        for row in [row for row in self._set if row >= first]:
            del self._set[row]
            self._colored.discard(row)
        self._measure(first)
        if self._tops is not None:
            self._tops.truncate(first)
            for row in range(first, len(self._lines.rows)):
                self._tops.append(self._wrapped_height(row))

    def top(self, row: int) -> int:
        """Return where a row begins."""
        return self._tops.top(row) if self._tops is not None else row * self._line

    def rect(self, row: int) -> QRect:
        """Return the rectangle of a row."""
        return QRect(0, self.top(row), self._width, self._tops[row] if self._tops is not None else self._line)

    def offset_at(self, x: float, y: float) -> int:
        """Return the offset nearest to a point."""
        row = self._row_at(y)
        layout = self._layout(row)
        number = max(0, min(int((y - self.top(row)) // self._line), layout.lineCount() - 1))
        return self._lines.start(row) + layout.lineAt(number).xToCursor(x)

    def end(self) -> QPointF:
        """Return the top of the place where the next character would come."""
        layout = self._layout(len(self._lines.rows) - 1)
        last = layout.lineAt(layout.lineCount() - 1)
        return QPointF(last.naturalTextWidth(), self.height - self._line)

    def paint(self, painter: QPainter, top: int, bottom: int, selected: tuple[int, int] | None) -> None:
        """Paint the rows between two heights at the painter's origin."""
        row = self._row_at(top)
        while row < len(self._lines.rows) and (y := self.top(row)) <= bottom:
            layout = self._colored_layout(row)
            if selected:
                self._paint_selection(painter, layout, row, selected)
            painter.setPen(self._page.theme.color(_PLAIN))
            layout.draw(painter, QPointF(0, y))
            row += 1

    def _measure(self, first: int) -> None:
        """Find out how wide the widest row is, looking closely only at rows that could be it."""
        cell = self._metrics.horizontalAdvance("0")
        for text in self._lines.rows[first:]:
            if text.isascii() and "\t" not in text:
                self.widest = max(self.widest, len(text) * cell)
            elif (2 * len(text) + 2 * _TAB_STOP * text.count("\t")) * cell > self.widest:
                self.widest = max(self.widest, self._metrics.horizontalAdvance(text.expandtabs(_TAB_STOP)))

    def _row_at(self, y: float) -> int:
        row = self._tops.at(int(y)) if self._tops is not None else int(y // self._line)
        return max(0, min(row, len(self._lines.rows) - 1))

    def _wrapped_height(self, row: int) -> int:
        return self._layout(row).lineCount() * self._line

    def _layout(self, row: int, runs: "Runs" = ()) -> QTextLayout:
        layout = self._set.get(row)
        if layout is None:
            if len(self._set) >= _KEPT_ROWS:
                self._set.clear()
                self._colored.clear()
            layout = self._set[row] = self._new_layout(row, runs)
        return layout

    def _colored_layout(self, row: int) -> QTextLayout:
        """Return a row with its colours, if they are known in time. Only rows that are painted need them."""
        if row not in self._colored:
            number = self._lines.whole_line(row)
            runs = self._colors.of_line(self._lines.lines, number) if number is not None else ()
            if runs is None:
                self._page.paint_again()
            else:
                self._set.pop(row, None)
                self._layout(row, runs)
                self._colored.add(row)
        return self._layout(row)

    def _new_layout(self, row: int, runs: "Runs") -> QTextLayout:
        layout = QTextLayout(utf16.paintable(self._lines.rows[row]), self._font)
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setTabStopDistance(_TAB_STOP * self._metrics.horizontalAdvance("0"))
        option.setWrapMode(QTextOption.WrapMode.WrapAnywhere if self._wrapped else QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.setFormats(_color_ranges(runs, self._page.theme))
        layout.setCacheEnabled(True)
        baseline = round((self._line - self._metrics.height()) / 2 + self._metrics.ascent())
        layout.beginLayout()
        top = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._width if self._wrapped else _UNLIMITED)
            line.setPosition(QPointF(0, top + baseline - line.ascent()))
            top += self._line
        layout.endLayout()
        return layout

    def _paint_selection(self, painter: QPainter, layout: QTextLayout, row: int, selected: tuple[int, int]) -> None:
        start = self._lines.start(row)
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            first = max(selected[0] - start, line.textStart())
            last = min(selected[1] - start, line.textStart() + line.textLength())
            if first > last or (first == last and line.textLength()):
                continue
            left, right = cursor_x(line, first), cursor_x(line, last)
            # An empty line is marked too, or a selection over it would look like two.
            width = max(right - left, self._page.theme.length("xs"))
            ground = QRectF(left, self.top(row) + number * self._line, width, self._line)
            painter.fillRect(ground, self._page.theme.color("selection"))


def _color_ranges(runs: "Runs", theme: Theme) -> list[QTextLayout.FormatRange]:
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
