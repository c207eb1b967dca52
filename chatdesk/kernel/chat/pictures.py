"""Rules for pictures in messages: which are shown, which only on request, and which never (threats.md E1).

Nothing in this module decodes or fetches anything.
"""

import re
from enum import Enum, auto
from functools import lru_cache

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.links import Verdict, assess_link
from chatdesk.kernel.text.safe_line import safe_line

MAX_DATA_BYTES = 32 * 1024 * 1024
"""Maximum size of a picture that is embedded in the message."""

_DATA = r"(?i)data:image/([\w.+-]+);base64,"
_SHOWN_LENGTH = 40
_REMEMBERED_LENGTH = 1_000
_SIGNATURES = (
    (rb"\x89PNG\r\n\x1a\n", "png"),
    (rb"\xff\xd8\xff", "jpeg"),
    (rb"GIF8[79]a", "gif"),
    (rb"(?s)RIFF....WEBP", "webp"),
)


_FOREIGN_SIGNATURES = (
    (rb"II\*\0|MM\0\*", "tiff"),
    (rb"(?s)BM.{4}\0{4}", "bmp"),
    (rb"(?s).{4}ftyp(?:heic|heix|hevc|heim|heis|mif1|msf1)", "heic"),
)


class PictureKind(Enum):
    """Where the bytes of a picture are."""

    DATA = auto()
    """Embedded in the message."""
    ARRIVING = auto()
    """Embedded in a message that is still arriving."""
    REMOTE = auto()
    """On a server: fetched only on request."""
    REFUSED = auto()


class PictureProblem(Enum):
    """Why a picture is not shown."""

    NOT_OPENED = auto()
    """A file, a network share, a relative path or an unknown scheme. Nothing is read or fetched for it."""
    VECTOR = auto()
    """SVG, which can contain scripts and references."""
    TOO_LARGE = auto()
    BROKEN = auto()
    """The picture cannot be decoded."""
    MISSING = auto()
    """The file of an attachment is missing or has changed."""
    NOT_A_PICTURE = auto()
    """The content has another type."""
    PRIVATE_ADDRESS = auto()
    MOVED = auto()
    """Redirected to another host: `PictureFailure.detail` is its address."""
    NOT_FOUND = auto()
    """The server returned an error status: `PictureFailure.detail`."""
    UNREACHABLE = auto()
    TIMED_OUT = auto()
    TOO_MANY = auto()
    """The answer has more pictures than are stored."""
    NOT_SAVED = auto()
    """A picture of an answer could not be written to disk."""


@dataclass(frozen=True, slots=True)
class PictureFailure:
    """A problem and its details."""

    problem: PictureProblem
    detail: str = ""


class PictureUnavailable(Exception):
    """A requested picture could not be loaded."""

    def __init__(self, failure: PictureFailure) -> None:
        super().__init__(failure.problem.name)
        self.failure = failure


@dataclass(frozen=True, slots=True)
class PictureSource:
    """A classified source. `host` is in Punycode if it is not plain ASCII."""

    kind: PictureKind
    host: str = ""
    failure: PictureFailure | None = None


def classify_picture(source: str) -> PictureSource:
    """Classify the source of a picture as written in a message."""
    if found := re.match(_DATA, source):
        if found[1].lower().startswith("svg"):
            return _refused(PictureProblem.VECTOR)
        if found.end() == len(source):
            return PictureSource(PictureKind.ARRIVING)
        if (len(source) - found.end()) * 3 // 4 > MAX_DATA_BYTES:
            return _refused(PictureProblem.TOO_LARGE)
        return PictureSource(PictureKind.DATA)
    if source[:14].lower() == "data:image/svg":
        return _refused(PictureProblem.VECTOR)
    judgement = assess_link(source) if source[:8].lower().startswith(("http://", "https://")) else None
    if judgement is None or judgement.verdict is Verdict.REFUSE or not judgement.host:
        return _refused(PictureProblem.NOT_OPENED)
    return PictureSource(PictureKind.REMOTE, judgement.host)


def picture_origin(source: str) -> str:
    """Return a short text for the origin of a picture: its host or the start of its source; empty if it is embedded in the message."""
    if source.startswith("data:"):
        return ""
    if len(source) > _REMEMBERED_LENGTH:
        return _origin(source)
    return _remembered_origin(source)  # called repeatedly: each chunk of a text is laid out several times


def _origin(source: str) -> str:
    host = classify_picture(source).host
    return host or safe_line(source, _SHOWN_LENGTH, ellipsis="")


_remembered_origin = lru_cache(2_048)(_origin)


def data_payload(source: str) -> str:
    """Return the Base64 data of a `data:` source."""
    return source.partition(",")[2]


def picture_format(data: bytes) -> str | None:
    """Return the format detected from the bytes, whatever the declared type: "png", "jpeg", "gif" or "webp"; None for anything else."""
    return next((name for signature, name in _SIGNATURES if re.match(signature, data)), None)


def foreign_format(data: bytes) -> str | None:
    """Return the format of a picture that is converted before it is stored: "tiff", "bmp" or "heic"; None for anything else."""
    return next((name for signature, name in _FOREIGN_SIGNATURES if re.match(signature, data)), None)


def _refused(problem: PictureProblem) -> PictureSource:
    return PictureSource(PictureKind.REFUSED, failure=PictureFailure(problem))
