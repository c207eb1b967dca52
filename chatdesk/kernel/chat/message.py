"""A message and its parts. The relations between messages are in `conversation.py`."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from chatdesk.kernel.chat.instructions import SentInstructions
from chatdesk.kernel.chat.pictures import PictureProblem
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef

# Sources of an answer: passages that an application looked up, or pages that a service found.
#
# `providers/sources.py` translates the names that each system uses for them.

MAX_SOURCES = 50
"""Maximum number of sources in one answer."""
MAX_PASSAGE_LENGTH = 4_000
"""Maximum length of a passage in characters."""
MAX_TITLE_LENGTH = 300
"""Maximum length of a title or collection name in characters."""
MAX_ADDRESS_LENGTH = 2_000
"""Maximum length of an address in characters. A longer one is omitted, because a truncated address leads elsewhere."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source. All of its text is untrusted. `number` is how the answer's text refers to it.

    `collection` names the set of documents it belongs to. `score` is the server's own relevance score, on no common scale.
    """

    number: int
    title: str = ""
    passage: str = ""
    collection: str = ""
    address: str = ""
    score: float | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.title or self.passage or self.address)


def bounded(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Return the sources to show and store: without duplicates and empty ones, limited in number and length."""
    kept: dict[tuple[str, str, str, str], Source] = {}
    for source in sources:
        if len(kept) == MAX_SOURCES:
            break
        cut = Source(
            source.number,
            source.title[:MAX_TITLE_LENGTH].strip(),
            _cut(source.passage.strip()),
            source.collection[:MAX_TITLE_LENGTH].strip(),
            source.address if len(source.address) <= MAX_ADDRESS_LENGTH else "",
            source.score,
        )
        if not cut.is_empty:
            kept.setdefault((cut.title, cut.passage, cut.collection, cut.address), cut)
    return tuple(kept.values())


def _cut(passage: str) -> str:
    return passage if len(passage) <= MAX_PASSAGE_LENGTH else passage[: MAX_PASSAGE_LENGTH - 1] + "…"


class Role(StrEnum):
    """The author of a message."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"
    TOOL = "tool"


class MessageState(StrEnum):
    """State of an answer. Messages that are not answers are always `COMPLETE`."""

    STREAMING = "streaming"
    COMPLETE = "complete"
    STOPPED = "stopped"
    """The user pressed Stop."""
    INTERRUPTED = "interrupted"
    """The connection was lost or the program ended unexpectedly. The text received so far is kept."""
    FAILED = "failed"
    """The server or the engine reported an error, see `Message.failure`."""


class FinishReason(StrEnum):
    """Why the model stopped: the different terms of all servers, mapped to one set (protocols: finish_reason)."""

    STOP = "stop"
    LENGTH = "length"
    CONTENT_FILTER = "content_filter"
    TOOL_CALLS = "tool_calls"
    ABORTED = "aborted"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class TextPart:
    """Text of a message, as Markdown source."""

    text: str
    edited: bool = False
    """Whether the user has changed a model's text."""
    damaged: bool = False
    """Whether some bytes could not be decoded; U+FFFD replaces them."""


@dataclass(frozen=True, slots=True)
class ReasoningPart:
    """Reasoning of the model before its answer, as Markdown source, and how long it took."""

    text: str
    milliseconds: int = 0
    damaged: bool = False
    """As in `TextPart`."""


@dataclass(frozen=True, slots=True)
class ImagePart:
    """A picture, stored in the attachments folder under its content hash.

    `name` is sanitised and only for display. `width` and `height` apply to the upright picture and are known before it is decoded; `size`
    is in bytes. A picture of an answer that could not be stored has a `problem` and no hash.
    """

    sha256: str
    media_type: str
    name: str
    width: int = 0
    height: int = 0
    size: int = 0
    problem: PictureProblem | None = None


class DocumentUnit(StrEnum):
    """What the sections of a document are."""

    NONE = "none"
    """The document has no parts."""
    PAGE = "page"
    SHEET = "sheet"
    SLIDE = "slide"
    CHAPTER = "chapter"
    FILE = "file"
    """A file of a folder or an archive, see `sources.py`."""


