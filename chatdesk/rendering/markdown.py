"""Markdown of a whole message to blocks. The same for text that is still growing is `incremental.py`."""

from chatdesk.rendering.block_builder import BlockBuilder
from chatdesk.rendering.blocks import Block
from chatdesk.rendering.footnotes import FootnoteNumbers, footnote_of, numbered
from chatdesk.rendering.leaves import Harvest
from chatdesk.rendering.line_parser import LineParser
from chatdesk.rendering.references import References
from chatdesk.rendering.source_lines import SourceLines, showable


def parse(text: str, *, breaks: bool = False) -> tuple[Block, ...]:
    """Parse CommonMark 0.31 with what GFM adds, formulas and definition lists; HTML is plain text.

    With `breaks` a single newline is a line break, as people mean it who type into a chat; without, a space, as CommonMark has it.
    """
    parser = LineParser()
    if "\r" in text:
        lines = SourceLines()
        for line, start in lines.feed(text):
            parser.add(line, start)
        parser.end(lines.last, lines.last_start)
    else:
        parser.add_all(showable(text))
    harvest = parser.take()
    references = References()
    references.update(harvest, Harvest())
    builder = BlockBuilder(references, breaks=breaks)
    built = [builder.build(leaf, harvest.loosened) for leaf in harvest.leaves]
    numbers = FootnoteNumbers()
    numbers.update((key for made in built for key in made.notes), ())
    return tuple(
        numbered(made.block, numbers.get) if made.notes or footnote_of(made.block) else made.block for made in built
    )
