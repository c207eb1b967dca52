"""Long paragraphs: how much of one is parsed at all, and how little of it anew while it grows."""

import re
from itertools import islice
from typing import NamedTuple

from chatdesk.rendering.markdown.blocks import Span, Style
from chatdesk.rendering.markdown.inline_parser import MARKUP, InlineParser
from chatdesk.rendering.markdown.open_blocks.references import References

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
        limit = min(_place(MARKUP, content, MAX_MARKS), _place(_BRACKET, content, MAX_BRACKETS))
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


def _place(mark: re.Pattern[str], content: str, count: int) -> int:
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
