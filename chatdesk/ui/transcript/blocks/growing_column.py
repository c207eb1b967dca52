"""A column whose text arrives in pieces: the markdown parser and the blocks it feeds, so that only what changed is laid out again."""

from typing import TYPE_CHECKING

from chatdesk.ui.transcript.blocks.block_column import BlockColumn
from chatdesk.ui.transcript.blocks.markdown_blocks import answer_blocks, growing_answer
from chatdesk.ui.transcript.blocks.text_formats import TextStyle
from chatdesk.ui.transcript.height_index import NOWHERE
from chatdesk.ui.transcript.page_context import PageContext

if TYPE_CHECKING:
    from chatdesk.rendering.incremental import IncrementalParser


class GrowingColumn(BlockColumn):
    """`feed` while the text grows, `finish` when it is whole, or `show` a whole text at once: the blocks are the same."""

    def __init__(self, page: PageContext, prose: TextStyle) -> None:
        super().__init__(page, prose)
        self._parser: IncrementalParser | None = None
        self._unshown: int | None = None
        """The first block that `read` has changed."""

    def clear(self) -> None:
        """Show nothing, and begin anew with the next text."""
        self._parser = self._unshown = None
        self.replace(0, ())

    def show(self, text: str) -> None:
        """Show a text that is whole."""
        self._parser = self._unshown = None
        self.replace(0, answer_blocks(text))

    def feed(self, text: str) -> int:
        """Add text. Return the y from which the column looks different."""
        self.read(text)
        return self.show_read()

    def read(self, text: str) -> None:
        """Add text that is not shown yet, and looks like nothing until `show_read`, or whatever else is asked to show more."""
        if self._parser is None:
            self._parser = growing_answer()
            self.replace(0, ())
        first = self._parser.feed(text)
        self._unshown = first if self._unshown is None else min(first, self._unshown)

    def show_read(self) -> int:
        """Show what was read. Return the y from which the column looks different; `NOWHERE` if there was nothing."""
        first, self._unshown = self._unshown, None
        return NOWHERE if self._parser is None or first is None else self._take(self._parser, first)

    def finish(self) -> int:
        """End the text. Return the y from which the column looks different."""
        parser, self._parser = self._parser, None
        first, self._unshown = self._unshown, None
        if parser is None:
            return self.height
        last = parser.finish()
        return self._take(parser, last if first is None else min(first, last))

    def _take(self, parser: "IncrementalParser", first: int) -> int:
        return self.replace(first, parser.blocks[first:])
