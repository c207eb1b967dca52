"""The lines of a code block, and the rows they are shown in.

A block may be 100,000 lines long: what is done for all of them is left to Python's own loops.
"""

from bisect import bisect_right
from itertools import accumulate, repeat

from chatdesk.features.chat.ui.transcript.blocks.text.text_pieces import LONGEST_RUN
from chatdesk.ui_kit.text import utf16


class CodeLines:
    """A line of thousands of characters takes several rows, so that laying one out stays cheap. Offsets are Qt's positions."""

    def __init__(self, text: str) -> None:
        self.lines: list[str] = []
        """As the code has them."""
        self.rows: list[str] = []
        """As they are shown."""
        self._starts: list[int] = []
        self._numbers: list[int] = []
        """Per row, which line it is of."""
        self._text = ""
        self._append(text)

    def start(self, row: int) -> int:
        """Return the offset at which a row begins."""
        return self._all_starts()[row]

    def at(self, offset: int) -> int:
        """Return the row an offset is in."""
        return max(0, bisect_right(self._all_starts(), offset) - 1)

    def line_number(self, row: int) -> int:
        """Return the number of the line a row is of, from 0."""
        return self._numbers[row]

    def begins_line(self, row: int) -> bool:
        """Say whether a line begins with a row."""
        return row == 0 or self._numbers[row] != self._numbers[row - 1]

    def whole_line(self, row: int) -> int | None:
        """Return the number of the line a row shows; None if it shows only a part of one."""
        return self._numbers[row] if len(self.rows[row]) == len(self.lines[self._numbers[row]]) else None

    def grow(self, text: str) -> int | None:
        """Become a longer text that begins with this one. Return the first row that changed; None if it begins otherwise."""
        return self._append(text) if text.startswith(self._text) else None

    def _append(self, text: str) -> int:
        """Cut what is new into lines; the last line that was there is cut again, since it may have grown."""
        begin = 0
        if self.lines:
            begin = len(self._text) - len(self.lines.pop())
            while self._numbers and self._numbers[-1] == len(self.lines):
                self.rows.pop()
                self._numbers.pop()
        first = len(self.rows)
        del self._starts[first:]
        lines = text[begin:].split("\n")
        number = len(self.lines)
        if max(map(len, lines)) <= LONGEST_RUN:
            self.rows += lines
            self._numbers += range(number, number + len(lines))
        else:
            for line in lines:
                rows = _rows(line)
                self.rows += rows
                self._numbers += repeat(number, len(rows))
                number += 1
        self.lines += lines
        self._text = text
        return first

    def _all_starts(self) -> list[int]:
        """Return where all rows begin. It is not counted before somebody asks."""
        known = len(self._starts)
        if known < len(self.rows):
            offset = self._starts[-1] + self._units(known - 1) if known else 0
            self._starts += accumulate(map(self._units, range(known, len(self.rows) - 1)), initial=offset)
        return self._starts

    def _units(self, row: int) -> int:
        """Return by how much the next row begins behind this one; behind the last row of a line is its end."""
        ends_line = row + 1 == len(self._numbers) or self._numbers[row + 1] != self._numbers[row]
        return utf16.units(self.rows[row]) + ends_line


def _rows(line: str) -> list[str]:
    if len(line) <= LONGEST_RUN:
        return [line]
    return [line[start : start + LONGEST_RUN] for start in range(0, len(line), LONGEST_RUN)]
