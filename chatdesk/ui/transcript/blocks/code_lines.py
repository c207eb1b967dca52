"""The lines of a code block, and the rows they are shown on. Grows at its end while the code streams in."""

from bisect import bisect_right

from chatdesk.ui.transcript.blocks import utf16
from chatdesk.ui.transcript.blocks.text_pieces import LONGEST_RUN


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
        return self._starts[row]

    def at(self, offset: int) -> int:
        """Return the row an offset is in."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def whole_line(self, row: int) -> int | None:
        """Return the number of the line a row shows; None if it shows only a part of one."""
        return self._numbers[row] if len(self.rows[row]) == len(self.lines[self._numbers[row]]) else None

    def grow(self, text: str) -> int | None:
        """Become a longer text that begins with this one. Return the first row that changed; None if it begins otherwise."""
        return self._append(text) if text.startswith(self._text) else None

    def _append(self, text: str) -> int:
        """Cut what is new into lines; the last line that was there is cut again, since it may have grown."""
        begin, offset = 0, 0
        if self.lines:
            begin = len(self._text) - len(self.lines.pop())
            while self._numbers and self._numbers[-1] == len(self.lines):
                self.rows.pop()
                self._numbers.pop()
                offset = self._starts.pop()
        first = len(self.rows)
        for line in text[begin:].split("\n"):
            for row in _rows(line):
                self.rows.append(row)
                self._starts.append(offset)
                self._numbers.append(len(self.lines))
                offset += utf16.units(row)
            self.lines.append(line)
            offset += 1
        self._text = text
        return first


def _rows(line: str) -> list[str]:
    return [line[start : start + LONGEST_RUN] for start in range(0, len(line), LONGEST_RUN)] or [""]
