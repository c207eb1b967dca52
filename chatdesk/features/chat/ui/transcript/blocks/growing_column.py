"""A column whose text arrives in chunks: feeds the Markdown parser and replaces only the blocks that changed.

Long texts are parsed in steps: call `parse_more` while `is_parsing` is true. Of extremely long texts only the beginning is
shown; `show_more` shows more.
"""

from array import array
from collections.abc import Callable
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
from chatdesk.kernel.documents.citations import unfinished_citation
from chatdesk.rendering.markdown.blocks import Block
from chatdesk.ui_kit.lists.height_index import NOWHERE

if TYPE_CHECKING:
    from chatdesk.rendering.markdown.bounded_parser import BoundedParser
    from chatdesk.rendering.markdown.citations import Cite


_MAX_LINES_AT_ONCE = 1_000
"""The maximum number of lines parsed at once: each may be a block."""


class GrowingColumn(BlockColumn):
    """A growing column.

    Call `feed` while the text grows and `finish` at its end, or `show` for a complete text; the blocks are the same.

    `is_question` is whether it is a question of the user. `cite` returns what makes the citations of the text, when it begins.
    """

    def __init__(
        self,
        page: PageContext,
        prose: TextStyle,
        *,
        is_question: bool = False,
        cite: "Callable[[], Cite | None]" = lambda: None,
    ) -> None:
        super().__init__(page, prose)
        self._is_question = is_question
        self._cite_of_text = cite
        self._cite: Cite | None = None
        self._held = ""
        """The end of the text that may be the beginning of a citation: it is shown when that is known."""
        self._parser: BoundedParser | None = None
        self._first_unshown: int | None = None
        """The first block changed by `read` that is not shown yet."""
        self._known_heights: array[int] | None = None
        """The block heights from when all of the text was parsed, for parsing it again."""

    @property
    def is_parsing(self) -> bool:
        """Whether some text has not been parsed yet."""
        return self._parser is not None and self._parser.is_parsing

    @property
    def hidden(self) -> int:
        """The number of characters not shown because of the limit."""
        return self._parser.hidden if self._parser else 0

    @property
    def height(self) -> int:
        """See `BlockColumn`. Text that has not been parsed is assumed to be as high as the rest in proportion."""
        read = super().height
        if self._parser is None or not self._parser.is_parsing:
            return read
        if self._known_heights:
            return read + sum(self._known_heights[len(self.blocks) :])
        return read + read * self._parser.waiting // max(1, self._parser.read)

    @property
    def has_citations(self) -> bool:
        """Whether the text may have citations."""
        return self._cite is not None

    def clear(self) -> None:
        """Clear the column for a new text."""
        self._parser = self._first_unshown = self._known_heights = None
        self._held = ""
        self.replace(0, ())

    def show(self, text: str) -> None:
        """Show a complete text."""
        if len(text) > AT_ONCE or text.count("\n") > _MAX_LINES_AT_ONCE:
            self.clear()
            self.feed(text)
            self.finish()
        else:
            self._parser = self._first_unshown = self._known_heights = None
            self._held, self._cite = "", self._cite_of_text()
            self.replace(0, question_blocks(text) if self._is_question else answer_blocks(text, self._cite))

    def feed(self, text: str) -> int:
        """Add text and show it. Return the y from which the column has changed."""
        self.read(text)
        return self.show_parsed()

    def read(self, text: str) -> None:
        """Parse text without showing it until `show_parsed` or another method does."""
        if self._parser is None:
            self._cite = self._cite_of_text()
            self._parser = growing_question() if self._is_question else growing_answer(self._cite)
        if self._cite:
            text = self._held + text
            known = unfinished_citation(text)
            text, self._held = text[:known], text[known:]
        was_parsing = self._parser.is_parsing
        self._parser.add(text)
        if not was_parsing:  # otherwise it must wait for the text before it
            self._record_change(self._parser.parse_more(AT_ONCE))

    def parse_more(self) -> int:
        """Parse the next chunk of a long text and show it. Return the y from which the column has changed."""
        if self._parser is not None:
            self._record_change(self._parser.parse_more())
        return self._show_parsed()

    def show_parsed(self) -> int:
        """Show the parsed text. Return the y from which the column has changed; `NOWHERE` for no change."""
        first, self._first_unshown = self._first_unshown, None
        if self._parser is None or first is None:
            return NOWHERE
        return self.replace(first, self._parser.blocks[first:])

    def show_more(self) -> None:
        """Allow more of the hidden text, which is parsed in steps."""
        if self._parser is not None:
            self._parser.allow_more()

    def finish(self) -> int:
        """Finish the text. Return the y from which the column has changed."""
        if self._parser is None:
            return self.height
        self._parser.add(self._held)
        self._held = ""
        self._parser.end()
        if not self._parser.waiting:
            self._record_change(self._parser.parse_more())
        return self._show_parsed()

    def set_block_heights(self, heights: "array[int]") -> None:
        """See `BlockColumn`. The heights are also used for blocks that have not been parsed yet."""
        if self.is_parsing:
            self._known_heights = array("i", heights)
            heights = heights[: len(self.blocks)]
        super().set_block_heights(heights)

    def _show_parsed(self) -> int:
        """Show the parsed text, and release the parser when it is done."""
        y = self.show_parsed()
        if self._parser is not None and self._parser.done:
            self._parser = self._known_heights = None
        return y

    def _record_change(self, first: int) -> None:
        self._first_unshown = first if self._first_unshown is None else min(first, self._first_unshown)

    def _estimate(self, index: int, block: Block) -> int:
        known = self._known_heights
        return known[index] if known is not None and index < len(known) else super()._estimate(index, block)

    def _reset_heights(self) -> None:
        self._known_heights = None
        super()._reset_heights()
