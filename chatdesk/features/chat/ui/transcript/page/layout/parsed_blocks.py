"""The blocks of messages that may not be near the view: taken from the item if there is one, otherwise parsed in chunks."""

from collections.abc import Callable, Iterator, Sequence
from operator import is_not
from typing import TYPE_CHECKING

from chatdesk.features.chat.ui.transcript.blocks.markdown_blocks import (
    answer_blocks,
    blocks_where,
    growing_answer,
    growing_question,
    question_blocks,
)
from chatdesk.features.chat.ui.transcript.messages.message_item import TEXT
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.kernel.chat.message import Role
from chatdesk.rendering.markdown.blocks import Block

if TYPE_CHECKING:
    from chatdesk.rendering.markdown.citations import Cite

# Unchanged blocks stay the same objects (`rendering/markdown/incremental.py`).


def first_difference(before: Sequence[Block], now: Sequence[Block]) -> int:
    """Return the index of the first different block. Must be fast: it is called for every chunk of a streaming answer."""
    common = min(len(before), len(now))
    return next((index for index, other in enumerate(map(is_not, before, now)) if other), common)


_MAX_AT_ONCE = 4_000
"""Characters of a message parsed at once, which takes about 4 ms; incremental parsing has more overhead."""
_MAX_SEARCHED = 12_000
"""The same for a message of which only some blocks are parsed."""


def parsed_blocks(document: Document, index: int, part: int, source: str) -> Iterator[Sequence[Block] | None]:
    """Yield None at each possible pause, then the blocks of a message part with the given source."""
    if item := document.loaded_item(index):
        yield item.blocks(part)
        return
    is_question, cite = document.message(index).role is Role.USER, document.cite(index) if part == TEXT else None
    yield from parsed_in_chunks(source, is_question=is_question, cite=cite, bounded=True)


def parsed_where(
    document: Document, index: int, part: int, source: str, matches: Callable[[str], bool]
) -> Iterator[Sequence[Block | None] | None]:
    """Yield as `parsed_blocks`, but possibly with None for blocks whose Markdown is not `matches`.

    What citations show is not in the Markdown.
    """
    if document.loaded_item(index) or len(source) > _MAX_SEARCHED or (part == TEXT and document.cite(index)):
        yield from parsed_blocks(document, index, part, source)
    else:
        yield blocks_where(source, matches, is_question=document.message(index).role is Role.USER)


def parsed_in_chunks(
    source: str, *, is_question: bool, cite: "Cite | None" = None, bounded: bool = False
) -> Iterator[Sequence[Block] | None]:
    """Yield None at each possible pause, then the blocks of a text; with `bounded`, only those that are shown.

    `is_question` is whether it is a question of the user.
    """
    if len(source) <= _MAX_AT_ONCE:
        yield question_blocks(source) if is_question else answer_blocks(source, cite)
        return
    parser = growing_question() if is_question else growing_answer(cite)
    parser.add(source)
    parser.end()
    while parser.is_parsing or (parser.hidden and not bounded):
        if not parser.is_parsing:
            parser.allow_more()
        parser.parse_more()
        yield None
    yield parser.blocks
