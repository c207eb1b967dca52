"""Blocks back to markdown that parses to the same blocks: to copy or save a message or a part of one.

What was written is handed back as it was, if it still means the same on its own; else it is written anew. Positions differ then, and
what markdown cannot say: an item of a loose list that is alone.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import assert_never

from chatdesk.rendering.export.inline_markdown import code_mark, write_spans
from chatdesk.rendering.markdown.blocks import (
    Alert,
    Alignment,
    Block,
    Code,
    Container,
    Description,
    Footnote,
    Formula,
    Heading,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    Term,
)
from chatdesk.rendering.markdown.inline_parser import InlineParser
from chatdesk.rendering.markdown.long_blocks import joined
from chatdesk.rendering.markdown.markdown import parse
from chatdesk.rendering.markdown.nesting import are_tight, shared_depth
from chatdesk.rendering.markdown.open_blocks.references import References
from chatdesk.rendering.markdown.open_blocks.shapes import shape, spans_shape

_LINE_BEGIN = re.compile(r"(?m)^(?:[#>+=:|-]|~~~|(\d{1,9})(?=[.)](?:[ \t]|$)))")
_SPACE_AT_EDGE = re.compile(r"(?m)^[ \t]+|[ \t]+$")
_DELIMITERS = {Alignment.NONE: "---", Alignment.LEFT: ":--", Alignment.CENTER: ":-:", Alignment.RIGHT: "--:"}


def markdown_of(blocks: Sequence[Block], source: str) -> str:
    """Write neighbouring blocks of one message as markdown. Code and formulas that were never closed are closed, so that more may follow.

    `source` is the text they were parsed from. A block may be a part of what it was there, cut out by the caller.
    """
    if not blocks:
        return ""
    start = source.rfind("\n", 0, blocks[0].start) + 1
    written = source[start : blocks[-1].end]
    if not _is_open(blocks[-1]) and shape(parse(written)) == shape(blocks):
        return written
    return _written(joined(blocks))


def markdown_of_text(plain: str) -> str:
    """Write plain text as markdown that looks like it: its lines stay lines, and an empty one parts paragraphs."""
    paragraphs = (part for part in re.split(r"\n[ \t]*(?:\n[ \t]*)*\n|\n[ \t]*\Z|\A[ \t]*\n", plain) if part.strip())
    return "\n\n".join(_running_text((Span(part),)) for part in paragraphs)


def _is_open(block: Block) -> bool:
    return isinstance(block, Code | Formula) and not block.closed


def _written(blocks: Iterable[Block]) -> str:
    lines: list[str] = []
    before: tuple[Container, ...] = ()
    marks: dict[int, str] = {}
    for block in blocks:
        shared = shared_depth(before, block.containers)
        prefix = "".join(map(_indentation, block.containers[:shared]))
        if lines and not are_tight(before, block.containers):
            lines.append(prefix.rstrip())
        for depth, item in enumerate(block.containers[shared:], start=shared):
            mark = _mark(item, before[depth] if depth == shared and depth < len(before) else None, marks)
            if isinstance(item, Alert):
                lines.append(prefix + mark)
                mark = _indentation(item)
            prefix += mark
        others = "".join(map(_indentation, block.containers))
        for index, line in enumerate(_block_lines(block)):
            begin = others if index else prefix
            lines.append(begin + line if line or begin.endswith("] ") else begin.rstrip())
        before = block.containers
    return "\n".join(lines)


def _mark(container: Container, beside: Container | None, marks: dict[int, str]) -> str:
    """Return what a container begins with. A list right behind another one of its kind needs other marks, kept in `marks`."""
    match container:
        case Quote():
            return "> "
        case Alert():
            return f"> [!{container.kind.upper()}]"
        case ListItem():
            usual, other = ("-", "*") if container.number is None else (".", ")")
            if container.list_start not in marks:
                taken = isinstance(beside, ListItem) and marks[beside.list_start] == usual
                marks[container.list_start] = other if taken else usual
            return _item_mark(container, marks[container.list_start])
        case Term():
            return ""
        case Description():
            return ": "
        case Footnote():
            return f"[^{container.label}]: "
        case _:
            assert_never(container)


def _item_mark(item: ListItem, mark: str) -> str:
    box = "" if item.checked is None else "[x] " if item.checked else "[ ] "
    return f"{'' if item.number is None else item.number}{mark} {box}"


def _indentation(container: Container) -> str:
    """Return what the further lines of a container begin with."""
    match container:
        case Quote() | Alert():
            return "> "
        case ListItem():
            return " " * len(_item_mark(replace(container, checked=None), "-"))
        case Term():
            return ""
        case Description():
            return "  "
        case Footnote():
            return "    "
        case _:
            assert_never(container)


def _block_lines(block: Block) -> list[str]:
    match block:
        case Paragraph():
            return _running_text(block.spans).split("\n")
        case Heading():
            return _heading(block).split("\n")
        case Code():
            return _code_lines(block)
        case Table():
            return [
                _row(block.header),
                _row_of([_DELIMITERS[each] for each in block.alignments]),
                *map(_row, block.rows),
            ]
        case Rule():
            # Dashes could underline what stands above, or be one with the mark of a list.
            return ["___" if block.containers else "---"]
        case Formula():
            return [*block.source.split("\n"), *([] if block.closed else [_closing(block.source)])]
        case _:
            assert_never(block)


def _running_text(spans: Sequence[Span]) -> str:
    return _first_that_parses([_guarded(write_spans(spans, safely=safely)) for safely in (False, True)], spans)


def _heading(block: Heading) -> str:
    ways = [_kept_edges(write_spans(block.spans, safely=safely)) for safely in (False, True)]
    if any("\n" in span.text for span in block.spans):
        line = "=" if block.level == 1 else "-"
        return _first_that_parses([f"{_guarded(way)}\n{line * 3}" for way in ways], block.spans)
    marks = "#" * block.level
    ways = [way[:-1] + r"\#" if way.endswith("#") else way for way in ways]
    return _first_that_parses([f"{marks} {way}".rstrip() for way in ways], block.spans)


def _first_that_parses(ways: Sequence[str], spans: Sequence[Span]) -> str:
    """Return the first way of writing that gives these spans again."""
    wanted = spans_shape(spans)
    for way in ways:
        match parse(way):
            case (Paragraph() | Heading() as block,) if spans_shape(block.spans) == wanted:
                return way
    return ways[-1]


def _row(cells: Iterable[Sequence[Span]]) -> str:
    return _row_of([_cell(cell) for cell in cells])


def _row_of(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(spans: Sequence[Span]) -> str:
    parser = InlineParser(References())
    ways = [_kept_edges(write_spans(spans, safely=safely).replace("\\\n", " ")) for safely in (False, True)]
    good = (way for way in ways if spans_shape(parser.parse(way)) == spans_shape(spans))
    return next(good, ways[-1]).replace("|", r"\|")


def _code_lines(block: Code) -> list[str]:
    if "`" in block.info:
        longest = max((len(run) for run in re.findall("~+", block.text)), default=0)
        fence = "~" * max(3, longest + 1)
    else:
        fence = code_mark(block.text, 3)
    info = re.sub(r"[\\&]", r"\\\g<0>", block.info)
    return [fence + info, *block.text.split("\n")[:-1], fence]


def _closing(source: str) -> str:
    """Return the mark that ends a formula."""
    if environment := re.match(r"\\begin(\{\w+\*?\})", source):
        return r"\end" + environment[1]
    if source.startswith(r"\["):
        return r"\]"
    return "$$" if source.startswith("$$") else source[: len(source) - len(source.lstrip(source[0]))]


def _guarded(text: str) -> str:
    """Keep lines from beginning like blocks, and spaces at their edges from being lost."""

    def guard(match: re.Match[str]) -> str:
        return match[1] + "\\" if match[1] else "\\" + match[0]

    return _LINE_BEGIN.sub(guard, _kept_edges(text))


def _kept_edges(text: str) -> str:
    def kept(match: re.Match[str]) -> str:
        return match[0].replace(" ", "&#32;").replace("\t", "&#9;")

    return _SPACE_AT_EDGE.sub(kept, text)
