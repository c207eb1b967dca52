"""A message and the parts it is made of. How messages hang together is in `conversation.py`."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from chatdesk.kernel.chat.pictures import PictureProblem
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.errors.failure import Failure
from chatdesk.kernel.fast_dataclass import dataclass
from chatdesk.kernel.models.model import ModelRef

# What an answer says it is based on: passages an application has looked up, pages a service has found.
#
# What each system calls them is `providers/sources.py`.

MOST_SOURCES = 50
"""Of one answer; more are no help to anybody."""
MOST_PASSAGE = 4_000
"""Characters of a passage."""
MOST_WORDS = 300
"""Characters of a title, or of the name of a collection."""
MOST_ADDRESS = 2_000
"""Characters of an address; a longer one is left out, for half of an address leads elsewhere."""


@dataclass(frozen=True, slots=True)
class Source:
    """One of them, all of it text of strangers. `number` is what the answer's words refer to it by.

    `collection` names the set of documents it is from. `score` is the server's own measure of how well it fits, on no common scale.
    """

    number: int
    title: str = ""
    passage: str = ""
    collection: str = ""
    address: str = ""
    score: float | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show of it."""
        return not (self.title or self.passage or self.address)


def bounded(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Return what is shown and kept of them: each once, none that is empty, and not without measure."""
    kept: dict[tuple[str, str, str, str], Source] = {}
    for source in sources:
        if len(kept) == MOST_SOURCES:
            break
        cut = Source(
            source.number,
            source.title[:MOST_WORDS].strip(),
            _cut(source.passage.strip()),
            source.collection[:MOST_WORDS].strip(),
            source.address if len(source.address) <= MOST_ADDRESS else "",
            source.score,
        )
        if not cut.is_empty:
            kept.setdefault((cut.title, cut.passage, cut.collection, cut.address), cut)
    return tuple(kept.values())


def _cut(passage: str) -> str:
    return passage if len(passage) <= MOST_PASSAGE else passage[: MOST_PASSAGE - 1] + "…"


class Role(StrEnum):
    """Who speaks."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"
    TOOL = "tool"


class MessageState(StrEnum):
    """Where an answer stands. Everything but an answer is `COMPLETE` from the start."""

    STREAMING = "streaming"
    COMPLETE = "complete"
    STOPPED = "stopped"
    """The user pressed Stop."""
    INTERRUPTED = "interrupted"
    """The connection ended or the program died: what had arrived is kept."""
    FAILED = "failed"
    """The server or the engine refused; `Message.failure` says why."""


class FinishReason(StrEnum):
    """Why the model stopped, folded from the many words servers use (protocols: finish_reason)."""

    STOP = "stop"
    LENGTH = "length"
    CONTENT_FILTER = "content_filter"
    TOOL_CALLS = "tool_calls"
    ABORTED = "aborted"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class TextPart:
    """What was said, as markdown source."""

    text: str
    edited: bool = False
    """Whether the user has changed what a model said."""
    damaged: bool = False
    """Whether bytes came in it that were no characters; U+FFFD stands for them."""


@dataclass(frozen=True, slots=True)
class ReasoningPart:
    """What the model thought before it spoke, as markdown source, and how long that took."""

    text: str
    milliseconds: int = 0
    damaged: bool = False
    """As in `TextPart`."""


@dataclass(frozen=True, slots=True)
class ImagePart:
    """A picture kept by its content hash in the attachments folder.

    `name` is sanitised and for showing only. `width` and `height` are upright and known before anything is decoded; `size` is in bytes.
    One of an answer that could not be kept has a `problem` and no hash.
    """

    sha256: str
    media_type: str
    name: str
    width: int = 0
    height: int = 0
    size: int = 0
    problem: PictureProblem | None = None


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file whose text goes to the model; the original is kept by its content hash."""

    sha256: str
    media_type: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class ToolCallPart:
    """A tool the model asked for. Shown, never run."""

    call_id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class ToolResultPart:
    """The answer to a tool call."""

    call_id: str
    text: str


@dataclass(frozen=True, slots=True)
class SourcesPart:
    """What the answer says it is based on. It is shown and never sent to a model."""

    sources: tuple[Source, ...]


Part = TextPart | ReasoningPart | ImagePart | FilePart | ToolCallPart | ToolResultPart | SourcesPart


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Message:
    """One turn. Frozen: a change makes a new value, so what a screen holds never changes under it.

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
        """Return a message with an id of its own. One without text, of a model, is an answer that is about to be written."""
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
        """The spoken text, without reasoning."""
        return "".join(part.text for part in self.parts if isinstance(part, TextPart))

    @property
    def pictures(self) -> "tuple[ImagePart, ...]":
        """The pictures that go along with it, those of an answer that could not be kept among them."""
        return tuple(part for part in self.parts if isinstance(part, ImagePart))

    @property
    def kept_pictures(self) -> "tuple[ImagePart, ...]":
        """Those of them whose bytes there are."""
        return tuple(picture for picture in self.pictures if not picture.problem)

    @property
    def has_begun(self) -> bool:
        """Whether there is something of an answer to go on from: text, pictures, calls of tools."""
        return any(isinstance(part, TextPart | ImagePart | ToolCallPart) for part in self.parts)

    @property
    def edited(self) -> bool:
        """Whether the user has changed what was said."""
        return any(part.edited for part in self.parts if isinstance(part, TextPart))

    @property
    def damaged(self) -> bool:
        """Whether some characters of what a model wrote were lost on the way, and nobody has mended it since."""
        return any(part.damaged for part in self.parts if isinstance(part, TextPart | ReasoningPart))

    def with_text(self, text: str) -> "Message":
        """Return the same message with its text changed by the user; all that is not text stays in its place."""
        first = next((index for index, part in enumerate(self.parts) if isinstance(part, TextPart)), len(self.parts))
        others = (part for part in self.parts[first:] if not isinstance(part, TextPart))
        return self.with_parts((*self.parts[:first], TextPart(text, edited=True), *others))

    @property
    def reasoning(self) -> ReasoningPart | None:
        """The reasoning, if the model gave any."""
        return next((part for part in self.parts if isinstance(part, ReasoningPart)), None)

    @property
    def sources(self) -> tuple[Source, ...]:
        """What the answer says it is based on."""
        return next((part.sources for part in self.parts if isinstance(part, SourcesPart)), ())

    def with_parts(self, parts: Iterable[Part]) -> "Message":
        """Return the same message made of other parts."""
        return replace(self, parts=tuple(parts))
