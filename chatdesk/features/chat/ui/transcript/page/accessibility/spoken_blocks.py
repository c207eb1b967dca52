"""The structure of a message for screen readers: lists with items, quotes, tables with rows and cells, headings, code, links.

Blocks are flat; this module rebuilds the tree of their containers. It contains values only; `accessible_items.py` has
their interfaces.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import assert_never

from PySide6.QtGui import QAccessible

from chatdesk.features.chat.ui.transcript.blocks.block_frame import alert_style
from chatdesk.features.chat.ui.transcript.blocks.block_text import BOX, span_text, text_of
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_ranges import formulas_among, formulas_of
from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import Link
from chatdesk.features.chat.ui.transcript.page.accessibility.spoken_text import NO_TEXT, SpokenText, spoken_text
from chatdesk.features.chat.ui.transcript.texts import TranscriptTexts
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import (
    Alert,
    Block,
    Code,
    Container,
    Description,
    Details,
    Footnote,
    Formula,
    Heading,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Span,
    Summary,
    Table,
    Term,
    is_empty_summary,
)
from chatdesk.ui_kit.text import utf16

_Role = QAccessible.Role
_Numbered = tuple[int, Block]


@dataclass(frozen=True, slots=True)
class BlockRange:
    """A range in a part of a message: the block and UTF-16 offsets in its text."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SpokenNode:
    """A node of the spoken structure. `spoken` is the text a cursor can move through, empty for containers."""

    role: QAccessible.Role
    name: str
    block_range: BlockRange
    part: int
    spoken: SpokenText = NO_TEXT
    level: int = 0
    """The level of a heading."""
    link: Link | None = None
    cell: tuple[int, int] | None = None
    """The row and column of a table cell."""
    checked: bool | None = None
    """The state of a task's check box; None for everything else."""
    children: tuple["SpokenNode", ...] = ()

    @property
    def text(self) -> str:
        """The spoken text."""
        return self.spoken.text

    @property
    def shares_line(self) -> bool:
        """Whether other nodes may be on the same line."""
        return self.cell is not None or self.role in {_Role.Link, _Role.Graphic}


def spoken_nodes(part: int, blocks: Sequence[_Numbered], texts: TranscriptTexts) -> tuple[SpokenNode, ...]:
    """Return the nodes of the visible blocks of a part of a message."""
    return tuple(_NodeBuilder(part, texts).nodes(blocks, 0))


