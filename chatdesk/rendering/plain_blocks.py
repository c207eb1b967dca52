"""A text in which nothing is markdown -> blocks: words of strangers that are quoted, not written for the reader."""

import re

from chatdesk.rendering.blocks import Block, Paragraph, Span
from chatdesk.rendering.source_lines import showable

_PARAGRAPH = re.compile(r"(?:[^\S\n]*\S.*\n?)+")
"""Lines that are not blank."""


def plain_blocks(text: str) -> tuple[Block, ...]:
    """Return a paragraph for each stretch between blank lines. Its lines stay lines; offsets are those of `text`."""
    return tuple(
        Paragraph(start=found.start(), end=found.end(), spans=(Span(words),))
        for found in _PARAGRAPH.finditer(showable(text).replace("\r", "\n"))
        if (words := found[0].rstrip())
    )
