"""The pictures of a message: one as it is, several as tiles of one height, in rows. Of a question above its words, of an answer below.

How much room they take follows from what is known of them before they are decoded, so nothing moves when they appear.
"""

from collections.abc import Iterator, Sequence
from math import ceil

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from chatdesk.features.chat.ui.transcript.blocks.pictures.picture_layout import picture_control, play_control
from chatdesk.features.chat.ui.transcript.blocks.pictures.picture_texts import picture_note
from chatdesk.features.chat.ui.transcript.controls import Control
from chatdesk.features.chat.ui.transcript.messages.message_item import PICTURES
from chatdesk.features.chat.ui.transcript.page_context import PageContext
from chatdesk.kernel.chat.message import ImagePart
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.rendering.markdown.blocks import Span
from chatdesk.ui_kit.pictures.picture_store import PictureLook, PictureState
from chatdesk.ui_kit.pictures.tile_painting import paint_tile
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.style.theme import Theme

BUBBLE_SHARE = 0.8
"""Of the column: the widest that the bubble of a question gets."""

_SMALLEST = 48
_WRAP = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignHCenter.value


@dataclass(frozen=True, slots=True)
class PictureSizes:
    """How large pictures are shown, in pixels at a scale of 1: one alone, and several as tiles.

    What is cut off at the sides of a tile is seen in the viewer.
    """

    largest_width: int
    largest_height: int
    tile: int
    narrowest: int
    widest: int


OF_QUESTIONS = PictureSizes(320, 240, 112, 80, 200)
OF_ANSWERS = PictureSizes(512, 512, 208, 120, 368)


@dataclass(frozen=True, slots=True)
class _Tile:
    span: Span
    rect: QRect


class MessagePictures:
    """Laid out when it is made, no wider than `width`. Coordinates are its own."""

    def __init__(
        self, pictures: Sequence[ImagePart], page: PageContext, width: int, sizes: PictureSizes = OF_QUESTIONS
    ) -> None:
        self.pictures = tuple(pictures)
        self._page = page
        rects = picture_rects(pictures, page.theme, width, sizes)
        sources = (page.pictures.add_own(picture) for picture in pictures)
        spans = [Span(picture.name, image=source) for picture, source in zip(pictures, sources, strict=True)]
        self._tiles = [_Tile(span, rect) for span, rect in zip(spans, rects, strict=True)]
        self.width = max((rect.right() + 1 for rect in rects), default=0)
        self.height = max((rect.bottom() + 1 for rect in rects), default=0)

    @property
    def spans(self) -> Sequence[Span]:
        """The pictures, as the viewer takes them."""
        return [tile.span for tile in self._tiles]

    def shows(self, source: str) -> bool:
        """Whether this picture is among them."""
        return any(tile.span.image == source for tile in self._tiles)

    def controls(self, corner: QPoint) -> Iterator[Control]:
        """Yield what opens each in the viewer; one that cannot be shown says so there, too."""
        for number, tile in enumerate(self._tiles):
            rect = tile.rect.translated(corner)
            found = (picture_control(tile.span, number, rect), play_control(tile.span, number, rect, self._page))
            yield from (control.at_block(PICTURES, 0) for control in found if control)

    def paint(self, painter: QPainter, corner: QPoint, clip: QRect) -> None:
        """Paint them."""
        for tile in self._tiles:
            rect = tile.rect.translated(corner)
            if rect.intersects(clip):
                self._paint_tile(painter, tile.span, rect)

    def _paint_tile(self, painter: QPainter, span: Span, rect: QRect) -> None:
        theme = self._page.theme
        radius = theme.length("radius.control")
        look = self._page.pictures.look(span.image)
        border = theme.color("borderSubtle")
        if look.state is not PictureState.THERE or look.size is None:
            draw_box(painter, QRectF(rect), radius, theme.color("sunken"), border)
            self._paint_problem(painter, look, rect)
            return
        paint_tile(painter, theme, self._page.pictures, span.image, look.size, QRectF(rect), radius, moves=True)

    def _paint_problem(self, painter: QPainter, look: PictureLook, rect: QRect) -> None:
        """Say why there is nothing to see, as far as there is room; all of it is told on hover."""
        theme = self._page.theme
        size, spacing = theme.length("icon.ui"), theme.length("xs")
        font = theme.font("caption")
        room = rect.adjusted(spacing, spacing, -spacing, -spacing)
        words = picture_note(look)
        height = ceil(QFontMetricsF(font).boundingRect(QRectF(0, 0, room.width(), 1 << 14), _WRAP, words).height())
        fits = size + spacing + height <= room.height()
        top = room.top() + (room.height() - size - (spacing + height if fits else 0)) // 2
        place = QRectF(room.left(), top, room.width(), size)
        draw_icon(painter, theme, "image-off", theme.color("textSecondary"), place, size)
        if fits:
            painter.setFont(font)
            painter.setPen(theme.color("textSecondary"))
            painter.drawText(QRect(room.left(), top + size + spacing, room.width(), height), _WRAP, words)


def picture_rects(
    pictures: Sequence[ImagePart], theme: Theme, width: int, sizes: PictureSizes = OF_QUESTIONS
) -> list[QRect]:
    """Return where the pictures of a message stand, from the left of the first row on."""
    if len(pictures) == 1:
        return [QRect(QPoint(), _single(pictures[0], theme, width, sizes))]
    height, gap = round(sizes.tile * theme.scale), theme.length("xs")
    rects: list[QRect] = []
    x = y = 0
    for picture in pictures:
        wide = min(width, round(min(max(sizes.tile * _shape(picture), sizes.narrowest), sizes.widest) * theme.scale))
        if x and x + wide > width:
            x, y = 0, y + height + gap
        rects.append(QRect(x, y, wide, height))
        x += wide + gap
    return rects


def _single(picture: ImagePart, theme: Theme, width: int, sizes: PictureSizes) -> QSize:
    if picture.problem:
        sizes = OF_QUESTIONS  # there are only words to be seen
    widest, highest = round(sizes.largest_width * theme.scale), round(sizes.largest_height * theme.scale)
    bounds = QSize(min(width, widest), highest)
    size = QSize(min(picture.width, 1 << 16), min(picture.height, 1 << 16)) * theme.scale
    if size.isEmpty():
        size = bounds
    elif not _holds(bounds, size):
        size = size.scaled(bounds, Qt.AspectRatioMode.KeepAspectRatio)
    least = round(_SMALLEST * theme.scale)
    return size.expandedTo(QSize(least, least)).boundedTo(bounds.expandedTo(QSize(1, 1)))


def _shape(picture: ImagePart) -> float:
    return picture.width / picture.height if picture.width and picture.height else 4 / 3


def _holds(room: QSize, size: QSize) -> bool:
    return size.width() <= room.width() and size.height() <= room.height()
