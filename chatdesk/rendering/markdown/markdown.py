"""Parsing of a complete message into blocks. `incremental.py` does the same for growing text."""

from collections.abc import Callable

from chatdesk.rendering.formulas.macros import defines_macros
from chatdesk.rendering.markdown.block_builder import BlockBuilder
from chatdesk.rendering.markdown.blocks import Block, Code, Formula, Rule
from chatdesk.rendering.markdown.citations import Cite
from chatdesk.rendering.markdown.footnotes import FootnoteNumbers, footnote_of, numbered
from chatdesk.rendering.markdown.leaves import Leaf, ParsedLines, RawTable, RawText
from chatdesk.rendering.markdown.line_parser import LineParser
from chatdesk.rendering.markdown.macro_scope import NO_MACROS, with_macros
from chatdesk.rendering.markdown.open_blocks.references import References
from chatdesk.rendering.markdown.open_blocks.source_lines import SourceLines, showable


def parse(text: str, *, breaks: bool = False, cite: Cite | None = None) -> tuple[Block, ...]:
    """Parse CommonMark 0.31 with GFM, formulas and definition lists; HTML is treated as plain text.

    With `breaks`, a single newline is a line break, as users expect in a chat; without, it is a space, as in CommonMark. With `cite`, there
    may be citations of documents.
    """
    parsed = _parse_lines(text)
    builder = _builder(parsed, breaks=breaks, cite=cite)
    built = [builder.build(leaf, parsed.loosened) for leaf in parsed.leaves]
    numbers = FootnoteNumbers()
    numbers.update((key for made in built for key in made.notes), ())
    blocks: list[Block] = []
    known = NO_MACROS
    for made in built:
        block = numbered(made.block, numbers.get) if made.notes or footnote_of(made.block) else made.block
        block, known = with_macros(block, known)
        blocks.append(block)
    return tuple(blocks)


def parse_where(
    text: str, wanted: Callable[[str], bool], *, breaks: bool = False, cite: Cite | None = None
) -> tuple[Block | None, ...]:
    """Like `parse`, but parse only blocks whose own Markdown is `wanted`; the others are None.

    More than half of the time is spent on the text within blocks. If there are footnotes, all blocks are parsed, because footnotes are
    numbered, and likewise if formulas define macros.
    """
    parsed = _parse_lines(text)
    if parsed.footnotes or defines_macros(text):
        return parse(text, breaks=breaks, cite=cite)
    builder = _builder(parsed, breaks=breaks, cite=cite)
    return tuple(
        builder.build(leaf, parsed.loosened).block if wanted(_markdown_of(leaf)) else None for leaf in parsed.leaves
    )


def _parse_lines(text: str) -> ParsedLines:
    parser = LineParser()
    if "\r" in text:
        lines = SourceLines()
        for line, start in lines.feed(text):
            parser.add(line, start)
        parser.end(lines.last, lines.last_start)
    else:
        parser.add_all(showable(text))
    return parser.take_lines()


def _builder(parsed: ParsedLines, *, breaks: bool, cite: Cite | None) -> BlockBuilder:
    references = References()
    references.update(parsed, ParsedLines())
    return BlockBuilder(references, breaks=breaks, cite=cite)


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
