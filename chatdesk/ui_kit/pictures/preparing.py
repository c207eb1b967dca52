"""Preparation of a picture for sending: verified by decoding, upright, scaled down, and without metadata about camera or location.

It runs on any thread and takes a while. The original is not changed.
"""

from collections.abc import Buffer

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QPainter

from chatdesk.kernel.chat.attachments import MAX_PIXELS, MAX_SENT_SIDE, MEDIA_TYPES
from chatdesk.kernel.chat.pictures import picture_format
from chatdesk.kernel.chat.request import Picture, PreparedPicture
from chatdesk.kernel.errors.attachment_errors import PictureDamaged, PictureTooManyPixels
from chatdesk.ui_kit.pictures.decoding import declared_size, decode, picture_size

_JPEG_QUALITY = 88
_MAX_PNG_BYTES = 2 * 1024 * 1024
"""In bytes. A larger PNG is probably a photo, and much smaller as a JPEG."""
_MEGA = 1_000_000


def prepare(data: bytes, name: str, longest_side: int = MAX_SENT_SIDE) -> PreparedPicture:
    """Return the picture to send. Raise `PictureDamaged` or `PictureTooManyPixels`; `name` is for their messages."""
    size = picture_size(data)
    if size is None:
        declared = declared_size(data)
        if declared is not None and declared.width() * declared.height() > MAX_PIXELS:
            raise PictureTooManyPixels(name, MAX_PIXELS // _MEGA)
        raise PictureDamaged(name)
    image = decode(data, _bounded(size, longest_side))
    if image is None:
        raise PictureDamaged(name)
    kind, encoded = _encoded(_bare(image), photo=picture_format(data[:16]) == "jpeg")
    return PreparedPicture(Picture(MEDIA_TYPES[kind], encoded), size.width(), size.height())


def encode_png(image: QImage) -> bytes:
    """Return a picture that came as pixels, for example from the clipboard, as PNG data."""
    return _written(_bare(image), "png", -1)


def to_jpeg(width: int, height: int, row_bytes: int, pixels: Buffer) -> bytes:
    """Return pixels of 4 bytes each, blue first, the last one unused, as JPEG data."""
    return _written(
        QImage(memoryview(pixels), width, height, row_bytes, QImage.Format.Format_RGB32), "jpeg", _JPEG_QUALITY
    )


def keep_whole(image: QImage) -> bytes:
    """Return a picture of another format as one that is stored: only the pixels, as PNG data, or as JPEG data if that is much smaller."""
    return _encoded(_bare(image), photo=False)[1]


def _bounded(size: QSize, longest_side: int) -> QSize:
    bounds = QSize(longest_side, longest_side)
    fits = max(size.width(), size.height()) <= longest_side
    return size if fits else size.scaled(bounds, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


def _bare(image: QImage) -> QImage:
    """Return only the pixels, in sRGB, without texts, colour profile or location."""
    if image.colorSpace().isValid():
        image = image.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    transparent = image.hasAlphaChannel()
    bare = QImage(image.size(), QImage.Format.Format_ARGB32 if transparent else QImage.Format.Format_RGB32)
    bare.fill(Qt.GlobalColor.transparent if transparent else Qt.GlobalColor.white)
    painter = QPainter(bare)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    painter.drawImage(0, 0, image)
    painter.end()
    return bare


def _encoded(image: QImage, *, photo: bool) -> tuple[str, bytes]:
    if not photo:
        drawing = _written(image, "png", -1)
        if len(drawing) <= _MAX_PNG_BYTES:
            return "png", drawing
    return "jpeg", _written(_opaque(image), "jpeg", _JPEG_QUALITY)


def _opaque(image: QImage) -> QImage:
    """Return the picture on a white background, because JPEG has no transparency."""
    if not image.hasAlphaChannel():
        return image
    opaque = QImage(image.size(), QImage.Format.Format_RGB32)
    opaque.fill(Qt.GlobalColor.white)
    painter = QPainter(opaque)
    painter.drawImage(0, 0, image)
    painter.end()
    return opaque


def _written(image: QImage, kind: str, quality: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind.upper(), quality)  # type: ignore[call-overload] # its types forget devices
    return bytes(buffer.data().data())
