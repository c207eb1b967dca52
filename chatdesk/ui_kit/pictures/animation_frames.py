"""The frames of an animation, decoded one by one within limits of size and time: playing a decompression bomb stops quickly (case 84).

Only one frame is in memory at a time. An object must not be used by several threads at once.
"""

from time import thread_time

from PySide6.QtCore import QDataStream, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from chatdesk.kernel.chat.pictures import picture_format
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.pictures.decoding import opened_picture

MAX_PIXELS = 4_000_000
"""Maximum size of an animation: every frame is decoded again, several times a second."""
_MAX_FRAME_SECONDS = 0.25
"""Maximum computing time for one frame."""
_SHARE = 1 / 3
"""Maximum share of a processor for playing. Expensive animations are played more slowly."""
_MIN_DELAY, _LONGEST = 20, 10_000
"""Range of the display time of a frame in milliseconds. Like browsers, treat shorter times as unspecified and use a tenth of a second."""
_USUAL = 100
_MOVING = frozenset({"gif", "webp"})


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame, and how long it is shown."""

    image: QImage
    milliseconds: int


def is_animation(data: bytes) -> bool:
    """Return whether a picture has several frames and is small enough to be played. Decodes nothing."""
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
    """The frames of an animation in an endless loop, scaled to `size`."""

    def __init__(self, data: bytes, size: QSize) -> None:
        self._data = data
        self._size = size
        self._reader: QImageReader | None = None
        self._stream: QDataStream | None = None

    def next(self) -> Frame | None:
        """Return the next frame; None if it cannot be decoded or takes too long."""
        began = thread_time()
        image = self._read()
        if image is None:
            return None
        if image.size() != self._size:
            ratio, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            image = image.scaled(self._size, ratio, smooth)
        image = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
        cost = thread_time() - began
        if cost > _MAX_FRAME_SECONDS:
            return None
        delay = self._reader.nextImageDelay() if self._reader else 0
        wanted = min(delay, _LONGEST) if delay >= _MIN_DELAY else _USUAL
        return Frame(image, max(wanted, round(1000 * cost / _SHARE)))

    def _read(self) -> QImage | None:
        for _ in range(2):  # restarted once at the end; a damaged picture has no first frame
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
