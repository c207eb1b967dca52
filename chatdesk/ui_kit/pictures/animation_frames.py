"""The frames of an animation, one after the other, within bounds of size and time: a bomb stands still after a moment (case 84).

Only one frame is in memory at a time. Used by one thread at a time.
"""

from time import thread_time

from PySide6.QtCore import QDataStream, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from chatdesk.kernel.chat.pictures import picture_format
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.pictures.decoding import opened_picture

MAX_PIXELS = 4_000_000
"""Of a picture that moves: every frame is decoded anew, several times a second."""
_MOST_SECONDS = 0.25
"""Of computing time for one frame."""
_SHARE = 1 / 3
"""Of a processor, the most that playing takes: what is dear is played more slowly."""
_SHORTEST, _LONGEST = 20, 10_000
"""Milliseconds a frame is shown. Below, browsers take an author to have meant nothing; they show it for a tenth of a second."""
_USUAL = 100
_MOVING = frozenset({"gif", "webp"})


@dataclass(frozen=True, slots=True)
class Frame:
    """What is shown, and for how long."""

    image: QImage
    milliseconds: int


def is_animation(data: bytes) -> bool:
    """Whether a picture has several frames and is small enough to be played. Decodes nothing."""
    if picture_format(data[:16]) not in _MOVING:
        return False
    opened = opened_picture(data)
    if opened is None:
        return False
    size = opened.reader.size()
    if size.isEmpty() or size.width() * size.height() > MAX_PIXELS:
        return False
    return opened.reader.supportsAnimation() and opened.reader.imageCount() > 1


class AnimationFrames:
    """After the last frame comes the first again. `size` is what frames are shown in."""

    def __init__(self, data: bytes, size: QSize) -> None:
        self._data = data
        self._size = size
        self._reader: QImageReader | None = None
        self._stream: QDataStream | None = None

    def next(self) -> Frame | None:
        """Return the next frame; None if it cannot be decoded, or takes too long."""
        began = thread_time()
        image = self._read()
        if image is None:
            return None
        if image.size() != self._size:
            ratio, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            image = image.scaled(self._size, ratio, smooth)
        image = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
        cost = thread_time() - began
        if cost > _MOST_SECONDS:
            return None
        delay = self._reader.nextImageDelay() if self._reader else 0
        wanted = min(delay, _LONGEST) if delay >= _SHORTEST else _USUAL
        return Frame(image, max(wanted, round(1000 * cost / _SHARE)))

    def _read(self) -> QImage | None:
        for _ in range(2):  # at its end it is begun anew, once: a broken one has no first frame
            if self._reader is None:
                opened = opened_picture(self._data)
                if opened is None:
                    return None
                self._reader, self._stream = opened.reader, opened.stream
            image = self._reader.read() if self._reader.canRead() else QImage()
            if not image.isNull():
                return image
            self._reader = self._stream = None
        return None
