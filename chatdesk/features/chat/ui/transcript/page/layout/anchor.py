"""Values for positions that survive layout changes, and for message parts as they are shown."""

from dataclasses import replace
from typing import TYPE_CHECKING

from chatdesk.features.chat.ui.transcript.text_position import ColumnPosition
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Block

if TYPE_CHECKING:
    from chatdesk.rendering.markdown.citations import Cite


@dataclass(frozen=True, slots=True)
class ReadingPosition:
    """A reading position that survives a new layout, for example while another chat is shown.

    It is a text position with the distance in px by which its line is scrolled above the view's top. `at_end` means
    that the end was being followed and takes precedence.
    """

    message_id: str
    part: int
    block: int
    offset: int
    distance: int
    at_end: bool

    def scaled(self, factor: float) -> "ReadingPosition":
        """Return the same position on a page scaled by a factor."""
        return replace(self, distance=round(self.distance * factor))


@dataclass(frozen=True, slots=True)
class Anchor:
    """A line of a message's text, or the message itself, and a distance below its top; negative for above.

    `message` may be the index after the last one, for the end of the page.
    """

    message: int
    line: tuple[int, ColumnPosition] | None
    distance: int


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part of a message as it is shown at this moment; unaffected by later changes.

    `blocks` are set if it is near the view.
    """

    part: int
    source: str
    is_question: bool
    """Whether it is a question of the user."""
    blocks: tuple[Block, ...] | None
    cite: "Cite | None" = None
    """What makes its citations."""
