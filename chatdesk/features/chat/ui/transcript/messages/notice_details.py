"""The details of a notice: the arguments of a tool call or the server's error message.

They may have megabytes: first the beginning is shown, then more on request, laid out only where visible; all of it
can be saved to a file. They are a column of the message, so they can be selected, copied and read by screen readers.
"""

from dataclasses import replace

from chatdesk.features.chat.ui.transcript.blocks.block_column import BlockColumn
from chatdesk.features.chat.ui.transcript.blocks.text.text_formats import TextStyle
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.rendering.markdown.blocks import Block
from chatdesk.rendering.markdown.open_blocks.plain_growth import written_blocks

INITIAL_CHARACTERS = 4_000
"""Characters shown at first."""
CHARACTERS_PER_STEP = 1_000_000
"""Characters added with each press of the button."""


class NoticeDetails:
    """The details of a notice. At first the beginning is shown; `show_more` shows more."""

    def __init__(self, text: str, page: PageContext, width: int) -> None:
        self._text = text
        self.shown = 0
        """The number of characters shown."""
        self.column = BlockColumn(page, TextStyle("caption", "textSecondary"))
        self.column.set_width(width)
        self._show(INITIAL_CHARACTERS)

    @property
    def text(self) -> str:
        """The complete text."""
        return self._text

    @property
    def source(self) -> str:
        """The text that is shown."""
        return self._text[: self.shown]

    @property
    def has_more(self) -> bool:
        """Whether the text is longer than its beginning."""
        return len(self._text) > INITIAL_CHARACTERS

    @property
    def rest(self) -> int:
        """The number of characters not shown."""
        return len(self._text) - self.shown

    def show_more(self) -> None:
        """Show the next chunk."""
        self._show(self.shown + CHARACTERS_PER_STEP)

    def _show(self, count: int) -> None:
        blocks = self.column.blocks
        # The last block may have been cut: create it again.
        first = max(0, len(blocks) - 1)
        start = blocks[first].start if blocks else 0
        self.shown = min(len(self._text), count)
        joint = blocks[first].joint if blocks else None
        new_blocks = [_moved(block, start) for block in written_blocks(self._text[start : self.shown])]
        if new_blocks:
            new_blocks[0] = replace(new_blocks[0], joint=joint)
        self.column.replace(first, new_blocks)


def _moved(block: Block, distance: int) -> Block:
    return replace(block, start=block.start + distance, end=block.end + distance)
