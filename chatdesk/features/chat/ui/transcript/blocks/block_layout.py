"""What every laid-out block can do, whatever kind it is. Coordinates are the block's own, in pixels from its top left corner.

Offsets are positions in the text that `block_text.py` gives for the block, as Qt counts them (see `utf16.py`).
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QPainter

from chatdesk.features.chat.ui.transcript.blocks.find_marks import Marks
from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import Link
from chatdesk.features.chat.ui.transcript.controls import Control
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Block


@dataclass(frozen=True, slots=True)
class BlockPaint:
    """How a block is painted this time.

    `clip` is what needs painting, and `visible_top` where the view begins: a header may stay there while its block is in view.
    """

    clip: QRect
    visible_top: int
    selected: tuple[int, int] | None = None
    marks: Marks | None = None


class BlockLayout(ABC):
    """A block laid out. `lay_out` comes before everything else."""

    height: int = 0

    @property
    def natural_width(self) -> int:
        """How much of its width it needs. Most take all there is."""
        return 1 << 16

    @property
    def outdated(self) -> bool:
        """Whether what it had to do without has come: it is to be made again."""
        return False

    @abstractmethod
    def lay_out(self, width: int) -> None:
        """Lay out for a width and set `height`."""

    @abstractmethod
    def grow(self, block: Block) -> int | None:
        """Become a later version of the same block and return the y from which it looks different; None if it cannot be one."""

    @abstractmethod
    def paint(self, painter: QPainter, look: BlockPaint) -> None:
        """Paint, with the painter's origin at the top left corner."""

    def offset_at(self, x: float, y: float) -> int:  # noqa: ARG002
        """Return the offset nearest to a point."""
        return 0

    def line_rect(self, offset: int) -> QRect:  # noqa: ARG002
        """Return the rectangle of the line that an offset is in."""
        return QRect(0, 0, 0, self.height)

    def cursor_rect(self, offset: int) -> QRect:
        """Return where a text cursor stands at an offset, one pixel wide."""
        line = self.line_rect(offset)
        return QRect(line.left(), line.top(), 1, line.height())

    def end_of_text(self) -> QPointF | None:
        """Return the top of the place where the next character would come; None where there is no such place."""
        return None

    def link_at(self, x: float, y: float) -> Link | None:  # noqa: ARG002
        """Return the link at a point."""
        return None

    def tooltip_at(self, x: float, y: float) -> str:  # noqa: ARG002
        """Return what more there is to tell of a point."""
        return ""

    def links(self) -> tuple[Link, ...]:
        """Return all links in their order."""
        return ()

    def controls(self, visible_top: int, within: tuple[int, int]) -> Sequence[Control]:  # noqa: ARG002
        """Return what can be pressed between two heights; more does no harm."""
        return ()

    def shows_picture(self, source: str) -> bool:  # noqa: ARG002
        """Say whether what is known of a picture changes how the block is laid out."""
        return False

    def header_is_stuck(self, visible_top: int) -> bool:  # noqa: ARG002
        """Say whether a header stands at the top of the view, away from its own place, while the block moves below it."""
        return False

    def scroll_sideways(self, x: float, y: float, distance: int) -> bool:  # noqa: ARG002
        """Scroll what is under a point sideways; False if nothing there can be."""
        return False

    def bring_sideways(self, start: int, end: int) -> bool:  # noqa: ARG002
        """Scroll sideways so that the text between two offsets is in sight; False if nothing moved."""
        return False

    def drag_at(self, x: float, y: float) -> float | None:  # noqa: ARG002
        """Return how many pixels to scroll sideways for each pixel of a drag that begins at a point; None if it drags nothing."""
        return None
