"""The macros that the formulas of a message define, and which of them each later formula uses.

A definition applies to the formulas after it, so a late one changes nothing that was shown before.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import replace

from chatdesk.rendering.formulas.macros import (
    MAX_DEFINITIONS_LENGTH,
    MAX_MACROS,
    defines_macros,
    definitions_for,
    definitions_in,
)
from chatdesk.rendering.markdown.blocks import Block, Formula, Heading, Paragraph, Span, Table

Macros = Mapping[str, str]
"""Sources of definitions by the names of the macros, in the order in which they were defined."""
NO_MACROS: Macros = {}


class MacroScope:
    """The macros known after each of the settled blocks of a growing message."""

    def __init__(self) -> None:
        self._changes: list[tuple[int, Macros]] = []
        """Indexes of blocks that define macros, each with the macros known after it."""

    def before(self, index: int) -> Macros:
        """Return the macros known before a block."""
        count = bisect_left(self._changes, index, key=lambda change: change[0])
        return self._changes[count - 1][1] if count else NO_MACROS

    def settle(self, index: int, known: Macros) -> None:
        """Store the macros known after a block, the last one so far."""
        if known is not self.before(index):
            self._changes.append((index, known))

    def resettle(self, blocks: list[Block], first: int, end: int) -> Iterator[int]:
        """Determine the macros anew from a block up to another one, because it was rebuilt. Yield the indexes of changed blocks."""
        known = self.before(first)
        if not self._changes and not any(defines(block) for block in blocks[first:end]):
            return
        del self._changes[bisect_left(self._changes, first, key=lambda change: change[0]) :]
        for index in range(first, end):
            block, known = with_macros(blocks[index], known)
            self.settle(index, known)
            if block != blocks[index]:
                blocks[index] = block
                yield index


def defines(block: Block) -> bool:
    """Return whether a formula of a block defines macros."""
    return any(defines_macros(latex) for latex in _formulas_of(block))


def with_macros(block: Block, known: Macros) -> tuple[Block, Macros]:
    """Return a block whose formulas have the definitions that they use, and the macros known after it."""
    if not known and not defines(block):
        return block, known
    match block:
        case Formula():
            macros = definitions_for(block.latex, known)
            return replace(block, macros=macros), _extended(known, block.latex)
        case Paragraph() | Heading():
            spans, known = _spans_with_macros(block.spans, known)
            return replace(block, spans=spans), known
        case Table():
            header, known = _cells_with_macros(block.header, known)
            rows = []
            for row in block.rows:
                cells, known = _cells_with_macros(row, known)
                rows.append(cells)
            return replace(block, header=header, rows=tuple(rows)), known
        case _:
            return block, known


def _formulas_of(block: Block) -> Iterator[str]:
    match block:
        case Formula():
            yield block.latex
        case Paragraph() | Heading():
            yield from (span.formula for span in block.spans if span.formula)
        case Table():
            for row in (block.header, *block.rows):
                yield from (span.formula for cell in row for span in cell if span.formula)


def _cells_with_macros(
    cells: tuple[tuple[Span, ...], ...], known: Macros
) -> tuple[tuple[tuple[Span, ...], ...], Macros]:
    made: list[tuple[Span, ...]] = []
    for cell in cells:
        spans, known = _spans_with_macros(cell, known)
        made.append(spans)
    return tuple(made), known


def _spans_with_macros(spans: tuple[Span, ...], known: Macros) -> tuple[tuple[Span, ...], Macros]:
    made = []
    for span in spans:
        if span.formula:
            made.append(replace(span, macros=definitions_for(span.formula, known)))
            known = _extended(known, span.formula)
        else:
            made.append(span)
    return tuple(made), known


def _extended(known: Macros, latex: str) -> Macros:
    """Return the known macros with those that a formula defines, as far as they are within the limits."""
    extended: dict[str, str] | None = None
    for name, source in definitions_in(latex):
        extended = dict(known) if extended is None else extended
        before = extended.pop(name, None)
        length = sum(map(len, extended.values())) + len(source)
        if len(extended) < MAX_MACROS and length <= MAX_DEFINITIONS_LENGTH:
            extended[name] = source
        elif before is not None:
            extended[name] = before
    return known if extended is None else extended
