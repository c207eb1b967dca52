"""Plays an animation while the pointer rests on it, unless the system asks for less motion. What plays is `picture_store.py`'s."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from chatdesk.ui_kit.pictures.picture_store import PictureStore

_RESTS = 150
"""Milliseconds: a pointer that only passes by moves nothing."""


class HoverPlaying(QObject):
    """`may_move` says whether anything may move by itself."""

    def __init__(self, store: PictureStore, may_move: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._may_move = may_move
        self._source = ""
        self._wait = QTimer(self, interval=_RESTS, singleShot=True)
        self._wait.timeout.connect(self._play)

    def come_to(self, source: str) -> None:
        """Take note of the picture the pointer is on now; none for no source."""
        if source == self._source:
            return
        self._source = source
        self._store.rest()
        if source:
            self._wait.start()
        else:
            self._wait.stop()

    def _play(self) -> None:
        if self._may_move():
            self._store.play_for_now(self._source)
