"""What stays where it is while the page changes, and what of a message is shown at a moment: values that `document.py` gives."""

from dataclasses import replace

from chatdesk.features.chat.ui.transcript.text_position import ColumnPosition
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Block

# Where somebody was reading, in a form that outlives the layout: to be kept while another chat is shown, and
# found again.


@dataclass(frozen=True, slots=True)
class ReadingPosition:
    """The line at the top of the view: its place in a message's text, and how far it is scrolled out, in pixels.

    `at_end` says that the end was being followed; it wins over the rest.
    """

    message_id: str
    part: int
    block: int
    offset: int
    distance: int
    at_end: bool

    def scaled(self, factor: float) -> "ReadingPosition":
        """Return the same place on a page that is larger by a factor."""
        return replace(self, distance=round(self.distance * factor))


@dataclass(frozen=True, slots=True)
class Anchor:
    """A line of a message's text, or the message itself, and how far below its top something is; above it, if negative.

    `message` may be the one behind the last: the end of the page.
    """

    message: int
    line: tuple[int, ColumnPosition] | None
    distance: int


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part of a message as it is shown at this moment, whatever becomes of the message. `blocks` are there if it is near the view."""

    part: int
    source: str
    asked: bool
    """Whether the user wrote it."""
    blocks: tuple[Block, ...] | None
