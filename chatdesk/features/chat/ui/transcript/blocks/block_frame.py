"""The frame of a block: the gap above it, indents of quotes, list items and sections, bars, markers and the heads of alerts.

The block inside does not know its frame. A marker is shown where its item begins; a bar extends through the gap
above.
"""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from chatdesk.features.chat.ui.transcript.blocks.sections import (
    SectionPart,
    head_padding,
    section_of_head,
    space_at_end,
)
from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import Link
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import (
    Alert,
    AlertKind,
    Block,
    Container,
    Description,
    Details,
    Footnote,
    Heading,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Summary,
    Term,
    is_empty_summary,
)
from chatdesk.rendering.markdown.footnotes import footnote_anchor
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.style.theme import Theme


@dataclass(frozen=True, slots=True)
class AlertStyle:
    """The appearance of an alert's head. `color` is the name of a colour token."""

    title: str
    icon: str
    color: str


def alert_style(kind: AlertKind) -> AlertStyle:
    """Return the appearance of a kind of alert in the current language."""
    translate = QCoreApplication.translate
    match kind:
        case AlertKind.NOTE:
            return AlertStyle(translate("Alert", "Note"), "info", "accentText")
        case AlertKind.TIP:
            return AlertStyle(translate("Alert", "Tip"), "lightbulb", "success")
        case AlertKind.IMPORTANT:
            return AlertStyle(translate("Alert", "Important"), "circle-alert", "codeKeyword")
        case AlertKind.WARNING:
            return AlertStyle(translate("Alert", "Warning"), "triangle-alert", "warning")
        case AlertKind.CAUTION:
            return AlertStyle(translate("Alert", "Caution"), "circle-x", "danger")


BACK = "back:"
"""The prefix of link targets from a footnote back to its reference; its anchor follows."""


@dataclass(frozen=True, slots=True)
class _Bar:
    x: int
    through_gap: bool
    color: str = "borderDefault"


@dataclass(frozen=True, slots=True)
class _Marker:
    x: int
    """The x of the item's text."""
    item: ListItem


@dataclass(frozen=True, slots=True)
class _Head:
    x: int
    style: AlertStyle


@dataclass(frozen=True, slots=True)
class _Note:
    x: int
    """The x of the footnote's text."""
    text: str
    target: str


