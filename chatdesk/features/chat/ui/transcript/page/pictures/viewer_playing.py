"""Plays an animation in the viewer: in the picture's own size, as long as the canvas is seen. What decodes it is `animation_player.py`."""

from PySide6.QtCore import QObject, QRect, QSize, Signal

from chatdesk.features.chat.ui.transcript.page.pictures.picture_canvas import PictureCanvas
from chatdesk.ui_kit.pictures.animation_player import AnimationPlayer
from chatdesk.ui_kit.pictures.picture_store import PictureStore


class ViewerPlaying(QObject):
    """`changed` tells that it plays now, or no more."""

    changed = Signal()

    def __init__(self, store: PictureStore, canvas: PictureCanvas) -> None:
        super().__init__(canvas)
        self._store = store
        self._canvas = canvas
        self._player: AnimationPlayer | None = None
        self._size = QSize()

    @property
    def plays(self) -> bool:
        """Whether it plays."""
        return self._player is not None

    def play(self, source: str, size: QSize) -> None:
        """Play a picture that has this size."""
        self.stop()
        self._size = size
        self._player = player = self._store.new_player(source, self)
        player.shown.connect(self._show)
        player.ended.connect(self._ended)
        player.image(size, QRect())
        self.changed.emit()

    def stop(self) -> None:
        """Stand still, at the frame of the moment."""
        if self._player:
            self._player.stop()

    def _show(self) -> None:
        if self._player and self._canvas.isVisible() and (frame := self._player.image(self._size, QRect())):
            self._canvas.show_frame(frame)

    def _ended(self) -> None:
        player, self._player = self._player, None
        if player:
            player.deleteLater()
            self.changed.emit()
