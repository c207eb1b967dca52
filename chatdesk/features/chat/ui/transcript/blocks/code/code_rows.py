"""The rows of a code block: where they are, and painting those in view. A row is set only when it is looked at; see `code_row.py`."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter

from chatdesk.features.chat.ui.transcript.blocks.code.code_colors import CodeColors
from chatdesk.features.chat.ui.transcript.blocks.code.code_lines import CodeLines
from chatdesk.features.chat.ui.transcript.blocks.code.code_marks import paint_marks
from chatdesk.features.chat.ui.transcript.blocks.code.code_row import CodeRow, RowSetter
from chatdesk.features.chat.ui.transcript.blocks.cursor_x import cursor_x
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.ui_kit.lists.height_index import HeightIndex
from chatdesk.ui_kit.text import utf16

_PLAIN = "codeText"
_KEPT_ROWS = 500
"""Set rows kept for the next painting."""


class CodeRows:
    """y is 0 where the first row begins, x where the rows begin if nothing is scrolled sideways."""

    def __init__(self, lines: CodeLines, language: str, page: PageContext, *, wrapped: bool) -> None:
        self.widest = 0.0
        """How wide the widest row is, if it does not wrap."""
        self.finished = False
        """Whether the last line will not grow."""
        self._lines = lines
        self._colors = CodeColors(language, page.new_highlighter, page.paint_again)
        self._theme = page.theme
        self._wrapped = wrapped
        self._width = 0
        self._line = page.theme.line("code")
        self._setter = RowSetter(page.theme)
        self._set: dict[int, CodeRow] = {}
        self._tops: HeightIndex | None = None
        """Where wrapped rows begin; None while all are one line high."""

    @property
    def height(self) -> int:
        """The height of all rows."""
        return self.top(len(self._lines.rows))

    def lay_out(self, width: int) -> None:
        """Set for another width."""
        self._width = width
        self._set.clear()
        if self._wrapped:
            self._setter.columns = max(1, int(width // self._setter.cell))
            self._tops = HeightIndex(self._heights(0))
        else:
            self._measure(0)

    def grow(self, first: int) -> None:
        """Take over that the rows from `first` on are others now."""
        for row in [row for row in self._set if row >= first]:
            del self._set[row]
        if self._tops is None:
            self._measure(first)
        else:
            self._tops.truncate(first)
            for height in self._heights(first):
                self._tops.append(height)

    def top(self, row: int) -> int:
        """Return where a row begins."""
        return self._tops.top(row) if self._tops is not None else row * self._line

    def rect(self, row: int) -> QRect:
        """Return the rectangle of a row."""
        return QRect(0, self.top(row), self._width, self._tops[row] if self._tops is not None else self._line)

    def between(self, top: int, bottom: int) -> Iterator[tuple[int, int]]:
        """Yield the rows between two heights, and where they begin."""
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
        """Return where a text cursor stands at an offset, one pixel wide."""
        row = self._lines.at(offset)
        inside = offset - self._lines.start(row)
        layout = self._row(row).layout
        line = layout.lineForTextPosition(min(inside, utf16.units(layout.text())))
        number = line.lineNumber() if line.isValid() else 0
        x = cursor_x(line, inside) if line.isValid() else 0
        return QRect(round(x), self.top(row) + number * self._line, 1, self._line)

    def end(self) -> QPointF:
        """Return the top of the place where the next character would come."""
        layout = self._row(len(self._lines.rows) - 1).layout
        last = layout.lineAt(layout.lineCount() - 1)
        return QPointF(last.naturalTextWidth(), self.height - self._line)

    def paint(self, painter: QPainter, clip: QRect, selected: tuple[int, int] | None) -> None:
        """Paint the rows in a clip at the painter's origin. The ground of a row reaches over all of its width."""
        self._colors.begin_turn()
        for number, y in self.between(clip.top(), clip.bottom()):
            row = self._colored_row(number)
            if row.ground:
                ground = QRect(clip.left(), y, clip.width(), self.rect(number).height())
                painter.fillRect(ground, self._theme.color(row.ground))
            if selected:
                self._paint_selection(painter, number, row, selected)
            painter.setPen(self._theme.color(_PLAIN))
            row.layout.draw(painter, QPointF(0, y))
            paint_marks(painter, row.layout, row.marks, y, self._theme)

    def _measure(self, first: int) -> None:
        """Find out how wide the widest row is."""
        self._setter.begin()
        self.widest = max(self.widest, self._setter.widest(self._lines.rows[first:]))

    def _heights(self, first: int) -> Iterator[int]:
        self._setter.begin()
        return (self._setter.lines(row) * self._line for row in self._lines.rows[first:])

    def _row_at(self, y: float) -> int:
        row = self._tops.at(int(y)) if self._tops is not None else int(y // self._line)
        return max(0, min(row, len(self._lines.rows) - 1))

    def _row(self, number: int) -> CodeRow:
        row = self._set.get(number)
        if row is None:
            row = self._keep(number, self._setter.set(self._lines.rows[number], (), colored=False))
        return row

    def _colored_row(self, number: int) -> CodeRow:
        """Return a row with its colours, if they are known in time. Only rows that are painted need them."""
        row = self._set.get(number)
        if row is not None and row.colored:
            return row
        line = self._lines.whole_line(number)
        runs = self._colors.of_line(self._lines.lines, line, whole=self.finished) if line is not None else ()
        if runs is None:
            return self._row(number)
        return self._keep(number, self._setter.set(self._lines.rows[number], runs, colored=True))

    def _keep(self, number: int, row: CodeRow) -> CodeRow:
        if len(self._set) >= _KEPT_ROWS:
            self._set.clear()
        self._set[number] = row
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
            # An empty line is marked too, or a selection over it would look like two.
            width = max(right - left, self._theme.length("xs"))
            ground = QRectF(left, top + index * self._line, width, self._line)
            painter.fillRect(ground, self._theme.color("selection"))
