"""Which pictures of a message may be shown, which only when the user asks, which never (threats.md E1); and why one is not shown.

Nothing here decodes or fetches anything.
"""

import re
from enum import Enum, auto
from functools import lru_cache

from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.links import Verdict, judge
from chatdesk.kernel.text.safe_line import safe_line

MAX_DATA_BYTES = 32 * 1024 * 1024
"""Of a picture that is written into the message."""

_DATA = re.compile(r"data:image/([\w.+-]+);base64,", re.IGNORECASE)
_SHOWN_LENGTH = 40
_REMEMBERED_LENGTH = 1_000
_SIGNATURES = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"\xff\xd8\xff"), "jpeg"),
    (re.compile(rb"GIF8[79]a"), "gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "webp"),
)


class PictureKind(Enum):
    """Where the bytes of a picture are."""

    DATA = auto()
    """Written into the message."""
    ARRIVING = auto()
    """Being written into it."""
    REMOTE = auto()
    """Elsewhere: fetched only when the user asks."""
    REFUSED = auto()


class PictureProblem(Enum):
    """Why a picture is not shown."""

    NOT_OPENED = auto()
    """A file, a share, a relative path, an unknown scheme: nothing is read or fetched for it."""
    VECTOR = auto()
    """SVG, which can hold programs and references."""
    TOO_LARGE = auto()
    BROKEN = auto()
    """Not to be decoded."""
    MISSING = auto()
    """It went along with a message, and its file is gone or not what it was."""
    NOT_A_PICTURE = auto()
    """Something else came."""
    PRIVATE_ADDRESS = auto()
    MOVED = auto()
    """To another host: `PictureFailure.detail` is its address."""
    NOT_FOUND = auto()
    """The server refused with a status: `PictureFailure.detail`."""
    UNREACHABLE = auto()
    TIMED_OUT = auto()
    TOO_MANY = auto()
    """An answer has more than are kept."""
    NOT_SAVED = auto()
    """It is part of an answer, and could not be written to the disk."""


@dataclass(frozen=True, slots=True)
class PictureFailure:
    """A problem and what there is to tell of it."""

    problem: PictureProblem
    detail: str = ""


class PictureUnavailable(Exception):
    """A picture was asked for and did not come."""

    def __init__(self, failure: PictureFailure) -> None:
        super().__init__(failure.problem.name)
        self.failure = failure


@dataclass(frozen=True, slots=True)
class PictureSource:
    """A source, judged. `host` is in punycode where it is not plain ASCII."""

    kind: PictureKind
    host: str = ""
    failure: PictureFailure | None = None


def judge_picture(source: str) -> PictureSource:
    """Judge the source of a picture as it is written in a message."""
    if found := _DATA.match(source):
        if found[1].lower().startswith("svg"):
            return _refused(PictureProblem.VECTOR)
        if found.end() == len(source):
            return PictureSource(PictureKind.ARRIVING)
        if (len(source) - found.end()) * 3 // 4 > MAX_DATA_BYTES:
            return _refused(PictureProblem.TOO_LARGE)
        return PictureSource(PictureKind.DATA)
    if source[:14].lower() == "data:image/svg":
        return _refused(PictureProblem.VECTOR)
    judgement = judge(source) if not source.startswith("data:") else None
    if judgement is None or judgement.verdict is Verdict.REFUSE or not judgement.host:
        return _refused(PictureProblem.NOT_OPENED)
    return PictureSource(PictureKind.REMOTE, judgement.host)


def picture_origin(source: str) -> str:
    """Return in a few characters where a picture comes from: its host, or the beginning of its source; nothing if it is in the message."""
    if source.startswith("data:"):
        return ""
    if len(source) > _REMEMBERED_LENGTH:
        return _origin(source)
    return _remembered_origin(source)  # asked for again and again: each piece of a text is set several times


def _origin(source: str) -> str:
    host = judge_picture(source).host
    return host or safe_line(source, _SHOWN_LENGTH, ellipsis="")


_remembered_origin = lru_cache(2_048)(_origin)


def data_payload(source: str) -> str:
    """Return the base64 of a `data:` source."""
    return source.partition(",")[2]


def picture_format(data: bytes) -> str | None:
    """Return what the bytes really are: "png", "jpeg", "gif" or "webp"; None for anything else, whatever it calls itself."""
    return next((name for signature, name in _SIGNATURES if signature.match(data)), None)


def _refused(problem: PictureProblem) -> PictureSource:
    return PictureSource(PictureKind.REFUSED, failure=PictureFailure(problem))
