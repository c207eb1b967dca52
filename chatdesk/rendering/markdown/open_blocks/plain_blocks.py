"""A text in which nothing is markdown -> blocks: words of strangers that are quoted, not written for the reader."""

import re
from collections.abc import Iterator

from chatdesk.rendering.markdown import long_blocks
from chatdesk.rendering.markdown.blocks import Block, Paragraph, Span
from chatdesk.rendering.markdown.leaves import RawText
from chatdesk.rendering.markdown.open_blocks.source_lines import showable

_PARAGRAPH = re.compile(r"(?:[^\S\n]*\S.*\n?)+")
"""Lines that are not blank."""


def plain_blocks(text: str) -> tuple[Block, ...]:
    """Return a paragraph for each stretch between blank lines, or several if it is very long.

    Its lines stay lines; offsets are those of `text`.
    """
    shown = _shown(text)
    found = _PARAGRAPH.finditer(shown)
    return tuple(part for match in found if match[0].strip() for part in _parts(match[0].rstrip(), match.start()))


def written_blocks(text: str) -> tuple[Block, ...]:
    """Return a text with all its lines, blank ones too, as one paragraph, or several if it is very long."""
    return tuple(_parts(_shown(text), 0)) if text else ()


def _shown(text: str) -> str:
    return showable(text).replace("\r", "\n")


def _parts(words: str, start: int) -> Iterator[Block]:
    end = start + len(words)
    leaf = RawText(start=start, end=end, containers=(), content=words, joint="")
    for number, part in enumerate(long_blocks.cut(leaf, len(words), end)):
        yield Paragraph(
            start=part.start, end=part.end, spans=(Span(part.content),), joint=part.joint if number else None
        )