class BlockFrame:
    """The frame of one block below another. It includes `gap`: y is 0 at the end of the block above."""

    def __init__(
        self,
        block: Block,
        above: Block | None,
        theme: Theme,
        role: str,
        width: int,
        *,
        mirrored: bool,
        unfolded: bool = True,
    ) -> None:
        """Create the frame. `above` is the visible block above, `unfolded` whether a section is of which the block is the head."""
        self.gap = space_above(above, block, theme, role)
        self.indent = 0
        self.sections: list[SectionPart] = []
        """The sections around the block, from the outer to the inner ones."""
        self._right = 0
        """The indent at the trailing side."""
        self._head_padding = head_padding(theme, role) if section_of_head(block) else 0
        self._untitled = is_empty_summary(block)
        self._unfolded = unfolded
        self._theme = theme
        self._role = "ui" if any(isinstance(item, Footnote) for item in block.containers) else role
        self._width = width
        self._mirrored = mirrored
        self._bars: list[_Bar] = []
        self._markers: list[_Marker] = []
        self._heads: list[_Head] = []
        self._notes: list[_Note] = []
        known = above.containers if above else ()
        for container in block.containers:
            match container:
                case Quote():
                    self._bars.append(_Bar(self.indent, container in known))
                    self._add_indent(theme.length("l"))
                case Alert():
                    style = alert_style(container.kind)
                    self._bars.append(_Bar(self.indent, container in known, style.color))
                    self._add_indent(theme.length("l"))
                    if container not in known:
                        self._heads.append(_Head(self.indent, style))
                case Description():
                    self._add_indent(theme.length("xl"))
                case Footnote():
                    self._add_indent(theme.length("page"))
                    if container not in known:
                        text = f"{container.number} ↑" if container.number else "·"
                        target = BACK + footnote_anchor(container.label) if container.number else ""
                        self._notes.append(_Note(self.indent, text, target))
                case Details():
                    self._add_section(container)
                case Term() | Summary():
                    pass
                case ListItem():
                    self._add_indent(self._item_indent(container))
                    if container not in known:
                        self._markers.append(_Marker(self.indent, container))
        self._top_margin = self.gap
        self.gap += len(self._heads) * self._head_height

    @property
    def left(self) -> int:
        """The x of the block inside."""
        return self._right if self._mirrored else self.indent

    @property
    def inner_width(self) -> int:
        """The available width for the block inside."""
        return self._width - self.indent - self._right

    @property
    def sides(self) -> int:
        """The width beside the block inside."""
        return self.indent + self._right

    @property
    def head_top(self) -> int:
        """The upper edge of the section of which the block is the head."""
        return self.gap - self._head_padding

    def head_rect(self, height: int) -> QRect | None:
        """Return the rectangle of the section's head if the block is one; `height` is that of the block inside."""
        if not self._head_padding:
            return None
        part = self.sections[-1]
        return QRect(part.left, self.head_top, part.right - part.left, height + 2 * self._head_padding)

    def _add_section(self, section: Details) -> None:
        """Add a section and indent its content. Without space for that, its frame is as wide as the one around it."""
        left, right = self.indent, self._width - self._right
        self._add_indent(self._theme.length("codeHeader"))
        if self.indent > left:
            self._right += self._theme.length("m")
        elif self.sections:
            self.sections.append(replace(self.sections[-1], section=section))
            return
        if self._mirrored:
            left, right = self._width - right, self._width - left
        self.sections.append(SectionPart(section, left, right))

    def paint(self, painter: QPainter, height: int) -> None:
        """Paint bars and markers; `height` is that of the block inside."""
        if self._bars:
            self._paint_bars(painter, height)
        for number, head in enumerate(self._heads):
            self._paint_head(painter, head, self._top_margin + number * self._head_height)
        for marker in self._markers:
            self._paint_marker(painter, marker)
        for note in self._notes:
            self._paint_note(painter, note)
        if self._head_padding:
            self._paint_section_head(painter)

    def _paint_bars(self, painter: QPainter, height: int) -> None:
        smooth = painter.testRenderHint(QPainter.RenderHint.Antialiasing)
        # Aligned to whole pixels, the bars of two blocks join without a seam.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for bar in self._bars:
            top = 0 if bar.through_gap else self._top_margin - self._head_padding
            stroke = self._theme.length("hair")
            rect = QRect(self._mirrored_x(bar.x, stroke), top, stroke, self.gap + height - top)
            painter.fillRect(rect, self._theme.color(bar.color))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)

    def link_at(self, x: float, y: float) -> Link | None:
        """Return the link back from a footnote at a point, relative to the frame."""
        for note in self._notes:
            left, width = self._note_position(note)
            if note.target and left <= x <= left + width and 0 <= y - self.gap <= self._theme.line(self._role):
                return Link(note.target, note.text)
        return None

    @property
    def _head_height(self) -> int:
        return self._theme.line("label") + self._theme.length("xs")

    def _paint_head(self, painter: QPainter, head: _Head, top: int) -> None:
        size = self._theme.length("icon.ui")
        line = self._theme.line("label")
        color = self._theme.color(head.style.color)
        draw_icon(
            painter, self._theme, head.style.icon, color, QRectF(self._mirrored_x(head.x, size), top, size, line), size
        )
        self._paint_text(
            painter, head.style.title, head.x + size + self._theme.length("s"), top, "label", head.style.color
        )

    def _paint_section_head(self, painter: QPainter) -> None:
        """Paint the chevron of a section, and a title if it has none."""
        theme = self._theme
        size, line = theme.length("icon.ui"), theme.line(self._role)
        closed = "chevron-left" if self._mirrored else "chevron-right"
        x = self._mirrored_x(self.indent - theme.length("xxl"), size)
        icon = "chevron-down" if self._unfolded else closed
        draw_icon(painter, theme, icon, theme.color("textSecondary"), QRectF(x, self.gap, size, line), size)
        if self._untitled:
            title = QCoreApplication.translate("TranscriptTexts", "Details")
            self._paint_text(painter, title, self.indent, self.gap, self._role, "textSecondary")

    def _paint_note(self, painter: QPainter, note: _Note) -> None:
        left, _ = self._note_position(note)
        self._paint_text(
            painter,
            note.text,
            left,
            self.gap,
            self._role,
            "accentText" if note.target else "textSecondary",
            placed=True,
        )

    def _note_position(self, note: _Note) -> tuple[float, float]:
        width = QFontMetricsF(self._theme.font(self._role)).horizontalAdvance(note.text)
        return self._mirrored_x(note.x - self._theme.length("s") - width, width), width

    def _paint_text(
        self, painter: QPainter, text: str, x: float, top: int, role: str, color: str, *, placed: bool = False
    ) -> None:
        """Paint a line of text at `x` from the leading side or, if `placed`, at exactly this x."""
        font = self._theme.font(role)
        metrics = QFontMetricsF(font)
        baseline = round((self._theme.line(role) - metrics.height()) / 2 + metrics.ascent())
        painter.setFont(font)
        painter.setPen(self._theme.color(color))
        left = x if placed else self._mirrored_x(x, metrics.horizontalAdvance(text))
        painter.drawText(QPointF(left, top + baseline), text)

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
            painter.drawEllipse(QRectF(self._mirrored_x(x, size), self.gap + (line - size) / 2, size, size))
        else:
            text = self._number_text(item)
            advance = QFontMetricsF(self._theme.font(self._role)).horizontalAdvance(text)
            x = marker.x - self._theme.length("s") + 2 - advance
            self._paint_text(painter, text, x, self.gap, self._role, "textSecondary")

    def _paint_box(self, painter: QPainter, marker: _Marker, *, checked: bool) -> None:
        size = self._theme.length("icon.small")
        x = self._mirrored_x(marker.x - self._theme.length("s") - size, size)
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
        # Always space for two digits, so that items do not move when a tenth one is added.
        text = max(self._number_text(item), "00.", key=len)
        advance = QFontMetricsF(self._theme.font(self._role)).horizontalAdvance(text)
        return round(advance) + self._theme.length("s")

    def _number_text(self, item: ListItem) -> str:
        return f".{item.number}" if self._mirrored else f"{item.number}."

    def _add_indent(self, step: int) -> None:
        """Indent unless less than half of the width would be left for the text."""
        if self.sides + step <= self._width // 2:
            self.indent += step

    def _mirrored_x(self, x: float, size: float) -> int:
        return round(self._width - x - size if self._mirrored else x)


