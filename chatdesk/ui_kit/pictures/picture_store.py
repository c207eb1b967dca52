"""A cache for the pictures of the current chat: their state, decoded pixels, and downloaded data, with limits.

It fetches nothing itself but requests downloads with `fetch_requested`. Stored attachments are read from disk when they are decoded, on a
separate thread (`decoding.py`).
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
from chatdesk.kernel.chat.pictures import PictureFailure, PictureKind, PictureProblem, classify_picture, picture_format
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.ui_kit.pictures.animation_frames import is_animation
from chatdesk.ui_kit.pictures.animation_player import AnimationPlayer
from chatdesk.ui_kit.pictures.decoding import data_bytes, decode, picture_size
from chatdesk.ui_kit.pictures.picture_worker import PictureWorker

_DECODED_BYTES = 128 * 1024 * 1024
_FETCHED_BYTES = 64 * 1024 * 1024
_MAX_ENTRIES = 256

ReadStored = Callable[[str], bytes | None]
"""Returns the bytes of a stored picture by its hash, or None if it is missing. It blocks, and is called on the decoding thread."""


class PictureState(Enum):
    """Loading state of a picture."""

    ARRIVING = auto()
    OFFERED = auto()
    """Remote, and not requested yet."""
    LOADING = auto()
    AVAILABLE = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class PictureInfo:
    """Information about a picture. `size` is in its own pixels, if it is available."""

    state: PictureState
    host: str = ""
    size: QSize | None = None
    failure: PictureFailure | None = None


@dataclass(frozen=True, slots=True)
class _Decoded:
    """Result of decoding."""

    image: QImage | None = None
    animated: bool = False
    problem: PictureProblem = PictureProblem.BROKEN


class PictureStore(QObject):
    """Pictures are identified by their source as written in the message, stored ones by `picture_source`.

    Stored pictures are shown only if a message or draft contains them (`add_stored`), whatever else refers to them.
    """

    changed = Signal(str)
    """The state of a picture has changed: lay it out again."""
    ready = Signal(str)
    """The pixels of a picture are available: paint it."""
    moved = Signal(QRect)
    """The animation has another frame at a position of the view; an empty rectangle means that the position is unknown."""
    fetch_requested = Signal(str, str)
    """The user requested a remote picture: its source, and the address to fetch it from, which differs after a redirect."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._read_stored: ReadStored = _read_nothing
        self._stored: dict[str, ImagePart] = {}
        self._worker = PictureWorker(self)
        self._infos: OrderedDict[str, PictureInfo] = OrderedDict()
        self._images: OrderedDict[tuple[str, int, int], QImage] = OrderedDict()
        self._decoding: dict[tuple[str, int, int], list[Callable[[QImage], None]]] = {}
        self._fetched: OrderedDict[str, bytes] = OrderedDict()
        self._animated: OrderedDict[str, bool] = OrderedDict()
        """Whether a picture is an animation, by source."""
        self._player: AnimationPlayer | None = None
        self._is_persistent = False
        """Whether the animation was started explicitly by the user."""

    def set_stored_reader(self, read: ReadStored) -> None:
        """Set the function that reads stored pictures. Without it, none can be shown."""
        self._read_stored = read

    def add_stored(self, picture: ImagePart) -> str:
        """Allow a stored picture to be shown, and return its source."""
        source = picture_source(picture)
        self._stored.setdefault(source, picture)
        return source

    def info(self, source: str) -> PictureInfo:
        """Return the information about a picture. For an embedded picture, only its header is read."""
        info = self._infos.get(source)
        if info is None:
            info = self._initial_info(source)
            self._remember(source, info)
        return info

    def image(self, source: str, size: QSize) -> QImage | None:
        """Return the pixels in a size (empty: original size). If they are None, they are being decoded, and `ready` follows."""
        key = (source, size.width(), size.height())
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
        elif self.info(source).state is PictureState.AVAILABLE and key not in self._decoding:
            self._decode(key)
        return image

    def animated_image(self, source: str, size: QSize, rect: QRect) -> QImage | None:
        """Like `image`, but return the current frame if the picture is playing. It is painted at `rect` of the view."""
        frame = self._player.image(size, rect) if self._player and self._player.source == source else None
        return self.image(source, size) if frame is None else frame

    def is_animated(self, source: str) -> bool:
        """Return whether a picture can be played; known after decoding."""
        return self._animated.get(source, False)

    def is_playing(self, source: str) -> bool:
        """Return whether a picture plays until it is stopped explicitly."""
        return self._is_persistent and self._player is not None and self._player.source == source

    def toggle(self, source: str) -> None:
        """Start or stop an animation on the user's request. Only one plays at a time. A temporary one continues."""
        if self.is_playing(source):
            self.stop()
        elif self.is_animated(source):
            if self._player is None or self._player.source != source:
                self.stop()
                self._begin(source)
            self._is_persistent = True
            self.ready.emit(source)

    def play_temporarily(self, source: str) -> None:
        """Play an animation until `stop_temporary`, unless one was started explicitly."""
        if self._player is None and self.is_animated(source):
            self._begin(source)
            self.ready.emit(source)

    def stop_temporary(self) -> None:
        """Stop an animation that plays only temporarily."""
        if not self._is_persistent:
            self.stop()

    def stop(self) -> None:
        """Stop playing."""
        if self._player:
            self._player.stop()

    def new_player(self, source: str, parent: QObject) -> AnimationPlayer:
        """Create a player for an animation elsewhere, in another size."""
        return AnimationPlayer(source, self._reader_of(source), self._worker, parent)

    def _begin(self, source: str) -> None:
        self._player = player = self.new_player(source, self)
        player.shown.connect(self.moved)
        player.ended.connect(self._playing_ended)

    def _playing_ended(self) -> None:
        player, self._player, self._is_persistent = self._player, None, False
        if player:
            player.deleteLater()
            self.ready.emit(player.source)

    def when_decoded(self, source: str, callback: Callable[[QImage], None]) -> None:
        """Call `callback` with a picture in its original size, now or when it is decoded."""
        image = self.image(source, QSize())
        if image is not None:
            callback(image)
        elif (waiting := self._decoding.get((source, -1, -1))) is not None:
            waiting.append(callback)

    def data(self, source: str) -> bytes:
        """Return the original bytes of an available picture; empty otherwise. Stored pictures are read from disk."""
        if self.info(source).state is not PictureState.AVAILABLE:
            return b""
        return self._reader_of(source)() or b""

    def kind(self, source: str) -> str:
        """Return the format of a picture, as in `picture_format`."""
        if source in self._stored:
            return self._stored[source].media_type.removeprefix("image/")
        return picture_format(self.data(source)[:16]) or "png"

    def save(self, source: str, write: Callable[[bytes], None], done: Callable[[object], None]) -> None:
        """Pass the bytes to `write` on another thread, then call `done` with the error or None."""
        # Determined here, because the state of pictures belongs to the GUI thread.
        read = self._reader_of(source) if self.info(source).state is PictureState.AVAILABLE else _nothing

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
        """Request a remote picture for the user."""
        info = self.info(source)
        if info.host and info.state in {PictureState.OFFERED, PictureState.FAILED}:
            moved = info.failure is not None and info.failure.problem is PictureProblem.MOVED
            address = info.failure.detail if info.failure and moved else source
            self._set(source, PictureInfo(PictureState.LOADING, classify_picture(address).host))
            self.fetch_requested.emit(source, address)

    def add_data(self, source: str, data: bytes) -> None:
        """Set the downloaded data of a picture."""
        host = self.info(source).host
        size = picture_size(data)
        if size is None:
            self._set(source, _failed(host, PictureProblem.BROKEN))
            return
        self._fetched[source] = data
        self._set(source, PictureInfo(PictureState.AVAILABLE, host, size))
        while len(self._fetched) > 1 and sum(map(len, self._fetched.values())) > _FETCHED_BYTES:
            oldest, _ = self._fetched.popitem(last=False)
            self._infos.pop(oldest, None)
            self.changed.emit(oldest)

    def fail(self, source: str, failure: PictureFailure) -> None:
        """Set why a picture could not be downloaded."""
        self._set(source, PictureInfo(PictureState.FAILED, self.info(source).host, failure=failure))

    def _reader_of(self, source: str) -> Callable[[], bytes | None]:
        """Return a function that returns the bytes, on any thread."""
        read_stored = self._read_stored
        if source in self._stored:
            sha256 = self._stored[source].sha256
            return lambda: read_stored(sha256)
        if (fetched := self._fetched.get(source)) is not None:
            return lambda: fetched
        return lambda: data_bytes(source)

    def _initial_info(self, source: str) -> PictureInfo:
        if own := self._stored.get(source):
            if own.problem:
                return _failed("", own.problem)
            if not 0 < own.width * own.height <= MAX_PIXELS:
                return _failed("", PictureProblem.BROKEN)
            return PictureInfo(PictureState.AVAILABLE, size=QSize(own.width, own.height))
        found = classify_picture(source)
        match found.kind:
            case PictureKind.ARRIVING:
                return PictureInfo(PictureState.ARRIVING)
            case PictureKind.REMOTE:
                return PictureInfo(PictureState.OFFERED, found.host)
            case PictureKind.REFUSED:
                return PictureInfo(PictureState.FAILED, failure=found.failure)
            case PictureKind.DATA:
                size = picture_size(data_bytes(source, head=True))
                if size is None:
                    return _failed("", PictureProblem.BROKEN)
                return PictureInfo(PictureState.AVAILABLE, size=size)

    def _decode(self, key: tuple[str, int, int]) -> None:
        source, width, height = key
        self._decoding[key] = []
        read = self._reader_of(source)
        known = source in self._animated

        def work() -> _Decoded:
            data = read()
            if data is None:
                return _Decoded(problem=PictureProblem.MISSING)
            image = decode(data, QSize(width, height))
            return _Decoded(image, not known and is_animation(data))

        self._worker.do(work, lambda decoded: self._store_image(key, decoded))

    def _store_image(self, key: tuple[str, int, int], decoded: object) -> None:
        waiting = self._decoding.pop(key, [])
        if not isinstance(decoded, _Decoded) or decoded.image is None:
            problem = decoded.problem if isinstance(decoded, _Decoded) else PictureProblem.BROKEN
            self._set(key[0], _failed(self.info(key[0]).host, problem))
            return
        image = self._images[key] = decoded.image
        if key[0] not in self._animated:
            self._animated[key[0]] = decoded.animated
            while len(self._animated) > _MAX_ENTRIES:
                self._animated.popitem(last=False)
        while len(self._images) > 1 and sum(each.sizeInBytes() for each in self._images.values()) > _DECODED_BYTES:
            self._images.popitem(last=False)
        self.ready.emit(key[0])
        for callback in waiting:
            callback(image)

    def _set(self, source: str, info: PictureInfo) -> None:
        self._remember(source, info)
        self.changed.emit(source)

    def _remember(self, source: str, info: PictureInfo) -> None:
        self._infos[source] = info
        while len(self._infos) > _MAX_ENTRIES:
            oldest = next(
                (known for known, each in self._infos.items() if each.state is not PictureState.LOADING), source
            )
            if oldest == source:
                break
            del self._infos[oldest]
            self._fetched.pop(oldest, None)


def _failed(host: str, problem: PictureProblem) -> PictureInfo:
    return PictureInfo(PictureState.FAILED, host, failure=PictureFailure(problem))


def _nothing() -> bytes:
    return b""


def _read_nothing(_sha256: str) -> None:
    return None
