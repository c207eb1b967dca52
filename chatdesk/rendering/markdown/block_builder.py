"""Conversion of the leaves of the block phase to blocks: their text becomes spans, their lists tight or loose."""

from collections.abc import Container as Collection
from dataclasses import replace

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import (
    Block,
    Code,
    Container,
    Description,
    Formula,
    Heading,
    ListItem,
    Paragraph,
    Rule,
    Span,
    Table,
)
from chatdesk.rendering.markdown.citations import Cite
from chatdesk.rendering.markdown.data_pictures import ShortenedText
from chatdesk.rendering.markdown.footnotes import notes_of
from chatdesk.rendering.markdown.inline_parser import InlineParser
from chatdesk.rendering.markdown.leaves import Leaf, RawTable, RawText
from chatdesk.rendering.markdown.long_texts import LONG, LongText
from chatdesk.rendering.markdown.open_blocks.references import References

_ITEM = (ListItem, Description)
_DISPLAYED = ("$$", r"\[")
Row = tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Built:
    """A block without footnote numbers, and the link labels that were looked up for it, found or not."""

    block: Block
    labels: frozenset[str]
    notes: tuple[str, ...] = ()
    """Keys of the referenced footnotes, in order."""


class BlockBuilder:
    """Builds blocks one by one."""

    def __init__(self, references: References, *, breaks: bool = False, cite: Cite | None = None) -> None:
        self._references = references
        self._inline = InlineParser(references, breaks=breaks, cite=cite)
        self._long = LongText(self._inline, references)
        self._shortened = ShortenedText()
        self._table_start = -1
        self._rows: list[Row] = []
        """Completed rows of the table at `_table_start`, and the labels looked up for them, so that a growing table is built only once."""
        self._row_labels: set[str] = set()

    @property
    def characters_parsed(self) -> int:
        """Number of characters of inline Markdown parsed so far, for tests and benchmarks."""
        return self._inline.characters_parsed

    def build(self, leaf: Leaf, loose: Collection[int]) -> Built:
        """Build one block. `loose` contains the offsets of the lists known to be loose."""
        self._references.asked.clear()
        containers = with_looseness(leaf.containers, loose)
        block: Block
        match leaf:
            case RawText(joint=str()):
                block = _further(leaf, containers)
            case RawText(level=0):
                block = _paragraph(leaf, containers, self._spans(leaf.content))
            case RawText():
                spans = self._spans(leaf.content)
                block = Heading(start=leaf.start, end=leaf.end, containers=containers, level=leaf.level, spans=spans)
            case RawTable():
                block = self._table(leaf, containers)
            case Code() | Rule() | Formula():
                block = replace(leaf, containers=containers) if containers is not leaf.containers else leaf
        asked = self._references.asked
        has_notes = any(label.startswith("^") for label in asked)
        return Built(block, frozenset(asked), notes_of(block) if has_notes else ())

    def forget(self) -> None:
        """Discard cached parts of open blocks, because a link definition has changed."""
        self._table_start = -1
        self._long.forget()

    def _table(self, leaf: RawTable, containers: tuple[Container, ...]) -> Table:
        if leaf.start != self._table_start:
            self._table_start, self._rows, self._row_labels = leaf.start, [], set()
        asked = self._references.asked
        self._rows.extend(self._row(cells) for cells in leaf.rows[len(self._rows) : leaf.settled])
        self._row_labels |= asked
        asked |= self._row_labels
        return Table(
            start=leaf.start,
            end=leaf.end,
            containers=containers,
            alignments=leaf.alignments,
            header=self._row(leaf.header),
            rows=(*self._rows, *(self._row(cells) for cells in leaf.rows[leaf.settled :])),
            joint=leaf.joint,
        )

    def _row(self, cells: tuple[str, ...]) -> Row:
        return tuple(self._spans(cell) for cell in cells)

    def _spans(self, content: str) -> tuple[Span, ...]:
        if "data:image/" in content:
            return self._shortened.restore(self._parsed(self._shortened.shorten(content)))
        return self._parsed(content)

    def _parsed(self, content: str) -> tuple[Span, ...]:
        if not content:
            return ()
        return self._inline.parse(content) if len(content) < LONG else self._long.parse(content)


def _further(leaf: RawText, containers: tuple[Container, ...]) -> Paragraph | Heading:
    """Build a block for text that continues the one above, without parsing it."""
    spans = (Span(leaf.content),) if leaf.content else ()
    if leaf.level:
        return Heading(
            start=leaf.start, end=leaf.end, containers=containers, level=leaf.level, spans=spans, joint=leaf.joint
        )
    return Paragraph(start=leaf.start, end=leaf.end, containers=containers, spans=spans, joint=leaf.joint)


def _paragraph(leaf: RawText, containers: tuple[Container, ...], spans: tuple[Span, ...]) -> Paragraph | Formula:
    """Build a paragraph, or a displayed formula if that is its only content."""
    if len(spans) == 1 and spans[0].formula and spans[0].text.startswith(_DISPLAYED):
        return Formula(
            start=leaf.start, end=leaf.end, containers=containers, latex=spans[0].formula, source=spans[0].text
        )
    return Paragraph(start=leaf.start, end=leaf.end, containers=containers, spans=spans)


def with_looseness(containers: tuple[Container, ...], loose: Collection[int]) -> tuple[Container, ...]:
    """Set whether the lists of list items are tight. Containers without changes are returned as they are."""
    if all(not isinstance(item, _ITEM) or item.tight == (item.list_start not in loose) for item in containers):
        return containers
    return tuple(
        replace(item, tight=item.list_start not in loose) if isinstance(item, _ITEM) else item for item in containers
    )
