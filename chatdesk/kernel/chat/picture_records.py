"""Pictures that go along with a message, as plain values for JSON, and back. Reading is tolerant: what is missing or odd is left empty."""

from collections.abc import Iterable, Mapping

from chatdesk.kernel.chat.message import ImagePart
from chatdesk.kernel.chat.pictures import PictureProblem
from chatdesk.kernel.chat.usage import count


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