class SentAs(StrEnum):
    """What the model gets of a document. The values are stored."""

    TEXT = "text"
    """The text of the selected sections."""
    PASSAGES = "passages"
    """The passages found for the question, see `DocumentPart.passages`."""
    SUMMARY = "summary"
    """A summary that a model has written, see `DocumentPart.summary_sha256`."""
    PICTURES = "pictures"
    """Pictures of the selected pages, for a model that accepts pictures."""


class TextQuality(StrEnum):
    """How well the text of a document represents it. The values are stored."""

    GOOD = "good"
    POOR = "poor"
    """Many of the characters are unknown, because the file does not say what its signs mean."""
    SCANNED = "scanned"
    """Most pages are pictures, without text."""
    RECOGNISED = "recognised"
    """Its pages were pictures, and a program has recognised the text."""


@dataclass(frozen=True, slots=True)
class PassageRange:
    """A passage in the text of a document: its section, numbered from 1, and its characters in the text of that section."""

    section: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """A document whose text is sent to the model, stored in the attachments folder under its content hash.

    `name` is sanitised and only for display. `size` is in bytes. A document that came with an imported chat may have its text without the
    file; its `sha256` is empty then.
    """

    sha256: str
    media_type: str
    name: str
    text: str = ""
    """The text itself, if it came with an imported chat instead of a document."""
    size: int = 0
    text_sha256: str = ""
    """Content hash of the text that was read from the document (`kernel/documents/document_text.py`), stored like an attachment."""
    unit: DocumentUnit = DocumentUnit.NONE
    sections: int = 0
    """Number of pages, sheets or other units; 0 if the document has none."""
    tokens: int = 0
    """Estimated tokens of the selected text."""
    selected: str = ""
    """Numbers of the sections that are sent, such as `1-4,7`; empty for all."""
    sent_as: SentAs = SentAs.TEXT
    passages: tuple[PassageRange, ...] = ()
    """The passages for the question of this message, in the order of the document.

    A later question refers to the document again, with its own passages.
    """
    passage_count: int = 0
    """Number of passages of the whole document; 0 as long as none have been looked for."""
    summary_sha256: str = ""
    """Content hash of the summary, stored like the text."""
    encoding: str = ""
    """Python's name of the encoding in which a text file was read, if that had to be guessed or chosen."""
    enclosed: int = 0
    """Number of files in the document, such as the attachments of an e-mail."""
    quality: TextQuality = TextQuality.GOOD

    @property
    def identity(self) -> str:
        """The key of this document among those of a chat, in whichever message it is."""
        return self.sha256 or self.text_sha256 or f"{self.name}\n{self.text}"

    @property
    def page_pictures(self) -> "tuple[PagePicture, ...]":
        """The pages that are sent as pictures; none unless the document is sent like that."""
        if self.sent_as is not SentAs.PICTURES:
            return ()
        from chatdesk.kernel.documents.document_text import numbers_in  # noqa: PLC0415 - start-up time: rarely used

        return tuple(PagePicture(self, number) for number in numbers_in(self.selected, self.sections))


PAGE_PICTURE_SIDE = 1568
"""Longest side in pixels of a page that is sent as a picture: models reduce larger ones."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page of a document that is sent as a picture. `number` is that of the page, from 1."""

    document: DocumentPart
    number: int

    @property
    def sha256(self) -> str:
        """What identifies the picture among those of a request."""
        return f"{self.document.sha256}-{self.number}"

    @property
    def width(self) -> int:
        """The width in pixels of a usual page."""
        return round(PAGE_PICTURE_SIDE / 2**0.5)

    @property
    def height(self) -> int:
        """The height in pixels of a usual page."""
        return PAGE_PICTURE_SIDE


SentPicture = ImagePart | PagePicture
"""What a model gets as a picture."""
Attachment = ImagePart | DocumentPart
"""What is sent with a question besides its text."""


def sent_pictures(attachments: Iterable[Attachment]) -> tuple[SentPicture, ...]:
    """Return what a model gets as pictures: stored pictures, and pages of documents, in order."""
    found: list[SentPicture] = []
    for each in attachments:
        if isinstance(each, DocumentPart):
            found += each.page_pictures
        elif not each.problem:
            found.append(each)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class ToolCallPart:
    """A tool call requested by the model. It is shown, never executed."""

    call_id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class ToolResultPart:
    """The result of a tool call."""

    call_id: str
    text: str


