"""Long texts: how much of a paragraph is parsed, and how long texts are cut into blocks."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from chatdesk.rendering.markdown.blocks import Block, Heading, Paragraph, Span, Style, Table
from chatdesk.rendering.markdown.data_pictures import holds_data
from chatdesk.rendering.markdown.inline_parser import MARKUP, InlineParser
from chatdesk.rendering.markdown.leaves import RawText
from chatdesk.rendering.markdown.open_blocks.references import References

# Long paragraphs: how much of one is parsed at all, and how little of it anew while it grows.

LONG = 1_024
"""Characters from which on a paragraph, heading or cell is long."""
MAX_LENGTH = 32_768
MAX_MARKS = 3_072
"""Characters, and those among them that could be markup, that are parsed. What follows is shown as it is written: hostile text can cost
about 10 µs a mark, and no more.
"""

MAX_BRACKETS = 512
"""Brackets among them: each may begin a link or a picture, whose end is looked for. So many take 12 ms, as long as all marks."""

_BRACKET = re.compile(r"\[")
# A lone space between words, or the end of a Chinese clause: no hard line break, nor beside a mark that looks at its neighbours.
_CUT = re.compile(r"(?<=\w) (?=\w)|(?<=[。，；！？])(?=\w)")
_MAY_BE_OPEN = re.compile(r"[\[*_~`<$]")


class _Head(NamedTuple):
    """The beginning of a text that stays parsed as it is, whatever follows."""

    content: str = ""
    spans: tuple[Span, ...] = ()
    labels: frozenset[str] = frozenset()
    try_at: int = 2 * LONG
    """How long the text must have become before a longer head is looked for."""


class LongText:
    """Parses a text that begins with the last one only from where that was sure to be complete."""

    def __init__(self, parser: InlineParser, references: References) -> None:
        self._parser = parser
        self._references = references
        self._head = _Head()

    def parse(self, content: str) -> tuple[Span, ...]:
        """Parse inline markdown, up to the limits."""
        limit = min(_long_text_place(MARKUP, content, MAX_MARKS), _long_text_place(_BRACKET, content, MAX_BRACKETS))
        parsed, rest = content[:limit], content[limit:]
        head = self._head if parsed.startswith(self._head.content) else _Head()
        if len(parsed) >= head.try_at:
            head = self._longer(head, parsed)
        spans = _concatenated(head.spans, self._parser.parse(parsed[len(head.content) :]))
        self._references.asked |= head.labels
        if not rest:
            self._head = head
            return spans
        self._head = _Head(parsed, spans, frozenset(self._references.asked), len(parsed) + 1)
        return (*spans, Span(rest))

    def forget(self) -> None:
        """Parse all anew next time: a link definition has changed."""
        self._head = _Head()

    def _longer(self, head: _Head, content: str) -> _Head:
        cuts = _CUT.finditer(content, len(head.content), len(content) - LONG // 2)
        end = max((cut.start() for cut in cuts), default=len(head.content))
        spans = self._parser.parse(content[len(head.content) : end])
        if _is_open(content[len(head.content) : end], spans):
            return head._replace(try_at=len(content) + LONG)
        labels = head.labels | self._references.asked
        return _Head(content[:end], _concatenated(head.spans, spans), labels, end + 2 * LONG)


def _long_text_place(mark: re.Pattern[str], content: str, count: int) -> int:
    """Return where the mark after so many begins, or where nothing is parsed any more."""
    found = islice(mark.finditer(content, 0, MAX_LENGTH), count, None)
    return next((match.start() for match in found), MAX_LENGTH)


def _is_open(content: str, spans: tuple[Span, ...]) -> bool:
    """Whether something that began in a text may end behind it."""
    # An escaped bracket may be the beginning of a formula: only those that are in one already are known not to be.
    escaped = content.count("\\(") - sum(
        span.text.count("\\(") for span in spans if span.formula or Style.CODE in span.style
    )
    return escaped > 0 or any(
        _MAY_BE_OPEN.search(span.text)
        for span in spans
        if not span.formula and not span.footnote and Style.CODE not in span.style
    )


def _concatenated(head: tuple[Span, ...], tail: tuple[Span, ...]) -> tuple[Span, ...]:
    """Join the spans of two halves of a text that was cut between words of plain running text."""
    if head and tail and head[-1] == Span(head[-1].text) and tail[0] == Span(tail[0].text):
        return (*head[:-1], Span(head[-1].text + tail[0].text), *tail[1:])
    return (*head, *tail)


# Texts so long that nobody reads them: as several blocks, one going on where the other ends, and as one
# again.
#
# A block is set and painted as a whole, so none may be longer than the window can set in a moment. Of a long
# paragraph the first block is as long as what is parsed of it at all; what follows is shown as it is written.
# A long table goes on under its head once more.

LONGEST = MAX_LENGTH
"""Characters of a block that begins a text."""
_FURTHER = 8_192
"""Characters of each block that goes on with one."""
_AHEAD = 64
"""Characters that are looked at behind a cut: marks that belong to the letter before it stay with that."""
_CELLS = 1_500
_MARKED = 5
"""Cells of a block of a table, and as how many of them one with marks in it counts: to measure them takes some 30 ms."""
_WRAPPED = 32
"""Characters of a row that count as one more cell: cells of several lines take longer."""
_LEAST_ROWS = 16
_JOINER = "\u200d"
_MOST_SLOW = 2_048
_SLOW = 2_048
"""Characters of a block if more than so many of those ahead take four to eight times as long to be set: all outside the basic plane, and
the joiners of emoji, which count twice. Those that draw nothing take no room either, so that all of a long text could be in view.
"""
_SHORT_LINE = 16
"""As many characters as a line counts at least: lines take room, and time, too."""
_DATA = 1_024
"""As much as a line with the data of a picture counts: that is not set."""


def room(joint: str | None) -> int:
    """Return how many characters a block has room for that begins a text, or goes on with one behind a joint."""
    return LONGEST if joint is None else _FURTHER


def size(line: str) -> int:
    """Return how much room a line takes."""
    return _DATA if len(line) > _DATA and holds_data(line) else max(_SHORT_LINE, len(line))


def cells_of(row: str, columns: int) -> int:
    """Return as how many cells a row of a table counts."""
    return columns * (_MARKED if MARKUP.search(row) else 1) + len(row) // _WRAPPED


def is_full(rows: int, cells: int) -> bool:
    """Whether another row of a table belongs to a block of its own."""
    return cells >= _CELLS and rows >= _LEAST_ROWS


def cut(leaf: RawText, last_line: int, text_end: int) -> Iterator[RawText]:
    """Yield a leaf as one, or as several if its last line is too long.

    `last_line` is how long that is, `text_end` where it ends in the source.
    """
    content, start = leaf.content, 0
    most = _most(content, 0, leaf.joint)
    if len(content) <= most + _AHEAD or (leaf.joint is None and holds_data(content)):
        yield leaf
        return
    begin, joint = leaf.start, leaf.joint
    earliest = len(content) - last_line
    while len(content) - start > most + _AHEAD:
        end = _place(content, max(earliest, start + most // 2), max(earliest, start + most))
        at = text_end - len(content) + end
        yield replace(leaf, start=begin, end=at, content=content[start:end], joint=joint)
        start, begin, joint = end, at, ""
        most = _most(content, start, joint)
    yield replace(leaf, start=begin, content=content[start:], joint=joint)


def _most(content: str, start: int, joint: str | None) -> int:
    """Return how long a block may be that begins here."""
    if content.isascii() or len(content) - start <= _SLOW:
        return room(joint)
    # Lengths tell how many there are, since this is done again with every piece of an answer: an expression takes 20 times as long.
    ahead = content[start : start + _FURTHER]
    outside = len(ahead.encode("utf-16-le", "surrogatepass")) // 2 - len(ahead)
    return _SLOW if outside + 2 * ahead.count(_JOINER) > _MOST_SLOW else room(joint)


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
    while end < min(len(text), latest + _AHEAD) and (
        unicodedata.category(text[end])[0] in "MC" or text[end - 1] == _JOINER
    ):
        end += 1
    return end if end < latest + _AHEAD else latest
