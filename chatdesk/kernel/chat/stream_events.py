"""What happens while an answer arrives: the closed set of events a provider yields. How they change a message: `answer.py`."""

from enum import StrEnum

from chatdesk.kernel.chat.application import RemoteAnswer
from chatdesk.kernel.chat.message import FinishReason, ImagePart, Source
from chatdesk.kernel.chat.request import Thinking
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.fast_dataclass import dataclass


class AnswerStage(StrEnum):
    """What goes on before the first token."""

    WAITING_FOR_ENGINE = "waiting_for_engine"
    """The built-in engine starts for, or is busy with, another chat."""
    STARTING_ENGINE = "starting_engine"
    CONNECTING = "connecting"
    RECONNECTING = "reconnecting"
    """Nobody was reached, or the server gave up waiting; it is asked again in a moment."""
    SERVER_BUSY = "server_busy"
    """The server has too much to do; it is asked again in a moment."""
    SUMMARISING = "summarising"
    """The model summarises the beginning of the chat, which does not fit as it is."""
    WAITING = "waiting"
    """Sent; the server has not answered yet (it may be loading the model, or another request may be before us)."""
    LOADING_MODEL = "loading_model"
    READING_PROMPT = "reading_prompt"
    THINKING = "thinking"
    WORKING = "working"
    """A step of an application's workflow runs; `AnswerStageChanged.name` is what its maker called it."""


@dataclass(frozen=True, slots=True)
class AnswerStageChanged:
    """A stage began or advanced. `done`/`total` only where the server tells (tokens of the prompt); `seconds` until it is asked again.

    `name` is the server's own word for a step, plain text.
    """

    stage: AnswerStage
    done: int | None = None
    total: int | None = None
    seconds: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class ReasoningDelta:
    """More reasoning."""

    text: str


@dataclass(frozen=True, slots=True)
class TextDelta:
    """More answer."""

    text: str


@dataclass(frozen=True, slots=True)
class TextWasReasoning:
    """All text so far was reasoning: a closing tag came whose opening tag stood in the server's template (DeepSeek-R1).

    The first `kept` characters were not: they are of an answer that is being continued.
    """

    kept: int = 0


@dataclass(frozen=True, slots=True)
class TextRetracted:
    """All text so far no longer holds: an application says something else in its place (a moderation, a whole new version).

    The first `kept` characters do: they are of an answer that is being continued.
    """

    kept: int = 0


@dataclass(frozen=True, slots=True)
class CharactersLost:
    """Some bytes of what came were no characters; U+FFFD stands for them. Told once, behind the first piece that has one."""


@dataclass(frozen=True, slots=True)
class ToolCallDelta:
    """A piece of a tool call nobody asked for. Shown as an inert summary."""

    index: int
    call_id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class PromptTokensCounted:
    """What is sent now is about so many tokens, and there is room for so many; None = not known."""

    tokens: int
    room: int | None
    pictures: int = 0
    """How many of the tokens are pictures."""


@dataclass(frozen=True, slots=True)
class UsageReported:
    """The latest count; it replaces an earlier one, never adds to it."""

    usage: Usage


@dataclass(frozen=True, slots=True)
class RemoteAnswerStored:
    """The application keeps this answer, as the last one of a conversation of its own."""

    answer: RemoteAnswer


@dataclass(frozen=True, slots=True)
class FollowUps:
    """What an application proposes to say next; the latest proposal holds."""

    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourcesFound:
    """What the answer is based on: all of it that is known by now, in the place of what was told before."""

    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class PictureArrived:
    """A picture is part of the answer. `source` is what a server gave: its bytes as a `data:` address, or a web address.

    `name` is what it shows, where the server tells. Whether it is kept and shown is decided by whoever reads the stream.
    """

    source: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class PictureAdded:
    """A picture of the answer was taken in, or could not be: then its `problem` says why."""

    picture: ImagePart


@dataclass(frozen=True, slots=True)
class Finished:
    """The model stopped by itself. `word` is the server's own, for the details."""

    reason: FinishReason
    word: str = ""


@dataclass(frozen=True, slots=True)
class ThinkingChanged:
    """The server does not know the effort that was `wanted`; it was asked with `used` instead, `AUTO` = nothing was said."""

    wanted: Thinking
    used: Thinking


@dataclass(frozen=True, slots=True)
class ContextGrown:
    """What is asked needs a larger context than the model had, so it is asked with this many tokens of it, and loaded again for it."""

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
