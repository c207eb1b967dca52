"""A column whose text arrives in pieces: the markdown parser and the blocks it feeds, so that only what changed is laid out again."""

from typing import TYPE_CHECKING

from chatdesk.ui.transcript.blocks.block_column import BlockColumn
from chatdesk.ui.transcript.blocks.markdown_blocks import answer_blocks, growing_answer
from chatdesk.ui.transcript.blocks.text_formats import TextStyle
from chatdesk.ui.transcript.page_context import PageContext

if TYPE_CHECKING:
    from chatdesk.rendering.incremental import IncrementalParser


class GrowingColumn(BlockColumn):
    """`feed` while the text grows, `finish` when it is whole, or `show` a whole text at once: the blocks are the same."""

    def __init__(self, page: PageContext, prose: TextStyle) -> None:
        super().__init__(page, prose)
        self._parser: IncrementalParser | None = None

    def clear(self) -> None:
        """Show nothing, and begin anew with the next text."""
        self._parser = None
        self.replace(0, ())

    def show(self, text: str) -> None:
        """Show a text that is whole."""
        self._parser = None
        self.replace(0, answer_blocks(text))

    def feed(self, text: str) -> int:
        """Add text. Return the y from which the column looks different."""
        if self._parser is None:
            self._parser = growing_answer()
            self.replace(0, ())
        return self._take(self._parser, self._parser.feed(text))

    def finish(self) -> int:
        """End the text. Return the y from which the column looks different."""
        parser, self._parser = self._parser, None
        return self._take(parser, parser.finish()) if parser else self.height

    def _take(self, parser: "IncrementalParser", first: int) -> int:
        return self.replace(first, parser.blocks[first:])
