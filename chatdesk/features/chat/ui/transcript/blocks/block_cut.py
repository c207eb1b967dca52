"""Cutting a block to a selection. The result is a block again, for copying as Markdown or HTML; it is not painted."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from chatdesk.features.chat.ui.transcript.blocks.block_text import span_text, text_of
from chatdesk.rendering.markdown.blocks import Block, Code, Formula, Heading, Paragraph, Rule, Span, Style, Table
from chatdesk.ui_kit.text import utf16


def cut_block(block: Block, start: int, end: int) -> Block | None:
    """Return the part of a block between two UTF-16 offsets; None if it is empty.

    Rows of a table form a table, with an empty header if that is not included; a part of one cell or one line of code
    becomes a paragraph.
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
    """Return the parts of spans between two offsets.

    Pictures and citations are included completely or not at all; part of a formula is source text.
    """
    found = []
    for span in spans:
        text = span_text(span)
        length = utf16.units(text)
        first, last = max(start, 0), min(end, length)
        start, end = start - length, end - length
        if first >= last:
            continue
        if (first, last) == (0, length) or span.image or span.citation:
            found.append(span)
            continue
        part = utf16.cut(text, first, last)
        # Markdown markers must be adjacent to the text.
        part = (part.lstrip() if first else part.rstrip()) if span.style is not Style.PLAIN else part
        if part:
            found.append(replace(span, text=part, formula=""))
    return tuple(found)


def _cut_code(block: Code, start: int, end: int) -> Block | None:
    text = text_of(block)
    if start == 0 and end >= utf16.units(text):
        return block
    part = utf16.cut(text, start, end)
    if "\n" in part:
        return replace(block, text=part.removesuffix("\n") + "\n")
    return _paragraph(block, part, Style.CODE)


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
    """Yield the index and cells of the rows in the range; cells outside are empty."""
    offset = 0
    for number, row in enumerate((block.header, *block.rows)):
        cells = []
        row_start = offset
        for cell in row:
            cells.append(cut_spans(cell, start - offset, end - offset))
            offset += sum(utf16.units(span_text(span)) for span in cell) + 1
        if start < offset and end > row_start:
            yield number, tuple(cells)


def _cut(block: Block, start: int, end: int) -> str:
    return utf16.cut(text_of(block), start, end)


def _paragraph(block: Block, text: str, style: Style = Style.PLAIN) -> Paragraph | None:
    if not text:
        return None
    return Paragraph(start=block.start, end=block.end, containers=block.containers, spans=(Span(text, style),))
