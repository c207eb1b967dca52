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

_LONGEST_SIDE = 1_280
"""Pixels: twice the displayed size, sharp in print."""
_SHOWN = QSize(640, 640)
"""The maximum size in CSS px: the width of a page."""
_MOST = 24
_MOST_CHARACTERS = 12_000_000
"""Limits for the pictures of one copy: their number and total size. Further ones are named only."""


class CopiedPictures:
    """The pictures of one copy. Each is prepared once, however often it occurs."""

    def __init__(self, store: PictureStore) -> None:
        self._store = store
        self._made: dict[str, str] = {}
        """The `data:` addresses, by source; empty for unreadable pictures."""
        self._asked: set[str] = set()

    def ask(self, pictures: Iterable[ImagePart]) -> None:
        """Start preparing pictures."""
        for picture in pictures:
            source = self._store.add_own(picture)
            if source not in self._asked and len(self._asked) < _MOST:
                self._asked.add(source)
                self._store.save(source, partial(self._make, source), _not_told)

    def html(self, picture: ImagePart) -> str:
        """Return a picture as an HTML paragraph."""
        source = self._store.add_own(picture)
        if source not in self._made:
            self._make(source, self._store.data(source) if self._has_room else b"")
        words = escape(picture.name)
        if not (address := self._made[source]):
            return f"<p>[{words}]</p>\n" if words else ""
        size = QSize(max(1, picture.width), max(1, picture.height))
        if size.width() > _SHOWN.width() or size.height() > _SHOWN.height():
            size = size.scaled(_SHOWN, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        return f'<p><img src="{address}" alt="{words}" width="{size.width()}" height="{size.height()}"></p>\n'

    @property
    def _has_room(self) -> bool:
        return len(self._made) < _MOST and sum(map(len, self._made.values())) < _MOST_CHARACTERS

    def _make(self, source: str, data: bytes) -> None:
        # Loaded with the first copy.
        from chatdesk.ui_kit.pictures.preparing import prepare  # noqa: PLC0415

        try:
            made = prepare(data, "", _LONGEST_SIDE).picture if data else None
        except ChatdeskError:
            made = None
        self._made[source] = f"data:{made.media_type};base64,{b64encode(made.data).decode()}" if made else ""


def _not_told(_error: object) -> None:
    """Ignore the error: an unreadable picture is named instead."""
