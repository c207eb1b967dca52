"""Highlighting of search hits in a block with a pen effect that keeps the colour of the letters."""

from bisect import bisect_left
from collections.abc import Iterable
from typing import Protocol

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.style.theme import Theme


@dataclass(frozen=True, slots=True)
class Marks:
    """The ranges to highlight, in order and without overlaps; one of them may be the current one."""

    ranges: tuple[tuple[int, int], ...]
    current: tuple[int, int] | None = None


class MarkableText(Protocol):
    """Laid-out text in the coordinates in which it is painted."""

    def offsets_between(self, top: int, bottom: int) -> tuple[int, int]:
        """Return the range of offsets between two y values."""

    def rects_of(self, start: int, end: int) -> Iterable[QRectF]:
        """Return the rectangles of the characters between two offsets, line by line."""


def paint_marks(painter: QPainter, theme: Theme, marks: Marks | None, clip: QRect, text: MarkableText) -> None:
    """Paint the marks inside `clip` over the text. The cost depends only on the clip."""
    if marks is None or not marks.ranges:
        return
    first, last = text.offsets_between(clip.top(), clip.bottom())
    painter.save()
    painter.setCompositionMode(_pen(theme))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(Qt.PenStyle.NoPen)
    index = bisect_left(marks.ranges, first, key=lambda marked_range: marked_range[1])
    while index < len(marks.ranges) and marks.ranges[index][0] <= last:
        marked_range = marks.ranges[index]
        color = theme.color("findCurrent" if marked_range == marks.current else "findHit")
        for rect in text.rects_of(*marked_range):
            painter.fillRect(rect.toAlignedRect(), color)
        index += 1
    painter.restore()


def _pen(theme: Theme) -> QPainter.CompositionMode:
    """Return the composition mode: darkening on a light page, lightening on a dark one, which keeps the letters."""
    dark = theme.color("page").lightness() < theme.color("text").lightness()
    return QPainter.CompositionMode.CompositionMode_Lighten if dark else QPainter.CompositionMode.CompositionMode_Darken
