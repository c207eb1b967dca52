"""Segmentation of a text into segments that are translated one by one, and their reassembly with unchanged layout.

A segment is a paragraph, a heading, a list item, a table row, or a subtitle caption. Its markup (`## `, `- `, time codes, the following
blank lines) is not translated. Code, front matter, formulas and rules are kept unchanged. Invariant: joining the segments of a text
without results returns the text, byte for byte.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from itertools import islice

from chatdesk.features.translation.domain.sentences import sentences
from chatdesk.kernel.fast_dataclass import dataclass

MAX_SEGMENT_LENGTH = 2_000
"""Maximum number of characters of a segment; a longer paragraph is split between its sentences."""
_WRAPPED_BELOW = 110
"""Columns. A longer line was not wrapped by hand, so it is a paragraph of its own."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_TIME_CODE = re.compile(
    r"[ \t]*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}[ \t]*-->[ \t]*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}[^\r\n]*"
)
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*(?:\r\n|\n|\r)")
_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]+")
_ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_QUOTE = re.compile(r"[ ]{0,3}(?:>[ \t]?)+")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:=+|-{2,})[ \t]*$")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_DEFINITION = re.compile(r"[ ]{0,3}\[[^\]\r\n]{1,200}\]:[ \t]*\S+[ \t]*(?:[\"'(][^\r\n]*)?$")
_TAGS_ONLY = re.compile(r"[ \t]*(?:<[^<>\r\n]+>[ \t]*)+$")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$")
_FORMULA = re.compile(r"[ ]{0,3}\$\$")
_INDENTED = re.compile(r"(?: {4}|\t)")
_INDENTED_START = re.compile(r"[　 \t]+")
_LOOKS_MARKED = re.compile(r"^(?:#{1,6}[ \t]+\S|[ ]{0,3}```|[ ]{0,3}[-*+][ \t]+\S)|\]\(\S+\)", re.MULTILINE)
_WIDE_SENTENCE_END = re.compile(r"[。！？…」』”】：；][ \t　]*$")


class SegmentKind(StrEnum):
    """Kind of a segment. The values are stored in the document's file."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    TABLE_ROW = "table-row"
    CAPTION = "caption"
    VERBATIM = "kept"
    """Not translated: code, front matter, formulas, rules."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Piece of a text. `text` is translated; `before` and `after` are kept. A segment of kind `VERBATIM` has its content in `text` too."""

    text: str
    kind: SegmentKind = SegmentKind.PARAGRAPH
    before: str = ""
    after: str = ""

    @property
    def translatable(self) -> bool:
        """Whether the segment contains anything to translate."""
        return self.kind is not SegmentKind.VERBATIM and any(character.isalpha() for character in self.text)


def join(segments: Iterable[Segment], results: Iterable[str | None]) -> str:
    """Return the text with the results; None keeps a segment's own text. Line ends are converted to those of the segment."""
    return "".join(
        segment.before + (segment.text if result is None else _with_ends(segment, result)) + segment.after
        for segment, result in zip(segments, results, strict=True)
    )


def cut(text: str, maximum: int | None = None) -> tuple[Segment, ...]:
    """Return the segments of a text, at most `maximum` of them."""
    lines = _LINE.findall(text)
    segments = _captions(lines) if any(_TIME_CODE.match(line) for line in lines) else _Splitter(text, lines).segments()
    return tuple(islice((part for segment in _with_blanks(segments) for part in _bounded(segment)), maximum))


def _with_ends(segment: Segment, result: str) -> str:
    ends = re.findall(r"\r\n|\n|\r", segment.text + segment.after + segment.before)
    return result if not ends or ends[0] == "\n" else re.sub(r"\r\n|\n|\r", ends[0], result)


def _bare(line: str) -> str:
    return line.rstrip("\r\n")


def _is_blank(line: str) -> bool:
    return not line.strip()


def _segment(kind: SegmentKind, before: str, lines: list[str]) -> Segment:
    """Return a segment of lines, the first of which is without its markup. Surrounding whitespace goes to `before` and `after`."""
    whole = "".join(lines)
    text = whole.rstrip()
    left = len(text) - len(text.lstrip())
    return Segment(text[left:], kind, before + text[:left], whole[len(text) :])


def _with_blanks(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Attach segments without text to their neighbours, so that every row has text and none is for blank lines."""
    waiting, last = "", None
    for segment in segments:
        if not segment.text:
            blank = segment.before + segment.after
            if last is None:
                waiting += blank
            else:
                last = replace(last, after=last.after + blank)
            continue
        if last is not None:
            yield last
        last, waiting = replace(segment, before=waiting + segment.before), ""
    if last is not None:
        yield last
    elif waiting:
        yield Segment("", SegmentKind.VERBATIM, waiting)


def _bounded(segment: Segment) -> Iterator[Segment]:
    """Split a long segment between its sentences, or anywhere if necessary."""
    if len(segment.text) <= MAX_SEGMENT_LENGTH or segment.kind is SegmentKind.VERBATIM:
        yield segment
        return
    text, start = segment.text, 0
    ends = [span.end for span in sentences(text)]
    parts: list[tuple[str, str]] = []
    while start < len(text):
        maximum = min(start + MAX_SEGMENT_LENGTH, len(text))
        last = ends[max(0, bisect_right(ends, maximum) - 1)]
        end = last if start < last <= maximum else maximum
        rest = text[end:]
        gap = rest[: len(rest) - len(rest.lstrip())]
        parts.append((text[start:end], gap))
        start = end + len(gap)
    for number, (part, gap) in enumerate(parts):
        first, last = number == 0, number == len(parts) - 1
        yield Segment(part, segment.kind, segment.before if first else "", segment.after if last else gap)


def _captions(lines: list[str]) -> Iterator[Segment]:
    """Split subtitles: numbers, time codes and notes are kept, the text of each caption is a segment."""
    before: list[str] = []
    caption_lines: list[str] = []
    timed = False
    for line in lines:
        if _TIME_CODE.match(line):
            before.append(line)
            timed = True
        elif _is_blank(line):
            if caption_lines:
                yield _segment(SegmentKind.CAPTION, "".join(before), caption_lines)
                before, caption_lines = [], []
            elif before:
                yield Segment("", SegmentKind.VERBATIM, "".join(before))
                before = []
            yield Segment("", SegmentKind.VERBATIM, line)
            timed = False
        else:
            (caption_lines if timed else before).append(line)
    if caption_lines:
        yield _segment(SegmentKind.CAPTION, "".join(before), caption_lines)
    elif before:
        yield Segment("", SegmentKind.VERBATIM, "".join(before))


class _Splitter:
    """Splits the lines of a text in one pass."""

    def __init__(self, text: str, lines: list[str]) -> None:
        self._lines = lines
        self._position = 0
        self._marked = _LOOKS_MARKED.search(text) is not None
        self._front = _FRONT_MATTER.match(text)

    def segments(self) -> Iterator[Segment]:
        if self._front and (end := self._front_matter_end(self._front[1])):
            yield self._verbatim(end)
        while self._position < len(self._lines):
            line = self._lines[self._position]
            bare = _bare(line)
            if _is_blank(line):
                self._position += 1
                yield Segment("", SegmentKind.VERBATIM, line)
            elif fence := _FENCE.match(bare):
                yield self._verbatim(self._fence_end(fence[1]))
            elif _FORMULA.match(bare):
                yield self._verbatim(self._formula_end(bare))
            elif self._is_verbatim_line(bare):
                yield self._verbatim(self._position + 1)
            elif heading := _HEADING.match(bare):
                yield self._single_line(SegmentKind.HEADING, heading[0])
            elif self._is_table_row(bare):
                yield self._single_line(SegmentKind.TABLE_ROW, "")
            elif item := _ITEM.match(bare):
                yield self._with_continuation(SegmentKind.ITEM, item[0])
            elif quote := _QUOTE.match(bare):
                yield self._with_continuation(SegmentKind.QUOTE, quote[0])
            else:
                yield self._paragraph()

    def _verbatim(self, end: int) -> Segment:
        lines = self._lines[self._position : end]
        self._position = end
        return _segment(SegmentKind.VERBATIM, "", lines)

    def _single_line(self, kind: SegmentKind, mark: str) -> Segment:
        line = self._lines[self._position]
        self._position += 1
        return _segment(kind, mark, [line[len(mark) :]])

    def _with_continuation(self, kind: SegmentKind, mark: str) -> Segment:
        """Return an item or a quote including its continuation lines."""
        lines = [self._lines[self._position][len(mark) :]]
        self._position += 1
        while self._position < len(self._lines) and self._continues(kind, self._lines[self._position]):
            lines.append(self._lines[self._position])
            self._position += 1
        return _segment(kind, mark, lines)

    def _continues(self, kind: SegmentKind, line: str) -> bool:
        if kind is SegmentKind.QUOTE:
            quote = _QUOTE.match(line)
            return quote is not None and not _is_blank(line[quote.end() :])
        return line[:1] in {" ", "\t"} and not _is_blank(line) and not self._starts(_bare(line))

    def _paragraph(self) -> Segment:
        lines = [self._lines[self._position]]
        self._position += 1
        while self._position < len(self._lines):
            line, last = self._lines[self._position], _bare(lines[-1])
            bare = _bare(line)
            if _UNDERLINE.match(bare) and len(lines) <= 2:
                self._position += 1
                segment = _segment(SegmentKind.HEADING, "", lines)
                return replace(segment, after=segment.after + line)
            if _is_blank(line) or self._starts(bare) or _is_complete_paragraph(last, bare):
                break
            lines.append(line)
            self._position += 1
        return _segment(SegmentKind.PARAGRAPH, "", lines)

    def _starts(self, bare: str) -> bool:
        """Return whether a line starts something other than a paragraph."""
        return (
            any(pattern.match(bare) for pattern in (_FENCE, _FORMULA, _HEADING, _ITEM, _QUOTE))
            or self._is_verbatim_line(bare, in_paragraph=True)
            or self._is_table_row(bare)
        )

    def _is_verbatim_line(self, bare: str, *, in_paragraph: bool = False) -> bool:
        if any(pattern.match(bare) for pattern in (_RULE, _DEFINITION, _TAGS_ONLY, _TABLE_RULE)):
            return True
        return self._marked and not in_paragraph and _INDENTED.match(bare) is not None and not _ITEM.match(bare)

    @staticmethod
    def _is_table_row(bare: str) -> bool:
        stripped = bare.strip()
        return stripped.startswith("|") and stripped.count("|") > 1

    def _fence_end(self, mark: str) -> int:
        closing = re.compile(rf"[ ]{{0,3}}{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
        return self._end(lambda line: closing.match(line) is not None)

    def _formula_end(self, first: str) -> int:
        if first.strip() != "$$" and first.rstrip().endswith("$$"):
            return self._position + 1
        return self._end(lambda line: line.rstrip().endswith("$$"))

    def _front_matter_end(self, mark: str) -> int:
        """Return the line after the front matter; 0 if it is not closed."""
        for number, line in enumerate(self._lines[1:], 1):
            if line.rstrip() == mark:
                return number + 1
        return 0

    def _end(self, closes: Callable[[str], bool]) -> int:
        for number in range(self._position + 1, len(self._lines)):
            if closes(_bare(self._lines[number])):
                return number + 1
        return len(self._lines)


def _is_complete_paragraph(line: str, following: str) -> bool:
    """Return whether a line is a paragraph by itself although no blank line follows."""
    if _INDENTED_START.match(following) and "　" in following[:2]:
        return True
    columns = sum(1 + (ord(character) >= 0x2E80) for character in line)
    wide = any(ord(character) >= 0x2E80 for character in line)
    return columns > _WRAPPED_BELOW or (wide and _WIDE_SENTENCE_END.search(line) is not None)
