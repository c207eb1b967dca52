"""The lines of a code block and the rows in which they are shown.

A block may have 100,000 lines: operations on all of them use built-in loops.
"""

from bisect import bisect_right
from itertools import accumulate, repeat

from chatdesk.features.chat.ui.transcript.blocks.text.text_segments import MAX_RUN_LENGTH
from chatdesk.ui_kit.text import utf16


class CodeLines:
    """The lines and rows of a code block.

    A line of thousands of characters is split into rows, so that laying out a row is cheap.

    Offsets are in UTF-16 units.
    """

    def __init__(self, text: str) -> None:
        self.lines: list[str] = []
        """The lines of the code."""
        self.rows: list[str] = []
        """The rows as shown."""
        self._starts: list[int] = []
        self._numbers: list[int] = []
        """The line number of each row."""
        self._text = ""
        self._append(text)

    def start(self, row: int) -> int:
        """Return the start offset of a row."""
        return self._all_starts()[row]

    def at(self, offset: int) -> int:
        """Return the row that contains an offset."""
        return max(0, bisect_right(self._all_starts(), offset) - 1)

    def line_number(self, row: int) -> int:
        """Return the line number of a row, from 0."""
        return self._numbers[row]

    def begins_line(self, row: int) -> bool:
        """Return whether a row is the first of its line."""
        return row == 0 or self._numbers[row] != self._numbers[row - 1]

    def whole_line(self, row: int) -> int | None:
        """Return the line number of a row that shows a complete line; None for part of a line."""
        return self._numbers[row] if len(self.rows[row]) == len(self.lines[self._numbers[row]]) else None

    def grow(self, text: str) -> int | None:
        """Change to a longer text with the same beginning. Return the first changed row; None if the beginning differs."""
        return self._append(text) if text.startswith(self._text) else None

    def _append(self, text: str) -> int:
        """Split the new text into lines, including the last existing line, which may have grown."""
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
        if max(map(len, lines)) <= MAX_RUN_LENGTH:
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
        """Return the start offsets of all rows, computed on first use."""
        known = len(self._starts)
        if known < len(self.rows):
            offset = self._starts[-1] + self._units(known - 1) if known else 0
            self._starts += accumulate(map(self._units, range(known, len(self.rows) - 1)), initial=offset)
        return self._starts

    def _units(self, row: int) -> int:
        """Return the distance to the start of the next row, including the newline at the end of a line."""
        ends_line = row + 1 == len(self._numbers) or self._numbers[row + 1] != self._numbers[row]
        return utf16.units(self.rows[row]) + ends_line


def _rows(line: str) -> list[str]:
    if len(line) <= MAX_RUN_LENGTH:
        return [line]
    return [line[start : start + MAX_RUN_LENGTH] for start in range(0, len(line), MAX_RUN_LENGTH)]
