"""Painting of a picture as a tile with rounded corners that shows its centre: thumbnails of drafts and in the bubble of a question."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QTransform

from chatdesk.ui_kit.pictures.picture_store import PictureStore
from chatdesk.ui_kit.style.painting import draw_box, snapped_point
from chatdesk.ui_kit.style.theme import Theme


def paint_tile(
    painter: QPainter,
    theme: Theme,
    store: PictureStore,
    source: str,
    size: QSize,
    rect: QRectF,
    radius: float,
    *,
    moves: bool = False,
) -> None:
    """Paint the tile, or its background while the picture is decoded. `size` is the original size; pictures are never enlarged.

    With `moves`, an animation shows its current frame.
    """
    ratio = painter.device().devicePixelRatio()
    target = QRectF(snapped_point(painter, rect.topLeft()), rect.size())
    tile_size = QSize(round(rect.width() * ratio), round(rect.height() * ratio))
    natural = size * (theme.scale * ratio)
    is_small = natural.width() < tile_size.width() - 1 or natural.height() < tile_size.height() - 1
    fits = natural.width() <= tile_size.width() + 1 and natural.height() <= tile_size.height() + 1
    cover = size.scaled(tile_size, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    shown = (natural if fits else cover.boundedTo(natural)).expandedTo(QSize(1, 1))
    painted = painter.worldTransform().mapRect(target).toAlignedRect() if moves else None
    image = store.image(source, shown) if painted is None else store.animated_image(source, shown, painted)
    if image is None or is_small:
        draw_box(painter, target, radius, theme.color("sunken"), theme.color("borderSubtle"))
    if image is not None:
        _fill(painter, image, target, QSize(shown), ratio, radius)


def _fill(painter: QPainter, image: QImage, target: QRectF, shown: QSize, ratio: float, radius: float) -> None:
    """Fill a rounded rectangle with the centre of an image of `shown` device pixels."""
    width, height = shown.width() / ratio, shown.height() / ratio
    middle = target.center()
    corner = snapped_point(painter, QPointF(middle.x() - width / 2, middle.y() - height / 2))
    visible = QRectF(corner.x(), corner.y(), width, height).intersected(target)
    brush = QBrush(image)
    scale = QTransform.fromScale(width / image.width(), height / image.height())
    brush.setTransform(scale * QTransform.fromTranslate(corner.x(), corner.y()))
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush)
    painter.drawRoundedRect(visible, radius, radius)
    painter.restore()
