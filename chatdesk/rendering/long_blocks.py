"""Texts so long that nobody reads them: as several blocks, one going on where the other ends, and as one again.

A block is set and painted as a whole, so none may be longer than the window can set in a moment. Of a long paragraph the first block is
as long as what is parsed of it at all; what follows is shown as it is written. A long table goes on under its head once more.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from chatdesk.rendering.blocks import Block, Heading, Paragraph, Span, Table
from chatdesk.rendering.data_pictures import holds_data
from chatdesk.rendering.leaves import RawText
from chatdesk.rendering.long_text import MAX_LENGTH

LONGEST = MAX_LENGTH
"""Characters of a block that begins a text."""
_FURTHER = 8_192
"""Characters of each block that goes on with one."""
_AHEAD = 64
"""Characters that are looked at behind a cut: marks that belong to the letter before it stay with that."""
_CELLS = 1_000
"""Of a table: to measure so many takes some 30 ms."""
_LEAST_ROWS = 16
_DATA = 1_024
"""As much as a line with the data of a picture counts: that is not set."""


def room(joint: str | None) -> int:
    """Return how many characters a block has room for that begins a text, or goes on with one behind a joint."""
    return LONGEST if joint is None else _FURTHER


def size(line: str) -> int:
    """Return how much room a line takes."""
    return _DATA if len(line) > _DATA and holds_data(line) else len(line)


def most_rows(columns: int) -> int:
    """Return after how many rows a table of so many columns goes on as another block."""
    return max(_LEAST_ROWS, _CELLS // columns)


def cut(leaf: RawText, last_line: int, text_end: int) -> Iterator[RawText]:
    """Yield a leaf as one, or as several if its last line is too long.

    `last_line` is how long that is, `text_end` where it ends in the source.
    """
    content, start = leaf.content, 0
    if len(content) <= room(leaf.joint) + _AHEAD or (leaf.joint is None and holds_data(content)):
        yield leaf
        return
    begin, joint = leaf.start, leaf.joint
    earliest = len(content) - last_line
    while len(content) - start > room(joint) + _AHEAD:
        end = _place(content, max(earliest, start + room(joint) // 2), start + room(joint))
        at = text_end - len(content) + end
        yield replace(leaf, start=begin, end=at, content=content[start:end], joint=joint)
        start, begin, joint = end, at, ""
    yield replace(leaf, start=begin, content=content[start:], joint=joint)


def joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks with those made one again that go on with the text of the one before: as they are written to a file."""
    parts: list[Block] = []
    for block in blocks:
        if parts and block.joint is None:
            yield _one(parts)
            parts.clear()
        parts.append(block)
    if parts:
        yield _one(parts)


def _one(parts: list[Block]) -> Block:
    first, *others = parts
    if not others:
        return first if first.joint is None else replace(first, joint=None)
    match first:
        case Paragraph() | Heading():
            words = (_words(part) for part in others if isinstance(part, Paragraph | Heading))
            return replace(first, end=others[-1].end, spans=(*first.spans, Span("".join(words))), joint=None)
        case Table():
            rows = [row for part in parts if isinstance(part, Table) for row in part.rows]
            return replace(first, end=others[-1].end, rows=tuple(rows), joint=None)
        case _:
            raise ValueError(first)


def _words(part: Paragraph | Heading) -> str:
    return (part.joint or "") + "".join(span.text for span in part.spans)


def _place(text: str, earliest: int, latest: int) -> int:
    """Return where to cut: behind the last space, or else as late as may be, but between no letter and the marks on it."""
    space = text.rfind(" ", earliest, latest)
    if space >= 0:
        return space + 1
    end = latest
    while end < latest + _AHEAD and (unicodedata.category(text[end])[0] in "MC" or text[end - 1] == "\u200d"):
        end += 1
    return end if end < latest + _AHEAD else latest