def with_spoken_formulas(block: Block, texts: TranscriptTexts) -> Block:
    """Return a block with its formulas in words, for plain text."""

    def spoken(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(Span(texts.formula(span.macros + span.formula)) if span.formula else span for span in spans)

    match block:
        case Paragraph() if is_empty_summary(block):
            return replace(block, spans=(Span(texts.details_head),))
        case Paragraph() | Heading():
            return replace(block, spans=spoken(block.spans)) if any(span.formula for span in block.spans) else block
        case Table():
            header, *rows = (tuple(map(spoken, row)) for row in (block.header, *block.rows))
            return replace(block, header=header, rows=tuple(rows))
        case Formula():
            spans = (Span(texts.formula(block.macros + block.latex)),)
            return Paragraph(start=block.start, end=block.end, containers=block.containers, spans=spans)
        case _:
            return block


class _NodeBuilder:
    def __init__(self, part: int, texts: TranscriptTexts) -> None:
        self._part = part
        self._texts = texts

    def nodes(self, blocks: Sequence[_Numbered], depth: int) -> Iterator[SpokenNode]:
        """Yield the nodes of adjacent blocks that share their first `depth` containers."""
        for key, group in groupby(blocks, lambda numbered: _group_of(numbered[1], depth)):
            found = list(group)
            if key is None:
                for number, block in found:
                    yield self._leaf(number, block)
                continue
            container = found[0][1].containers[depth]
            if isinstance(container, ListItem | Term | Description):
                items = groupby(found, lambda numbered: numbered[1].containers[depth])
                children = tuple(self._container(item, list(parts), depth) for item, parts in items)
                yield self._around(_Role.List, "", found, children)
            else:
                yield self._container(container, found, depth)

    def _container(self, container: Container, blocks: Sequence[_Numbered], depth: int) -> SpokenNode:
        children = tuple(self.nodes(blocks, depth + 1))
        match container:
            case ListItem():
                mark = "" if container.number is None else f"{container.number}. "
                item = self._around(_Role.ListItem, mark + children[0].name, blocks, children)
                return replace(item, checked=container.checked)
            case Term() | Description():
                return self._around(_Role.ListItem, children[0].name, blocks, children)
            case Quote():
                return self._around(_Role.BlockQuote, "", blocks, children)
            case Alert():
                return self._around(_Role.BlockQuote, alert_style(container.kind).title, blocks, children)
            case Footnote():
                return self._around(_Role.Note, str(container.number or container.label), blocks, children)
            case Details():
                return self._around(_Role.Grouping, children[0].name or self._texts.details_head, blocks, children)
            case Summary():
                return children[0]
            case _:
                assert_never(container)

    def _around(
        self, role: QAccessible.Role, name: str, blocks: Sequence[_Numbered], children: tuple[SpokenNode, ...]
    ) -> SpokenNode:
        return SpokenNode(role, name, BlockRange(blocks[0][0], 0, 0), self._part, children=children)

    def _leaf(self, number: int, block: Block) -> SpokenNode:
        text = text_of(block)
        block_range = BlockRange(number, 0, utf16.units(text))
        spoken = spoken_text(text, formulas_of(block) if not isinstance(block, Table) else (), self._texts)
        name = spoken.text.replace(BOX, "")
        match block:
            case Paragraph():
                links = tuple(self._links(number, block.spans, 0))
                return SpokenNode(_Role.Paragraph, name, block_range, self._part, spoken, children=links)
            case Heading():
                links = tuple(self._links(number, block.spans, 0))
                return SpokenNode(_Role.Heading, name, block_range, self._part, spoken, block.level, children=links)
            case Code():
                name = self._texts.code_block(block.language, block.text.count("\n"))
                return SpokenNode(_Role.Section, name, block_range, self._part, spoken)
            case Table():
                name = self._texts.table_of(len(block.rows), len(block.alignments))
                return SpokenNode(_Role.Table, name, block_range, self._part, children=tuple(self._rows(number, block)))
            case Formula():
                return SpokenNode(_Role.Equation, name, block_range, self._part, spoken)
            case Rule():
                return SpokenNode(_Role.Separator, "", block_range, self._part)
            case _:
                assert_never(block)

    def _links(self, number: int, spans: Sequence[Span], start: int) -> Iterator[SpokenNode]:
        """Yield links and pictures; adjacent spans with the same target form one link."""
        for key, group in groupby(spans, lambda span: (span.link, span.image)):
            found = tuple(group)
            text = "".join(map(span_text, found))
            block_range = BlockRange(number, start, start + utf16.units(text))
            link, image = key
            if image or link:
                role = _Role.Graphic if image else _Role.Link
                target = Link(link, text) if link else None
                name = spoken_text(text, formulas_among(found), self._texts).text.replace(BOX, "")
                yield SpokenNode(role, name, block_range, self._part, link=target)
            start = block_range.end

    def _rows(self, number: int, block: Table) -> Iterator[SpokenNode]:
        start = 0
        for row, cells in enumerate((block.header, *block.rows)):
            begun, children = start, []
            for column, cell in enumerate(cells):
                text = "".join(map(span_text, cell))
                block_range = BlockRange(number, start, start + utf16.units(text))
                role = _Role.Cell if row else _Role.ColumnHeader
                links = tuple(self._links(number, cell, start))
                spoken = spoken_text(text, formulas_among(cell), self._texts)
                name = spoken.text.replace(BOX, "")
                children.append(
                    SpokenNode(role, name, block_range, self._part, spoken, cell=(row, column), children=links)
                )
                start = block_range.end + 1
            yield SpokenNode(_Role.Row, "", BlockRange(number, begun, start - 1), self._part, children=tuple(children))


def _group_of(block: Block, depth: int) -> object:
    """Return the grouping key of a block at a level: its container, or the list of a list item; None for a leaf."""
    if len(block.containers) <= depth:
        return None
    container = block.containers[depth]
    match container:
        case ListItem() | Term() | Description():
            return ("list", container.list_start)
        case _:
            return container
