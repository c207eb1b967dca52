"""The ranges of formulas in a block's text: each is a unit for the text cursor and screen readers, as pictures are."""

from collections.abc import Iterator, Sequence
from itertools import chain

from chatdesk.features.chat.ui.transcript.blocks.block_text import is_key, span_text
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Block, Formula, Heading, Paragraph, Span, Table
from chatdesk.ui_kit.text import utf16


@dataclass(frozen=True, slots=True)
class FormulaRange:
    """The range of a formula in UTF-16 units."""

    start: int
    end: int
    latex: str


def formulas_of(block: Block) -> tuple[FormulaRange, ...]:
    """Return the formulas of a block in order."""
    match block:
        case Formula():
            return (FormulaRange(0, utf16.units(block.source), block.macros + block.latex),)
        case Paragraph() | Heading():
            return formulas_among(block.spans)
        case Table():
            return tuple(_in_table(block))
        case _:
            return ()


def formulas_among(spans: Sequence[Span]) -> tuple[FormulaRange, ...]:
    """Return the formulas among the spans of one text."""
    return tuple(_among(spans, 0)) if any(span.formula for span in spans) else ()


def skip_drawn(block: Block, start: int, offset: int) -> int:
    """Return the target of a cursor step, moved out of a formula, picture, citation or key in the direction of the step."""
    range_ = next(((begin, end) for begin, end in _drawn_ranges(block) if begin < offset < end), None)
    if range_ is None:
        return offset
    return range_[0] if offset < start else range_[1]


def _drawn_ranges(block: Block) -> Iterator[tuple[int, int]]:
    match block:
        case Formula():
            yield 0, utf16.units(block.source)
        case Paragraph() | Heading() | Table():
            rows = (block.header, *block.rows) if isinstance(block, Table) else ((block.spans,),)
            offset = 0
            for cell in chain.from_iterable(rows):
                for span in cell:
                    end = offset + utf16.units(span_text(span))
                    if span.formula or span.image or span.citation or is_key(span):
                        yield offset, end
                    offset = end
                offset += 1
        case _:
            return


def _in_table(block: Table) -> Iterator[FormulaRange]:
    offset = 0
    for row in (block.header, *block.rows):
        for cell in row:
            yield from _among(cell, offset)
            offset += sum(utf16.units(span_text(span)) for span in cell) + 1


def _among(spans: Sequence[Span], offset: int) -> Iterator[FormulaRange]:
    for span in spans:
        end = offset + utf16.units(span_text(span))
        if span.formula:
            yield FormulaRange(offset, end, span.macros + span.formula)
        offset = end