def space_above(above: Block | None, block: Block, theme: Theme, role: str) -> int:
    """Return the space above the text of a block, below the visible block above it, without the heads of alerts."""
    gap = gap_between(above, block)
    ended = space_at_end(above, block.containers, theme, role) if above else 0
    head = head_padding(theme, role) if section_of_head(block) else 0
    return ended + (theme.length(gap) if gap else 0) + head


def gap_between(above: Block | None, block: Block) -> str:
    """Return the name of the gap between two blocks; empty for none."""
    if above is None or block.joint is not None:
        return ""
    head = section_of_head(above)
    if head and head in block.containers:
        return "" if isinstance(block, Paragraph) and not section_of_head(block) else "s"
    if head or section_of_head(block):
        return "m"
    if isinstance(block, Rule) or isinstance(above, Rule):
        return "xl"
    if isinstance(block, Heading):
        return "xl" if block.level <= 2 else "l"
    if isinstance(above, Heading):
        return "s"
    first_item = next((c for c in block.containers if isinstance(c, _ITEM) and c not in above.containers), None)
    shared = any(isinstance(c, _ITEM) and c in above.containers for c in block.containers)
    if first_item and (shared or _continues_list(above.containers, first_item)):
        return "" if first_item.tight or any(isinstance(c, Term) for c in above.containers) else "s"
    if any(isinstance(c, Footnote) for c in block.containers) and any(
        isinstance(c, Footnote) for c in above.containers
    ):
        return "xs"
    if shared or (first_item and isinstance(above, Paragraph)):
        return "s"
    return "m"


_ITEM = (ListItem, Description)


def _continues_list(containers: tuple[Container, ...], item: ListItem | Description) -> bool:
    return any(isinstance(c, ListItem | Description | Term) and c.list_start == item.list_start for c in containers)