@dataclass(frozen=True, slots=True)
class SourcesPart:
    """Sources of the answer. They are shown and never sent to a model."""

    sources: tuple[Source, ...]


Part = TextPart | ReasoningPart | ImagePart | DocumentPart | ToolCallPart | ToolResultPart | SourcesPart


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Message:
    """One message. It is immutable: a change creates a new value, so displayed values never change unexpectedly.

    `sequence` orders messages within a conversation (never the clock). `parent_id` is None for a first message.
    """

    id: str
    conversation_id: str
    parent_id: str | None
    sequence: int
    role: Role
    parts: tuple[Part, ...]
    state: MessageState
    created_at: datetime
    model: ModelRef | None = None
    usage: Usage | None = None
    finish: FinishReason | None = None
    failure: Failure | None = None
    instructions: SentInstructions | None = None
    """The instructions that were sent for this answer; None if that is unknown."""

    @classmethod
    def new(
        cls,
        conversation_id: str,
        parent_id: str | None,
        role: Role,
        created_at: datetime,
        text: str = "",
        model: ModelRef | None = None,
    ) -> "Message":
        """Return a message with a new id. A message of a model without text is an answer that is about to be generated."""
        return cls(
            id=uuid.uuid4().hex,
            conversation_id=conversation_id,
            parent_id=parent_id,
            sequence=0,
            role=role,
            parts=(TextPart(text),) if text else (),
            state=MessageState.STREAMING if model else MessageState.COMPLETE,
            created_at=created_at,
            model=model,
        )

    @property
    def text(self) -> str:
        """The text, without reasoning."""
        return "".join(part.text for part in self.parts if isinstance(part, TextPart))

    @property
    def pictures(self) -> "tuple[ImagePart, ...]":
        """All pictures of the message, including pictures of an answer that could not be stored."""
        return tuple(part for part in self.parts if isinstance(part, ImagePart))

    @property
    def documents(self) -> "tuple[DocumentPart, ...]":
        """The documents of the message."""
        return tuple(part for part in self.parts if isinstance(part, DocumentPart))

    @property
    def attachments(self) -> "tuple[Attachment, ...]":
        """The pictures and documents of the message, in order."""
        return tuple(part for part in self.parts if isinstance(part, Attachment))

    @property
    def stored_pictures(self) -> "tuple[ImagePart, ...]":
        """The pictures whose bytes are stored."""
        return tuple(picture for picture in self.pictures if not picture.problem)

    @property
    def sent_pictures(self) -> "tuple[SentPicture, ...]":
        """What a model gets as pictures."""
        return sent_pictures(self.attachments)

    @property
    def has_begun(self) -> bool:
        """Whether the answer has content to continue from: text, pictures, or tool calls."""
        return any(isinstance(part, TextPart | ImagePart | ToolCallPart) for part in self.parts)

    @property
    def edited(self) -> bool:
        """Whether the user has changed the text."""
        return any(part.edited for part in self.parts if isinstance(part, TextPart))

    @property
    def damaged(self) -> bool:
        """Whether characters of a model's text were lost in transmission and not corrected since."""
        return any(part.damaged for part in self.parts if isinstance(part, TextPart | ReasoningPart))

    def with_text(self, text: str) -> "Message":
        """Return a copy with the text changed by the user; all other parts keep their order."""
        first = next((index for index, part in enumerate(self.parts) if isinstance(part, TextPart)), len(self.parts))
        others = (part for part in self.parts[first:] if not isinstance(part, TextPart))
        return self.with_parts((*self.parts[:first], TextPart(text, edited=True), *others))

    @property
    def reasoning(self) -> ReasoningPart | None:
        """The reasoning, or None if there is none."""
        return next((part for part in self.parts if isinstance(part, ReasoningPart)), None)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of the answer."""
        return next((part.sources for part in self.parts if isinstance(part, SourcesPart)), ())

    def with_parts(self, parts: Iterable[Part]) -> "Message":
        """Return a copy with other parts."""
        return replace(self, parts=tuple(parts))
