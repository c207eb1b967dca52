"""Places in the text of a chat, and what lies between two of them. Valid whether or not anything there is laid out."""

from chatdesk.kernel.fast_dataclass import dataclass

UNENDING = 1 << 30
"""An offset behind every text."""


@dataclass(frozen=True, slots=True)
class ColumnPosition:
    """A place in the text of a column."""

    block: int
    offset: int


@dataclass(frozen=True, slots=True)
class ColumnSelection:
    """What is selected in a column: from one place to another, in order."""

    start: ColumnPosition
    end: ColumnPosition | None
    """None: to the end of the column."""

    def within(self, block: int) -> tuple[int, int] | None:
        """Return the offsets selected in a block; None for nothing."""
        if block < self.start.block or (self.end and block > self.end.block):
            return None
        first = self.start.offset if block == self.start.block else 0
        last = self.end.offset if self.end and block == self.end.block else UNENDING
        return (first, last) if first < last else None


@dataclass(frozen=True, slots=True, order=True)
class TextPosition:
    """A place between two characters: message and part by their order in the chat, block by its order in the part.

    `offset` counts in the block's text as Qt counts (see `utf16.py`).
    """

    message: int
    part: int
    block: int
    offset: int


@dataclass(frozen=True, slots=True)
class Selection:
    """From where a selection began to where it was drawn; either may come first."""

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
        """Return what is selected of one part of a message."""
        here = (message, part)
        start, end = self.start, self.end
        if here < (start.message, start.part) or here > (end.message, end.part) or self.is_empty:
            return None
        first = (
            ColumnPosition(start.block, start.offset) if here == (start.message, start.part) else ColumnPosition(0, 0)
        )
        last = ColumnPosition(end.block, end.offset) if here == (end.message, end.part) else None
        return ColumnSelection(first, last)
