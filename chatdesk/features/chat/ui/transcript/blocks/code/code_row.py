"""One row of code, set: its letters in their colours, tags for what is hidden in it, the ground of a diff.

Where rows are is `code_rows.py`.
"""

from collections.abc import Sequence
from heapq import nlargest
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextOption

from chatdesk.features.chat.ui.transcript.blocks.code.code_marks import (
    Mark,
    hides_something,
    mark_formats,
    marks_of,
    without_hidden,
)
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.style.theme import Theme
from chatdesk.ui_kit.text import utf16

if TYPE_CHECKING:
    from chatdesk.rendering.code.highlight import Runs

_LOOKED_AT_CLOSELY = 200
"""Rows, at some 50 µs each."""
_TAB_STOP = 4
"""In characters."""
_PLAIN = "codeText"
_GROUNDS = {"success": "successSoft", "danger": "dangerSoft"}
"""What a line stands on that begins in one of these colours: added and removed ones."""
_UNLIMITED = 1 << 24
_CELLS_OF_TAG = 8
_SPARE = 0.5
"""Pixels that rounding may take."""


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A row that can be painted."""

    layout: QTextLayout
    marks: tuple[Mark, ...]
    ground: str
    """The name of the colour below all of it; empty for none."""
    colored: bool


class RowSetter:
    """Sets rows in the code font. `columns` says how many letters a row that wraps takes in a line; None: it does not wrap."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._font = theme.font("code")
        self._metrics = QFontMetricsF(self._font)
        self._line = theme.line("code")
        self.columns: int | None = None
        self.cell = self._metrics.horizontalAdvance("0")
        """The width of a letter."""
        self._is_fixed = abs(self._metrics.horizontalAdvance("iW.") - 3 * self.cell) < _SPARE
        self._closely = 0
        """How many more rows may be looked at closely."""

    def begin(self) -> None:
        """Allow some rows to be looked at closely: once for all that are measured together."""
        self._closely = _LOOKED_AT_CLOSELY

    def widest(self, rows: Sequence[str]) -> float:
        """Return how wide the widest of some rows is, looking closely only at those that could be it."""
        plain = list(filter(str.isascii, rows))
        tabbed = "\n".join(row for row in plain if "\t" in row).expandtabs(_TAB_STOP).split("\n")
        widest = max(max(map(len, plain), default=0), *map(len, tabbed)) * self.cell
        others = [row for row in rows if not row.isascii()] if len(plain) < len(rows) else []
        for row in nlargest(_LOOKED_AT_CLOSELY, others, key=_most_cells):
            if _most_cells(row) * self.cell <= widest:
                break
            layout = self.set(row, (), colored=False).layout  # Its lines live only as long as it does.
            widest = max(widest, layout.lineAt(0).naturalTextWidth())
        return widest

    def lines(self, row: str) -> int:
        """Return how many lines a row takes. Most are told without setting them."""
        columns = self.columns
        if columns is None:
            return 1
        if self._is_fixed:
            if row.isascii() and "\t" not in row:
                return -(-len(row) // columns) or 1
            if _most_cells(row) <= columns:
                return 1
        if self._closely:
            self._closely -= 1
            return self.set(row, (), colored=False).layout.lineCount()
        return ceil(_most_cells(row) / columns) or 1

    def set(self, row: str, runs: "Runs", *, colored: bool) -> CodeRow:
        """Set a row."""
        marks = marks_of(row)
        layout = QTextLayout(self._paintable(row), self._font)
        layout.setTextOption(self._option())
        layout.setFormats(_color_ranges(runs, self._theme) + mark_formats(marks, self._theme))
        layout.setCacheEnabled(True)
        baseline = round((self._line - self._metrics.height()) / 2 + self._metrics.ascent())
        width = _UNLIMITED if self.columns is None else self.columns * self.cell + _SPARE
        layout.beginLayout()
        top = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top + baseline - line.ascent()))
            top += self._line
        layout.endLayout()
        ground = _GROUNDS.get(runs[0][1], "") if runs else ""
        return CodeRow(layout, marks, ground, colored)

    def _paintable(self, row: str) -> str:
        text = utf16.paintable(without_hidden(row))
        # Blanks at the end of a line would stand beyond it and make the number of lines hard to tell.
        return text if self.columns is None else text.replace(" ", "\u00a0")

    def _option(self) -> QTextOption:
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        option.setTabStopDistance(_TAB_STOP * self.cell)
        wraps = self.columns is not None
        option.setWrapMode(QTextOption.WrapMode.WrapAnywhere if wraps else QTextOption.WrapMode.NoWrap)
        return option


def _most_cells(row: str) -> int:
    """Return how many cells a row takes at most. It is asked of every row, so it has to be quick."""
    if row.isascii():
        return len(row.expandtabs(_TAB_STOP))
    narrow = len(row.encode("ascii", "ignore"))
    cells = narrow + 2 * (len(row) - narrow) + _TAB_STOP * row.count("\t")
    return cells + _CELLS_OF_TAG * len(row) if hides_something(row) else cells


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
