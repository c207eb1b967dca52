"""Markdown that arrives in pieces, parsed up to a bound: what the user can look through, and a window can hold, of one message.

The bound is the same however the text was cut: it is looked at only after every so many characters. The data of a picture that is written
into the text does not count: that is kept out of the way.
"""

from collections import deque
from collections.abc import Sequence

from chatdesk.rendering.markdown.blocks import Block
from chatdesk.rendering.markdown.data_pictures import is_payload
from chatdesk.rendering.markdown.incremental import IncrementalParser

STEP = 2_048
"""Characters that are parsed in one go: some 3 ms, and 20 where every one of them is a mark."""
CHECK = 4 * STEP
"""Characters between two looks at the bound."""
CHARACTERS = 128 * CHECK
BLOCKS = 4_096
"""What is shown of a message before somebody asks for more: a megabyte, or so many paragraphs, items and the like."""
_MANY = 1_024
"""Blocks that are made in one go."""


class BoundedParser:
    """Give it text with `add`, then `read_on` while it is `reading`. Behind the bound the text waits until `allow_more`."""

    def __init__(self, *, breaks: bool = False) -> None:
        self._parser = IncrementalParser(breaks=breaks)
        self._waiting: deque[str] = deque()
        self._at = 0
        """Where in the first of those that waits what was not read begins."""
        self._fed = 0
        self._counted = 0
        self._only_data = True
        """Whether nothing but the data of a picture has come since the last look at the bound."""
        self._characters, self._blocks = CHARACTERS, BLOCKS
        self._ends = self._ended = False
        self.waiting = 0
        """How many characters have come and were not read. Read only."""

    @property
    def blocks(self) -> Sequence[Block]:
        """The blocks of what was read."""
        return self._parser.blocks

    @property
    def read(self) -> int:
        """How many characters were read."""
        return self._fed

    @property
    def full(self) -> bool:
        """Whether no more is read before it is allowed."""
        return self._is_at_check and (self._counted >= self._characters or len(self._parser.blocks) > self._blocks)

    @property
    def reading(self) -> bool:
        """Whether there is something to `read_on`."""
        return (self.waiting > 0 and not self.full) or (self._ends and not self._ended and not self.waiting)

    @property
    def done(self) -> bool:
        """Whether all of a text that has come to its end was read."""
        return self._ended

    @property
    def hidden(self) -> int:
        """How many characters are not read because of the bound."""
        return self.waiting if self.full else 0

    def add(self, text: str) -> None:
        """Take more text, to be read."""
        if text:
            self._waiting.append(text)
            self.waiting += len(text)

    def end(self) -> None:
        """Take note that no more comes."""
        self._ends = True

    def allow_more(self) -> None:
        """Let as much be read again as at first."""
        self._characters = self._counted + CHARACTERS
        self._blocks = len(self._parser.blocks) + BLOCKS

    def read_on(self, most: int = STEP) -> int:
        """Read the next characters, `most` of them. Return the index of the first block that changed."""
        first = len(self._parser.blocks)
        before = first
        while most > 0 and self.waiting and not self.full and len(self._parser.blocks) - before < _MANY:
            piece = self._next(min(most, CHECK - self._fed % CHECK))
            most -= len(piece)
            first = min(first, self._parser.feed(piece))
            self._note(piece)
        if self._ends and not self.waiting and not self._ended:
            self._ended = True
            first = min(first, self._parser.finish())
        return first

    @property
    def _is_at_check(self) -> bool:
        return self._fed % CHECK == 0

    def _next(self, most: int) -> str:
        text = self._waiting[0]
        piece = text if self._at == 0 and len(text) <= most else text[self._at : self._at + most]
        self._at += len(piece)
        if self._at == len(text):
            self._waiting.popleft()
            self._at = 0
        self.waiting -= len(piece)
        return piece

    def _note(self, piece: str) -> None:
        self._fed += len(piece)
        self._only_data = self._only_data and is_payload(piece)
        if self._is_at_check:
            self._counted += 0 if self._only_data and self._parser.takes_data else CHECK
            self._only_data = True
