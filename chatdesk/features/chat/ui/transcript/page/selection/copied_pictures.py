"""The pictures of messages in pasted HTML: embedded, reduced in size and without camera and location metadata.

They are prepared on another thread after copying; if pasted earlier, they are prepared then.
"""

from base64 import b64encode
from collections.abc import Iterable
from functools import partial
from html import escape

from PySide6.QtCore import QSize, Qt

from chatdesk.kernel.chat.message import ImagePart
from chatdesk.kernel.errors.base import ChatdeskError
from chatdesk.ui_kit.pictures.picture_store import PictureStore

_MAX_SIDE = 1_280
"""Pixels: twice the displayed size, sharp in print."""
_MAX_DISPLAY_SIZE = QSize(640, 640)
"""The maximum size in CSS px: the width of a page."""
_MAX_PICTURES = 24
_MAX_CHARACTERS = 12_000_000
"""Limits for the pictures of one copy: their number and total size. Further ones are named only."""


class CopiedPictures:
    """The pictures of one copy. Each is prepared once, however often it occurs."""

    def __init__(self, store: PictureStore) -> None:
        self._store = store
        self._encoded: dict[str, str] = {}
        """The `data:` addresses, by source; empty for unreadable pictures."""
        self._requested: set[str] = set()

    def prepare(self, pictures: Iterable[ImagePart]) -> None:
        """Start preparing pictures."""
        for picture in pictures:
            source = self._store.add_stored(picture)
            if source not in self._requested and len(self._requested) < _MAX_PICTURES:
                self._requested.add(source)
                self._store.save(source, partial(self._encode, source), _ignore_error)

    def html(self, picture: ImagePart) -> str:
        """Return a picture as an HTML paragraph."""
        source = self._store.add_stored(picture)
        if source not in self._encoded:
            self._encode(source, self._store.data(source) if self._has_capacity else b"")
        name = escape(picture.name)
        if not (address := self._encoded[source]):
            return f"<p>[{name}]</p>\n" if name else ""
        size = QSize(max(1, picture.width), max(1, picture.height))
        if size.width() > _MAX_DISPLAY_SIZE.width() or size.height() > _MAX_DISPLAY_SIZE.height():
            size = size.scaled(_MAX_DISPLAY_SIZE, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        return f'<p><img src="{address}" alt="{name}" width="{size.width()}" height="{size.height()}"></p>\n'

    @property
    def _has_capacity(self) -> bool:
        return len(self._encoded) < _MAX_PICTURES and sum(map(len, self._encoded.values())) < _MAX_CHARACTERS

    def _encode(self, source: str, data: bytes) -> None:
        # Loaded with the first copy.
        from chatdesk.ui_kit.pictures.preparing import prepare  # noqa: PLC0415

        try:
            encoded = prepare(data, "", _MAX_SIDE).picture if data else None
        except ChatdeskError:
            encoded = None
        self._encoded[source] = (
            f"data:{encoded.media_type};base64,{b64encode(encoded.data).decode()}" if encoded else ""
        )


def _ignore_error(_error: object) -> None:
    """Ignore the error: an unreadable picture is named instead."""
