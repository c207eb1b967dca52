"""Limits for long texts: how much of a paragraph is parsed, and how texts are split into blocks."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from chatdesk.rendering.markdown.bare_links import address_starts
from chatdesk.rendering.markdown.blocks import Block, Heading, Paragraph, Span, Style, Table
from chatdesk.rendering.markdown.citations import WIDE_OPENING
from chatdesk.rendering.markdown.data_pictures import holds_data
from chatdesk.rendering.markdown.inline_parser import FIRST_CJK, MARKUP, InlineParser
from chatdesk.rendering.markdown.leaves import RawText
from chatdesk.rendering.markdown.open_blocks.references import References

# Long paragraphs: limits for parsing, and reuse of earlier results while they grow.

LONG = 1_024
"""Minimum length of a long paragraph, heading or cell in characters."""
MAX_LENGTH = 32_768
MAX_MARKS = 3_072
"""Maximum number of characters, and of potential markup characters among them, that are parsed. The rest is shown as written.

Malicious text may cost about 10 µs per markup character, but no more.
"""

MAX_BRACKETS = 512
"""Maximum number of brackets among them: each may begin a link or picture whose end is searched for.

This many take 12 ms, as long as all markup characters.
"""

MAX_ADDRESSES = 512
"""Maximum number of positions at which a bare address may begin: each may become a link, which takes long to lay out."""

_BRACKET = re.compile(r"\[")
# A single space between words, the end of a Chinese clause, or a line end after a word: neither a hard line break, nor next to a mark
# that depends on its neighbours. What a line end stands for depends on the characters beside it: between these it is always the same.
_CUT = re.compile(
    rf"""(?<=\w)\ (?=\w)|(?<=[。，；！？])(?=\w)
    |(?<=[^\W_{FIRST_CJK}-\U0010ffff])\n(?=[^\W_{FIRST_CJK}-\U0010ffff]|[-+#>('"])""",
    re.VERBOSE,
)
_CITATION_BEGUN = re.compile(rf"[{WIDE_OPENING}][^】］]*$")
_MAY_BE_OPEN = re.compile(r"[\[*_~`<$]")


class _Head(NamedTuple):
    """The beginning of a text whose parsed result is final."""

    content: str = ""
    spans: tuple[Span, ...] = ()
    labels: frozenset[str] = frozenset()
    try_at: int = 2 * LONG
    """Length of the text from which on a longer head is searched for."""


class LongText:
    """Parses a text that extends the previous one, starting only where its result was final."""

    def __init__(self, parser: InlineParser, references: References) -> None:
        self._parser = parser
        self._references = references
        self._head = _Head()

    def parse(self, content: str) -> tuple[Span, ...]:
        """Parse inline Markdown up to the limits."""
        addresses = address_starts(content[:MAX_LENGTH])
        limit = min(
            _mark_position(MARKUP, content, MAX_MARKS),
            _mark_position(_BRACKET, content, MAX_BRACKETS),
            addresses[MAX_ADDRESSES] if len(addresses) > MAX_ADDRESSES else MAX_LENGTH,
        )
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
        """Discard the stored result, because a link definition has changed."""
        self._head = _Head()

    def _longer(self, head: _Head, content: str) -> _Head:
        cuts = _CUT.finditer(content, len(head.content), len(content) - LONG // 2)
        end = max((cut.start() for cut in cuts), default=len(head.content))
        spans = self._parser.parse(content[len(head.content) : end])
        if _is_open(content[len(head.content) : end], spans):
            return head._replace(try_at=len(content) + LONG)
        labels = head.labels | self._references.asked
        return _Head(content[:end], _concatenated(head.spans, spans), labels, end + 2 * LONG)


def _mark_position(mark: re.Pattern[str], content: str, count: int) -> int:
    """Return the position of the mark with index `count`, or the parsing limit."""
    found = islice(mark.finditer(content, 0, MAX_LENGTH), count, None)
    return next((match.start() for match in found), MAX_LENGTH)


def _is_open(content: str, spans: tuple[Span, ...]) -> bool:
    """Return whether something that began in a text may end after it."""
    # An escaped bracket may begin a formula, unless it is already in one.
    escaped = content.count("\\(") - sum(
        span.text.count("\\(") for span in spans if span.formula or Style.CODE in span.style
    )
    return (
        escaped > 0
        or _CITATION_BEGUN.search(spans[-1].text if spans else "") is not None
        or any(
            _MAY_BE_OPEN.search(span.text)
            for span in spans
            if not span.formula and not span.footnote and not span.citation and Style.CODE not in span.style
        )
    )


def _concatenated(head: tuple[Span, ...], tail: tuple[Span, ...]) -> tuple[Span, ...]:
    """Join the spans of two parts of a text that was split between words of plain text."""
    if head and tail and head[-1] == Span(head[-1].text) and tail[0] == Span(tail[0].text):
        return (*head[:-1], Span(head[-1].text + tail[0].text), *tail[1:])
    return (*head, *tail)


# Extremely long texts: split into several blocks that continue each other, and merged again.
#
# A block is laid out and painted as a whole, so its size is limited to what the window can handle quickly. The first block of a long
# paragraph has the length that is parsed; the rest is shown as written. A long table continues with a repeated header.

MAX_FIRST_BLOCK_LENGTH = MAX_LENGTH
"""Maximum length of the first block of a text in characters."""
_FURTHER = 8_192
"""Maximum length of each continuation in characters."""
_AHEAD = 64
"""Number of characters examined after a split position: combining marks stay with their letter."""
_CELLS = 1_500
_MARKED = 5
"""Maximum number of cells in a table block, and the weight of a cell with markup: measuring them takes about 30 ms."""
_WRAPPED = 32
"""Number of characters in a row that count as another cell: cells with several lines take longer."""
_MIN_ROWS = 16
_JOINER = "\u200d"
_MAX_SLOW_LENGTH = 2_048
_SLOW = 2_048
"""Block length if more than this many of the following characters take four to eight times as long to lay out.

These are all characters outside the Basic Multilingual Plane, and the joiners of emoji, which count twice. Invisible ones have no width
either, so that all of a long text could be visible.
"""
_SHORT_LINE = 16
"""Minimum number of characters counted for a line, because lines take space and time as well."""
_DATA = 1_024
"""Number of characters counted for a line with picture data, which is not laid out."""


def max_length(joint: str | None) -> int:
    """Return the maximum length of a block that begins a text, or continues one after a joint."""
    return MAX_FIRST_BLOCK_LENGTH if joint is None else _FURTHER


def size(line: str) -> int:
    """Return the length counted for a line."""
    return _DATA if len(line) > _DATA and holds_data(line) else max(_SHORT_LINE, len(line))


def cells_of(row: str, columns: int) -> int:
    """Return the number of cells counted for a table row."""
    return columns * (_MARKED if MARKUP.search(row) else 1) + len(row) // _WRAPPED


def is_full(rows: int, cells: int) -> bool:
    """Return whether the next table row belongs in a new block."""
    return cells >= _CELLS and rows >= _MIN_ROWS


def cut(leaf: RawText, last_line: int, text_end: int) -> Iterator[RawText]:
    """Yield a leaf, split into several if its last line is too long.

    `last_line` is the length of that line, `text_end` the position of its end in the source.
    """
    content, start = leaf.content, 0
    most = _max_length(content, 0, leaf.joint)
    if len(content) <= most + _AHEAD or (leaf.joint is None and holds_data(content)):
        yield leaf
        return
    begin, joint = leaf.start, leaf.joint
    earliest = len(content) - last_line
    while len(content) - start > most + _AHEAD:
        end = _split_position(content, max(earliest, start + most // 2), max(earliest, start + most))
        at = text_end - len(content) + end
        yield replace(leaf, start=begin, end=at, content=content[start:end], joint=joint)
        start, begin, joint = end, at, ""
        most = _max_length(content, start, joint)
    yield replace(leaf, start=begin, content=content[start:], joint=joint)


def _max_length(content: str, start: int, joint: str | None) -> int:
    """Return the maximum length of a block that begins here."""
    if content.isascii() or len(content) - start <= _SLOW:
        return max_length(joint)
    # Calculated from encoded lengths, because this runs for every chunk of an answer: a regular expression takes 20 times as long.
    ahead = content[start : start + _FURTHER]
    outside = len(ahead.encode("utf-16-le", "surrogatepass")) // 2 - len(ahead)
    return _SLOW if outside + 2 * ahead.count(_JOINER) > _MAX_SLOW_LENGTH else max_length(joint)


def joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks with continuations merged, as they are written to files."""
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
            texts = (_words(part) for part in others if isinstance(part, Paragraph | Heading))
            return replace(first, end=others[-1].end, spans=(*first.spans, Span("".join(texts))), joint=None)
        case Table():
            rows = [row for part in parts if isinstance(part, Table) for row in part.rows]
            return replace(first, end=others[-1].end, rows=tuple(rows), joint=None)
        case _:
            raise ValueError(first)


def _words(part: Paragraph | Heading) -> str:
    return (part.joint or "") + "".join(span.text for span in part.spans)


def _split_position(text: str, earliest: int, latest: int) -> int:
    """Return the split position: after the last space, otherwise as late as possible, but not between a letter and its combining marks."""
    space = text.rfind(" ", earliest, latest)
    if space >= 0:
        return space + 1
    end = latest
    while end < min(len(text), latest + _AHEAD) and (
        unicodedata.category(text[end])[0] in "MC" or text[end - 1] == _JOINER
    ):
        end += 1
    return end if end < latest + _AHEAD else latest
