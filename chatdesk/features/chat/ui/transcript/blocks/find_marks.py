"""What is found in a block, marked as if with a pen: over the letters, which keep their colour. What is found is not known here."""

from bisect import bisect_left
from collections.abc import Iterable
from typing import Protocol

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.style.theme import Theme


@dataclass(frozen=True, slots=True)
class Marks:
    """Stretches of a block's text, from offset to offset, in their order and not overlapping; one of them may be the current one."""

    ranges: tuple[tuple[int, int], ...]
    current: tuple[int, int] | None = None


class MarkableText(Protocol):
    """Text that is set. Coordinates are those it is painted in."""

    def offsets_between(self, top: int, bottom: int) -> tuple[int, int]:
        """Return from where to where the text goes that stands between two heights."""

    def rects_of(self, start: int, end: int) -> Iterable[QRectF]:
        """Return where the characters between two offsets stand, line by line."""


def paint_marks(painter: QPainter, theme: Theme, marks: Marks | None, clip: QRect, text: MarkableText) -> None:
    """Mark what of `marks` lies in `clip`, after the text has been painted. The cost depends on what is in the clip alone."""
    if marks is None or not marks.ranges:
        return
    first, last = text.offsets_between(clip.top(), clip.bottom())
    painter.save()
    painter.setCompositionMode(_pen(theme))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(Qt.PenStyle.NoPen)
    index = bisect_left(marks.ranges, first, key=lambda stretch: stretch[1])
    while index < len(marks.ranges) and marks.ranges[index][0] <= last:
        stretch = marks.ranges[index]
        color = theme.color("findCurrent" if stretch == marks.current else "findHit")
        for rect in text.rects_of(*stretch):
            painter.fillRect(rect.toAlignedRect(), color)
        index += 1
    painter.restore()


def _pen(theme: Theme) -> QPainter.CompositionMode:
    """On a light page a pen only darkens, on a dark one it only lightens: either way the letters stay as they are."""
    dark = theme.color("page").lightness() < theme.color("text").lightness()
    return QPainter.CompositionMode.CompositionMode_Lighten if dark else QPainter.CompositionMode.CompositionMode_Darken
