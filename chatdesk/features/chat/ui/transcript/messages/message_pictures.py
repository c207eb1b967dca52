"""The pictures of a message: a single one in its proportions, several as tiles in rows.

Above the text of a question, below that of an answer.

Their size is known before they are decoded, so nothing moves when they appear.
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
from chatdesk.ui_kit.pictures.picture_store import PictureInfo, PictureState
from chatdesk.ui_kit.pictures.tile_painting import paint_tile
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.style.theme import Theme

BUBBLE_SHARE = 0.8
"""The maximum width of a question's bubble as a share of the column."""

_MIN_SIZE = 48
_WRAP = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignHCenter.value


@dataclass(frozen=True, slots=True)
class PictureSizes:
    """The sizes of pictures in pixels at scale 1: a single one, and several as tiles.

    Tiles are cropped at the sides; the viewer shows the whole picture.
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
    """The pictures of a message, laid out on creation within `width`. Coordinates are relative to their corner."""

    def __init__(
        self, pictures: Sequence[ImagePart], page: PageContext, width: int, sizes: PictureSizes = OF_QUESTIONS
    ) -> None:
        self.pictures = tuple(pictures)
        self._page = page
        rects = picture_rects(pictures, page.theme, width, sizes)
        sources = (page.pictures.add_stored(picture) for picture in pictures)
        spans = [Span(picture.name, image=source) for picture, source in zip(pictures, sources, strict=True)]
        self._tiles = [_Tile(span, rect) for span, rect in zip(spans, rects, strict=True)]
        self.width = max((rect.right() + 1 for rect in rects), default=0)
        self.height = max((rect.bottom() + 1 for rect in rects), default=0)

    @property
    def spans(self) -> Sequence[Span]:
        """The pictures as spans for the viewer."""
        return [tile.span for tile in self._tiles]

    def shows(self, source: str) -> bool:
        """Return whether a picture is among them."""
        return any(tile.span.image == source for tile in self._tiles)

    def controls(self, corner: QPoint) -> Iterator[Control]:
        """Yield the controls that open each picture in the viewer; for unavailable pictures it shows the reason."""
        for number, tile in enumerate(self._tiles):
            rect = tile.rect.translated(corner)
            found = (picture_control(tile.span, number, rect), play_control(tile.span, number, rect, self._page))
            yield from (control.at_block(PICTURES, 0) for control in found if control)

    def paint(self, painter: QPainter, corner: QPoint, clip: QRect) -> None:
        """Paint the pictures."""
        for tile in self._tiles:
            rect = tile.rect.translated(corner)
            if rect.intersects(clip):
                self._paint_tile(painter, tile.span, rect)

    def _paint_tile(self, painter: QPainter, span: Span, rect: QRect) -> None:
        theme = self._page.theme
        radius = theme.length("radius.control")
        info = self._page.pictures.info(span.image)
        border = theme.color("borderSubtle")
        if info.state is not PictureState.AVAILABLE or info.size is None:
            draw_box(painter, QRectF(rect), radius, theme.color("sunken"), border)
            self._paint_problem(painter, info, rect)
            return
        paint_tile(painter, theme, self._page.pictures, span.image, info.size, QRectF(rect), radius, moves=True)

    def _paint_problem(self, painter: QPainter, info: PictureInfo, rect: QRect) -> None:
        """Paint the reason why a picture is not available, if there is space; the tooltip has all of it."""
        theme = self._page.theme
        size, spacing = theme.length("icon.ui"), theme.length("xs")
        font = theme.font("caption")
        area = rect.adjusted(spacing, spacing, -spacing, -spacing)
        note = picture_note(info)
        height = ceil(QFontMetricsF(font).boundingRect(QRectF(0, 0, area.width(), 1 << 14), _WRAP, note).height())
        fits = size + spacing + height <= area.height()
        top = area.top() + (area.height() - size - (spacing + height if fits else 0)) // 2
        icon_rect = QRectF(area.left(), top, area.width(), size)
        draw_icon(painter, theme, "image-off", theme.color("textSecondary"), icon_rect, size)
        if fits:
            painter.setFont(font)
            painter.setPen(theme.color("textSecondary"))
            painter.drawText(QRect(area.left(), top + size + spacing, area.width(), height), _WRAP, note)


def picture_rects(
    pictures: Sequence[ImagePart], theme: Theme, width: int, sizes: PictureSizes = OF_QUESTIONS
) -> list[QRect]:
    """Return the rectangles of the pictures, starting at the left of the first row."""
    if len(pictures) == 1:
        return [QRect(QPoint(), _single(pictures[0], theme, width, sizes))]
    height, gap = round(sizes.tile * theme.scale), theme.length("xs")
    rects: list[QRect] = []
    x = y = 0
    for picture in pictures:
        tile_width = min(
            width, round(min(max(sizes.tile * _aspect_ratio(picture), sizes.narrowest), sizes.widest) * theme.scale)
        )
        if x and x + tile_width > width:
            x, y = 0, y + height + gap
        rects.append(QRect(x, y, tile_width, height))
        x += tile_width + gap
    return rects


def _single(picture: ImagePart, theme: Theme, width: int, sizes: PictureSizes) -> QSize:
    if picture.problem:
        sizes = OF_QUESTIONS  # only text is shown
    widest, highest = round(sizes.largest_width * theme.scale), round(sizes.largest_height * theme.scale)
    bounds = QSize(min(width, widest), highest)
    size = QSize(min(picture.width, 1 << 16), min(picture.height, 1 << 16)) * theme.scale
    if size.isEmpty():
        size = bounds
    elif not _fits_into(bounds, size):
        size = size.scaled(bounds, Qt.AspectRatioMode.KeepAspectRatio)
    min_size = round(_MIN_SIZE * theme.scale)
    return size.expandedTo(QSize(min_size, min_size)).boundedTo(bounds.expandedTo(QSize(1, 1)))


def _aspect_ratio(picture: ImagePart) -> float:
    return picture.width / picture.height if picture.width and picture.height else 4 / 3


def _fits_into(available: QSize, size: QSize) -> bool:
    return size.width() <= available.width() and size.height() <= available.height()
