"""Conversion of blocks to plain text for the clipboard, for screen readers and for search.

List and quote markers are kept, formatting is not.
"""

from collections.abc import Iterable
from typing import assert_never

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
    are_tight,
    is_empty_summary,
    shared_depth,
)
from chatdesk.rendering.markdown.long_texts import joined

_RULE = "———"


def to_plain_text(blocks: Iterable[Block]) -> str:
    """Return blocks as text, separated by empty lines except within tight lists. There is no line break at the end."""
    lines: list[str] = []
    before: tuple[Container, ...] = ()
    for block in joined(blocks):
        if is_empty_summary(block):
            continue
        if lines and not are_tight(before, block.containers):
            lines.append(
                "".join(indentation(item) for item in before[: shared_depth(before, block.containers)]).rstrip()
            )
        first = "".join(indentation(item) if item in before else _mark(item) for item in block.containers)
        others = "".join(indentation(item) for item in block.containers)
        lines.extend((others if index else first) + line for index, line in enumerate(block_text(block).split("\n")))
        before = block.containers
    return "\n".join(lines)


def block_text(block: Block) -> str:
    """Return the text of a block: the rows of a table as lines, with tabs between cells."""
    match block:
        case Paragraph() | Heading():
            return spans_text(block.spans)
        case Code():
            return block.text.removesuffix("\n")
        case Table():
            return "\n".join("\t".join(_cell_text(cell) for cell in row) for row in (block.header, *block.rows))
        case Rule():
            return _RULE
        case Formula():
            return block.source
        case _:
            assert_never(block)


def spans_text(spans: Iterable[Span]) -> str:
    """Return the text of spans; for a picture, its description."""
    return "".join(span.text for span in spans)


def _cell_text(cell: Iterable[Span]) -> str:
    return spans_text(cell).replace("\t", " ").replace("\n", " ")


def _mark(container: Container) -> str:
    """Return the start of a container's first line."""
    match container:
        case Quote():
            return "> "
        case Alert():
            return f"> {container.kind.capitalize()}: "
        case ListItem():
            return _item_mark(container) + (
                "" if container.checked is None else "[x] " if container.checked else "[ ] "
            )
        case Term() | Details() | Summary():
            return ""
        case Description():
            return ": "
        case Footnote():
            return f"[{container.number or '^' + container.label}] "
        case _:
            assert_never(container)


def indentation(container: Container) -> str:
    """Return the start of a container's further lines, in Markdown as well."""
    match container:
        case Quote() | Alert():
            return "> "
        case ListItem():
            return " " * len(_item_mark(container))
        case Term() | Details() | Summary():
            return ""
        case Description():
            return "  "
        case Footnote():
            return "    "
        case _:
            assert_never(container)


def _item_mark(item: ListItem) -> str:
    return "- " if item.number is None else f"{item.number}. "
