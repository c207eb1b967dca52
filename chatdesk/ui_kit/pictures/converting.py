"""Conversion of pictures in formats that neither models nor the window accept: TIFF, BMP and HEIC. Runs in the reading process."""

from importlib import import_module

from PySide6.QtGui import QImage, QImageReader

from chatdesk.kernel.chat.attachments import MAX_PIXELS
from chatdesk.kernel.chat.pictures import foreign_format
from chatdesk.kernel.errors.attachment_errors import PictureDamaged, PictureTooManyPixels, PictureWithoutDecoder
from chatdesk.ui_kit.pictures.decoding import opened_picture
from chatdesk.ui_kit.pictures.preparing import keep_whole

_HEIC_LIBRARY = "pi_heif"
"""Decodes HEIC where Qt does not, that is, everywhere but on macOS. Optional: it and what it needs take 26 MB."""


def convert(data: bytes) -> bytes:
    """Return a TIFF, BMP or HEIC picture as a PNG or a JPEG: upright, without data about camera and location. Only the first of several.

    Raises `PictureDamaged`, `PictureTooManyPixels` and `PictureWithoutDecoder`.
    """
    found = foreign_format(data[:16])
    if found is None:
        raise PictureDamaged
    by_library = found == "heic" and b"heic" not in (
        bytes(each.data()) for each in QImageReader.supportedImageFormats()
    )
    return keep_whole(_read_by_library(data) if by_library else _read(data, found))


def _read(data: bytes, found: str) -> QImage:
    opened = opened_picture(data, found)
    if opened is None:
        raise PictureDamaged
    size = opened.reader.size()
    _check_size(size.width(), size.height())
    image = opened.reader.read()
    if image.isNull():
        raise PictureDamaged
    return image


def _read_by_library(data: bytes) -> QImage:
    try:
        library = import_module(_HEIC_LIBRARY)
    except ImportError as error:
        raise PictureWithoutDecoder from error
    try:
        picture = library.open_heif(data, convert_hdr_to_8bit=True)  # upright; `data` decodes the pixels
        width, height = map(int, picture.size)
        _check_size(width, height)
        pixels = bytes(picture.data)
    except (ValueError, RuntimeError, EOFError, SyntaxError) as error:
        raise PictureDamaged from error
    kind = QImage.Format.Format_RGBA8888 if picture.mode.startswith("RGBA") else QImage.Format.Format_RGB888
    return QImage(pixels, width, height, int(picture.stride), kind).copy()


def _check_size(width: int, height: int) -> None:
    if width <= 0 or height <= 0:
        raise PictureDamaged
    if width * height > MAX_PIXELS:
        raise PictureTooManyPixels
