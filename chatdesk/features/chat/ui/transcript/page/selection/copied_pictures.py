"""The pictures that went along with questions, in what is pasted into other programs: within the HTML, small, bare of camera and place.

They are read and made small on another thread once something is copied; what somebody pastes sooner is made then.
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
"""Pixels: twice what is shown, sharp in print."""
_SHOWN = QSize(640, 640)
"""CSS px, the most: the width of a page."""
_MOST = 24
_MOST_CHARACTERS = 12_000_000
"""Pictures of one copy, and what they may come to. Of those beyond there is the name."""


class CopiedPictures:
    """For one copy. Each picture is made once, however often it is there."""

    def __init__(self, store: PictureStore) -> None:
        self._store = store
        self._made: dict[str, str] = {}
        """The `data:` addresses, by source; empty for what cannot be read."""
        self._asked: set[str] = set()

    def ask(self, pictures: Iterable[ImagePart]) -> None:
        """Have them made."""
        for picture in pictures:
            source = self._store.add_own(picture)
            if source not in self._asked and len(self._asked) < _MOST:
                self._asked.add(source)
                self._store.save(source, partial(self._make, source), _not_told)

    def html(self, picture: ImagePart) -> str:
        """Return a picture, a paragraph of its own."""
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
        # Loaded with the first.
        from chatdesk.ui_kit.pictures.preparing import prepare  # noqa: PLC0415

        try:
            made = prepare(data, "", _LONGEST_SIDE).picture if data else None
        except ChatdeskError:
            made = None
        self._made[source] = f"data:{made.media_type};base64,{b64encode(made.data).decode()}" if made else ""


def _not_told(_error: object) -> None:
    """Say nothing: what cannot be read is named instead."""
