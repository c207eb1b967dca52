"""What a notice says beside its sentence, for those who want to know: the arguments of a tool call, what a server wrote with an error.

It may be megabytes long. First its beginning is shown, then as much more as somebody asks for, laid out only where it is in view; all of
it can be saved to a file. A column of the message, so that it can be selected, copied and read out.
"""

from dataclasses import replace

from chatdesk.features.chat.ui.transcript.blocks.block_column import BlockColumn
from chatdesk.features.chat.ui.transcript.blocks.text.text_formats import TextStyle
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.rendering.markdown.blocks import Block
from chatdesk.rendering.markdown.open_blocks.plain_growth import written_blocks

AT_FIRST = 4_000
"""Characters that are shown when it is opened."""
MORE = 1_000_000
"""Characters that come with each press of a button."""


class NoticeDetails:
    """Shows its beginning at first. `show_more` shows more of it."""

    def __init__(self, text: str, page: PageContext, width: int) -> None:
        self._text = text
        self.shown = 0
        """How many characters are shown."""
        self.column = BlockColumn(page, TextStyle("caption", "textSecondary"))
        self.column.set_width(width)
        self._show(AT_FIRST)

    @property
    def text(self) -> str:
        """All of it."""
        return self._text

    @property
    def source(self) -> str:
        """What is shown of it."""
        return self._text[: self.shown]

    @property
    def is_long(self) -> bool:
        """Whether its beginning was not all of it."""
        return len(self._text) > AT_FIRST

    @property
    def rest(self) -> int:
        """How many characters are not shown."""
        return len(self._text) - self.shown

    def show_more(self) -> None:
        """Show the next part."""
        self._show(self.shown + MORE)

    def _show(self, count: int) -> None:
        blocks = self.column.blocks
        # The last block ended where what was shown did: it is made again.
        first = max(0, len(blocks) - 1)
        start = blocks[first].start if blocks else 0
        self.shown = min(len(self._text), count)
        joint = blocks[first].joint if blocks else None
        made = [_moved(block, start) for block in written_blocks(self._text[start : self.shown])]
        if made:
            made[0] = replace(made[0], joint=joint)
        self.column.replace(first, made)


def _moved(block: Block, distance: int) -> Block:
    return replace(block, start=block.start + distance, end=block.end + distance)
