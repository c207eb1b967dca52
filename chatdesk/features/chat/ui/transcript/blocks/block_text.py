"""What of a block can be selected, as one text: the positions of a selection count in it. How it is painted is up to the layouts."""

from collections.abc import Callable
from itertools import chain

from chatdesk.kernel.chat.pictures import picture_origin
from chatdesk.rendering.markdown.blocks import (
    Block,
    Code,
    Container,
    Footnote,
    Formula,
    Heading,
    ListItem,
    Paragraph,
    Rule,
    Span,
    Table,
)
from chatdesk.ui_kit.text import utf16

BOX = "\ufffc"
"""Stands for something drawn inside a line. It is laid out, but never copied."""
_MOST_ALONE = 50

_BOXES = {None: "", False: "[ ] ", True: "[x] "}


def span_text(span: Span) -> str:
    """Return the words of a span. A picture is told by its description and where it would come from: nothing is fetched."""
    if not span.image:
        return span.text
    return BOX + " · ".join(filter(None, (span.text, picture_origin(span.image))))


def pictures_of(block: Block) -> tuple[Span, ...]:
    """Return the pictures of a block in their order."""
    match block:
        case Paragraph() | Heading():
            spans = block.spans
        case Table():
            spans = tuple(span for row in (block.header, *block.rows) for cell in row for span in cell)
        case _:
            return ()
    return tuple(span for span in spans if span.image)


def pictures_alone(block: Block) -> tuple[Span, ...]:
    """Return the pictures of a paragraph that holds nothing else; none if they are so many that they stand in lines."""
    if not isinstance(block, Paragraph) or any(span.text.strip() for span in block.spans if not span.image):
        return ()
    found = pictures_of(block)
    return found if len(found) <= _MOST_ALONE else ()


def text_of(block: Block) -> str:
    """Return all that can be selected of a block."""
    match block:
        case Paragraph() | Heading():
            return _joined(block.spans)
        case Code():
            return block.text.removesuffix("\n")
        case Table():
            return "\n".join("\t".join(map(_joined, row)) for row in chain((block.header,), block.rows))
        case Rule():
            return ""
        case Formula():
            return block.source


def copied(block: Block, before: tuple[Container, ...], start: int, end: int | None) -> str:
    """Return what is copied of a block between two of Qt's positions. From its beginning, a list item brings its marker along.

    `before` are the containers of the block above: an item shows its marker only once.
    """
    words = utf16.cut(text_of(block), start, end).replace(BOX, "")
    return words if start else _markers(block, before) + words


def offset_of_span(block: Paragraph | Heading | Table, wanted: Callable[[Span], bool]) -> int | None:
    """Return where the first span of a kind begins, in Qt's positions; None if there is none."""
    rows = chain((block.header,), block.rows) if isinstance(block, Table) else ((block.spans,),)
    offset = 0
    for cell in chain.from_iterable(rows):
        for span in cell:
            if wanted(span):
                return offset
            offset += utf16.units(span_text(span))
        offset += 1
    return None


def _markers(block: Block, before: tuple[Container, ...]) -> str:
    """Return the markers of list items and footnotes that begin at this block, as plain text."""
    words = ""
    for container in block.containers:
        match container:
            case _ if container in before:
                continue
            case ListItem():
                words += ("- " if container.number is None else f"{container.number}. ") + _BOXES[container.checked]
            case Footnote():
                words += f"[{container.number or '^' + container.label}] "
            case _:
                continue
    return words


def _joined(spans: tuple[Span, ...]) -> str:
    return "".join(map(span_text, spans))
