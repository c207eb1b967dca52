"""Incremental Markdown parsing with a limit: the part of one message that a user can look through and a window can hold.

The limit does not depend on how the text was split, because it is checked only at multiples of a fixed length. Embedded picture data does
not count, because it is not parsed.
"""

from collections import deque
from collections.abc import Sequence

from chatdesk.rendering.markdown.blocks import Block
from chatdesk.rendering.markdown.citations import Cite
from chatdesk.rendering.markdown.data_pictures import is_payload
from chatdesk.rendering.markdown.incremental import IncrementalParser

STEP = 2_048
"""Number of characters parsed at a time: about 3 ms, or 20 if every character is a marker."""
CHECK = 4 * STEP
"""Number of characters between two checks of the limit."""
CHARACTERS = 128 * CHECK
BLOCKS = 4_096
"""Maximum that is shown of a message before more is requested: a megabyte, or this many paragraphs, items and other blocks."""
_MANY = 1_024
"""Maximum number of blocks created at a time."""


class BoundedParser:
    """A parser with limits.

    Pass text to `add`, then call `parse_more` while `is_parsing`. Text beyond the limit waits until `allow_more`.
    """

    def __init__(self, *, breaks: bool = False, cite: Cite | None = None) -> None:
        self._parser = IncrementalParser(breaks=breaks, cite=cite)
        self._waiting: deque[str] = deque()
        self._at = 0
        """Position of the unread text in the first waiting chunk."""
        self._read_count = 0
        self._counted = 0
        self._only_data = True
        """Whether only picture data has arrived since the last check of the limit."""
        self._characters, self._blocks = CHARACTERS, BLOCKS
        self._ends = self._ended = False
        self.waiting = 0
        """Number of characters that arrived but were not read. Read-only."""

    @property
    def blocks(self) -> Sequence[Block]:
        """The blocks of the text read so far."""
        return self._parser.blocks

    @property
    def read(self) -> int:
        """Number of characters read."""
        return self._read_count

    @property
    def full(self) -> bool:
        """Whether the limit is reached."""
        return self._is_at_check and (self._counted >= self._characters or len(self._parser.blocks) > self._blocks)

    @property
    def is_parsing(self) -> bool:
        """Whether `parse_more` has something to do."""
        return (self.waiting > 0 and not self.full) or (self._ends and not self._ended and not self.waiting)

    @property
    def done(self) -> bool:
        """Whether a complete text was read to its end."""
        return self._ended

    @property
    def hidden(self) -> int:
        """Number of characters that are not read because of the limit."""
        return self.waiting if self.full else 0

    def add(self, text: str) -> None:
        """Add text to be read."""
        if text:
            self._waiting.append(text)
            self.waiting += len(text)

    def end(self) -> None:
        """Mark the text as complete."""
        self._ends = True

    def allow_more(self) -> None:
        """Raise the limit by its initial value."""
        self._characters = self._counted + CHARACTERS
        self._blocks = len(self._parser.blocks) + BLOCKS

    def parse_more(self, most: int = STEP) -> int:
        """Read the next `most` characters. Return the index of the first block that changed."""
        first = len(self._parser.blocks)
        before = first
        while most > 0 and self.waiting and not self.full and len(self._parser.blocks) - before < _MANY:
            chunk = self._next(min(most, CHECK - self._read_count % CHECK))
            most -= len(chunk)
            first = min(first, self._parser.feed(chunk))
            self._record(chunk)
        if self._ends and not self.waiting and not self._ended:
            self._ended = True
            first = min(first, self._parser.finish())
        return first

    @property
    def _is_at_check(self) -> bool:
        return self._read_count % CHECK == 0

    def _next(self, most: int) -> str:
        text = self._waiting[0]
        chunk = text if self._at == 0 and len(text) <= most else text[self._at : self._at + most]
        self._at += len(chunk)
        if self._at == len(text):
            self._waiting.popleft()
            self._at = 0
        self.waiting -= len(chunk)
        return chunk

    def _record(self, chunk: str) -> None:
        self._read_count += len(chunk)
        self._only_data = self._only_data and is_payload(chunk)
        if self._is_at_check:
            self._counted += 0 if self._only_data and self._parser.accepts_data else CHECK
            self._only_data = True
