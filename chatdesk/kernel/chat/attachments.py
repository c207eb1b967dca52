"""Attachments of a message: limits, types, and the identifiers of pictures. Nothing in this module reads or decodes a file."""

import re
from collections.abc import Collection, Iterable, Mapping
from enum import Enum, auto

from chatdesk.kernel.chat.message import (
    Attachment,
    DocumentPart,
    DocumentUnit,
    ImagePart,
    PassageRange,
    SentAs,
    TextQuality,
)
from chatdesk.kernel.chat.pictures import PictureProblem
from chatdesk.kernel.chat.usage import count
from chatdesk.kernel.fast_dataclass import dataclass

# Conversion of attachments to plain values for JSON and back. Reading is tolerant: missing or invalid values become empty.

_DOCUMENT = "document"


def to_record(attachment: Attachment) -> dict[str, object]:
    """Return the metadata of a picture or document, without its bytes and text."""
    record: dict[str, object] = {
        "sha256": attachment.sha256,
        "media_type": attachment.media_type,
        "name": attachment.name,
        "size": attachment.size,
    }
    match attachment:
        case ImagePart(width=width, height=height, problem=problem):
            return {**record, "width": width, "height": height, **({"problem": problem.name} if problem else {})}
        case DocumentPart():
            return {
                **record,
                "kind": _DOCUMENT,
                "text_sha256": attachment.text_sha256,
                "unit": attachment.unit.value,
                "sections": attachment.sections,
                "tokens": attachment.tokens,
                "selected": attachment.selected,
                **_special_record(attachment),
            }


def from_record(record: Mapping[str, object], text: str = "", *, is_document: bool = False) -> Attachment:
    """Return the attachment described by a record. `text` is that of a document which came without its file."""

    def word(key: str) -> str:
        return str(record.get(key, ""))

    def number(key: str) -> int:
        return count(record.get(key)) or 0

    named = word("sha256"), word("media_type"), word("name")
    if is_document or record.get("kind") == _DOCUMENT:
        return DocumentPart(
            *named,
            text,
            number("size"),
            word("text_sha256"),
            unit_of(record.get("unit")),
            number("sections"),
            number("tokens"),
            word("selected"),
            next((each for each in SentAs if each == record.get("sent_as")), SentAs.TEXT),
            _passages(record.get("passages")),
            summary_sha256=word("summary_sha256"),
            passage_count=number("passage_count"),
            encoding=word("encoding"),
            enclosed=number("enclosed"),
            quality=next((each for each in TextQuality if each == record.get("quality")), TextQuality.GOOD),
        )
    problem = PictureProblem.__members__.get(word("problem"))
    return ImagePart(*named, number("width"), number("height"), number("size"), problem)


def _special_record(document: DocumentPart) -> dict[str, object]:
    """Return what differs from a document in UTF-8 whose text is sent."""
    record: dict[str, object] = {}
    if document.sent_as is not SentAs.TEXT:
        record["sent_as"] = document.sent_as.value
    if document.passages:
        record["passages"] = [[each.section, each.start, each.end] for each in document.passages]
    if document.passage_count:
        record["passage_count"] = document.passage_count
    if document.summary_sha256:
        record["summary_sha256"] = document.summary_sha256
    if document.encoding:
        record["encoding"] = document.encoding
    if document.enclosed:
        record["enclosed"] = document.enclosed
    if document.quality is not TextQuality.GOOD:
        record["quality"] = document.quality.value
    return record


def _passages(rows: object) -> tuple[PassageRange, ...]:
    """Return the passages of a record; those that cannot be ranges are left out."""
    found = []
    for row in rows[:MAX_PASSAGES] if isinstance(rows, list) else []:
        if isinstance(row, list) and len(row) == 3 and all(type(each) is int for each in row):
            section, start, end = row
            if section > 0 and 0 <= start < end:
                found.append(PassageRange(section, start, end))
    return tuple(found)


def unit_of(word: object) -> DocumentUnit:
    """Return the unit with this name; `NONE` for an unknown one."""
    return next((unit for unit in DocumentUnit if unit == word), DocumentUnit.NONE)


def to_records(attachments: Iterable[Attachment]) -> list[dict[str, object]]:
    """Return the metadata of several attachments."""
    return [to_record(attachment) for attachment in attachments]


def from_records(records: object) -> tuple[Attachment, ...]:
    """Return the attachments of a list of records; none if it is not a list. Records that refer to no stored file are skipped."""
    listed = records if isinstance(records, list) else []
    found = (from_record(each) for each in listed if isinstance(each, dict))
    return tuple(each for each in found if hashes_of((each,)))


def hashes_of(attachments: Collection[Attachment]) -> set[str]:
    """Return the hashes of the stored files of attachments: the files themselves, and the texts of documents."""
    found = {attachment.sha256 for attachment in attachments}
    for document in attachments:
        if isinstance(document, DocumentPart):
            found |= {document.text_sha256, document.summary_sha256}
    return found - {""}


@dataclass(frozen=True, slots=True)
class ReadingProgress:
    """How far a document has been read. `count` is 0 if the number of sections is not known in advance."""

    unit: DocumentUnit = DocumentUnit.NONE
    read: int = 0
    count: int = 0
    tokens: int = 0
    """Estimated tokens of what has been read."""

    @property
    def share(self) -> float | None:
        """The share that has been read; None if it is unknown."""
        return min(1.0, self.read / self.count) if self.count else None


class FileNeed(Enum):
    """What a file needs from the user before it can be read."""

    NOTHING = auto()
    PASSWORD = auto()
    CONVERSION = auto()
    """Consent to converting it with an office program."""


@dataclass(frozen=True, slots=True)
class ArrivingFile:
    """A file that is being read for a message, or waits for that. `key` identifies it while its progress changes."""

    key: int
    name: str
    is_picture: bool = False
    is_waiting: bool = False
    progress: ReadingProgress = ReadingProgress()
    need: FileNeed = FileNeed.NOTHING

    @property
    def awaits_user(self) -> bool:
        """Whether it is not read before the user has done something."""
        return self.need is not FileNeed.NOTHING


def pictures_in(attachments: Iterable[Attachment]) -> tuple[ImagePart, ...]:
    """Return the pictures among attachments."""
    return tuple(each for each in attachments if isinstance(each, ImagePart))


MAX_PASSAGES = 1_000
"""Maximum number of passages of one document in one message."""
MAX_ATTACHMENTS = 50
"""Maximum number of pictures and documents in one question."""
PICTURE_ENDINGS = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".heic", ".heif"})
"""Usual endings of pictures, including those that are converted. Whether a file is a picture is decided by its content."""
MAX_PICTURES = 10
"""Maximum number of pictures in one question."""
MAX_SENT_PICTURES = 20
"""Maximum number of pictures in a request, including pages of documents: servers refuse more, and small models confuse them."""
MAX_ANSWER_PICTURES = 20
"""Maximum number of pictures in one answer."""
MAX_FILE_BYTES = 20 * 1024 * 1024
"""Maximum size of a picture."""
MAX_DOCUMENT_BYTES = 100 * 1024 * 1024
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
