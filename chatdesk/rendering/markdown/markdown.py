"""Markdown of a whole message to blocks. The same for text that is still growing is `incremental.py`."""

from collections.abc import Callable

from chatdesk.rendering.markdown.block_builder import BlockBuilder
from chatdesk.rendering.markdown.blocks import Block, Code, Formula, Rule
from chatdesk.rendering.markdown.footnotes import FootnoteNumbers, footnote_of, numbered
from chatdesk.rendering.markdown.leaves import Leaf, ParsedLines, RawTable, RawText
from chatdesk.rendering.markdown.line_parser import LineParser
from chatdesk.rendering.markdown.open_blocks.references import References
from chatdesk.rendering.markdown.open_blocks.source_lines import SourceLines, showable


def parse(text: str, *, breaks: bool = False) -> tuple[Block, ...]:
    """Parse CommonMark 0.31 with what GFM adds, formulas and definition lists; HTML is plain text.

    With `breaks` a single newline is a line break, as people mean it who type into a chat; without, a space, as CommonMark has it.
    """
    harvest = _harvest(text)
    builder = _builder(harvest, breaks=breaks)
    built = [builder.build(leaf, harvest.loosened) for leaf in harvest.leaves]
    numbers = FootnoteNumbers()
    numbers.update((key for made in built for key in made.notes), ())
    return tuple(
        numbered(made.block, numbers.get) if made.notes or footnote_of(made.block) else made.block for made in built
    )


def parse_where(text: str, wanted: Callable[[str], bool], *, breaks: bool = False) -> tuple[Block | None, ...]:
    """Parse as `parse` does, but only blocks whose own markdown is `wanted`: None stands for each of the others.

    Half of the time, and more, goes into the words inside of blocks. Where there are footnotes all blocks are parsed: they are counted.
    """
    harvest = _harvest(text)
    if harvest.footnotes:
        return parse(text, breaks=breaks)
    builder = _builder(harvest, breaks=breaks)
    return tuple(
        builder.build(leaf, harvest.loosened).block if wanted(_markdown_of(leaf)) else None for leaf in harvest.leaves
    )


def _harvest(text: str) -> ParsedLines:
    parser = LineParser()
    if "\r" in text:
        lines = SourceLines()
        for line, start in lines.feed(text):
            parser.add(line, start)
        parser.end(lines.last, lines.last_start)
    else:
        parser.add_all(showable(text))
    return parser.take()


def _builder(harvest: ParsedLines, *, breaks: bool) -> BlockBuilder:
    references = References()
    references.update(harvest, ParsedLines())
    return BlockBuilder(references, breaks=breaks)


def _markdown_of(leaf: Leaf) -> str:
    match leaf:
        case RawText():
            return leaf.content
        case RawTable():
            return "\n".join("\n".join(row) for row in (leaf.header, *leaf.rows))
        case Code():
            return leaf.text
        case Formula():
            return leaf.source
        case Rule():
            return ""
