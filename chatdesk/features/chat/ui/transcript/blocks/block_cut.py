"""A block cut down to what is selected of it: a block again, for whoever writes selections as markdown or HTML. Nothing painted is cut."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from chatdesk.features.chat.ui.transcript.blocks.block_text import span_text, text_of
from chatdesk.rendering.markdown.blocks import Block, Code, Formula, Heading, Paragraph, Rule, Span, Style, Table
from chatdesk.ui_kit.text import utf16


def cut_block(block: Block, start: int, end: int) -> Block | None:
    """Return what lies between two of Qt's positions in the block's text; None for nothing.

    A part of a table's rows is a table, without a head if that is not among them; a part of one cell or of one line of code is a paragraph.
    """
    match block:
        case Rule():
            return block
        case Paragraph() | Heading():
            spans = cut_spans(block.spans, start, end)
            return replace(block, spans=spans) if spans or not block.spans else None
        case Code():
            return _cut_code(block, start, end)
        case Table():
            return _cut_table(block, start, end)
        case Formula():
            return (
                block
                if start == 0 and end >= utf16.units(text_of(block))
                else _paragraph(block, _cut(block, start, end))
            )


def cut_spans(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """Return the parts of spans between two positions. A picture is whole or not there, part of a formula is its source."""
    found = []
    for span in spans:
        text = span_text(span)
        length = utf16.units(text)
        first, last = max(start, 0), min(end, length)
        start, end = start - length, end - length
        if first >= last:
            continue
        if (first, last) == (0, length) or span.image:
            found.append(span)
            continue
        words = utf16.cut(text, first, last)
        # Marks of markdown must touch their words.
        words = (words.lstrip() if first else words.rstrip()) if span.style is not Style.PLAIN else words
        if words:
            found.append(replace(span, text=words, formula=""))
    return tuple(found)


def _cut_code(block: Code, start: int, end: int) -> Block | None:
    text = text_of(block)
    if start == 0 and end >= utf16.units(text):
        return block
    words = utf16.cut(text, start, end)
    if "\n" in words:
        return replace(block, text=words.removesuffix("\n") + "\n")
    return _paragraph(block, words, Style.CODE)


def _cut_table(block: Table, start: int, end: int) -> Block | None:
    if start == 0 and end >= utf16.units(text_of(block)):
        return block
    rows = list(_cut_rows(block, start, end))
    if not rows:
        return None
    if len(rows) == 1 and len(found := [cell for cell in rows[0][1] if cell]) <= 1:
        spans = found[0] if found else ()
        return Paragraph(start=block.start, end=block.end, containers=block.containers, spans=spans) if spans else None
    header = rows.pop(0)[1] if rows[0][0] == 0 else ()
    return replace(block, header=header, rows=tuple(row for _, row in rows))


def _cut_rows(block: Table, start: int, end: int) -> Iterator[tuple[int, tuple[tuple[Span, ...], ...]]]:
    """Yield the rows that are touched, by their order, with cells outside left empty."""
    at = 0
    for number, row in enumerate((block.header, *block.rows)):
        cells = []
        begun = at
        for cell in row:
            cells.append(cut_spans(cell, start - at, end - at))
            at += sum(utf16.units(span_text(span)) for span in cell) + 1
        if start < at and end > begun:
            yield number, tuple(cells)


def _cut(block: Block, start: int, end: int) -> str:
    return utf16.cut(text_of(block), start, end)


def _paragraph(block: Block, words: str, style: Style = Style.PLAIN) -> Paragraph | None:
    if not words:
        return None
    return Paragraph(start=block.start, end=block.end, containers=block.containers, spans=(Span(words, style),))
