"""A column whose text arrives in pieces: the markdown parser and the blocks it feeds, so that only what changed is laid out again.

A text that is long is read in steps, whoever gives it: `read_on` while it is `reading`. Of one without measure the beginning is shown, and
more with each `show_more`.
"""

from array import array
from typing import TYPE_CHECKING

from chatdesk.features.chat.ui.transcript.blocks.block_column import BlockColumn
from chatdesk.features.chat.ui.transcript.blocks.markdown_blocks import (
    AT_ONCE,
    answer_blocks,
    growing_answer,
    growing_question,
    question_blocks,
)
from chatdesk.features.chat.ui.transcript.blocks.text.text_formats import TextStyle
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.rendering.markdown.blocks import Block
from chatdesk.ui_kit.lists.height_index import NOWHERE

if TYPE_CHECKING:
    from chatdesk.rendering.markdown.bounded_parser import BoundedParser


_MOST_LINES = 1_000
"""Of a text that is parsed at once: each may be a block."""


class GrowingColumn(BlockColumn):
    """`feed` while the text grows, `finish` when it is whole, or `show` a whole text at once: the blocks are the same.

    `asked` says whether the user wrote it.
    """

    def __init__(self, page: PageContext, prose: TextStyle, *, asked: bool = False) -> None:
        super().__init__(page, prose)
        self._asked = asked
        self._parser: BoundedParser | None = None
        self._unshown: int | None = None
        """The first block that `read` has changed."""
        self._known_heights: array[int] | None = None
        """How high the blocks were when all were read, for those that are read once more."""

    @property
    def reading(self) -> bool:
        """Whether text has come that is still to be read."""
        return self._parser is not None and self._parser.reading

    @property
    def hidden(self) -> int:
        """How many characters are not shown because there are so many before them."""
        return self._parser.hidden if self._parser else 0

    @property
    def height(self) -> int:
        """See `BlockColumn`. What is still to be read is taken to be as high as what is known of it."""
        read = super().height
        if self._parser is None or not self._parser.reading:
            return read
        if self._known_heights:
            return read + sum(self._known_heights[len(self.blocks) :])
        return read + read * self._parser.waiting // max(1, self._parser.read)

    def clear(self) -> None:
        """Show nothing, and begin again with the next text."""
        self._parser = self._unshown = self._known_heights = None
        self.replace(0, ())

    def show(self, text: str) -> None:
        """Show a text that is whole."""
        if len(text) > AT_ONCE or text.count("\n") > _MOST_LINES:
            self.clear()
            self.feed(text)
            self.finish()
        else:
            self._parser = self._unshown = self._known_heights = None
            self.replace(0, question_blocks(text) if self._asked else answer_blocks(text))

    def feed(self, text: str) -> int:
        """Add text. Return the y from which the column looks different."""
        self.read(text)
        return self.show_read()

    def read(self, text: str) -> None:
        """Add text that is not shown yet, and looks like nothing until `show_read`, or whatever else is asked to show more."""
        if self._parser is None:
            self._parser = growing_question() if self._asked else growing_answer()
        was_reading = self._parser.reading
        self._parser.add(text)
        if not was_reading:  # else it waits for its turn
            self._note(self._parser.read_on(AT_ONCE))

    def read_on(self) -> int:
        """Read the next part of a long text and show it. Return the y from which the column looks different."""
        if self._parser is not None:
            self._note(self._parser.read_on())
        return self._shown()

    def show_read(self) -> int:
        """Show what was read. Return the y from which the column looks different; `NOWHERE` if there was nothing."""
        first, self._unshown = self._unshown, None
        if self._parser is None or first is None:
            return NOWHERE
        return self.replace(first, self._parser.blocks[first:])

    def show_more(self) -> None:
        """Show more of what is hidden: it is read step by step."""
        if self._parser is not None:
            self._parser.allow_more()

    def finish(self) -> int:
        """End the text. Return the y from which the column looks different."""
        if self._parser is None:
            return self.height
        self._parser.end()
        if not self._parser.waiting:
            self._note(self._parser.read_on())
        return self._shown()

    def set_block_heights(self, heights: "array[int]") -> None:
        """See `BlockColumn`. They hold for blocks, too, that are still to be read."""
        if self.reading:
            self._known_heights = array("i", heights)
            heights = heights[: len(self.blocks)]
        super().set_block_heights(heights)

    def _shown(self) -> int:
        """Show what was read, and leave the parser when there is nothing more to read."""
        y = self.show_read()
        if self._parser is not None and self._parser.done:
            self._parser = self._known_heights = None
        return y

    def _note(self, first: int) -> None:
        self._unshown = first if self._unshown is None else min(first, self._unshown)

    def _estimate(self, block: Block) -> int:
        known = self._known_heights
        index = len(self.blocks)
        return known[index] if known is not None and index < len(known) else super()._estimate(block)

    def _forget_heights(self) -> None:
        self._known_heights = None
        super()._forget_heights()
