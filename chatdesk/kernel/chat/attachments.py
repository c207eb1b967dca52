"""What may go along with a message, and how its pictures are told apart. Nothing here reads or decodes a file."""

import re
from collections.abc import Iterable, Mapping

from chatdesk.kernel.chat.message import ImagePart
from chatdesk.kernel.chat.pictures import PictureProblem
from chatdesk.kernel.chat.usage import count

# Pictures that go along with a message, as plain values for JSON, and back. Reading is tolerant: what is
# missing or odd is left empty.


def to_record(picture: ImagePart) -> dict[str, object]:
    """Return what is known of a picture, without its bytes."""
    return {
        "sha256": picture.sha256,
        "media_type": picture.media_type,
        "name": picture.name,
        "width": picture.width,
        "height": picture.height,
        "size": picture.size,
        **({"problem": picture.problem.name} if picture.problem else {}),
    }


def from_record(record: Mapping[str, object]) -> ImagePart:
    """Return the picture a record tells of."""

    def word(key: str) -> str:
        return str(record.get(key, ""))

    def number(key: str) -> int:
        return count(record.get(key)) or 0

    problem = PictureProblem.__members__.get(word("problem"))
    numbers = number("width"), number("height"), number("size")
    return ImagePart(word("sha256"), word("media_type"), word("name"), *numbers, problem)


def to_records(pictures: Iterable[ImagePart]) -> list[dict[str, object]]:
    """Return what is known of several."""
    return [to_record(picture) for picture in pictures]


def from_records(records: object) -> tuple[ImagePart, ...]:
    """Return the pictures of a list of records; none if it is none. A record that names no picture tells of none."""
    listed = records if isinstance(records, list) else []
    return tuple(from_record(each) for each in listed if isinstance(each, dict) and each.get("sha256"))


MAX_PICTURES = 10
"""With one question."""
MAX_ANSWER_PICTURES = 20
"""Of one answer."""
MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
"""What the largest cameras make. One pixel takes four bytes while it is decoded."""
LONGEST_SIDE_SENT = 2048
"""Pixels. Models make pictures smaller than that themselves; more would only be slower, and cost more."""
MEDIA_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}
"""Of the pictures that may go along, by the format that their content tells."""

_OWN = "attachment:"
_SHA256 = re.compile(r"[0-9a-f]{64}")


def is_sha256(text: str) -> bool:
    """Whether a text can be the name of a file of ours: it may come from a database that somebody else has made."""
    return _SHA256.fullmatch(text) is not None


def picture_source(picture: ImagePart) -> str:
    """Return how a picture of ours is told among all pictures of a chat. No address has this scheme, and nothing is fetched for it."""
    return _OWN + (picture.problem.name if picture.problem else picture.sha256)


def is_own(source: str) -> bool:
    """Whether a source tells a picture of ours, be it there or not."""
    return source.startswith(_OWN)


def own_sha256(source: str) -> str:
    """Return the hash of a picture of ours; nothing if the source is of another kind."""
    sha256 = source.removeprefix(_OWN)
    return sha256 if source.startswith(_OWN) and is_sha256(sha256) else ""
