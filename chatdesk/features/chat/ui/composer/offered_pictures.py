"""What of a paste or a drop is files or a picture rather than words. Words win: cells of a table come with a picture of themselves."""

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from chatdesk.kernel.chat.attachments import MEDIA_TYPES
from chatdesk.kernel.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class OfferedPictures:
    """One of the three."""

    files: tuple[Path, ...] = ()
    data: bytes = b""
    """A picture as a file."""
    image: QImage | None = None
    """A picture as pixels."""


def offers_pictures(source: QMimeData) -> bool:
    """Whether there are any, told without fetching them from the program they are in."""
    if source.hasUrls():
        return all(url.isLocalFile() for url in source.urls())
    return not source.hasFormat("text/plain") and (source.hasImage() or _format_in(source) is not None)


def offered_pictures(source: QMimeData) -> OfferedPictures | None:
    """Return them; None if there are only words."""
    if not offers_pictures(source):
        return None
    if source.hasUrls():
        return OfferedPictures(tuple(Path(url.toLocalFile()) for url in source.urls()))
    if media_type := _format_in(source):
        return OfferedPictures(data=bytes(source.data(media_type).data()))
    image = source.imageData()
    return OfferedPictures(image=image) if isinstance(image, QImage) and not image.isNull() else None


def _format_in(source: QMimeData) -> str | None:
    return next((media_type for media_type in MEDIA_TYPES.values() if media_type in source.formats()), None)
