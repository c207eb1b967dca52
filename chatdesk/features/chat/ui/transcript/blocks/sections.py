"""Sections that fold (`details`): which of them are unfolded, the space around them, and the painting of their frames.

The head of a section is its first block, a paragraph in a `Summary`. A section is not a block itself, so the column paints its frame, as
far as its blocks are visible.
"""

from collections.abc import Iterator

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Alert, Block, Container, Details, Quote, is_summary
from chatdesk.ui_kit.style.painting import draw_box
from chatdesk.ui_kit.style.theme import Theme

_BEYOND = 64
"""Pixels by which a frame that extends beyond the visible part is painted beyond it, so that no corner shows."""


class Folding:
    """Which sections of one text are unfolded: as written, as the user chose, or temporarily to show a search hit."""

    def __init__(self) -> None:
        self.unfolds_new = False
        """Whether new sections are unfolded, because they are read while they arrive."""
        self._chosen: dict[int, bool] = {}
        self._revealed: frozenset[int] = frozenset()

    @property
    def has_choices(self) -> bool:
        """Whether a section is not folded or unfolded as written."""
        return bool(self._chosen or self._revealed)

    def is_open(self, section: Details) -> bool:
        """Return whether a section is unfolded."""
        return section.start in self._revealed or self._chosen.get(section.start, section.open)

    def hides(self, block: Block) -> bool:
        """Return whether a block is in a folded section. The head of a section is hidden only by the sections around it."""
        return any(not self.is_open(section) for section in _sections_around(block))

    def toggle(self, section: Details) -> None:
        """Fold or unfold a section."""
        is_open = self.is_open(section)
        self._revealed -= {section.start}
        self._chosen[section.start] = not is_open

    def reveal(self, block: Block | None) -> bool:
        """Unfold the sections that hide a block, until the next call; None folds them again. Return False if nothing changed."""
        before = self._revealed
        hiding = () if block is None else _sections_around(block)
        self._revealed = frozenset(
            section.start for section in hiding if not self._chosen.get(section.start, section.open)
        )
        return self._revealed != before

    def begin(self, block: Block) -> None:
        """Unfold the section whose head has arrived, if new ones are unfolded."""
        if self.unfolds_new and (section := section_of_head(block)) and not section.open:
            self._chosen.setdefault(section.start, True)


def section_of_head(block: Block) -> Details | None:
    """Return the section whose head a block is; None if it is none."""
    if not is_summary(block):
        return None
    section = block.containers[-2]
    return section if isinstance(section, Details) else None


def _sections_around(block: Block) -> Iterator[Details]:
    around = block.containers[:-2] if is_summary(block) else block.containers
    return (item for item in around if isinstance(item, Details))


def head_padding(theme: Theme, role: str) -> int:
    """Return the space above and below the text of a head."""
    return max(0, (theme.length("codeHeader") - theme.line(role)) // 2)


def space_at_end(above: Block, containers: tuple[Container, ...], theme: Theme, role: str) -> int:
    """Return the space inside the frames that end between a block and the next visible one, which has these containers."""
    return sum(space for _, space in _ends(above, containers, theme, role))


def space_beside_bars(block: Block, below: tuple[Container, ...], theme: Theme, role: str) -> int:
    """Return how far the bars of quotes extend below a block: around the sections inside of them that end with it."""
    bars = [depth for depth, item in enumerate(block.containers) if isinstance(item, Quote | Alert)]
    inside = block.containers[bars[-1] :] if bars else ()
    return sum(space for section, space in _ends(block, below, theme, role) if section in inside)


def _ends(above: Block, containers: tuple[Container, ...], theme: Theme, role: str) -> Iterator[tuple[Details, int]]:
    """Yield the sections that end, from the inner to the outer ones, with the space above their lower edge."""
    head = section_of_head(above)
    if head and head in containers:
        yield head, head_padding(theme, role)  # its content follows
    for item in reversed(above.containers):
        if isinstance(item, Details) and item not in containers:
            yield item, head_padding(theme, role) if item is head else theme.length("m")


@dataclass(frozen=True, slots=True)
class SectionPart:
    """The horizontal edges of a section's frame beside one of its blocks."""

    section: Details
    left: int
    right: int


class SectionFrames:
    """Collects the visible blocks of sections from top to bottom, then paints the frames around them."""

    def __init__(self, clip: QRect) -> None:
        self._clip = clip
        self._rects: dict[Details, QRect] = {}

    def add(self, part: SectionPart, top: int | None) -> None:
        """Add a block of a section. `top` is the upper edge of the frame if the block is its head."""
        if part.section not in self._rects:
            y = self._clip.top() - _BEYOND if top is None else top
            bottom = self._clip.bottom() + _BEYOND
            self._rects[part.section] = QRect(part.left, y, part.right - part.left, bottom - y)

    def end(self, above: Block, containers: tuple[Container, ...], y: int, theme: Theme, role: str) -> None:
        """End the sections of the block that ends at `y`, if the next visible block with its containers is outside of them."""
        for section, space in _ends(above, containers, theme, role):
            y += space
            if section not in containers and section in self._rects:
                self._rects[section].setBottom(y - 1)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Paint the frames, outer ones first."""
        for rect in self._rects.values():
            draw_box(painter, QRectF(rect), theme.length("radius.control"), border=theme.color("borderSubtle"))
