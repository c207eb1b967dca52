"""Markdown of a whole message to blocks. The same for text that is still growing is `incremental.py`."""

from chatdesk.rendering.block_builder import BlockBuilder
from chatdesk.rendering.blocks import Block
from chatdesk.rendering.line_parser import LineParser
from chatdesk.rendering.references import References
from chatdesk.rendering.source_lines import SourceLines


def parse(text: str, *, breaks: bool = False) -> tuple[Block, ...]:
    """Parse CommonMark 0.31 with GFM tables, strikethrough, task lists and bare links; HTML is plain text.

    With `breaks` a single newline is a line break, as people mean it who type into a chat; without, a space, as CommonMark has it.
    """
    lines = SourceLines()
    parser = LineParser()
    for line, start in lines.feed(text):
        parser.add(line, start)
    parser.end(lines.last, lines.last_start)
    harvest = parser.take()
    references = References()
    references.update(harvest.definitions, {})
    builder = BlockBuilder(references, breaks=breaks)
    return tuple(builder.build(leaf, harvest.loosened).block for leaf in harvest.leaves)
