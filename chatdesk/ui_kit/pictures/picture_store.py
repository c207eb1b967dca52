"""The pictures of the chat being shown: what is known of each, its decoded pixels, and those that were fetched. All in memory, bounded.

Fetches nothing itself: `wanted` asks whoever can. Those that go along with messages are read from disk when they are decoded, which is
`decoding.py`, on a thread of its own.
"""

from collections import OrderedDict
from collections.abc import Callable
from enum import Enum, auto
from errno import ENOENT
from os import strerror

from PySide6.QtCore import QObject, QRect, QSize, Signal
from PySide6.QtGui import QImage

from chatdesk.kernel.chat.attachments import MAX_PIXELS, picture_source
from chatdesk.kernel.chat.message import ImagePart
from chatdesk.kernel.chat.pictures import PictureFailure, PictureKind, PictureProblem, judge_picture, picture_format
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.pictures.animation_frames import is_animation
from chatdesk.ui_kit.pictures.animation_player import AnimationPlayer
from chatdesk.ui_kit.pictures.decoding import data_bytes, decode, picture_size
from chatdesk.ui_kit.pictures.picture_worker import PictureWorker

_DECODED_BYTES = 128 * 1024 * 1024
_FETCHED_BYTES = 64 * 1024 * 1024
_MOST_LOOKS = 256

ReadOwn = Callable[[str], bytes | None]
"""Returns a picture that went along with a message, by its hash; None if it is gone. Blocks: called on the thread that decodes."""


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


@dataclass(frozen=True, slots=True)
class _Decoded:
    """What a worker found."""

    image: QImage | None = None
    animated: bool = False
    problem: PictureProblem = PictureProblem.BROKEN


