"""A picture as it is sent: decoded once to be sure of it, upright, no larger than models look at, and nothing left of camera or place.

Runs on any thread, and takes a while. The original stays as it is.
"""

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QPainter

from chatdesk.kernel.chat.attachments import LONGEST_SIDE_SENT, MAX_PIXELS, MEDIA_TYPES
from chatdesk.kernel.chat.pictures import picture_format
from chatdesk.kernel.chat.request import Picture, PreparedPicture
from chatdesk.kernel.errors.attachment_errors import PictureDamaged, PictureTooManyPixels
from chatdesk.ui_kit.pictures.decoding import declared_size, decode, picture_size

_JPEG_QUALITY = 88
_LARGEST_PNG = 2 * 1024 * 1024
"""Bytes. A PNG beyond it is a photo rather than a drawing: as JPEG it is a fraction."""
_MEGA = 1_000_000


def prepare(data: bytes, name: str, longest_side: int = LONGEST_SIDE_SENT) -> PreparedPicture:
    """Return what of a picture is sent. Raises `PictureDamaged` and `PictureTooManyPixels`; `name` is for them."""
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
    """Return a picture that came as pixels, from the clipboard say, as a file."""
    return _written(_bare(image), "png", -1)


def _bounded(size: QSize, longest_side: int) -> QSize:
    bounds = QSize(longest_side, longest_side)
    fits = max(size.width(), size.height()) <= longest_side
    return size if fits else size.scaled(bounds, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


def _bare(image: QImage) -> QImage:
    """Return the pixels alone, in the colours that everyone expects: no words, no profile of a camera, no place."""
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
        if len(drawing) <= _LARGEST_PNG:
            return "png", drawing
    return "jpeg", _written(_opaque(image), "jpeg", _JPEG_QUALITY)


def _opaque(image: QImage) -> QImage:
    """Return it on white: JPEG knows nothing transparent."""
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
