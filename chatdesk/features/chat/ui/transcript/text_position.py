"""Positions and ranges in the text of a chat. They are independent of the layout."""

from chatdesk.kernel.fast_dataclass import dataclass

UNENDING = 1 << 30
"""An offset beyond every text."""


@dataclass(frozen=True, slots=True)
class ColumnPosition:
    """A position in the text of a column."""

    block: int
    offset: int


@dataclass(frozen=True, slots=True)
class ColumnSelection:
    """The selected range of a column."""

    start: ColumnPosition
    end: ColumnPosition | None
    """None for the end of the column."""

    def within(self, block: int) -> tuple[int, int] | None:
        """Return the selected offsets of a block; None if nothing is selected."""
        if block < self.start.block or (self.end and block > self.end.block):
            return None
        first = self.start.offset if block == self.start.block else 0
        last = self.end.offset if self.end and block == self.end.block else UNENDING
        return (first, last) if first < last else None


@dataclass(frozen=True, slots=True, order=True)
class TextPosition:
    """A position between two characters: the indexes of message, part and block, and an offset.

    `offset` is in UTF-16 units of the block's text (see `utf16.py`).
    """

    message: int
    part: int
    block: int
    offset: int


@dataclass(frozen=True, slots=True)
class Selection:
    """A selection from where it began to where it was extended; either may come first."""

    anchor: TextPosition
    head: TextPosition

    @property
    def start(self) -> TextPosition:
        """The earlier end."""
        return min(self.anchor, self.head)

    @property
    def end(self) -> TextPosition:
        """The later end."""
        return max(self.anchor, self.head)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is selected."""
        return self.anchor == self.head

    def within(self, message: int, part: int) -> ColumnSelection | None:
        """Return the selected range of one part of a message."""
        here = (message, part)
        start, end = self.start, self.end
        if here < (start.message, start.part) or here > (end.message, end.part) or self.is_empty:
            return None
        first = (
            ColumnPosition(start.block, start.offset) if here == (start.message, start.part) else ColumnPosition(0, 0)
        )
        last = ColumnPosition(end.block, end.offset) if here == (end.message, end.part) else None
        return ColumnSelection(first, last)