class PictureStore(QObject):
    """Pictures are told by their source as it is written in the message, those of ours as `picture_source` has it.

    Of ours only those are shown that a message or a draft holds (`add_own`), whatever else may name them.
    """

    changed = Signal(str)
    """Has another state: lay it out again."""
    ready = Signal(str)
    """Its pixels are there: paint it."""
    moved = Signal(QRect)
    """An animation that plays shows another frame at a place of the view; without one, wherever it is."""
    wanted = Signal(str, str)
    """The user asked for one that is elsewhere: its source, and the address it is fetched from, another one if it has moved."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._read_own: ReadOwn = _none_of_ours
        self._own: dict[str, ImagePart] = {}
        self._worker = PictureWorker(self)
        self._looks: OrderedDict[str, PictureLook] = OrderedDict()
        self._images: OrderedDict[tuple[str, int, int], QImage] = OrderedDict()
        self._decoding: dict[tuple[str, int, int], list[Callable[[QImage], None]]] = {}
        self._fetched: OrderedDict[str, bytes] = OrderedDict()
        self._animated: OrderedDict[str, bool] = OrderedDict()
        """What is known of it, by source."""
        self._player: AnimationPlayer | None = None
        self._lasts = False
        """Whether what plays plays because the user asked."""

    def read_own_with(self, read: ReadOwn) -> None:
        """Let pictures of ours be read; without it there are none."""
        self._read_own = read

    def add_own(self, picture: ImagePart) -> str:
        """Let a picture of ours be shown, and return its source."""
        source = picture_source(picture)
        self._own.setdefault(source, picture)
        return source

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

    def moving_image(self, source: str, size: QSize, place: QRect) -> QImage | None:
        """Return the same, but while it plays its frame of the moment, which is painted at `place` of the view."""
        frame = self._player.image(size, place) if self._player and self._player.source == source else None
        return self.image(source, size) if frame is None else frame

    def is_animated(self, source: str) -> bool:
        """Whether it can be played; known once it has been decoded."""
        return self._animated.get(source, False)

    def plays(self, source: str) -> bool:
        """Whether it plays because the user asked, until it is stopped."""
        return self._lasts and self._player is not None and self._player.source == source

    def toggle(self, source: str) -> None:
        """Play an animation, or stop it: the user asked. No two play at once. One that plays for now goes on."""
        if self.plays(source):
            self.stop()
        elif self.is_animated(source):
            if self._player is None or self._player.source != source:
                self.stop()
                self._begin(source)
            self._lasts = True
            self.ready.emit(source)

    def play_for_now(self, source: str) -> None:
        """Play an animation until `rest`, if none plays that the user asked for."""
        if self._player is None and self.is_animated(source):
            self._begin(source)
            self.ready.emit(source)

    def rest(self) -> None:
        """Play no more what plays only for now."""
        if not self._lasts:
            self.stop()

    def stop(self) -> None:
        """Play nothing."""
        if self._player:
            self._player.stop()

    def new_player(self, source: str, parent: QObject) -> AnimationPlayer:
        """Return what plays an animation somewhere else, in another size."""
        return AnimationPlayer(source, self._reading(source), self._worker, parent)

    def _begin(self, source: str) -> None:
        self._player = player = self.new_player(source, self)
        player.shown.connect(self.moved)
        player.ended.connect(self._playing_ended)

    def _playing_ended(self) -> None:
        player, self._player, self._lasts = self._player, None, False
        if player:
            player.deleteLater()
            self.ready.emit(player.source)

    def with_image(self, source: str, callback: Callable[[QImage], None]) -> None:
        """Do something with a picture in its own size, at once or when it is decoded."""
        image = self.image(source, QSize())
        if image is not None:
            callback(image)
        elif (waiting := self._decoding.get((source, -1, -1))) is not None:
            waiting.append(callback)

    def data(self, source: str) -> bytes:
        """Return the bytes of a picture that is there, as they came; nothing otherwise. Reads one of ours from disk."""
        if self.look(source).state is not PictureState.THERE:
            return b""
        return self._reading(source)() or b""

    def kind(self, source: str) -> str:
        """Return what kind of picture it is, as `picture_format` has it."""
        if source in self._own:
            return self._own[source].media_type.removeprefix("image/")
        return picture_format(self.data(source)[:16]) or "png"

    def save(self, source: str, write: Callable[[bytes], None], done: Callable[[object], None]) -> None:
        """Hand the bytes to `write` on another thread; `done` is told the error, or None."""
        # Looked up here: what is known of the pictures belongs to the GUI thread.
        read = self._reading(source) if self.look(source).state is PictureState.THERE else _nothing

        def work() -> OSError | None:
            try:
                data = read()
                if not data:
                    return FileNotFoundError(ENOENT, strerror(ENOENT))
                write(data)
            except OSError as error:
                return error
            return None

        self._worker.do(work, done)

    def load(self, source: str) -> None:
        """Ask for a picture that is elsewhere: the user did."""
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

    def _reading(self, source: str) -> Callable[[], bytes | None]:
        """Return what gives the bytes, on any thread."""
        read_own = self._read_own
        if source in self._own:
            sha256 = self._own[source].sha256
            return lambda: read_own(sha256)
        if (fetched := self._fetched.get(source)) is not None:
            return lambda: fetched
        return lambda: data_bytes(source)

    def _judge(self, source: str) -> PictureLook:
        if own := self._own.get(source):
            if own.problem:
                return _failed("", own.problem)
            if not 0 < own.width * own.height <= MAX_PIXELS:
                return _failed("", PictureProblem.BROKEN)
            return PictureLook(PictureState.THERE, size=QSize(own.width, own.height))
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
        read = self._reading(source)
        known = source in self._animated

        def work() -> _Decoded:
            data = read()
            if data is None:
                return _Decoded(problem=PictureProblem.MISSING)
            image = decode(data, QSize(width, height))
            return _Decoded(image, not known and is_animation(data))

        self._worker.do(work, lambda decoded: self._take_image(key, decoded))

    def _take_image(self, key: tuple[str, int, int], decoded: object) -> None:
        waiting = self._decoding.pop(key, [])
        if not isinstance(decoded, _Decoded) or decoded.image is None:
            problem = decoded.problem if isinstance(decoded, _Decoded) else PictureProblem.BROKEN
            self._set(key[0], _failed(self.look(key[0]).host, problem))
            return
        image = self._images[key] = decoded.image
        if key[0] not in self._animated:
            self._animated[key[0]] = decoded.animated
            while len(self._animated) > _MOST_LOOKS:
                self._animated.popitem(last=False)
        while len(self._images) > 1 and sum(each.sizeInBytes() for each in self._images.values()) > _DECODED_BYTES:
            self._images.popitem(last=False)
        self.ready.emit(key[0])
        for callback in waiting:
            callback(image)

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


def _nothing() -> bytes:
    return b""


def _none_of_ours(_sha256: str) -> None:
    return None
