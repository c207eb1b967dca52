"""The pictures of the chat being shown: what is known of each, its decoded pixels, and those that were fetched. All in memory, bounded.

Fetches nothing itself: `wanted` asks whoever can. Decoding is `picture_decoding.py`, on a thread of its own.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from chatdesk.domain.pictures import PictureFailure, PictureKind, PictureProblem, judge_picture
from chatdesk.ui.transcript.blocks.picture_decoding import data_bytes, decode, picture_size
from chatdesk.ui.transcript.blocks.picture_worker import PictureWorker

_DECODED_BYTES = 128 * 1024 * 1024
_FETCHED_BYTES = 64 * 1024 * 1024
_MOST_LOOKS = 256


class PictureState(Enum):
    """How far a picture is."""

    ARRIVING = auto()
    OFFERED = auto()
    """Elsewhere, and nobody asked for it."""
    LOADING = auto()
    THERE = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class PictureLook:
    """What is known of a picture. `size` in its own pixels, if it is there."""

    state: PictureState
    host: str = ""
    size: QSize | None = None
    failure: PictureFailure | None = None


class PictureStore(QObject):
    """Pictures are told by their source as it is written in the message."""

    changed = Signal(str)
    """Has another state: lay it out again."""
    ready = Signal(str)
    """Its pixels are there: paint it."""
    wanted = Signal(str, str)
    """A person asked for one that is elsewhere: its source, and the address it is fetched from, another one if it has moved."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = PictureWorker(self)
        self._looks: OrderedDict[str, PictureLook] = OrderedDict()
        self._images: OrderedDict[tuple[str, int, int], QImage] = OrderedDict()
        self._decoding: dict[tuple[str, int, int], list[Callable[[QImage], None]]] = {}
        self._fetched: OrderedDict[str, bytes] = OrderedDict()

    def look(self, source: str) -> PictureLook:
        """Return what is known of a picture; of one that is written into the message, from its head alone."""
        look = self._looks.get(source)
        if look is None:
            look = self._judge(source)
            self._remember(source, look)
        return look

    def image(self, source: str, size: QSize) -> QImage | None:
        """Return the pixels in a size (empty: its own), or None: they are being decoded, `ready` tells when they are there."""
        key = (source, size.width(), size.height())
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
        elif self.look(source).state is PictureState.THERE and key not in self._decoding:
            self._decode(key)
        return image

    def with_image(self, source: str, deed: Callable[[QImage], None]) -> None:
        """Do something with a picture in its own size, at once or when it is decoded."""
        image = self.image(source, QSize())
        if image is not None:
            deed(image)
        elif (waiting := self._decoding.get((source, -1, -1))) is not None:
            waiting.append(deed)

    def data(self, source: str) -> bytes:
        """Return the bytes of a picture that is there, as they came; nothing otherwise."""
        if self.look(source).state is not PictureState.THERE:
            return b""
        return self._fetched[source] if source in self._fetched else data_bytes(source)

    def save(self, source: str, write: Callable[[bytes], None], done: Callable[[object], None]) -> None:
        """Hand the bytes to `write` on another thread; `done` is told the error, or None."""

        def work() -> OSError | None:
            try:
                write(self.data(source))
            except OSError as error:
                return error
            return None

        self._worker.do(work, done)

    def load(self, source: str) -> None:
        """Ask for a picture that is elsewhere: a person did."""
        look = self.look(source)
        if look.host and look.state in {PictureState.OFFERED, PictureState.FAILED}:
            moved = look.failure is not None and look.failure.problem is PictureProblem.MOVED
            address = look.failure.detail if look.failure and moved else source
            self._set(source, PictureLook(PictureState.LOADING, judge_picture(address).host))
            self.wanted.emit(source, address)

    def take(self, source: str, data: bytes) -> None:
        """Take over what was fetched."""
        host = self.look(source).host
        size = picture_size(data)
        if size is None:
            self._set(source, _failed(host, PictureProblem.BROKEN))
            return
        self._fetched[source] = data
        self._set(source, PictureLook(PictureState.THERE, host, size))
        while len(self._fetched) > 1 and sum(map(len, self._fetched.values())) > _FETCHED_BYTES:
            oldest, _ = self._fetched.popitem(last=False)
            self._looks.pop(oldest, None)
            self.changed.emit(oldest)

    def fail(self, source: str, failure: PictureFailure) -> None:
        """Take over why it was not fetched."""
        self._set(source, PictureLook(PictureState.FAILED, self.look(source).host, failure=failure))

    def _judge(self, source: str) -> PictureLook:
        found = judge_picture(source)
        match found.kind:
            case PictureKind.ARRIVING:
                return PictureLook(PictureState.ARRIVING)
            case PictureKind.REMOTE:
                return PictureLook(PictureState.OFFERED, found.host)
            case PictureKind.REFUSED:
                return PictureLook(PictureState.FAILED, failure=found.failure)
            case PictureKind.DATA:
                size = picture_size(data_bytes(source, head=True))
                if size is None:
                    return _failed("", PictureProblem.BROKEN)
                return PictureLook(PictureState.THERE, size=size)

    def _decode(self, key: tuple[str, int, int]) -> None:
        source, width, height = key
        self._decoding[key] = []
        fetched = self._fetched.get(source)

        def work() -> QImage | None:
            return decode(data_bytes(source) if fetched is None else fetched, QSize(width, height))

        self._worker.do(work, lambda image: self._take_image(key, image))

    def _take_image(self, key: tuple[str, int, int], image: object) -> None:
        waiting = self._decoding.pop(key, [])
        if not isinstance(image, QImage):
            look = self.look(key[0])
            self._set(key[0], _failed(look.host, PictureProblem.BROKEN))
            return
        self._images[key] = image
        while len(self._images) > 1 and sum(each.sizeInBytes() for each in self._images.values()) > _DECODED_BYTES:
            self._images.popitem(last=False)
        self.ready.emit(key[0])
        for deed in waiting:
            deed(image)

    def _set(self, source: str, look: PictureLook) -> None:
        self._remember(source, look)
        self.changed.emit(source)

    def _remember(self, source: str, look: PictureLook) -> None:
        self._looks[source] = look
        while len(self._looks) > _MOST_LOOKS:
            oldest = next(
                (known for known, each in self._looks.items() if each.state is not PictureState.LOADING), source
            )
            if oldest == source:
                break
            del self._looks[oldest]
            self._fetched.pop(oldest, None)


def _failed(host: str, problem: PictureProblem) -> PictureLook:
    return PictureLook(PictureState.FAILED, host, failure=PictureFailure(problem))
