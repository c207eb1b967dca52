"""Bytes to pictures, within bounds. Runs on any thread; what may be decoded at all is `kernel/chat/pictures.py`'s to say."""

from base64 import b64decode
from binascii import Error as Base64Error

from PySide6.QtCore import QByteArray, QDataStream, QSize, Qt
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader

from chatdesk.kernel.chat.attachments import MAX_PIXELS
from chatdesk.kernel.chat.pictures import data_payload, picture_format
from chatdesk.kernel.fast_dataclass import dataclass

_ALLOCATION_MEGABYTES = 256
_HEAD_CHARACTERS = 256 * 1024
"""Of the base64: where the size is written, even behind a large EXIF record."""


@dataclass(frozen=True, slots=True)
class OpenedPicture:
    """What decodes it."""

    reader: QImageReader
    stream: QDataStream
    """Lives as long as its reader."""


def data_bytes(source: str, *, head: bool = False) -> bytes:
    """Return the bytes of a `data:` source, or only its beginning; nothing if they are not base64."""
    payload = data_payload(source)
    if head and len(payload) > _HEAD_CHARACTERS:
        payload = payload[:_HEAD_CHARACTERS]
    try:
        return b64decode(payload + "=" * (-len(payload) % 4))
    except (Base64Error, ValueError):
        return b""


def declared_size(data: bytes) -> QSize | None:
    """Return how large a picture says it is, however large that is; None if it is none. Decodes nothing."""
    opened = opened_picture(data)
    size = opened.reader.size() if opened else QSize()
    return size if size.isValid() and not size.isEmpty() else None


def picture_size(data: bytes) -> QSize | None:
    """Return how large a picture says it is, upright; None if it is none, or larger than allowed. Decodes nothing."""
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
    """Return the picture, an animation's first one, no larger than `bounds` (empty: as it is); None if it cannot be decoded."""
    size = picture_size(data)
    opened = opened_picture(data)
    if size is None or opened is None:
        return None
    reader = opened.reader
    if _is_smaller(bounds, size):
        # By the reader, without Python: letting go of 200 MB while Python waits kept the window from painting for 80 ms.
        smaller = bounds
        if picture_format(data) == "jpeg":
            # Twice the size wanted: a JPEG is decoded small at a fraction of the cost, and still scaled smoothly.
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


def opened_picture(data: bytes) -> OpenedPicture | None:
    """Open the bytes as what they really are: no other decoder ever sees them."""
    found = picture_format(data)
    if found is None:
        return None
    # Not a QBuffer made here: Qt asks one of those for its bytes through Python, while it holds a lock that another thread may be
    # waiting for with Python in its hands. Then both wait for ever, and the window with them. The stream's own buffer knows no Python.
    stream = QDataStream(QByteArray(data))
    QImageReader.setAllocationLimit(_ALLOCATION_MEGABYTES)
    reader = QImageReader(stream.device(), found.encode())
    reader.setDecideFormatFromContent(False)
    reader.setAutoTransform(True)
    return OpenedPicture(reader, stream)
