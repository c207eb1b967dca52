"""The blocks of a message that need not be near the view: taken from it if it is, else parsed in pieces and not kept."""

from collections.abc import Callable, Iterator, Sequence
from operator import is_not

from chatdesk.features.chat.ui.transcript.blocks.markdown_blocks import (
    answer_blocks,
    blocks_where,
    growing_answer,
    growing_question,
    question_blocks,
)
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.kernel.chat.message import Role
from chatdesk.rendering.markdown.blocks import Block

# The first block that differs between two lists of blocks.
#
# A block that did not change stays the same object (`rendering/markdown/incremental.py`).


def first_difference(before: Sequence[Block], now: Sequence[Block]) -> int:
    """Return the first block that is another. Fast, since it is asked for with every piece of an answer that streams."""
    common = min(len(before), len(now))
    return next((index for index, other in enumerate(map(is_not, before, now)) if other), common)


_SHORT = 4_000
"""Characters of a message that is parsed in one piece: that takes some 4 ms, and growing costs more."""
_MOST_LOOKED_THROUGH = 12_000
"""Likewise of one of which only some blocks are parsed."""


def parsed_blocks(document: Document, index: int, part: int, source: str) -> Iterator[Sequence[Block] | None]:
    """Yield None as often as there may be a pause, then the blocks of a message's part, whose source is given."""
    if item := document.known(index):
        yield item.blocks(part)
        return
    yield from parsed_in_pieces(source, asked=document.message(index).role is Role.USER, bounded=True)


def parsed_where(
    document: Document, index: int, part: int, source: str, wanted: Callable[[str], bool]
) -> Iterator[Sequence[Block | None] | None]:
    """Yield as `parsed_blocks` does, but there may be None for blocks whose markdown is not `wanted`."""
    if document.known(index) or len(source) > _MOST_LOOKED_THROUGH:
        yield from parsed_blocks(document, index, part, source)
    else:
        yield blocks_where(source, wanted, asked=document.message(index).role is Role.USER)


def parsed_in_pieces(source: str, *, asked: bool, bounded: bool = False) -> Iterator[Sequence[Block] | None]:
    """Yield None as often as there may be a pause, then the blocks of a text, or with `bounded` those that are shown of it.

    `asked` says whether the user wrote it.
    """
    if len(source) <= _SHORT:
        yield question_blocks(source) if asked else answer_blocks(source)
        return
    parser = growing_question() if asked else growing_answer()
    parser.add(source)
    parser.end()
    while parser.reading or (parser.hidden and not bounded):
        if not parser.reading:
            parser.allow_more()
        parser.read_on()
        yield None
    yield parser.blocks
