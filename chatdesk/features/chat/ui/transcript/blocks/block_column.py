"""A column of blocks: an answer, a reasoning or a question.

Only requested blocks are laid out; others have estimated heights.

Coordinates are relative to the column, which does not know its position on the screen.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from math import ceil
from typing import assert_never

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter

from chatdesk.features.chat.ui.transcript.blocks.block_frame import BlockFrame, space_above
from chatdesk.features.chat.ui.transcript.blocks.block_layout import BlockLayout, BlockPaint
from chatdesk.features.chat.ui.transcript.blocks.block_text import links_in, pictures_alone, span_text, text_of
from chatdesk.features.chat.ui.transcript.blocks.code.code_layout import CodeLayout, height_of_lines
from chatdesk.features.chat.ui.transcript.blocks.code.code_preview import can_preview
from chatdesk.features.chat.ui.transcript.blocks.code.diagram_layout import DiagramLayout
from chatdesk.features.chat.ui.transcript.blocks.find_marks import Marks
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_layout import FormulaLayout
from chatdesk.features.chat.ui.transcript.blocks.pictures.inline_pictures import citation_outline
from chatdesk.features.chat.ui.transcript.blocks.pictures.picture_layout import PictureLayout, estimated_picture_height
from chatdesk.features.chat.ui.transcript.blocks.sections import (
    Folding,
    SectionFrames,
    section_of_head,
    space_at_end,
    space_beside_bars,
)
from chatdesk.features.chat.ui.transcript.blocks.table_layout import TableLayout
from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import Link
from chatdesk.features.chat.ui.transcript.blocks.text.text_formats import TextStyle
from chatdesk.features.chat.ui.transcript.blocks.text.text_layout import TextLayout, text_style
from chatdesk.features.chat.ui.transcript.citations import cited_by
from chatdesk.features.chat.ui.transcript.code_options import CodeOptions
from chatdesk.features.chat.ui.transcript.controls import Command, Control, ControlStyle, Verb
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.features.chat.ui.transcript.text_position import ColumnPosition, ColumnSelection
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Block, Code, Formula, Heading, Paragraph, Rule, Table, is_empty_summary
from chatdesk.rendering.markdown.open_blocks.fence_info import fence_language
from chatdesk.ui_kit.lists.height_index import NOWHERE, HeightIndex
from chatdesk.ui_kit.style.theme import Theme

# The estimated height of a block from its text alone. Cheap: used for thousands of blocks that are never
# visible.

_CHARACTER = 0.52
"""The average character width relative to the font size; Chinese characters are twice as wide."""


def estimated_height(block: Block, theme: Theme, prose: TextStyle, width: int) -> int:
    """Return the estimated height in pixels, without the gap above."""
    match block:
        case Paragraph() | Heading():
            text = "".join(map(span_text, block.spans))
            return estimated_text_height(text, theme, text_style(block, prose).role, width)
        case Code():
            return height_of_lines(block.text.removesuffix("\n").count("\n") + 1, theme)
        case Table():
            return (len(block.rows) + 1) * theme.length("rowTable") + 1
        case Rule():
            return max(1, theme.length("stroke.border"))
        case Formula():
            return estimated_text_height(block.source, theme, prose.role, width)


def character_width(theme: Theme, role: str) -> float:
    """Return the average character width in px."""
    return theme.font(role).pixelSize() * _CHARACTER


def average_character_cells(text: str) -> float:
    """Return the average character width of a text in cells, 1 to 2.

    Chinese characters have three bytes in UTF-8 and are two cells wide.
    """
    return (len(text.encode("utf-8", "surrogatepass")) + len(text)) / (2 * len(text))


def estimated_text_height(text: str, theme: Theme, role: str, width: int) -> int:
    """Return the estimated height of a text wrapped at a width."""
    cells = len(text) if text.isascii() else len(text) * average_character_cells(text)
    per_line = max(1.0, width / character_width(theme, role))
    return (ceil(cells / per_line) + text.count("\n") or 1) * theme.line(role)


# The factory of block layouts, the only module that knows all kinds.


class RuleLayout(BlockLayout):
    """A horizontal rule, as high as its stroke; the space around it is the gap between blocks."""

    def __init__(self, theme: Theme) -> None:
        self._color = theme.color("borderDefault")
        self._width = 0
        self.height = max(1, theme.length("stroke.border"))

    def lay_out(self, width: int) -> None:
        """See `BlockLayout`."""
        self._width = width

    def grow(self, block: Block) -> int | None:
        """See `BlockLayout`."""
        return self.height if isinstance(block, Rule) else None

    def paint(self, painter: QPainter, context: BlockPaint) -> None:  # noqa: ARG002
        painter.fillRect(QRect(0, 0, self._width, self.height), self._color)


def new_layout(
    block: Block, page: PageContext, prose: TextStyle, code: CodeOptions, can_preview: Callable[[], bool]
) -> BlockLayout:
    """Return the layout of a block, before `lay_out`.

    `prose` is the style of surrounding text; `code` and `can_preview` are for code.
    """
    match block:
        case Paragraph() if pictures_alone(block):
            return PictureLayout(block, page)
        case Paragraph() | Heading():
            return TextLayout(block, page, prose)
        case Code():
            diagram = page.diagrams.diagram(fence_language(block.info), block.text) if block.closed else None
            if diagram:
                return DiagramLayout(block, page, code, diagram, can_preview)
            return CodeLayout(block, page, code, can_preview)
        case Table():
            return TableLayout(block, page.theme, prose, page.formulas, page.pictures, page.citations)
        case Rule():
            return RuleLayout(page.theme)
        case Formula():
            return FormulaLayout(block, page, prose)
        case _:
            assert_never(block)


_MAX_ESTIMATED = 512
_SAMPLE_SIZE = 64
"""With more blocks than `_MAX_ESTIMATED`, only this many are estimated again when the appearance changes."""
_NO_MARKS: Mapping[int, Marks] = {}


@dataclass(slots=True)
class _Leaf:
    frame: BlockFrame
    layout: BlockLayout
    outdated: bool = False
    """Whether formulas it is missing have arrived: it must be created again."""

    @property
    def height(self) -> int:
        return self.frame.gap + self.layout.height


class BlockColumn:
    """A column of blocks. Set a width and blocks, then call `lay_out` for the visible part."""

    def __init__(self, page: PageContext, prose: TextStyle) -> None:
        self._page = page
        self._prose = prose
        self._width = 0
        self._blocks: list[Block] = []
        self.blocks: Sequence[Block] = self._blocks
        """The blocks of the column. Read only."""
        self._heights = HeightIndex()
        self._leaves: dict[int, _Leaf] = {}
        """The blocks that are laid out, by index."""
        self.awaits_layout = False
        """Whether blocks have been added or replaced since the last `lay_out`."""
        self._space_below: int | None = None
        """The space below the last block inside of the sections that end with it; None until it is needed."""
        self.folding = Folding()
        """Which sections are unfolded."""
        self._code: dict[int, CodeOptions] = {}
        """The options of code blocks changed by the user, by the block's start in the source."""

    @property
    def height(self) -> int:
        """The height of all blocks, estimated for those that are not laid out."""
        if self._space_below is None:
            last = self._visible_above(len(self._blocks))
            self._space_below = space_at_end(last, (), self._page.theme, self._prose.role) if last else 0
        return self._heights.total + self._space_below

    @property
    def width(self) -> int:
        """The width of the layout."""
        return self._width

    @property
    def natural_width(self) -> int:
        """The width of the widest block that is laid out."""
        return max((leaf.frame.sides + leaf.layout.natural_width for leaf in self._leaves.values()), default=0)

    def set_page(self, page: PageContext) -> None:
        """Apply a new theme or language. Nothing is parsed again."""
        self._page = page
        self._reset_heights()

    def set_width(self, width: int) -> None:
        """Apply a new width."""
        if width != self._width:
            self._width = width
            self._reset_heights()

    def replace(self, first: int, blocks: Sequence[Block]) -> int:
        """Replace all blocks from index `first` on. Return the y from which the column has changed."""
        grown = self._grow(first, blocks[0]) if blocks else None
        kept = first + (grown is not None)
        y = self._heights.top(first) if grown is None else grown
        if grown is not None:
            self._blocks[first] = blocks[0]
            self._heights[first] = self._leaves[first].height
        if kept == len(self._blocks) == first + len(blocks):
            return y  # by far the most frequent case: the last block has grown
        self.awaits_layout = True
        self._space_below = None
        del self._blocks[kept:]
        self._heights.truncate(kept)
        for index in [index for index in reversed(self._leaves) if index >= kept]:
            del self._leaves[index]
        for block in blocks[kept - first :]:
            self.folding.begin(block)
            self._heights.append(self._estimate(len(self._blocks), block))
            self._blocks.append(block)
        return y

    def lay_out(self, top: int, bottom: int) -> int:
        """Lay out what is between two y values. Return the y from which heights changed; `NOWHERE` for no change."""
        changed = NOWHERE
        index = self._heights.at(max(0, top))
        y = self._heights.top(index) if index >= 0 else 0
        while 0 <= index < len(self._blocks) and y < bottom:
            existing = self._leaves.get(index)
            if (existing is None or existing.outdated) and not self.is_hidden(index):
                leaf = self._create(index)
                if existing or leaf.height != self._heights[index]:
                    self._heights[index] = leaf.height
                    changed = min(changed, y)
            y += self._heights[index]
            index += 1
        self.awaits_layout = False
        return changed

    def lay_out_all(self) -> None:
        """Lay out everything: only for short content."""
        while self.lay_out(0, self.height) != NOWHERE:
            pass

    def release(self, top: int, bottom: int) -> None:
        """Discard the layouts outside two y values, keeping the heights."""
        for index in list(self._leaves):
            if self._heights.top(index + 1) < top or self._heights.top(index) > bottom:
                del self._leaves[index]

    @property
    def has_choices(self) -> bool:
        """Whether the user has changed the options of a block, or folded or unfolded a section."""
        return bool(self._code) or self.folding.has_choices

    def is_hidden(self, index: int) -> bool:
        """Return whether a block is in a folded section."""
        return self._heights[index] == 0 and self.folding.hides(self._blocks[index])

    def toggle_section(self, index: int) -> None:
        """Fold or unfold the section whose head is the block at `index`."""
        if section := section_of_head(self._blocks[index]):
            self.folding.toggle(section)
            self._refold(index)

    def reveal(self, index: int | None) -> bool:
        """Unfold the sections that hide a block, until the next call; None folds them again. Return False if nothing changed."""
        block = self._blocks[index] if index is not None and index < len(self._blocks) else None
        changed = self.folding.reveal(block)
        if changed:
            self._refold(0)
        return changed

    def _refold(self, first: int) -> None:
        """Update the heights of the blocks that have been hidden or shown, and of those below them, from an index on."""
        self._space_below = None
        was_hidden = False
        for index in range(first, len(self._blocks)):
            hidden = self.folding.hides(self._blocks[index])
            changed = hidden is not (self._heights[index] == 0)
            if changed or was_hidden or index == first:
                self._leaves.pop(index, None)
                self._heights[index] = self._estimate(index, self._blocks[index])
            was_hidden = changed or (was_hidden and hidden)

    def block_heights(self) -> "array[int]":
        """Return the known or estimated height of each block."""
        return array("i", self._heights)

    def set_block_heights(self, heights: "array[int]") -> None:
        """Set the heights of blocks that are not laid out, measured before at the same width."""
        if len(heights) == len(self._blocks):
            for index in self._leaves:
                heights[index] = self._heights[index]
            self._heights = HeightIndex(heights)

    def paint(
        self,
        painter: QPainter,
        context: BlockPaint,
        selected: ColumnSelection | None,
        marks: Mapping[int, Marks] = _NO_MARKS,
    ) -> None:
        """Paint the blocks in the clip that are laid out, with the painter's origin at the top left corner."""
        self._section_frames(context.clip).paint(painter, self._page.theme)
        for index, leaf, y in self._leaves_in(context.clip.top(), context.clip.bottom()):
            left, top = leaf.frame.left, y + leaf.frame.gap
            painter.save()
            painter.translate(0, y)
            leaf.frame.paint(painter, leaf.layout.height + self._space_beside_bars(index, leaf))
            painter.translate(left, leaf.frame.gap)
            inside = BlockPaint(
                context.clip.translated(-left, -top),
                context.visible_top - top,
                selected.within(index) if selected else None,
                marks.get(index),
            )
            leaf.layout.paint(painter, inside)
            painter.restore()
            self._page.counters.blocks_painted += 1

    def _space_beside_bars(self, index: int, leaf: _Leaf) -> int:
        if not leaf.frame.sections:
            return 0
        below = self._visible_below(index)
        containers = below.containers if below else ()
        return space_beside_bars(self._blocks[index], containers, self._page.theme, self._prose.role)

    def _section_frames(self, clip: QRect) -> SectionFrames:
        """Return the frames of the visible sections."""
        frames = SectionFrames(clip)
        for index, leaf, y in self._leaves_in(clip.top(), clip.bottom()):
            block, parts = self._blocks[index], leaf.frame.sections
            for part in parts:
                is_head = part is parts[-1] and section_of_head(block) is not None
                frames.add(part, y + leaf.frame.head_top if is_head else None)
            if parts:
                below = self._visible_below(index)
                containers = below.containers if below else ()
                frames.end(block, containers, y + leaf.height, self._page.theme, self._prose.role)
        return frames

    def position_at(self, x: float, y: float) -> ColumnPosition:
        """Return the position nearest to a point, whose block must be laid out."""
        index = self._heights.at(int(y))
        leaf = self._leaves.get(index)
        if leaf is None:
            return ColumnPosition(max(0, index), 0)
        return ColumnPosition(index, leaf.layout.offset_at(x - leaf.frame.left, y - self._origin(index).y()))

    def line_rect(self, position: ColumnPosition) -> QRect:
        """Return the rectangle of the line at a position; of a block that is not laid out, the whole block."""
        leaf = self._leaves.get(position.block)
        if leaf is None:
            top = self._heights.top(min(position.block, len(self._blocks)))
            height = self._heights[position.block] if position.block < len(self._blocks) else 0
            return QRect(0, top, self._width, height)
        return leaf.layout.line_rect(position.offset).translated(self._origin(position.block))

    def cursor_rect(self, position: ColumnPosition) -> QRect:
        """Return the rectangle of the text cursor at a position, one pixel wide; at the top of a block that is not laid out."""
        leaf = self._leaves.get(position.block)
        if leaf is None:
            rect = self.line_rect(position)
            return QRect(0, rect.top(), 1, self._page.theme.line(self._prose.role))
        return leaf.layout.cursor_rect(position.offset).translated(self._origin(position.block))

    def end_of_text(self) -> QPoint | None:
        """Return the top of the next character's position, if the last block is laid out and has one."""
        last = len(self._blocks) - 1
        leaf = self._leaves.get(last)
        end = leaf.layout.end_of_text() if leaf else None
        return end.toPoint() + self._origin(last) if end else None

    def link_at(self, x: float, y: float) -> Link | None:
        """Return the link at a point."""
        found = self._layout_at(y)
        if not found:
            return None
        index = self._heights.at(int(y))
        beside = self._leaves[index].frame.link_at(x, y - self._heights.top(index))
        return beside or found[1].link_at(x - found[0].x(), y - found[0].y())

    def tooltip_at(self, x: float, y: float) -> str:
        """Return the tooltip at a point."""
        found = self._layout_at(y)
        return found[1].tooltip_at(x - found[0].x(), y - found[0].y()) if found else ""

    def links(self) -> tuple[Link, ...]:
        """Return the links of the blocks that are laid out, in order."""
        return tuple(link for index in sorted(self._leaves) for link in self._leaves[index].layout.links())

    def controls(self, part: int, within: tuple[int, int], seen_from: int) -> Iterator[Control]:
        """Yield the controls of the blocks between two y values, while the column is visible from `seen_from` on."""
        for index, leaf, top in self._leaves_in(*within):
            y = top + leaf.frame.gap
            if head := leaf.frame.head_rect(leaf.layout.height):
                yield self._fold_control(index, head.translated(0, top)).at_block(part, index)
            for control in leaf.layout.controls(seen_from - y, (within[0] - y, within[1] - y)):
                yield control.at_block(part, index).moved(leaf.frame.left, y)

    def link_controls(self, part: int, within: tuple[int, int]) -> Iterator[Control]:
        """Yield controls for the links between two y values. Only the keyboard needs them: the mouse finds links by itself."""
        for index, leaf, top in self._leaves_in(*within):
            origin = QPoint(leaf.frame.left, top + leaf.frame.gap)
            for number, link in enumerate(links_in(self._blocks[index])):
                rect = next(iter(leaf.layout.rects_of(link.start, link.end)), None)
                if rect is not None:
                    outline = citation_outline(rect, self._page.theme) if cited_by(link.target) else rect
                    area = outline.toAlignedRect().translated(origin)
                    command = Command(Verb.FOLLOW_LINK, str(number), part, index)
                    if within[0] <= area.bottom() and area.top() <= within[1]:
                        yield Control(command, area, link.text, style=ControlStyle.AREA)

    def _fold_control(self, index: int, rect: QRect) -> Control:
        section = section_of_head(self._blocks[index])
        unfolded = section is not None and self.folding.is_open(section)
        name = self._page.texts.fold_section(text_of(self._blocks[index]), unfolded=unfolded)
        return Control(Command(Verb.FOLD_SECTION), rect, name, style=ControlStyle.HEAD, on=unfolded)

    def scroll_horizontally(self, x: float, y: float, distance: int) -> bool:
        """Scroll the block at a point horizontally. Return False if it cannot be scrolled."""
        found = self._layout_at(y)
        return found is not None and found[1].scroll_horizontally(x - found[0].x(), y - found[0].y(), distance)

    def scroll_into_view(self, block: int, start: int, end: int) -> bool:
        """Scroll a block horizontally so that the text between two offsets is visible. Return False if nothing moved."""
        leaf = self._leaves.get(block)
        return leaf is not None and leaf.layout.scroll_into_view(start, end)

    def drag_at(self, x: float, y: float) -> float | None:
        """Return the ratio of horizontal scrolling to dragging for a drag at a point; None if nothing can be dragged."""
        found = self._layout_at(y)
        return found[1].drag_at(x - found[0].x(), y - found[0].y()) if found else None

    def code_options(self, index: int) -> CodeOptions:
        """Return the options of a code block."""
        return self._code.get(self._blocks[index].start, self._page.code)

    def set_code_options(self, index: int, options: CodeOptions) -> None:
        """Set the options of a code block."""
        self._code[self._blocks[index].start] = options
        self._leaves.pop(index, None)

    def scroll_block_horizontally(self, index: int, distance: int) -> bool:
        """Scroll a block horizontally. Return False if it cannot be scrolled or is not laid out."""
        leaf = self._leaves.get(index)
        return leaf is not None and leaf.layout.scroll_horizontally(0, 0, distance)

    def code_at(self, y: float) -> int | None:
        """Return the index of the code block at this y; None if there is none."""
        index = self._heights.at(int(y))
        inside = 0 <= y < self.height and index >= 0 and y >= self._heights.top(index) + self._gap(index)
        return index if inside and isinstance(self._blocks[index], Code) else None

    def sticky_header(self, y: float) -> int | None:
        """Return the index of the block whose header sticks to the top of a view that starts at this y."""
        found = self._layout_at(y)
        return self._heights.at(int(y)) if found and found[1].is_header_sticky(int(y) - found[0].y()) else None

    def picture_changed(self, source: str) -> bool:
        """Discard the layouts that show a picture. Return False if there are none."""
        found = [index for index, leaf in self._leaves.items() if leaf.layout.shows_picture(source)]
        for index in found:
            del self._leaves[index]
        return bool(found)

    def mark_outdated_formulas(self) -> None:
        """Mark the layouts that waited for formulas, to be created again by the next `lay_out`."""
        for leaf in self._leaves.values():
            leaf.outdated = leaf.layout.outdated

    def _grow(self, first: int, block: Block) -> int | None:
        """Extend a block that is laid out to its new version.

        Return the y of the change, or None if that is not possible.
        """
        leaf = self._leaves.get(first)
        if leaf is None or leaf.outdated or block.containers != self._blocks[first].containers:
            return None
        if is_empty_summary(self._blocks[first]):
            return None  # its frame has a title of its own
        y = leaf.layout.grow(block)
        if y is None:
            return None
        self._page.counters.blocks_laid_out += 1
        return self._heights.top(first) + leaf.frame.gap + y

    def _create(self, index: int) -> _Leaf:
        block = self._blocks[index]
        above = self._visible_above(index)
        section = section_of_head(block)
        # Evaluated for each query: a page may be added below its styles and scripts.
        previews = partial(can_preview, block, self._blocks, self._page.previewed)
        layout = new_layout(block, self._page, self._prose, self.code_options(index), previews)
        mirrored = isinstance(layout, TextLayout) and layout.from_right
        unfolded = section is None or self.folding.is_open(section)
        frame = BlockFrame(
            block, above, self._page.theme, self._prose.role, self._width, mirrored=mirrored, unfolded=unfolded
        )
        layout.lay_out(frame.inner_width)
        leaf = self._leaves[index] = _Leaf(frame, layout)
        self._page.counters.blocks_laid_out += 1
        return leaf

    def _visible_above(self, index: int) -> Block | None:
        """Return the nearest block above an index that is not hidden."""
        top = self._heights.top(index)
        return self._blocks[self._heights.at(top - 1)] if top > 0 else None

    def _visible_below(self, index: int) -> Block | None:
        """Return the nearest block below an index that is not hidden."""
        bottom = self._heights.top(index + 1)
        return self._blocks[self._heights.at(bottom)] if bottom < self._heights.total else None

    def _estimate(self, index: int, block: Block) -> int:
        """Return the estimated height of a block at an index; 0 if it is hidden."""
        if self.folding.hides(block):
            return 0
        if isinstance(block, Paragraph) and pictures_alone(block):
            height = estimated_picture_height(block, self._page, self._width)
        else:
            height = estimated_height(block, self._page.theme, self._prose, self._width)
        return height + space_above(self._visible_above(index), block, self._page.theme, self._prose.role)

    def _reset_heights(self) -> None:
        self._space_below = None
        blocks, heights = self._blocks.copy(), list(self._heights)
        self._blocks.clear()
        self._leaves.clear()
        self._heights = HeightIndex()
        if len(blocks) <= _MAX_ESTIMATED:
            self.replace(0, blocks)
            return
        # Estimating thousands would delay resizing the window: use a sample.
        step = len(blocks) // _SAMPLE_SIZE
        before = sum(heights[::step])
        self.replace(0, blocks[::step])
        share = self._heights.total / max(1, before)
        self._blocks[:] = blocks
        self._heights = HeightIndex(round(height * share) for height in heights)

    def _leaves_in(self, top: int, bottom: int) -> Iterator[tuple[int, _Leaf, int]]:
        """Yield index, leaf and top of the blocks between two y values that are laid out."""
        index = self._heights.at(max(0, top))
        y = self._heights.top(index) if index >= 0 else 0
        while 0 <= index < len(self._blocks) and y <= bottom:
            if leaf := self._leaves.get(index):
                yield index, leaf, y
            y += self._heights[index]
            index += 1

    def _gap(self, index: int) -> int:
        leaf = self._leaves.get(index)
        return leaf.frame.gap if leaf else 0

    def _origin(self, index: int) -> QPoint:
        frame = self._leaves[index].frame
        return QPoint(frame.left, self._heights.top(index) + frame.gap)

    def _layout_at(self, y: float) -> tuple[QPoint, BlockLayout] | None:
        index = self._heights.at(int(y))
        leaf = self._leaves.get(index)
        return (self._origin(index), leaf.layout) if leaf and 0 <= y < self.height else None
