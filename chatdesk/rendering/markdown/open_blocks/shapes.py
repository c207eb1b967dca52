"""Normalised blocks, for testing whether two texts have the same meaning."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

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
    Span,
    Style,
    Summary,
    Table,
    Term,
)
from chatdesk.rendering.markdown.long_texts import joined


def shape(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks without properties that depend on the surrounding text.

    These are positions, the numbers and existence of footnotes, the delimiters of formulas and whether they and code blocks were closed,
    and whether a list with a single block is tight.
    """
    blocks = [*joined(blocks)]
    order = _Order(blocks)
    return [_shape(block, order) for block in blocks]


class _Order:
    """Replaces positions with their order."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        containers = [item for block in blocks for item in block.containers]
        lists = {item.list_start for item in containers if isinstance(item, _LISTED)}
        self._list_rank = {start: rank for rank, start in enumerate(sorted(lists))}
        self._rank = {start: rank for rank, start in enumerate(sorted({item.start for item in containers}))}
        self._members = Counter(
            start
            for block in blocks
            for start in {item.list_start for item in block.containers if isinstance(item, ListItem | Description)}
        )

    def container(self, item: Container) -> Container:
        start = self._rank[item.start]
        match item:
            case Quote() | Alert() | Details() | Summary():
                return replace(item, start=start)
            case Term():
                return replace(item, start=start, list_start=self._list_rank[item.list_start])
            case ListItem() | Description():
                tight = item.tight or self._members[item.list_start] == 1
                return replace(item, start=start, list_start=self._list_rank[item.list_start], tight=tight)
            case Footnote():
                return replace(item, start=start, number=0)


_LISTED = (ListItem, Term, Description)


def _shape(block: Block, order: _Order) -> Block:
    placed = replace(block, start=0, end=0, containers=tuple(map(order.container, block.containers)))
    match placed:
        case Paragraph() | Heading():
            return replace(placed, spans=spans_shape(placed.spans))
        case Table():
            header, *rows = (tuple(map(spans_shape, row)) for row in (placed.header, *placed.rows))
            return replace(placed, header=header, rows=tuple(rows))
        case Code():
            return replace(placed, closed=True)
        case Formula():
            return replace(placed, source="", closed=True)
        case _:
            return placed


def spans_shape(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans with footnote references as text."""
    plain = [Span(f"[^{span.footnote}]", span.style) if span.footnote else span for span in spans]
    joined = []
    for _, group in groupby(plain, key=lambda span: replace(span, text="")):
        alike = list(group)
        apart = alike[0].image or alike[0].formula or Style.KEY in alike[0].style
        joined.extend(alike if apart else [replace(alike[0], text="".join(span.text for span in alike))])
    return tuple(joined)
