"""A player for one animation: frame by frame, while it is visible, and for a limited time."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QImage

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.pictures.animation_frames import AnimationFrames, Frame
from chatdesk.ui_kit.pictures.picture_worker import PictureWorker

_MAX_PLAY_MILLISECONDS = 60_000
"""Maximum time it plays without another request."""


@dataclass(frozen=True, slots=True)
class _Decoded:
    size: QSize
    frames: AnimationFrames
    frame: Frame


class AnimationPlayer(QObject):
    """Plays an animation. `read` returns the bytes, on the worker's thread. Nothing is decoded before the first painting sets the size."""

    shown = Signal(QRect)
    """Another frame must be painted at the last position; an empty rectangle means that the position is unknown."""
    ended = Signal()

    def __init__(self, source: str, read: Callable[[], bytes | None], worker: PictureWorker, parent: QObject) -> None:
        super().__init__(parent)
        self.source = source
        self._read = read
        self._worker = worker
        self._frames: AnimationFrames | None = None
        self._frame: Frame | None = None
        self._next: Frame | None = None
        self._size = QSize()
        self._rect = QRect()
        self._unpainted = 0
        self._played = 0
        self._running = True
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._show_next)

    def image(self, size: QSize, rect: QRect) -> QImage | None:
        """Return the current frame, to be painted at `rect` of the view; None before the first one."""
        self._unpainted = 0
        self._rect = rect
        if self._running and size != self._size:
            self._size, self._frames, self._next = QSize(size), None, None
            self._request_frame()
        return self._frame.image if self._frame and self._frame.image.size() == size else None

    def stop(self) -> None:
        """Stop playing."""
        if self._running:
            self._running = False
            self._timer.stop()
            self.ended.emit()

    def _request_frame(self) -> None:
        """Request the next frame."""
        size, frames, read = QSize(self._size), self._frames, self._read

        def work() -> _Decoded | None:
            data = read() if frames is None else b""
            if data is None:
                return None
            going_on = frames or AnimationFrames(data, size)
            frame = going_on.next()
            return _Decoded(size, going_on, frame) if frame else None

        self._worker.do(work, self._add_decoded)

    def _add_decoded(self, decoded: object) -> None:
        if not shiboken6.isValid(self):  # the viewer was closed while the frame was being decoded
            return
        if not isinstance(decoded, _Decoded):
            self.stop()
            return
        if not self._running or decoded.size != self._size:
            return
        self._frames, self._next = decoded.frames, decoded.frame
        if not self._timer.isActive():
            self._show_next()

    def _show_next(self) -> None:
        """Show the next frame; if it is not decoded yet, it is shown later."""
        if self._next is None:
            return
        self._frame, self._next = self._next, None
        self._played += self._frame.milliseconds
        self._unpainted += 1
        if (
            self._unpainted > 2 or self._played > _MAX_PLAY_MILLISECONDS
        ):  # scrolled out of view, or the window is hidden
            self.stop()
            return
        self.shown.emit(self._rect if self._unpainted == 1 else QRect())
        self._timer.start(self._frame.milliseconds)
        self._request_frame()
