"""What stands around a block: room above it, the indents of its quotes and list items, bars and markers.

The block inside knows nothing of it. A marker is shown only where its item begins, a bar runs on through the gap above.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from chatdesk.rendering.blocks import Block, Container, Heading, ListItem, Paragraph, Quote, Rule
from chatdesk.ui.theme.painting import draw_box, draw_icon
from chatdesk.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class _Bar:
    x: int
    through_gap: bool


@dataclass(frozen=True, slots=True)
class _Marker:
    x: int
    """Where the item's text begins."""
    item: ListItem


class BlockFrame:
    """The frame of one block below another. `gap` belongs to it: y is 0 where the block above ends."""

    def __init__(
        self, block: Block, above: Block | None, theme: Theme, role: str, width: int, *, mirrored: bool
    ) -> None:
        self.gap = theme.length(gap) if (gap := gap_between(above, block)) else 0
        self.indent = 0
        self._theme = theme
        self._role = role
        self._width = width
        self._mirrored = mirrored
        self._bars: list[_Bar] = []
        self._markers: list[_Marker] = []
        known = above.containers if above else ()
        for container in block.containers:
            match container:
                case Quote():
                    self._bars.append(_Bar(self.indent, container in known))
                    self._indent_by(theme.length("l"))
                case ListItem():
                    self._indent_by(self._item_indent(container))
                    if container not in known:
                        self._markers.append(_Marker(self.indent, container))

    @property
    def left(self) -> int:
        """How far the block is moved to the right."""
        return 0 if self._mirrored else self.indent

    @property
    def inner_width(self) -> int:
        """How wide the block inside may be."""
        return self._width - self.indent

    def paint(self, painter: QPainter, height: int) -> None:
        """Paint bars and markers; `height` is that of the block inside."""
        for bar in self._bars:
            top = 0 if bar.through_gap else self.gap
            stroke = self._theme.length("hair")
            rect = QRect(self._across(bar.x, stroke), top, stroke, self.gap + height - top)
            painter.fillRect(rect, self._theme.color("borderDefault"))
        for marker in self._markers:
            self._paint_marker(painter, marker)

    def _paint_marker(self, painter: QPainter, marker: _Marker) -> None:
        line = self._theme.line(self._role)
        item = marker.item
        if item.checked is not None:
            self._paint_box(painter, marker, checked=item.checked)
        elif item.number is None:
            size = self._theme.length("xs") + 1
            x = marker.x - self._theme.length("m") - size / 2
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("textSecondary"))
            painter.drawEllipse(QRectF(self._across(x, size), self.gap + (line - size) / 2, size, size))
        else:
            font = self._theme.font(self._role)
            metrics = QFontMetricsF(font)
            words = self._number_words(item)
            x = marker.x - self._theme.length("s") + 2 - metrics.horizontalAdvance(words)
            baseline = round((line - metrics.height()) / 2 + metrics.ascent())
            painter.setFont(font)
            painter.setPen(self._theme.color("textSecondary"))
            left = self._across(x, metrics.horizontalAdvance(words))
            painter.drawText(QPointF(left, self.gap + baseline), words)

    def _paint_box(self, painter: QPainter, marker: _Marker, *, checked: bool) -> None:
        size = self._theme.length("icon.small")
        x = self._across(marker.x - self._theme.length("s") - size, size)
        y = self.gap + (self._theme.line(self._role) - size) // 2
        box = QRectF(x, y, size, size)
        radius = self._theme.length("radius.tag")
        if checked:
            draw_box(painter, box, radius, self._theme.color("accent"))
            draw_icon(painter, self._theme, "check", self._theme.color("onAccent"), box, size - 2)
        else:
            draw_box(painter, box, radius, border=self._theme.color("borderControl"))

    def _item_indent(self, item: ListItem) -> int:
        if item.number is None:
            return self._theme.length("xxl") if item.checked is not None else self._theme.length("xl")
        # Room for two digits always, so that an item keeps its place when a tenth one comes.
        words = max(self._number_words(item), "00.", key=len)
        advance = QFontMetricsF(self._theme.font(self._role)).horizontalAdvance(words)
        return round(advance) + self._theme.length("s")

    def _number_words(self, item: ListItem) -> str:
        return f".{item.number}" if self._mirrored else f"{item.number}."

    def _indent_by(self, step: int) -> None:
        """However deep the nesting, half of the width is left for words."""
        if self.indent + step <= self._width // 2:
            self.indent += step

    def _across(self, x: float, size: float) -> int:
        return round(self._width - x - size if self._mirrored else x)


def gap_between(above: Block | None, block: Block) -> str:
    """Return the name of the length between two blocks; empty for none."""
    if above is None:
        return ""
    if isinstance(block, Rule) or isinstance(above, Rule):
        return "xl"
    if isinstance(block, Heading):
        return "xl" if block.level <= 2 else "l"
    if isinstance(above, Heading):
        return "s"
    begun = next((c for c in block.containers if isinstance(c, ListItem) and c not in above.containers), None)
    shared = any(isinstance(c, ListItem) and c in above.containers for c in block.containers)
    if begun and (shared or _continues_list(above.containers, begun)):
        return "" if begun.tight else "s"
    if shared or (begun and isinstance(above, Paragraph)):
        return "s"
    return "m"


def _continues_list(containers: tuple[Container, ...], item: ListItem) -> bool:
    return any(isinstance(c, ListItem) and c.list_start == item.list_start for c in containers)
