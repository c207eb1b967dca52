"""The lines of a text flow: the segments it is laid out in, the positions of lines, and the x of characters."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QTextLayout, QTextLine

from chatdesk.features.chat.ui.transcript.blocks.text.text_segments import is_mixed, segments
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.text import utf16

_LINE_SEPARATOR = "\u2028"
_MAX_GAP = 1.5
"""The maximum distance in pixels of runs that belong together."""


@dataclass(slots=True)
class TextSegment:
    """A separately laid-out part of a text: its first offset in the flow, its position and its lines."""

    layout: QTextLayout
    start: int
    mixed: bool
    """Whether it has text of both directions."""
    top: int = 0
    lines: list["Line"] = field(default_factory=list)

    @property
    def bottom(self) -> int:
        """The bottom of the last line."""
        return self.lines[-1].bottom if self.lines else self.top


@dataclass(frozen=True, slots=True)
class Line:
    """The position of a line in the flow: its top, its height, and the distance from its top to the baseline."""

    top: int
    height: int
    baseline: int

    @property
    def bottom(self) -> int:
        """The top of the next line."""
        return self.top + self.height


def segments_of(text: str, font: QFont, ranges: list[QTextLayout.FormatRange]) -> Iterator[TextSegment]:
    """Split a text in `font` with formats `ranges` into segments that are not laid out yet."""
    start, length = 0, utf16.units(text)
    for segment_text in segments(text):
        # The line break at the end of a segment is implicit; inside a segment, Qt requires line separators.
        end = start + utf16.units(segment_text)
        shown = segment_text.removesuffix("\n") if end < length else segment_text
        layout = QTextLayout(layout_text(shown), font)
        layout.setCacheEnabled(True)
        layout.setFormats(formats_of(ranges, start, end - start))
        yield TextSegment(layout, start, is_mixed(segment_text))
        start = end


def layout_text(text: str) -> str:
    """Return a text as Qt should lay it out: of the same length and without harmful characters."""
    return utf16.paintable(text).replace("\n", _LINE_SEPARATOR)


def formats_of(ranges: Sequence[QTextLayout.FormatRange], start: int, length: int) -> list[QTextLayout.FormatRange]:
    """Return the formats of a segment that starts at an offset."""
    return [
        _moved(found, start) for found in ranges if found.start < start + length and found.start + found.length > start
    ]


def lines_in(segment: TextSegment, clip: QRect) -> Iterator[tuple[Line, QTextLine]]:
    """Yield the lines in a clip."""
    first = max(0, bisect_right(segment.lines, clip.top(), key=lambda line: line.top) - 1)
    for number in range(first, len(segment.lines)):
        if segment.lines[number].top > clip.bottom():
            break
        yield segment.lines[number], segment.layout.lineAt(number)


def cursor_x(line: QTextLine, position: int) -> float:
    """Return the x of a position. PySide6 returns the position as well, which its type stubs hide."""
    result: Any = line.cursorToX(position)
    return float(result[0])


def x_ranges(segment: TextSegment, line: QTextLine, start: int, end: int) -> list[tuple[float, float]]:
    """Return the x ranges of the characters between two offsets on a line."""
    first = max(start - segment.start, line.textStart())
    last = min(end - segment.start, line.textStart() + line.textLength())
    if first >= last:
        return []
    if not segment.mixed:
        return [(cursor_x(line, first), cursor_x(line, last))]
    # A cursor between two directions has two positions; the area covered by glyphs is unambiguous.
    rects = (run.boundingRect() for run in line.glyphRuns(first, last - first))
    return _join_adjacent(sorted((rect.left(), rect.right()) for rect in rects))


def _join_adjacent(parts: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Join adjacent ranges: Qt may return one word as several glyph runs."""
    found: list[tuple[float, float]] = []
    for left, right in parts:
        if found and left <= found[-1][1] + _MAX_GAP:
            found[-1] = (found[-1][0], max(right, found[-1][1]))
        else:
            found.append((left, right))
    return found


def _moved(found: QTextLayout.FormatRange, start: int) -> QTextLayout.FormatRange:
    moved = QTextLayout.FormatRange()
    moved.start = max(0, found.start - start)
    moved.length = found.start + found.length - max(found.start, start)
    moved.format = found.format
    return moved
