"""Events of an answer stream: the closed set of events that a provider yields. Their effect on a message is in `answer.py`."""

from enum import StrEnum

from chatdesk.kernel.chat.application import RemoteAnswer
from chatdesk.kernel.chat.message import FinishReason, ImagePart, Source
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.fast_dataclass import dataclass


class AnswerStage(StrEnum):
    """What happens before the first token."""

    WAITING_FOR_ENGINE = "waiting_for_engine"
    """The built-in engine is starting for another chat or busy with it."""
    STARTING_ENGINE = "starting_engine"
    CONNECTING = "connecting"
    RECONNECTING = "reconnecting"
    """The server was not reached or timed out; the request is retried shortly."""
    SERVER_BUSY = "server_busy"
    """The server is overloaded; the request is retried shortly."""
    SUMMARISING = "summarising"
    """The model summarises the beginning of the chat, which does not fit."""
    WAITING = "waiting"
    """Sent, but the server has not responded yet (it may be loading the model or processing other requests)."""
    LOADING_MODEL = "loading_model"
    READING_PROMPT = "reading_prompt"
    THINKING = "thinking"
    WORKING = "working"
    """A step of an application's workflow is running; `AnswerStageChanged.name` is the name that its author gave it."""


@dataclass(frozen=True, slots=True)
class AnswerStageChanged:
    """A stage began or advanced.

    `done` and `total` are set only if the server reports them (tokens of the prompt). `seconds` is the time until the next attempt. `name`
    is the server's own name for a step, as plain text.
    """

    stage: AnswerStage
    done: int | None = None
    total: int | None = None
    seconds: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class ReasoningDelta:
    """More reasoning text."""

    text: str


@dataclass(frozen=True, slots=True)
class TextDelta:
    """More answer text."""

    text: str


@dataclass(frozen=True, slots=True)
class TextWasReasoning:
    """All text so far was reasoning: a closing tag arrived whose opening tag was in the server's template (DeepSeek-R1).

    The first `retained` characters were not: they belong to an answer that is being continued.
    """

    retained: int = 0


@dataclass(frozen=True, slots=True)
class TextRetracted:
    """All text so far is withdrawn: an application replaces it (after moderation, or with a new version).

    The first `retained` characters remain: they belong to an answer that is being continued.
    """

    retained: int = 0


@dataclass(frozen=True, slots=True)
class CharactersLost:
    """Some received bytes could not be decoded; U+FFFD replaces them. Sent once, after the first chunk affected."""


@dataclass(frozen=True, slots=True)
class ToolCallDelta:
    """A chunk of an unrequested tool call. It is shown as a summary and never executed."""

    index: int
    call_id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class PromptTokensCounted:
    """Estimated tokens of the request, and the context length; None = unknown."""

    tokens: int
    context_length: int | None
    pictures: int = 0
    """How many of the tokens are for pictures."""


@dataclass(frozen=True, slots=True)
class UsageReported:
    """The latest token counts. They replace earlier ones and are not added to them."""

    usage: Usage


@dataclass(frozen=True, slots=True)
class RemoteAnswerStored:
    """The application stored this answer as the last one of its conversation."""

    answer: RemoteAnswer


@dataclass(frozen=True, slots=True)
class FollowUps:
    """Follow-up questions that an application suggests. The latest suggestion replaces earlier ones."""

    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourcesFound:
    """All sources of the answer known so far. They replace those of earlier events."""

    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class PictureArrived:
    """A picture in the answer. `source` is what the server sent: a `data:` URI or a web address.

    `name` is a description, if the server sends one. The consumer of the stream decides whether the picture is stored and shown.
    """

    source: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class PictureAdded:
    """A picture of the answer was stored, or could not be; then its `problem` says why."""

    picture: ImagePart


@dataclass(frozen=True, slots=True)
class Finished:
    """The model stopped. `word` is the server's own reason, for the details."""

    reason: FinishReason
    word: str = ""


@dataclass(frozen=True, slots=True)
class ThinkingChanged:
    """The server does not support the effort `wanted`; the request was sent with `used` instead. `AUTO` = no effort was given."""

    wanted: Thinking
    used: Thinking


@dataclass(frozen=True, slots=True)
class ContextGrown:
    """The request needs a larger context than the model had.

    It was sent with this context length in tokens, and the model is reloaded for it.
    """

    tokens: int


StreamEvent = (
    AnswerStageChanged
    | ReasoningDelta
    | TextDelta
    | TextWasReasoning
    | TextRetracted
    | CharactersLost
    | ToolCallDelta
    | PromptTokensCounted
    | UsageReported
    | ThinkingChanged
    | ContextGrown
    | RemoteAnswerStored
    | FollowUps
    | SourcesFound
    | PictureArrived
    | PictureAdded
    | Finished
)
