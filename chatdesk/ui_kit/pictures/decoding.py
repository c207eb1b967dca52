"""Decoding of pictures within limits, on any thread. `kernel/chat/pictures.py` determines which pictures may be decoded."""

from base64 import b64decode
from binascii import Error as Base64Error

from PySide6.QtCore import QByteArray, QDataStream, QSize, Qt
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader

from chatdesk.kernel.chat.attachments import MAX_PIXELS
from chatdesk.kernel.chat.pictures import data_payload, picture_format
from chatdesk.kernel.fast_dataclass import dataclass

_ALLOCATION_MEGABYTES = 256
_HEAD_CHARACTERS = 256 * 1024
"""Maximum part of the Base64 data that is decoded to read the size, which may follow a large EXIF record."""


@dataclass(frozen=True, slots=True)
class OpenedPicture:
    """An open picture reader."""

    reader: QImageReader
    stream: QDataStream
    """Must live as long as the reader."""


def data_bytes(source: str, *, head: bool = False) -> bytes:
    """Return the bytes of a `data:` source, or only its start; empty if it is not valid Base64."""
    payload = data_payload(source)
    if head and len(payload) > _HEAD_CHARACTERS:
        payload = payload[:_HEAD_CHARACTERS]
    try:
        return b64decode(payload + "=" * (-len(payload) % 4))
    except (Base64Error, ValueError):
        return b""


def declared_size(data: bytes) -> QSize | None:
    """Return the size in the header of a picture, without any limit; None if it is not a picture. Decodes nothing."""
    opened = opened_picture(data)
    size = opened.reader.size() if opened else QSize()
    return size if size.isValid() and not size.isEmpty() else None


def picture_size(data: bytes) -> QSize | None:
    """Return the upright size of a picture; None if it is not a picture or exceeds the limit. Decodes nothing."""
    opened = opened_picture(data)
    if opened is None:
        return None
    reader = opened.reader
    size = reader.size()
    if not size.isValid() or size.isEmpty() or size.width() * size.height() > MAX_PIXELS:
        return None
    turned = reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90
    return size.transposed() if turned else size


def decode(data: bytes, bounds: QSize) -> QImage | None:
    """Return the picture (an animation's first frame), scaled down to `bounds` (empty: original size); None if it cannot be decoded."""
    size = picture_size(data)
    opened = opened_picture(data)
    if size is None or opened is None:
        return None
    reader = opened.reader
    if _is_smaller(bounds, size):
        # Scaled by the reader, not in Python: releasing 200 MB while Python waits blocked the window for 80 ms.
        smaller = bounds
        if picture_format(data) == "jpeg":
            # Twice the requested size: a JPEG is decoded at a reduced size at a fraction of the cost, and is still scaled smoothly.
            smaller = size.scaled(bounds * 2, Qt.AspectRatioMode.KeepAspectRatio).boundedTo(size)
        reader.setScaledSize(smaller if reader.size() == size else smaller.transposed())
    image = reader.read()
    if image.isNull():
        return None
    if _is_smaller(bounds, image.size()):
        image = image.scaled(bounds, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def _is_smaller(bounds: QSize, size: QSize) -> bool:
    return not bounds.isEmpty() and (bounds.width() < size.width() or bounds.height() < size.height())


def opened_picture(data: bytes, foreign_format: str = "") -> OpenedPicture | None:
    """Open a picture with the decoder for its detected format, or for a format that is only converted; no other decoder is used."""
    found = foreign_format or picture_format(data)
    if found is None:
        return None
    # Do not use a QBuffer created here: Qt would read it through Python while holding a lock for which another thread may be waiting with
    # the GIL, which is a deadlock. The stream's internal buffer does not involve Python.
    stream = QDataStream(QByteArray(data))
    QImageReader.setAllocationLimit(_ALLOCATION_MEGABYTES)
    reader = QImageReader(stream.device(), found.encode())
    reader.setDecideFormatFromContent(False)
    reader.setAutoTransform(True)
    return OpenedPicture(reader, stream)
