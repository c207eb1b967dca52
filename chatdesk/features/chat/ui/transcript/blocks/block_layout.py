"""The interface of laid-out blocks of all kinds. Coordinates are pixels relative to the top left corner.

Offsets are UTF-16 positions in the text that `block_text.py` returns for the block (see `utf16.py`).
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter

from chatdesk.features.chat.ui.transcript.blocks.find_marks import Marks
from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import Link
from chatdesk.features.chat.ui.transcript.controls import Control
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Block


@dataclass(frozen=True, slots=True)
class BlockPaint:
    """The parameters for painting a block.

    `clip` is the area to paint; `visible_top` is the top of the view, where a header sticks while its block is
    visible.
    """

    clip: QRect
    visible_top: int
    selected: tuple[int, int] | None = None
    marks: Marks | None = None


class BlockLayout(ABC):
    """A laid-out block. `lay_out` must be called first."""

    height: int = 0

    @property
    def natural_width(self) -> int:
        """The width actually needed. Most blocks use all of their width."""
        return 1 << 16

    @property
    def outdated(self) -> bool:
        """Whether something it is missing has arrived: it must be created again."""
        return False

    @abstractmethod
    def lay_out(self, width: int) -> None:
        """Lay out for a width and set `height`."""

    @abstractmethod
    def grow(self, block: Block) -> int | None:
        """Change to a later version of the block and return the y of the first change; None if that is not possible."""

    @abstractmethod
    def paint(self, painter: QPainter, context: BlockPaint) -> None:
        """Paint with the painter's origin at the top left corner."""

    def offset_at(self, x: float, y: float) -> int:  # noqa: ARG002
        """Return the offset nearest to a point."""
        return 0

    def line_rect(self, offset: int) -> QRect:  # noqa: ARG002
        """Return the rectangle of the line that contains an offset."""
        return QRect(0, 0, 0, self.height)

    def cursor_rect(self, offset: int) -> QRect:
        """Return the rectangle of the text cursor at an offset, one pixel wide."""
        line = self.line_rect(offset)
        return QRect(line.left(), line.top(), 1, line.height())

    def end_of_text(self) -> QPointF | None:
        """Return the top of the next character's position; None if there is none."""
        return None

    def link_at(self, x: float, y: float) -> Link | None:  # noqa: ARG002
        """Return the link at a point."""
        return None

    def tooltip_at(self, x: float, y: float) -> str:  # noqa: ARG002
        """Return the tooltip at a point."""
        return ""

    def links(self) -> tuple[Link, ...]:
        """Return all links in order."""
        return ()

    def rects_of(self, start: int, end: int) -> Iterable[QRectF]:  # noqa: ARG002
        """Return the rectangles of the text between two offsets, line by line."""
        return ()

    def controls(self, visible_top: int, within: tuple[int, int]) -> Sequence[Control]:  # noqa: ARG002
        """Return the controls between two y values; others may be included."""
        return ()

    def shows_picture(self, source: str) -> bool:  # noqa: ARG002
        """Return whether the state of a picture affects the layout."""
        return False

    def is_header_sticky(self, visible_top: int) -> bool:  # noqa: ARG002
        """Return whether a header sticks to the top of the view while the block scrolls below it."""
        return False

    def scroll_horizontally(self, x: float, y: float, distance: int) -> bool:  # noqa: ARG002
        """Scroll the content at a point horizontally. Return False if it cannot be scrolled."""
        return False

    def scroll_into_view(self, start: int, end: int) -> bool:  # noqa: ARG002
        """Scroll horizontally so that the text between two offsets is visible. Return False if nothing moved."""
        return False

    def drag_at(self, x: float, y: float) -> float | None:  # noqa: ARG002
        """Return the ratio of horizontal scrolling to dragging for a drag at a point; None if nothing can be dragged."""
        return None
