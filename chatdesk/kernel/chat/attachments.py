"""Attachments of a message: limits, types, and the identifiers of pictures. Nothing in this module reads or decodes a file."""

import re
from collections.abc import Iterable, Mapping

from chatdesk.kernel.chat.message import ImagePart
from chatdesk.kernel.chat.pictures import PictureProblem
from chatdesk.kernel.chat.usage import count

# Conversion of attached pictures to plain values for JSON and back. Reading is tolerant: missing or invalid values become empty.


def to_record(picture: ImagePart) -> dict[str, object]:
    """Return the metadata of a picture, without its bytes."""
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
    """Return the picture described by a record."""

    def word(key: str) -> str:
        return str(record.get(key, ""))

    def number(key: str) -> int:
        return count(record.get(key)) or 0

    problem = PictureProblem.__members__.get(word("problem"))
    numbers = number("width"), number("height"), number("size")
    return ImagePart(word("sha256"), word("media_type"), word("name"), *numbers, problem)


def to_records(pictures: Iterable[ImagePart]) -> list[dict[str, object]]:
    """Return the metadata of several pictures."""
    return [to_record(picture) for picture in pictures]


def from_records(records: object) -> tuple[ImagePart, ...]:
    """Return the pictures of a list of records; none if it is not a list. Records without a hash are skipped."""
    listed = records if isinstance(records, list) else []
    return tuple(from_record(each) for each in listed if isinstance(each, dict) and each.get("sha256"))


MAX_PICTURES = 10
"""Maximum number of pictures in one question."""
MAX_ANSWER_PICTURES = 20
"""Maximum number of pictures in one answer."""
MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
"""Resolution of the largest cameras. A pixel takes four bytes while it is decoded."""
MAX_SENT_SIDE = 2048
"""Longest side of a picture that is sent, in pixels. Models reduce larger pictures themselves, so more would only be slower and cost more.
"""
MEDIA_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}
"""Media types of pictures that can be attached, by the format detected from their content."""

_OWN = "attachment:"
_SHA256 = re.compile(r"[0-9a-f]{64}")


def is_sha256(text: str) -> bool:
    """Return whether a text can be the name of a stored picture. The text may come from a database that was created elsewhere."""
    return _SHA256.fullmatch(text) is not None


def picture_source(picture: ImagePart) -> str:
    """Return the identifier of a stored picture among all pictures of a chat.

    No web address has this scheme, and nothing is fetched for it.
    """
    return _OWN + (picture.problem.name if picture.problem else picture.sha256)


def is_own(source: str) -> bool:
    """Return whether a source identifies a stored picture, even if the file is missing."""
    return source.startswith(_OWN)


def own_sha256(source: str) -> str:
    """Return the hash of a stored picture; an empty string for other sources."""
    sha256 = source.removeprefix(_OWN)
    return sha256 if source.startswith(_OWN) and is_sha256(sha256) else ""
