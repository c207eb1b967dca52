"""An answer while it is generated: combines stream events into the parts of a message.

Text is collected in chunks and joined only on request, so the cost of an event does not depend on the length of the answer.
"""

from dataclasses import field

from chatdesk.kernel.chat.message import (
    FinishReason,
    ImagePart,
    Message,
    Part,
    ReasoningPart,
    Source,
    SourcesPart,
    TextPart,
    ToolCallPart,
    bounded,
)
from chatdesk.kernel.chat.stream_events import (
    AnswerStageChanged,
    CharactersLost,
    ContextGrown,
    Finished,
    FollowUps,
    PictureAdded,
    PictureArrived,
    PromptTokensCounted,
    ReasoningDelta,
    RemoteAnswerStored,
    SourcesFound,
    StreamEvent,
    TextDelta,
    TextRetracted,
    TextWasReasoning,
    ThinkingChanged,
    ToolCallDelta,
    UsageReported,
)
from chatdesk.kernel.chat.usage import Usage
from chatdesk.kernel.fast_dataclass import dataclass

_LOST = "\ufffd"
MAX_TOOL_CALLS = 64
"""Maximum number of tool calls in one answer. None is executed, and nobody reads more than that."""


@dataclass(slots=True)
class _ToolCall:
    call_id: str = ""
    name: str = ""
    arguments: list[str] = field(default_factory=list)


@dataclass(slots=True)
class GrowingAnswer:
    """The answer received so far. It is mutable and lives only as long as its stream.

    `reasoning_milliseconds` is set by the caller, which has the clock.
    """

    usage: Usage | None = None
    counted_context: PromptTokensCounted | None = None
    finish: FinishReason | None = None
    reasoning_milliseconds: int = 0
    _edited: bool = False
    _damaged: bool = False
    _text: list[str] = field(default_factory=list)
    _reasoning: list[str] = field(default_factory=list)
    _sources: tuple[Source, ...] = ()
    _earlier_sources: tuple[Source, ...] = ()
    """Sources of the answer that is being continued."""
    _pictures: list[ImagePart] = field(default_factory=list)
    _earlier_calls: list[ToolCallPart] = field(default_factory=list)
    """Tool calls of the answer that is being continued."""
    _tool_calls: dict[int, _ToolCall] = field(default_factory=dict)

    @classmethod
    def of(cls, message: Message) -> "GrowingAnswer":
        """Return an answer that continues from the content of `message`."""
        answer = cls()
        for part in message.parts:
            match part:
                case TextPart(text, edited, damaged):
                    answer._text.append(text)
                    answer._edited |= edited
                    answer._damaged |= damaged
                case ReasoningPart(text, milliseconds, damaged):
                    answer._reasoning.append(text)
                    answer.reasoning_milliseconds = milliseconds
                    answer._damaged |= damaged
                case SourcesPart(sources):
                    answer._earlier_sources = sources
                case ImagePart():
                    answer._pictures.append(part)
                case ToolCallPart():
                    answer._earlier_calls.append(part)
                case _:
                    pass
        return answer

    @property
    def has_text(self) -> bool:
        """Whether any text of the answer itself has arrived."""
        return bool(self._text)

    @property
    def has_reasoning(self) -> bool:
        """Whether any reasoning has arrived."""
        return bool(self._reasoning)

    @property
    def is_empty(self) -> bool:
        """Whether nothing readable has arrived."""
        return not (self._text or self._reasoning or self._pictures or self._earlier_calls or self._tool_calls)

    @property
    def text(self) -> str:
        """The text so far, joined. Use it for saving, not for every event."""
        return "".join(self._text)

    @property
    def reasoning(self) -> str:
        """The reasoning so far, joined."""
        return "".join(self._reasoning)

    def apply(self, event: StreamEvent) -> None:
        """Apply one event."""
        match event:
            case TextDelta(text):
                self._text.append(text)
            case ReasoningDelta(text):
                self._reasoning.append(text)
            case TextWasReasoning(retained):
                text = self.text
                if retained and self._reasoning:
                    self._reasoning.append("\n\n")
                self._reasoning.append(text[retained:])
                self._text = [text[:retained]] if retained else []
            case TextRetracted(retained):
                text = self.text
                self._text = [text[:retained]] if retained else []
            case ToolCallDelta():
                self._add_to_call(event)
            case CharactersLost():
                self._damaged = True
            case UsageReported(usage):
                self.usage = usage
            case Finished(reason):
                self.finish = reason
            case SourcesFound(sources):
                self._sources = sources
            case PictureAdded(picture):
                self._pictures.append(picture)
            case PromptTokensCounted():
                self.counted_context = event
            case (
                AnswerStageChanged()
                | ThinkingChanged()
                | ContextGrown()
                | RemoteAnswerStored()
                | FollowUps()
                | PictureArrived()
            ):
                pass

    def parts(self) -> tuple[Part, ...]:
        """Return the current content as message parts."""
        parts: list[Part] = []
        if self._reasoning:
            reasoning = self.reasoning
            parts.append(ReasoningPart(reasoning, self.reasoning_milliseconds, self._damaged and _LOST in reasoning))
        if self._text:
            text = self.text
            parts.append(TextPart(text, self._edited, self._damaged and _LOST in text))
        parts += self._pictures
        parts += self._earlier_calls
        parts += (ToolCallPart(c.call_id, c.name, "".join(c.arguments)) for _, c in sorted(self._tool_calls.items()))
        if sources := bounded((*self._earlier_sources, *self._sources)):
            parts.append(SourcesPart(sources))
        return tuple(parts)

    def _add_to_call(self, delta: ToolCallDelta) -> None:
        call = self._tool_calls.get(delta.index)
        if call is None:
            if len(self._earlier_calls) + len(self._tool_calls) >= MAX_TOOL_CALLS:
                return
            call = self._tool_calls[delta.index] = _ToolCall()
        call.call_id = delta.call_id or call.call_id
        call.name = delta.name or call.name
        call.arguments.append(delta.arguments)
