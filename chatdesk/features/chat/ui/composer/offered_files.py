"""Files and pictures in pasted or dropped data. Text takes precedence: table cells come with a picture of themselves."""

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from chatdesk.kernel.chat.attachments import MEDIA_TYPES
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class OfferedFiles:
    """Pasted or dropped pictures in one of three forms."""

    files: tuple[Path, ...] = ()
    data: bytes = b""
    """The content of a picture file."""
    image: QImage | None = None
    """The pixels of a picture."""


def offers_files(source: QMimeData) -> bool:
    """Return whether the data has pictures, without fetching them from the source program."""
    if source.hasUrls():
        return all(url.isLocalFile() for url in source.urls())
    return not source.hasFormat("text/plain") and (source.hasImage() or _format_in(source) is not None)


def offered_files(source: QMimeData) -> OfferedFiles | None:
    """Return the pictures in the data; None if there is only text."""
    if not offers_files(source):
        return None
    if source.hasUrls():
        return OfferedFiles(tuple(Path(url.toLocalFile()) for url in source.urls()))
    if media_type := _format_in(source):
        return OfferedFiles(data=bytes(source.data(media_type).data()))
    image = source.imageData()
    return OfferedFiles(image=image) if isinstance(image, QImage) and not image.isNull() else None


def _format_in(source: QMimeData) -> str | None:
    return next((media_type for media_type in MEDIA_TYPES.values() if media_type in source.formats()), None)
