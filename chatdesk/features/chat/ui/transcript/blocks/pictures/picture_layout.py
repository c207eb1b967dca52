"""The layout of a paragraph of pictures only: one below the other, in original size but at most as wide as the column.

Unavailable pictures are replaced by cards with the reason, and a button if the user can change that. Sizes are known
before decoding, so nothing moves when pictures appear.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from chatdesk.features.chat.ui.transcript.blocks.block_layout import BlockLayout, BlockPaint
from chatdesk.features.chat.ui.transcript.blocks.block_text import pictures_alone, span_text
from chatdesk.features.chat.ui.transcript.blocks.pictures.picture_texts import (
    load_text,
    picture_name,
    picture_note,
    picture_tooltip,
    play_text,
    viewing_text,
)
from chatdesk.features.chat.ui.transcript.blocks.text.text_flow import Link
from chatdesk.features.chat.ui.transcript.control_painter import control_width
from chatdesk.features.chat.ui.transcript.controls import Command, Control, ControlStyle, Verb
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Block, Paragraph, Span
from chatdesk.ui_kit.lists.height_index import NOWHERE
from chatdesk.ui_kit.pictures.picture_store import PictureInfo, PictureState
from chatdesk.ui_kit.style.painting import draw_box, draw_icon, snapped_point
from chatdesk.ui_kit.text.utf16 import units

# A picture is a control that opens the viewer; an animation also has a play button.


def picture_control(span: Span, number: int, rect: QRect) -> Control:
    """Return the control that opens a picture in the viewer. `number` is its index in its block."""
    name = f"{viewing_text()}: {picture_tooltip(span)}"
    return Control(Command(Verb.VIEW_PICTURE, str(number)), rect, name, style=ControlStyle.AREA)


def play_control(span: Span, number: int, rect: QRect, page: PageContext) -> Control | None:
    """Return the control that plays or stops an animation, in its corner; None for a still picture."""
    if not page.pictures.is_animated(span.image):
        return None
    theme = page.theme
    side = theme.length("hitSmall")
    inset = min(theme.length("s"), (rect.height() - side) // 2, (rect.width() - side) // 2)
    is_playing = page.pictures.is_playing(span.image)
    area = QRect(rect.left() + inset, rect.bottom() - inset - side, side, side)
    name = f"{play_text(is_playing=is_playing)}: {picture_name(span)}"
    command = Command(Verb.PLAY_PICTURE, str(number))
    return Control(command, area, name, "square" if is_playing else "play", ControlStyle.DISC)


_MAX_WIDTH = 520
_MIN_TEXT_WIDTH = 200
_WRAP = Qt.TextFlag.TextWordWrap.value | Qt.TextFlag.TextWrapAnywhere.value


class PictureCard:
    """The card that replaces an unavailable picture: its description, its origin or the reason, and a button.

    It is as wide as its column up to a maximum, and laid out on creation.
    """

    def __init__(self, span: Span, info: PictureInfo, page: PageContext, column: int) -> None:
        theme = page.theme
        self._page = page
        self._failed = info.state is PictureState.FAILED
        self._name = picture_name(span)
        self._note = picture_note(info)
        self._button = load_text(info)
        self.width = min(column, round(_MAX_WIDTH * theme.scale))
        self._button_width = (
            control_width(theme, ControlStyle.OUTLINED, self._button, "download") if self._button else 0
        )
        padding, spacing = theme.length("m"), theme.length("m")
        self._left = padding + theme.length("icon.ui") + theme.length("s")
        beside = self.width - self._left - padding
        self._stacked = bool(self._button) and beside - self._button_width - spacing < _MIN_TEXT_WIDTH * theme.scale
        self._text_width = max(
            1, beside if self._stacked else beside - self._button_width - spacing * bool(self._button)
        )
        self._name_height = ceil(QFontMetricsF(theme.font("ui")).height())
        self._text_height = self._name_height + self._note_height()
        rows = self._text_height
        if self._stacked:
            rows += theme.length("s") + theme.length("buttonSmall")
        elif self._button:
            rows = max(rows, theme.length("buttonSmall"))
        self.height = rows + 2 * padding

    def paint(self, painter: QPainter, rect: QRect, *, selected: bool = False) -> None:
        """Paint the card; when selected, only its background changes, so that the text stays readable."""
        theme = self._page.theme
        border = theme.color("borderControl" if theme.scheme.high_contrast else "borderSubtle")
        draw_box(
            painter,
            QRectF(rect),
            theme.length("radius.control"),
            theme.color("selection" if selected else "sunken"),
            border,
        )
        top = rect.top() + (theme.length("m") if self._stacked else (rect.height() - self._text_height) // 2)
        size = theme.length("icon.ui")
        area = QRectF(rect.left() + theme.length("m"), top, size, self._name_height)
        icon = "image-off" if self._failed else "image"
        draw_icon(painter, theme, icon, theme.color("textSecondary"), area, size)
        font = theme.font("ui")
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, self._text_width)
        left = rect.left() + self._left
        painter.drawText(QPointF(left, round(top + metrics.ascent())), name)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("textSecondary"))
        below = QRect(left, top + self._name_height, self._text_width, self._text_height - self._name_height)
        painter.drawText(below, _WRAP, self._note)

    def controls(self, rect: QRect) -> Sequence[Control]:
        """Return the load button, if the picture can be loaded."""
        if not self._button:
            return ()
        theme = self._page.theme
        height, padding = theme.length("buttonSmall"), theme.length("m")
        if self._stacked:
            area = QRect(rect.left() + self._left, rect.bottom() + 1 - padding - height, self._button_width, height)
        else:
            left = rect.right() + 1 - padding - self._button_width
            area = QRect(left, rect.top() + (rect.height() - height) // 2, self._button_width, height)
        name = f"{self._button}: {self._name} ({self._note})"
        style = ControlStyle.OUTLINED
        return (Control(Command(Verb.LOAD_PICTURE), area, name, "download", style, self._button),)

    def _note_height(self) -> int:
        metrics = QFontMetricsF(self._page.theme.font("caption"))
        return ceil(metrics.boundingRect(QRectF(0, 0, self._text_width, 1 << 14), _WRAP, self._note).height())


_MAX_HEIGHT = 480
"""Pixels at 100 %. Higher pictures are scaled down; the viewer shows them in full size."""


@dataclass(frozen=True, slots=True)
class _Placed:
    span: Span
    number: int
    """The index among the pictures of the block."""
    start: int
    end: int
    rect: QRect
    card: PictureCard | None


class PictureLayout(BlockLayout):
    """A paragraph of pictures. Offsets count in its text, in which each picture is one range."""

    def __init__(self, block: Paragraph, page: PageContext) -> None:
        self._block = block
        self._page = page
        self._width = 0
        self._placed: list[_Placed] = []

    @property
    def natural_width(self) -> int:
        """See `BlockLayout`."""
        return max((placed.rect.width() for placed in self._placed), default=0)

    def lay_out(self, width: int) -> None:
        """See `BlockLayout`."""
        self._width = width
        self._placed = []
        # In a list, the line above may be close.
        inset = self._page.theme.length("xs") if self._block.containers else 0
        offset, top = 0, inset
        for span in self._block.spans:
            end = offset + units(span_text(span))
            if span.image:
                top += self._page.theme.length("s") if self._placed else 0
                placed = self._place(span, offset, end, top)
                self._placed.append(placed)
                top = placed.rect.bottom() + 1
            offset = end
        self.height = top + inset

    def grow(self, block: Block) -> int | None:
        """See `BlockLayout`. While the data of a picture arrives, nothing has to be painted."""
        if not isinstance(block, Paragraph) or block.spans != self._block.spans:
            return None
        self._block = block
        return NOWHERE

    def paint(self, painter: QPainter, context: BlockPaint) -> None:
        for placed in self._placed:
            if not placed.rect.intersects(context.clip):
                continue
            selected = bool(
                context.selected and context.selected[0] < placed.end and context.selected[1] > placed.start
            )
            if placed.card:
                placed.card.paint(painter, placed.rect, selected=selected)
                continue
            self._paint_picture(painter, placed)
            if selected:
                veil = self._page.theme.color("selection")
                veil.setAlphaF(min(veil.alphaF(), 0.5))
                painter.fillRect(placed.rect, veil)

    def offset_at(self, x: float, y: float) -> int:
        """See `BlockLayout`."""
        placed = next((placed for placed in self._placed if y <= placed.rect.bottom()), self._placed[-1])
        return placed.start if x < placed.rect.center().x() else placed.end

    def line_rect(self, offset: int) -> QRect:
        """See `BlockLayout`."""
        placed = next((placed for placed in self._placed if offset <= placed.end), self._placed[-1])
        return QRect(0, placed.rect.top(), self._width, placed.rect.height())

    def link_at(self, x: float, y: float) -> Link | None:
        """See `BlockLayout`."""
        found = next((each for each in self._placed if each.rect.contains(int(x), int(y))), None)
        return Link(found.span.link, found.span.text) if found and found.span.link else None

    def links(self) -> tuple[Link, ...]:
        """See `BlockLayout`."""
        return tuple(Link(placed.span.link, placed.span.text) for placed in self._placed if placed.span.link)

    def controls(self, visible_top: int, within: tuple[int, int]) -> Sequence[Control]:  # noqa: ARG002
        """See `BlockLayout`. A picture inside a link follows the link."""
        found = []
        for placed in self._placed:
            if placed.card:
                found += [self._numbered(control, placed.number) for control in placed.card.controls(placed.rect)]
            elif not placed.span.link:
                found.append(picture_control(placed.span, placed.number, placed.rect))
            if not placed.card and (play := play_control(placed.span, placed.number, placed.rect, self._page)):
                found.append(play)
        return found

    def shows_picture(self, source: str) -> bool:
        """See `BlockLayout`."""
        return any(placed.span.image == source for placed in self._placed)

    def _place(self, span: Span, start: int, end: int, top: int) -> _Placed:
        info = self._page.pictures.info(span.image)
        number = len(self._placed)
        if info.state is PictureState.AVAILABLE and info.size:
            size = shown_size(info.size, self._width, self._page.theme.scale)
            return _Placed(span, number, start, end, QRect(0, top, size.width(), size.height()), None)
        card = PictureCard(span, info, self._page, self._width)
        return _Placed(span, number, start, end, QRect(0, top, card.width, card.height), card)

    def _paint_picture(self, painter: QPainter, placed: _Placed) -> None:
        theme = self._page.theme
        ratio = painter.device().devicePixelRatio()
        corner = snapped_point(painter, QPointF(placed.rect.topLeft()))
        size = QSize(round(placed.rect.width() * ratio), round(placed.rect.height() * ratio))
        area = painter.worldTransform().mapRect(QRectF(placed.rect)).toAlignedRect()
        image = self._page.pictures.animated_image(placed.span.image, size, area)
        if image is None:
            draw_box(painter, QRectF(placed.rect), theme.length("radius.small"), theme.color("sunken"))
            return
        target = QRectF(corner, QRectF(placed.rect).size())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, image.size() != size)
        painter.drawImage(target, image)

    def _numbered(self, control: Control, number: int) -> Control:
        return replace(control, command=replace(control.command, action_id=str(number)))


def shown_size(size: QSize, width: int, scale: float) -> QSize:
    """Return the size of a picture in a column."""
    bounds = QSize(max(1, width), round(_MAX_HEIGHT * scale))
    natural = QSize(max(1, round(size.width() * scale)), max(1, round(size.height() * scale)))
    shown = natural.scaled(bounds, Qt.AspectRatioMode.KeepAspectRatio) if _exceeds(natural, bounds) else natural
    return shown.expandedTo(QSize(1, 1))


def estimated_picture_height(block: Paragraph, page: PageContext, width: int) -> int:
    """Return the height of a block's pictures; exact except for cards with several lines of text."""
    theme = page.theme
    heights = (_height_of(page.pictures.info(span.image), page, width) for span in block.spans if span.image)
    return sum(heights) + (len(pictures_alone(block)) - 1) * theme.length("s")


def _height_of(info: PictureInfo, page: PageContext, width: int) -> int:
    if info.size:
        return shown_size(info.size, width, page.theme.scale).height()
    lines = round(QFontMetricsF(page.theme.font("ui")).height() + QFontMetricsF(page.theme.font("caption")).height())
    return lines + 2 * page.theme.length("m")


def _exceeds(size: QSize, bounds: QSize) -> bool:
    return size.width() > bounds.width() or size.height() > bounds.height()
